"""What people were asked to type is known until it is answered, for a week at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.awaited import KEPT, Awaited, AwaitedReplies
from corpus.catalogue import Catalogue

NOW = dt.datetime(2026, 11, 30, 6, tzinfo=dt.UTC)
ZONE = Awaited("digest", "1", "zone")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.open(tmp_path)
    yield made
    made.close()


def test_it_is_known_by_chat_and_message_after_a_restart(catalogue: Catalogue) -> None:
    AwaitedReplies(catalogue.engine).put(-100_7, 5, ZONE, NOW)
    replies = AwaitedReplies(catalogue.engine)
    assert replies.get(-100_7, 5, NOW) == ZONE
    assert replies.get(-100_7, 6, NOW) is None
    assert replies.get(8, 5, NOW) is None


def test_one_answer_does_for_all_that_asked_the_same(catalogue: Catalogue) -> None:
    """In that chat; what asked for something else goes on asking."""
    replies = AwaitedReplies(catalogue.engine)
    people = Awaited("digest", "1", "people", 3)
    for chat, message, awaited in ((1, 5, ZONE), (1, 6, ZONE), (1, 7, people), (2, 5, ZONE)):
        replies.put(chat, message, awaited, NOW)
    replies.answered(1, ZONE)
    found = [replies.get(1, message, NOW) for message in (5, 6, 7)]
    assert found == [None, None, people]
    assert replies.get(2, 5, NOW) == ZONE


def test_nobody_waits_for_ever(catalogue: Catalogue) -> None:
    replies = AwaitedReplies(catalogue.engine)
    replies.put(1, 5, ZONE, NOW)
    later = NOW + KEPT + dt.timedelta(seconds=1)
    assert replies.get(1, 5, later) is None
    replies.forget_old(later)
    assert replies.get(1, 5, NOW) is None
