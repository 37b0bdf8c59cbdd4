"""Who is served, and how the first admin is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.access import TRIES_EACH, TRIES_IN_ALL, Access
from bot.store import People
from corpus.catalogue import Catalogue

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
BIG = 7_123_456_789  # Telegram's ids need more than 32 bits


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    """A new catalogue's people."""
    catalogue = Catalogue.open(tmp_path)
    yield People(catalogue.engine)
    catalogue.close()


def test_closed_access_serves_admins_and_stored_people_only(people: People) -> None:
    """By settings or by the database."""
    people.put(BIG, "admin", NOW)
    access = Access("closed", {5}, people)
    assert [access.is_served(user) for user in (5, BIG, 6)] == [True, True, False]
    assert [access.is_admin(user) for user in (5, BIG, 6)] == [True, True, False]


def test_open_access_serves_everybody_and_makes_nobody_an_admin(people: People) -> None:
    """Open is for questions only."""
    access = Access("open", {5}, people)
    assert access.is_served(6)
    assert not access.is_admin(6)


def test_there_is_a_code_only_as_long_as_there_is_no_admin(people: People) -> None:
    """Neither in the settings nor in the database."""
    assert Access("closed", {5}, people).code is None
    assert Access("closed", (), people).code is not None
    people.put(6, "admin", NOW)
    assert Access("closed", (), people).code is None


def test_every_start_makes_another_code(people: People) -> None:
    """A code seen in an old terminal is worth nothing."""
    assert Access("closed", (), people).code != Access("closed", (), people).code


def test_code_is_taken_once(people: People) -> None:
    """The second sender gets nothing."""
    access = Access("closed", (), people)
    code = access.code or ""
    assert access.take(1, code)
    assert not access.take(2, code)


def test_wrong_codes_are_bounded_for_each_person(people: People) -> None:
    """After that not even the right one helps them; others are not locked out."""
    access = Access("closed", (), people)
    code = access.code or ""
    for attempt in range(TRIES_EACH):
        assert not access.take(1, f"wrong \ud800 é {attempt}")
    assert not access.take(1, code)
    assert access.take(2, code)


def test_wrong_codes_are_bounded_for_all_together(people: People) -> None:
    """Many accounts are no way around."""
    access = Access("closed", (), people)
    code = access.code or ""
    for user in range(TRIES_IN_ALL):
        access.take(user, "wrong")
    assert not access.take(TRIES_IN_ALL + 1, code)
