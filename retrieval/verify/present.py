"""What a text has of names: folded, in any order, transliterated, or under another name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.words import Word, fold, is_vietnamese_syllable, words
from retrieval.tables import table
from retrieval.verify.acts import LANGUAGES
from retrieval.verify.bodies import spelled_out
from retrieval.verify.names import CODE, Name, code_of
from retrieval.verify.small_words import small_words

_STEM = 4
"""Letters below which a name is not brought to how it sounds."""

_NEAR = 3
"""Words that may stand between the words of one name: "Nguyen Thi (Mrs) Lan"."""

_ISO_639_1 = 2
_FULL = 2
"""Words of a full name."""

_ENDS = re.compile(r"[.,;:!?…/|–—\n]")
_INITIAL = 3
"""Letters of what a full stop shortens: "J. Smith", "TP. Huế"."""


@dataclass(frozen=True, slots=True)
class Present:
    """The words of a text by which names are looked for."""

    folds: tuple[str, ...]
    capitals: tuple[bool, ...]
    runs: tuple[int, ...]
    sounds: tuple[str, ...]
    codes: frozenset[str]
    known: frozenset[str]

    def has(self, name: Name, *, transliterated: bool) -> bool:
        """Whether all parts of `name` stand close together, as those of one name do."""
        if len(name.parts) == 1 and name.parts[0] in self.codes:
            return True
        if _known().get(_plain(name.surface)) in self.known:
            return True
        if name.surface.isupper() and spelled_out(name.surface, self.folds):
            return True
        parts = name.parts
        for size in (1, 2, 3):
            if len(parts) >= size + _FULL and city_of(" ".join(parts[:size])) in self.known:
                parts = parts[size:]  # "Thị trưởng Paris Anne Hidalgo"
                break
        capitals = self.capitals if all(map(is_vietnamese_syllable, parts)) else None
        return _near(parts, self.folds, self.runs, capitals) or (
            transliterated
            and _near([sound(_same(part)) for part in parts], self.sounds, self.runs, capitals)
        )

    def has_city(self, surface: str) -> bool:
        """Whether the text names the same city, in whatever language."""
        return city_of(surface) in self.known


def has_city_elsewhere(surface: str, text: str, language: str) -> bool:
    """Whether `text`, folded, has a city by its name in `language`, endings left open."""
    name = _cities_in(language).get(city_of(surface) or "")
    return name is not None and name in text


@cache
def _cities_in(language: str) -> Mapping[str, str]:
    """Zones of CLDR by what their cities are called in a language, without the last letter where
    names are inflected."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - read when a name is looked up

    try:
        zones = Locale.parse(language).time_zones
    except (UnknownLocaleError, ValueError):
        return {}
    named = {}
    for zone, entry in zones.items():
        if isinstance(entry, Mapping) and isinstance(entry.get("city"), str):
            city = fold(entry["city"])
            named[zone] = city[:-1] if city[-1] in "аяьы" and len(city) > _STEM else city
    return named


@lru_cache(maxsize=256)
def present(text: str) -> Present:
    """What `text` has."""
    found = words(text)
    folds = tuple(_same(word.fold) for word in found)
    plain = [_plain(word.text) for word in found]
    zones = {
        _known()[name]
        for size in (1, 2, 3, 4)
        for start in range(len(plain) - size + 1)
        if (name := "".join(plain[start : start + size])) in _known()
    }
    codes = frozenset(code_of(match.group()) for match in CODE.finditer(text))
    letters = frozenset(code.rstrip("0123456789") for code in codes)
    return Present(
        folds,
        tuple(word.capital for word in found),
        tuple(_runs(text, found)),
        tuple(sound(word) for word in folds),
        codes | letters,
        frozenset(zones),
    )


