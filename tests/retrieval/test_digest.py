"""Which stories are news, to whom, and how they are told."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from bot.digest_text import pair_title
from retrieval.answer import Quotation, Written
from retrieval.digest import SHORT, Digest, Length, StoryNews, Wanted, pair_of
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine
from retrieval.llm import LanguageModel
from retrieval.newsroom import BULK, Newsroom
from tests.corpus.test_stories import OWN
from tests.retrieval.scripted import Listening

DAY = dt.timedelta(days=1)
NOON = dt.datetime(2023, 11, 21, 12, tzinfo=dt.UTC)
LINES: list[dict[str, Any]] = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]


def lines(*stories: str) -> list[dict[str, Any]]:
    return [line for line in LINES if line["story"] in stories]


class Desk:
    """An engine that takes articles in at a given instant."""

    def __init__(self, folder: Path, data_dir: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.engine = Engine(data_dir, folder, BUNDLED)
        self._lines: dict[str, dict[str, Any]] = {}

    def take(self, at: dt.datetime, *some: dict[str, Any]) -> None:
        self._lines |= {line["id"]: line for line in some}
        (self.folder / "articles.jsonl").write_text(
            "\n".join(json.dumps(line) for line in self._lines.values()), "utf-8"
        )
        self.engine.ingest(None, now=at)

    @property
    def room(self) -> Newsroom:
        room = self.engine.newsroom()
        assert room is not None
        return room

    def since(self, begin: dt.datetime, end: dt.datetime, **options: Any) -> Digest:
        return self.room.since(begin, end, **{"language": "en", "told": {}, **options})


@pytest.fixture
def desk(tmp_path: Path, new_data_dir: Callable[[], Path]) -> Iterator[Desk]:
    made = Desk(tmp_path / "articles", new_data_dir())
    yield made
    made.engine.close()


@pytest.fixture(scope="module")
def full(
    tmp_path_factory: pytest.TempPathFactory, new_data_dir: Callable[[], Path]
) -> Iterator[Desk]:
    """All stories, taken in at once. Tests only read from it."""
    made = Desk(tmp_path_factory.mktemp("full") / "articles", new_data_dir())
    made.take(NOON, *LINES)
    yield made
    made.engine.close()


def named(digest: Digest) -> list[str]:
    """The stories, as the articles' ids name them."""
    return [each.articles[0].id.rsplit("-", 2)[0] for each in digest.stories]


def quotes(story: StoryNews) -> list[Quotation]:
    return list(story.answer.quotations())


def test_every_sentence_is_a_verbatim_quotation_with_its_source(full: Desk) -> None:
    digest = full.room.of_days(dt.date(2021, 1, 1), dt.date(2024, 12, 31), language="en")
    assert len(digest.stories) == len({line["story"] for line in LINES})
    for story in digest.stories:
        texts = {article.id: article.text for article in story.articles}
        assert quotes(story)
        for quotation in quotes(story):
            cited = quotation.citation
            assert texts[cited.article][cited.start : cited.end] == cited.quote
            assert story.answer.sources[cited.source - 1].article.id == cited.article


def test_a_story_is_told_once_with_its_outlets_in_the_readers_language(full: Desk) -> None:
    days = dt.date(2023, 9, 18), dt.date(2023, 9, 18)
    for language in ("vi", "fr", "en"):
        (story,) = full.room.of_days(*days, language=language).stories
        assert story.outlets == (
            "Le Journal du Saint-Laurent", "Ottawa Ledger", "Tin Thế Giới"
        )  # fmt: skip
        assert story.origins == 3
        assert {each.id: each.language for each in story.articles}[
            quotes(story)[0].citation.article
        ] == language


def test_a_story_is_quoted_in_one_language(full: Desk) -> None:
    """In English where the reader's is not there."""
    days = dt.date(2023, 11, 22), dt.date(2023, 11, 22)
    (story,) = full.room.of_days(*days, language="vi").stories
    languages = {each.id: each.language for each in story.articles}
    assert {languages[each.citation.article] for each in quotes(story)} == {"en"}


