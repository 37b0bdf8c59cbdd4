"""How much one person may ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.allowance import MINUTE, AllowanceRow, Allowances, forget_old, spent_by_all
from bot.limits import Limits
from corpus.catalogue import Catalogue

NOW = dt.datetime(2024, 6, 1, 22, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
BIG = 7_123_456_789  # Telegram's ids need more than 32 bits


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A new one."""
    made = Catalogue.open(tmp_path)
    yield made
    made.close()


@pytest.fixture
def allow(catalogue: Catalogue) -> Callable[..., Allowances]:
    """Makes allowances on the same database, as a restart does; the one before has saved."""
    made: list[Allowances] = []

    def make(*limits: int) -> Allowances:
        if made:
            made[-1].save()
        made.append(Allowances(catalogue.engine, Limits(*limits)))
        return made[-1]

    return make


def test_the_minute_moves_with_the_questions(allow: Callable[..., Allowances]) -> None:
    """The next is taken a minute after the first of the last so many, also after a restart."""
    for number in range(3):
        assert allow(3).admit(BIG, NOW + number * 10 * SECOND) is None
    assert allow(3).admit(BIG, NOW + 30 * SECOND) == NOW + 60 * SECOND
    assert allow(3).admit(BIG, NOW + 60 * SECOND) is None
    assert allow(3).admit(BIG, NOW + 61 * SECOND) == NOW + 70 * SECOND


def test_what_is_refused_does_not_count(allow: Callable[..., Allowances]) -> None:
    """Whoever goes on in vain waits no longer for it; others do not wait at all."""
    allowances = allow(1)
    assert allowances.admit(BIG, NOW) is None
    for number in range(1, 60):
        assert allowances.admit(BIG, NOW + number * SECOND) == NOW + 60 * SECOND
    assert allowances.admit(6, NOW) is None


def test_of_many_at_once_no_more_are_admitted(allow: Callable[..., Allowances]) -> None:
    allowances = allow(5)
    with ThreadPoolExecutor(16) as pool:
        admitted = list(pool.map(lambda _: allowances.admit(BIG, NOW) is None, range(64)))
    assert admitted.count(True) == 5


def test_a_clock_that_was_set_back_shuts_nobody_out(allow: Callable[..., Allowances]) -> None:
    allowances = allow(1)
    allowances.admit(BIG, NOW)
    assert allowances.admit(BIG, NOW - dt.timedelta(days=1)) is None


def test_tokens_last_until_midnight_utc(allow: Callable[..., Allowances]) -> None:
    """The question that goes beyond is answered; each person has a share of their own."""
    allowances = allow(0, 100)
    allowances.spend(BIG, 99, NOW)
    assert allowances.used_up(BIG, NOW) is None
    allowances.spend(BIG, 50, NOW)
    midnight = dt.datetime(2024, 6, 2, tzinfo=dt.UTC)
    east = dt.timezone(dt.timedelta(hours=7))
    assert allow(0, 100).used_up(BIG, NOW.astimezone(east)) == midnight
    assert allowances.used_up(6, NOW) is None
    assert allowances.used_up(BIG, midnight) is None


def test_no_limit_is_none(allow: Callable[..., Allowances], catalogue: Catalogue) -> None:
    """And questions leave no trace then."""
    allowances = allow(0, 0)
    assert all(allowances.admit(BIG, NOW) is None for _ in range(100))
    allowances.save()
    assert _rows(catalogue) == 0
    allowances.spend(BIG, 10**6, NOW)
    assert allowances.used_up(BIG, NOW) is None


def test_what_counts_no_more_is_forgotten(
    allow: Callable[..., Allowances], catalogue: Catalogue
) -> None:
    """A minute after midnight, so that the last questions of the day count."""
    allowances = allow(1, 100)
    allowances.spend(BIG, 10, NOW)
    allowances.spend(6, 7, NOW)
    allowances.save()
    assert spent_by_all(catalogue.engine, NOW) == 17
    forget_old(catalogue.engine, dt.datetime(2024, 6, 2, 0, 0, 30, tzinfo=dt.UTC))
    assert _rows(catalogue) == 2
    forget_old(catalogue.engine, dt.datetime(2024, 6, 2, 0, 1, tzinfo=dt.UTC))
    assert _rows(catalogue) == 0
    assert spent_by_all(catalogue.engine, NOW) == 0


def test_nothing_waits_for_whoever_writes_the_database(
    allow: Callable[..., Allowances], catalogue: Catalogue
) -> None:
    """An ingest may take long; what was counted meanwhile is saved behind it."""
    allowances = allow(2, 5)
    with catalogue.engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        assert allowances.admit(BIG, NOW) is None
        assert allowances.admit(BIG, NOW) is None
        assert allowances.admit(BIG, NOW) == NOW + MINUTE
        allowances.spend(BIG, 5, NOW)
        assert allowances.used_up(BIG, NOW) is not None
        other.rollback()
    again = allow(2, 5)
    assert again.admit(BIG, NOW) == NOW + MINUTE
    assert again.used_up(BIG, NOW) is not None


def test_what_is_forgotten_is_not_saved_later(
    allow: Callable[..., Allowances], catalogue: Catalogue
) -> None:
    allowances = allow(2, 5)
    allowances.spend(BIG, 5, NOW)
    allowances.save()
    allowances.admit(BIG, NOW)
    allowances.forget(BIG)
    allowances.save()
    assert _rows(catalogue) == 0


def _rows(catalogue: Catalogue) -> int:
    with Session(catalogue.engine) as session:
        return session.scalar(select(func.count()).select_from(AllowanceRow)) or 0
