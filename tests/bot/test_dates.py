"""Days in the reader's words."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import dates


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Tuesday 1 December 2026"),
        ("fr", "mardi 1er décembre 2026"),
        ("vi", "Thứ Ba, 1 tháng 12 năm 2026"),
    ],
)
def test_a_day_with_its_name_is_written_as_every_other_day(language: str, told: str) -> None:
    """A digest has both."""
    day = dt.date(2026, 12, 1)
    assert dates.weekday(day, language) == told
    assert told.endswith(dates.day(day, language))