def _runs(text: str, found: Sequence[Word]) -> Iterator[int]:
    """The number of the run that each word is in. No name goes beyond a run, which ends at a comma,
    at the end of a sentence, and at small words but those that names have: "John Smith et"."""
    run = 0
    capitals = any(word.capital for word in found)
    for number, word in enumerate(found):
        before = text[found[number - 1].end : word.start] if number else ""
        first = found[number - 1].text if number else ""
        if _ENDS.search(before) and not (before.startswith(".") and len(first) <= _INITIAL):
            run += 1
        small = capitals and not word.capital and word.fold not in small_words("within_names")
        run += small
        yield run
        run += small


def _near(
    parts: Sequence[str],
    folds: Sequence[str],
    runs: Sequence[int],
    capitals: Sequence[bool] | None = None,
) -> bool:
    """Whether all parts stand close together in one run; with nothing but `capitals` between them,
    where common words sound like names: "Trung ương Lê Hoài Nam"."""
    parts = [_same(part) for part in parts]
    if len(parts) == 1:
        return parts[0] in folds
    places = {part: [n for n, word in enumerate(folds) if word == part] for part in parts}
    if not all(places.values()):
        return False
    reach = len(parts) - 1 + _NEAR
    return any(
        all(
            any(
                0 <= at - start <= reach
                and runs[at] == runs[start]
                and (capitals is None or all(capitals[start : at + 1]))
                for at in places[part]
            )
            for part in parts
        )
        for start in sorted(at for each in places.values() for at in each)
    )


@cache
def _equals() -> Mapping[str, str]:
    return {fold(form): fold(group[0]) for group in table("capitals")["same"] for form in group}


def _same(word: str) -> str:
    return _equals().get(word, word)


_SOUNDS = (
    (re.compile(r"gu(?=[eiy])"), "g"),
    (re.compile(r"dj|zh"), "j"),
    (re.compile(r"tch|tsch|tsh|ch|sch|sh|x"), "s"),
    (re.compile(r"ou|oo|w"), "u"),
    (re.compile(r"ph|ff"), "f"),
    (re.compile(r"ck|kh|qu|c|q|g(?=h)"), "k"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"z|ts"), "s"),
    (re.compile(r"[f]$"), "v"),
    (re.compile(r"h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=..)e$"), ""),
)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A folded name brought to what French, English and Vietnamese transliterations share:
    "Karassine" and "Karasin", "Poutine" and "Putin"."""
    if len(word) < _STEM:
        return word
    for pattern, into in _SOUNDS:
        word = pattern.sub(into, word)
    return word


def heard(part: str) -> str:
    """A folded word of a name as it is compared between languages; Vietnamese names are written
    alike in all of them."""
    return part if is_vietnamese_syllable(part) else sound(_same(part))


def city_of(surface: str) -> str | None:
    """The city that a name stands for, whatever the language, if it is known."""
    return _cities().get(_plain(surface))


@cache
def _known() -> Mapping[str, str]:
    """Cities, people and languages that bear different names in different languages."""
    people = {_plain(form): fold(forms[0]) for forms in table("people") for form in forms}
    return {**_languages(), **people, **_cities()}


@cache
def _languages() -> Mapping[str, str]:
    """The languages of ISO 639-1 as CLDR names them in the three languages."""
    from babel import Locale  # noqa: PLC0415 - read when a name is looked up

    return {
        _plain(name): f"language {code}"
        for language in LANGUAGES
        for code, name in Locale.parse(language).languages.items()
        if len(code) == _ISO_639_1
    }


@cache
def _cities() -> Mapping[str, str]:
    """Cities that CLDR names, as exemplars of time zones, by their names in three languages."""
    from babel import Locale  # noqa: PLC0415 - read when a name is looked up

    named: dict[str, str] = {}
    zones: set[str] = set()
    for language in ("vi", "fr", "en", "es", "de"):
        for zone, entry in Locale.parse(language).time_zones.items():
            zones.add(zone)
            if isinstance(entry, Mapping) and isinstance(entry.get("city"), str):
                named.setdefault(_plain(entry["city"]), zone)
    for zone in zones:
        named.setdefault(_plain(zone.rpartition("/")[2].replace("_", " ")), zone)
    for place in table("cities"):
        for form in place:
            named[_plain(form)] = fold(place[0])
    return named


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", fold(name))
