"""The time zone of a place that somebody types: a city in their own language, or a zone's name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from bot.words import LANGUAGES
from corpus.countries import find_places
from corpus.words import fold

_CAPITALS = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
}
"""The zones of the capitals of countries that have several."""


def zone_of(typed: str) -> str | None:
    """The IANA zone of what was typed, or None where no place of it is known.

    A city that gives no zone its name has that of its country, where that has one alone.
    """
    name = " ".join(fold(typed).split())
    if not name:
        return None
    if name in _cities():
        return _cities()[name]
    zones = {
        zone
        for language in LANGUAGES
        for place in find_places(typed.strip(), language)
        if place.surface.strip() == typed.strip()
        for zone in (
            [_CAPITALS[place.code]]
            if place.form == "capital" and place.code in _CAPITALS
            else _zones_of(place.code)
        )
    }
    return zones.pop() if len(zones) == 1 else None


def city_of(zone: str, language: str) -> str:
    """The name of the city that stands for a zone: "Hô-Chi-Minh-Ville" for Asia/Ho_Chi_Minh."""
    known = Locale(language).time_zones
    for name in (zone, *_aliases().get(zone, ())):
        city = known.get(name, {}).get("city")
        if city:
            return str(city)
    return zone.rsplit("/", 1)[-1].replace("_", " ")


@cache
def _cities() -> dict[str, str]:
    """Zones by the folded names of their cities in every interface language, and by their own."""
    found: dict[str, str] = {}
    for name, zone in _names():
        found.setdefault(fold(name), zone)
    return found


def _names() -> Iterator[tuple[str, str]]:
    zones = sorted(zone for zone in available_timezones() if "/" in zone and zone[:4] != "Etc/")
    canonical = get_global("zone_aliases")
    for zone in zones:
        yield zone, zone
        yield zone.rsplit("/", 1)[-1].replace("_", " "), zone
    for language in LANGUAGES:
        for zone, names in Locale(language).time_zones.items():
            if "city" in names and zone in zones:
                yield names["city"], _current(zone, canonical)
    yield "UTC", "Etc/UTC"


def _current(zone: str, canonical: object) -> str:
    """CLDR names some zones as they were once called: Asia/Saigon is Asia/Ho_Chi_Minh."""
    assert isinstance(canonical, dict)  # noqa: S101 - as Babel has it
    newer = [new for new, old in canonical.items() if old == zone and new in available_timezones()]
    return newer[0] if len(newer) == 1 else zone


@cache
def _aliases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for new, old in get_global("zone_aliases").items():
        found.setdefault(new, []).append(old)
    return found


def _zones_of(code: str) -> list[str]:
    canonical = get_global("zone_aliases")
    return [_current(zone, canonical) for zone in get_global("territory_zones").get(code, ())]
