"""Updates are noted, so that none is answered twice, and forgotten in time."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.taken import KEPT, TakenUpdates
from corpus.catalogue import Catalogue

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


def test_an_update_that_is_done_is_not_taken_again(tmp_path: Path) -> None:
    """Not by another process either; one that was not brought to its end is."""
    catalogue = Catalogue.open(tmp_path)
    taken = TakenUpdates(catalogue.engine)
    assert taken.take([2**40, 2**40 + 1], NOW) == {2**40, 2**40 + 1}
    taken.done([2**40])
    catalogue.close()
    catalogue = Catalogue.open(tmp_path)
    again = TakenUpdates(catalogue.engine)
    assert again.take([2**40, 2**40 + 1], NOW) == {2**40 + 1}
    catalogue.close()


def test_many_are_noted_at_once(tmp_path: Path) -> None:
    catalogue = Catalogue.open(tmp_path)
    taken = TakenUpdates(catalogue.engine)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda number: taken.take([number], NOW), range(200)))
        list(pool.map(lambda number: taken.done([number]), range(200)))
        assert not any(pool.map(lambda number: taken.take([number], NOW), range(200)))
    catalogue.close()


def test_what_is_old_is_forgotten(tmp_path: Path) -> None:
    catalogue = Catalogue.open(tmp_path)
    taken = TakenUpdates(catalogue.engine)
    for number, at in ((1, NOW - KEPT - dt.timedelta(hours=1)), (2, NOW)):
        taken.take([number], at)
        taken.done([number])
    taken.forget_old(NOW)
    assert taken.take([1, 2], NOW) == {1}
    catalogue.close()
