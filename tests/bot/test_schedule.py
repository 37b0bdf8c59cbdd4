"""When digests are due, wherever they are read, and whatever the clocks do."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.digest_settings import MOST_PEOPLE, read_people, read_places
from bot.schedule import WEEKDAYS, Schedule
from bot.zones import city_of, zone_of


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


SEVEN = dt.time(7)
NIGHT = dt.time(2, 30)


@pytest.mark.parametrize(
    ("schedule", "after", "due"),
    [
        (Schedule(SEVEN, "Asia/Ho_Chi_Minh"), "2026-11-29 23:59", "2026-11-30 00:00"),
        (Schedule(SEVEN, "Asia/Ho_Chi_Minh"), "2026-11-30 00:00", "2026-12-01 00:00"),
        # Clocks are set back on 25 October, forward on 29 March.
        (Schedule(SEVEN, "Europe/Paris"), "2026-10-24 05:00", "2026-10-25 06:00"),
        (Schedule(SEVEN, "Europe/Paris"), "2026-03-28 06:00", "2026-03-29 05:00"),
        # 02:30 comes twice: the first; and not at all: an hour later.
        (Schedule(NIGHT, "Europe/Paris"), "2026-10-24 12:00", "2026-10-25 00:30"),
        (Schedule(NIGHT, "Europe/Paris"), "2026-10-25 00:30", "2026-10-26 01:30"),
        (Schedule(NIGHT, "Europe/Paris"), "2026-03-28 12:00", "2026-03-29 01:30"),
        (Schedule(SEVEN, "Etc/UTC", WEEKDAYS), "2026-11-27 08:00", "2026-11-30 07:00"),
        (Schedule(SEVEN, "Etc/UTC", frozenset({0})), "2026-11-30 07:00", "2026-12-07 07:00"),
        (Schedule(SEVEN, "Etc/UTC"), "2028-02-28 07:00", "2028-02-29 07:00"),
        (Schedule(SEVEN, "Pacific/Kiritimati"), "2026-11-29 17:00", "2026-11-30 17:00"),
    ],
)
def test_next_due(schedule: Schedule, after: str, due: str) -> None:
    assert schedule.next_after(utc(after)) == utc(due)


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Australia/Lord_Howe"])
def test_it_comes_once_on_every_day_of_a_year(zone: str) -> None:
    schedule = Schedule(NIGHT, zone)
    at = utc("2026-01-01 12:00")
    days = []
    while at < utc("2027-01-01 12:00"):
        at = schedule.next_after(at)
        days.append(at.astimezone(ZoneInfo(zone)).date())
    assert days == [days[0] + dt.timedelta(days=number) for number in range(len(days))]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Paris", "Europe/Paris"),
        ("londres", "Europe/London"),
        ("Luân Đôn", "Europe/London"),
        ("Hà Nội", "Asia/Saigon"),
        ("Ho Chi Minh", "Asia/Ho_Chi_Minh"),
        ("Việt Nam", "Asia/Saigon"),
        ("Washington", "America/New_York"),
        ("Pékin", "Asia/Shanghai"),
        ("New York", "America/New_York"),
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("UTC", "Etc/UTC"),
        ("nowhere at all", None),
        ("", None),
    ],
)
def test_zone_of_a_typed_city(typed: str, zone: str | None) -> None:
    assert zone_of(typed) == zone
    if zone:
        assert city_of(zone, "fr")


def test_countries_and_pairs_are_read_as_typed() -> None:
    assert read_places("Vietnam – UK, France") == (frozenset({"VN", "GB"}), frozenset({"FR"}))
    assert read_places("Việt Nam - Anh; ASEAN") == (frozenset({"VN", "GB"}), frozenset({"ASEAN"}))
    assert read_places("Royaume-Uni\nJapon") == (frozenset({"GB"}), frozenset({"JP"}))
    assert read_places("GB, VN") == (frozenset({"GB"}), frozenset({"VN"}))
    assert read_places("all") == read_places("Tất cả") == ()
    assert read_places("Vietnam, Narnia") is None
    assert read_places(" , ") is None


def test_names_are_read_from_what_is_typed() -> None:
    """Parted by commas or lines; one person once, "all" for everybody."""
    assert read_people("Emmanuel  Macron, tô lâm;\nMacron Emmanuel") == (
        "Macron Emmanuel",
        "tô lâm",
    )
    assert read_people("Tous") == read_people("tất cả") == read_people("mọi người") == ()
    for typed in (
        "",
        ",",
        "12",
        "a" * 81,
        ", ".join(f"N{'a' * n}" for n in range(MOST_PEOPLE + 1)),
    ):
        assert read_people(typed) is None
