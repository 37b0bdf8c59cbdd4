"""Conversations as they are stored: per chat, bounded, for half an hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversations import Asked, Conversations, Place, TurnRow
from corpus.catalogue import Catalogue
from corpus.conditions import Period
from retrieval.conversation import FRESH, KEPT, Turn

NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
HERE = Place(7_123_456_789)  # Telegram's ids need more than 32 bits
TURN = Turn(
    NOW,
    "fr",
    ("VN", "GB"),
    ("ASEAN",),
    Period("2020-01-01", "2020-12-31"),
    topics=("trade",),
    roles=(("minister", "defence"), ("ambassador", None)),
    names=("Tô Anh Dũng",),
    words=("promesse",),
    articles=("a", "b"),
)


def _turn(number: int, at: dt.datetime = NOW) -> Turn:
    return replace(TURN, at=at, articles=(str(number),))


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A new catalogue."""
    catalogue = Catalogue.open(tmp_path)
    yield catalogue
    catalogue.close()


@pytest.fixture
def conversations(catalogue: Catalogue) -> Conversations:
    """Nothing said yet."""
    return Conversations(catalogue.engine)


def _count(catalogue: Catalogue) -> int:
    with Session(catalogue.engine) as session:
        return session.scalar(select(func.count()).select_from(TurnRow)) or 0


def test_turn_comes_back_as_it_was_after_a_restart(tmp_path: Path) -> None:
    """From another catalogue object over the same folder."""
    catalogue = Catalogue.open(tmp_path)
    Conversations(catalogue.engine).keep(HERE, 1, [2], TURN)
    catalogue.close()
    again = Catalogue.open(tmp_path)
    assert Conversations(again.engine).before(HERE, Asked(3), NOW) == [TURN]
    again.close()


def test_chats_and_topics_are_apart(conversations: Conversations) -> None:
    """What is asked in one is not known in another."""
    conversations.keep(HERE, 1, [2], TURN)
    assert conversations.before(Place(HERE.chat, 5), Asked(3), NOW) == []
    assert conversations.before(Place(8), Asked(3), NOW) == []


def test_reply_follows_the_turn_that_it_replies_to(conversations: Conversations) -> None:
    """By any message of the answer, or by the question; what came later is not followed."""
    for number in (1, 2, 3):
        conversations.keep(HERE, 10 * number, [10 * number + 1, 10 * number + 2], _turn(number))
    for message in (20, 21, 22):
        turns = conversations.before(HERE, Asked(99, message), NOW)
        assert [turn.articles for turn in turns] == [("1",), ("2",)]
    assert conversations.before(HERE, Asked(99, 55), NOW) == []


def test_group_follows_nothing_but_the_turn_replied_to(conversations: Conversations) -> None:
    """Others may have asked in between."""
    for number in (1, 2):
        conversations.keep(HERE, 10 * number, [10 * number + 1], _turn(number))
    assert conversations.before(HERE, Asked(99, only_replies=True), NOW) == []
    (turn,) = conversations.before(HERE, Asked(99, 21, only_replies=True), NOW)
    assert turn.articles == ("2",)


def test_old_turns_are_not_followed_and_are_removed(
    conversations: Conversations, catalogue: Catalogue
) -> None:
    """After half an hour: at the next question of anybody, or at a start."""
    late = NOW + FRESH + dt.timedelta(seconds=1)
    conversations.keep(HERE, 1, [2], TURN)
    assert conversations.before(HERE, Asked(3), NOW + FRESH) == [TURN]
    assert conversations.before(HERE, Asked(3), late) == []
    conversations.keep(Place(8), 1, [2], replace(TURN, at=late))
    assert _count(catalogue) == 1
    conversations.forget_old(late + FRESH + dt.timedelta(seconds=1))
    assert _count(catalogue) == 0


def test_other_zones_of_time_are_no_matter(conversations: Conversations) -> None:
    """Instants are compared, not clocks on the wall."""
    hanoi = dt.timezone(dt.timedelta(hours=7))
    conversations.keep(HERE, 1, [2], replace(TURN, at=NOW.astimezone(hanoi)))
    conversations.forget_old(NOW + dt.timedelta(minutes=1))
    assert len(conversations.before(HERE, Asked(3), NOW + dt.timedelta(minutes=1))) == 1


def test_conversation_is_bounded(conversations: Conversations, catalogue: Catalogue) -> None:
    """The last turns of a chat stay; other chats lose none."""
    conversations.keep(Place(8), 1, [2], TURN)
    for number in range(KEPT + 5):
        conversations.keep(HERE, number, [1000 + number], _turn(number))
    turns = conversations.before(HERE, Asked(9999), NOW)
    assert [turn.articles for turn in turns] == [(str(n),) for n in range(5, KEPT + 5)]
    assert _count(catalogue) == KEPT + 1


def test_message_delivered_again_takes_its_own_place(conversations: Conversations) -> None:
    """It does not follow itself, and is kept once."""
    conversations.keep(HERE, 1, [2], _turn(1))
    conversations.keep(HERE, 3, [4], _turn(2))
    assert conversations.before(HERE, Asked(3), NOW) == [_turn(1)]
    conversations.keep(HERE, 3, [6], _turn(3))
    assert conversations.before(HERE, Asked(9), NOW) == [_turn(1), _turn(3)]


def test_clearing_forgets_one_conversation(conversations: Conversations) -> None:
    """And no other."""
    conversations.keep(HERE, 1, [2], TURN)
    conversations.keep(Place(8), 1, [2], TURN)
    conversations.clear(HERE)
    assert conversations.before(HERE, Asked(3), NOW) == []
    assert conversations.before(Place(8), Asked(3), NOW) == [TURN]


def test_row_of_another_version_is_passed_over(
    conversations: Conversations, catalogue: Catalogue
) -> None:
    """A turn that cannot be read is none."""
    conversations.keep(HERE, 1, [2], TURN)
    with Session(catalogue.engine) as session, session.begin():
        session.scalars(select(TurnRow)).one().turn = '{"at": 5}'
    assert conversations.before(HERE, Asked(3), NOW) == []