def test_stories_are_of_the_days_and_countries_asked_for(full: Desk) -> None:
    year = dt.date(2023, 1, 1), dt.date(2023, 12, 31)
    pair = Wanted((frozenset({"FR", "SN"}),))
    found = full.room.of_days(*year, language="fr", wanted=pair)
    assert named(found) == ["dakar-debt", "dakar-visit"]  # the newest event first
    either = Wanted((frozenset({"NP"}), frozenset({"CL"})))
    found = full.room.of_days(*year, language="fr", wanted=either)
    assert sorted(named(found)) == ["quake-chile", "quake-nepal"]
    muted = Wanted(muted=frozenset(each.story for each in found.stories))
    assert "quake-nepal" not in named(full.room.of_days(*year, language="fr", wanted=muted))
    assert not full.room.of_days(dt.date(2020, 1, 1), dt.date(2020, 2, 1), language="fr").stories


@pytest.mark.parametrize(
    ("wanted", "stories"),
    [
        (Wanted(people=("VASSEUR Laurent",)), ["dakar-visit"]),
        (Wanted(people=("Aubertin",)), ["dakar-debt"]),
        (Wanted(people=("Cheikh Ndoye", "Moussa Faye")), ["dakar-debt", "dakar-visit"]),
        (Wanted(people=("Nobody Known",)), []),
        (Wanted(topics=frozenset({"disasters"})), ["quake-chile", "quake-nepal"]),
        (Wanted(topics=frozenset({"finance", "education"})), ["dakar-debt", "dakar-visit"]),
        (Wanted((frozenset({"NP"}),), topics=frozenset({"disasters"})), ["quake-nepal"]),
        (Wanted(languages=frozenset({"vi"}), topics=frozenset({"disasters"})), ["quake-nepal"]),
        (Wanted(people=("Vasseur",), topics=frozenset({"disasters"})), []),
        (Wanted(people=("Vasseur",), topics=frozenset({"culture"})), ["dakar-visit"]),
    ],
)
def test_stories_are_of_the_people_topics_and_languages_asked_for(
    full: Desk, wanted: Wanted, stories: list[str]
) -> None:
    """Any of a kind; each kind that is set, whichever article of the story meets it."""
    days = dt.date(2023, 11, 1), dt.date(2023, 11, 30)
    found = full.room.of_days(*days, language="en", wanted=wanted)
    assert sorted(named(found)) == stories
    everything = full.room.since(NOON - DAY, NOON, language="en", told={}, wanted=wanted)
    assert set(stories) >= {each for each in named(everything) if "quake" in each}


def test_stories_of_one_pair_of_countries_stand_together(full: Desk) -> None:
    digest = full.room.of_days(dt.date(2022, 1, 1), dt.date(2024, 12, 31), language="en")
    pairs = [pair_of(story) for story in digest.stories]
    assert [pair for pair, _ in groupby(pairs)] == list(dict.fromkeys(pairs))


def test_the_length_is_kept(full: Desk) -> None:
    days = dt.date(2023, 1, 1), dt.date(2023, 12, 31)
    for story in full.room.of_days(*days, language="en", length=SHORT).stories:
        assert len(quotes(story)) == 1
    for story in full.room.of_days(*days, language="en", length=Length(40)).stories:
        assert len(quotes(story)) == 1 or sum(
            len(each.citation.quote.split()) for each in quotes(story)
        ) <= 40 + len(quotes(story))


def test_what_arrived_in_the_time_is_news(desk: Desk) -> None:
    desk.take(NOON - 2 * DAY, *lines("expulsion"))
    desk.take(NOON - DAY / 2, *lines("dakar-visit"))
    found = desk.since(NOON - DAY, NOON)
    assert named(found) == ["dakar-visit"]
    assert [each.standing for each in found.stories] == ["new"]
    assert not desk.since(NOON, NOON + DAY).stories


