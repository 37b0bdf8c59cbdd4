"""One word for many messages that are refused."""

from __future__ import annotations

import datetime as dt

from bot.floods import PEACE, Floods

NOW = dt.datetime(2024, 6, 1, 22, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def test_a_flood_begins_once() -> None:
    """However long it goes on; what comes after ten seconds of peace is another one."""
    floods = Floods()
    told = [floods.begins(5, NOW + number * SECOND) for number in range(0, 300, 9)]
    assert told == [True] + [False] * 33
    assert floods.begins(5, NOW + 297 * SECOND + PEACE)


def test_each_person_floods_alone() -> None:
    """And a clock that was set back silences nobody."""
    floods = Floods()
    assert [floods.begins(number, NOW) for number in (5, 6, 5)] == [True, True, False]
    assert floods.begins(5, NOW - dt.timedelta(days=1))