def test_a_story_told_before_tells_only_what_is_new(desk: Desk) -> None:
    first, second, third, fourth = lines("dakar-visit")
    desk.take(NOON - DAY, first, second)
    (told,) = desk.since(NOON - 2 * DAY, NOON).stories
    desk.take(NOON + DAY / 2, third, fourth)
    (more,) = desk.since(NOON, NOON + DAY, told={told.story: NOON}).stories
    assert more.standing == "continuing"
    assert len(more.articles) == 4
    assert {each.citation.article for each in quotes(more)} == {third["id"]}
    assert not desk.since(NOON, NOON + DAY, told={told.story: NOON + DAY}).stories


def test_a_story_told_before_that_changed_is_corrected(desk: Desk) -> None:
    first, *_ = lines("dakar-visit")
    desk.take(NOON - DAY, first)
    (told,) = desk.since(NOON - 2 * DAY, NOON).stories
    desk.take(NOON + DAY / 2, {**first, "text": first["text"].replace("26 objets", "27 objets")})
    (more,) = desk.since(NOON, NOON + DAY, told={told.story: NOON}).stories
    assert more.standing == "corrected"
    assert "27 objets" in " ".join(each.citation.quote for each in quotes(more))


def test_old_articles_that_arrive_late_are_marked(desk: Desk) -> None:
    desk.take(NOON, *lines("gas"))
    (late,) = desk.since(NOON - DAY, NOON).stories
    assert late.standing == "late"


def test_an_archive_at_once_is_a_line_and_no_stories(desk: Desk) -> None:
    archive = [
        {
            "id": f"old-{number}",
            "title": f"Trade figures of week {number}",
            "outlet": "Weekly",
            "published": "2019-05-06",
            "text": f"Exports of kind {number} rose by {20 + number} percent in the week.",
        }
        for number in range(BULK)
    ]
    desk.take(NOON, *archive, *lines("dakar-visit"))
    found = desk.since(NOON - DAY, NOON)
    assert named(found) == ["dakar-visit"]
    assert found.bulk == BULK


def test_a_way_back_is_a_line_and_no_stories(desk: Desk) -> None:
    desk.take(NOON - 3 * DAY, *lines("dakar-visit"))
    desk.take(NOON - 2 * DAY, *lines("expulsion"))
    version = desk.engine.roll_back(1, now=NOON)
    found = desk.since(NOON - DAY, NOON)
    assert not found.stories
    assert found.restored == (version.number,)


def test_a_language_model_tells_a_story_once_for_all_who_get_it(
    tmp_path: Path, new_data_dir: Callable[[], Path]
) -> None:
    """What it writes is checked as in an answer; what fails is quoted."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, lines("quake-nepal"))), "utf-8")
    true = "At least 128 people died in an earthquake of magnitude 6.4 in western Nepal."
    model = Listening(words=true)
    engine = Engine(new_data_dir(), folder, BUNDLED, model=LanguageModel.of(model))
    engine.ingest(None, now=NOON)
    room = engine.newsroom()
    assert room is not None
    days = dt.date(2023, 11, 1), dt.date(2023, 11, 30)
    (story,) = room.of_days(*days, language="en").stories
    told = list(engine.written(story).answer.told(story.answer.groups[0]))
    assert [each.text for each in told if isinstance(each, Written)] == [true]
    assert any(isinstance(each, Quotation) for each in told)
    asked = len(model.heard)
    (again,) = room.of_days(*days, language="en").stories
    assert engine.written(again).answer.writing is not None
    assert len(model.heard) == asked
    engine.close()


def test_a_story_of_many_countries_is_not_headed_by_two_of_them(desk: Desk) -> None:
    """A minister's call with five others is not between the first two that are named."""
    text = (
        "OSLO - The foreign minister of Norway spoke on 20 November 2023 with her colleagues of"
        " Ghana, Togo, Chile, Peru and Kenya about trade. Norway proposed a fund."
    )
    desk.take(NOON, {"id": "six", "text": text, "outlet": "Example Post", "language": "en"})
    (story,) = desk.since(NOON - DAY, NOON + DAY).stories
    assert set(pair_of(story)) == {"NO", "GH", "TG", "CL", "PE", "KE"}
    assert "Norway" in pair_title(pair_of(story), "en")
    assert pair_title(("VN", "GB"), "fr") == "Vietnam – Royaume-Uni"
