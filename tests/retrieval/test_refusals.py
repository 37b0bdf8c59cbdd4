"""Outlets and names asked for: which the corpus has, and which make the answer a refusal."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval.embedding import BUNDLED
from retrieval.engine import Engine
from retrieval.question import Query, understand

NOW = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)
HAS = (
    "Harbour Gazette",
    "QuayWire",
    "The Lantern - Travel",
    "The Lantern - Books",
    "Dockside | Ships and Ports",
    "Dân trí",
    "The Verge",
)
ARTICLES = [
    (
        "Harbour Gazette",
        "Ferry fares rise",
        "Captain Odile Marchetti said that ferry fares would rise by nine percent in spring.",
    ),
    (
        "QuayWire",
        "Crane strike ends",
        "The crane drivers of Port Ellery ended their strike after the union accepted higher pay.",
    ),
    (
        "The Lantern - Travel",
        "Night boats return",
        "Night boats will sail again between the islands, the tourism board announced.",
    ),
    (
        "Dockside | Ships and Ports",
        "Pilot boats go electric",
        "Harbour engineer Tobias Renwick presented the first electric pilot boat.",
    ),
]


def ask(text: str) -> Query:
    return understand(text, today=NOW.date(), outlets=HAS)


@pytest.fixture(scope="module")
def harbour(
    new_data_dir: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    corpus = tmp_path_factory.mktemp("harbour")
    lines = [
        json.dumps({"id": f"a{number}", "text": text, "title": title, "outlet": outlet})
        for number, (outlet, title, text) in enumerate(ARTICLES)
    ]
    (corpus / "news.jsonl").write_text("\n".join(lines), "utf-8")
    engine = Engine(new_data_dir(), corpus, BUNDLED)
    engine.ingest(None, now=NOW)
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("What does QuayWire say of the strike?", ("QuayWire",)),
        ("what does quaywire say of the strike?", ("QuayWire",)),
        ("according to the harbour gazette, who won?", ("Harbour Gazette",)),
        ("Did Dockside report on boats?", ("Dockside | Ships and Ports",)),
        ("What did The Lantern write?", ("The Lantern - Books", "The Lantern - Travel")),
        ("What did 'The Lantern - Books' write?", ("The Lantern - Books",)),
        ("Theo báo Dân trí, ai thắng?", ("Dân trí",)),
        ("a Verge article on phones", ("The Verge",)),
    ],
)
def test_outlets_of_the_corpus(text: str, agencies: tuple[str, ...]) -> None:
    """In any case, by the head of a longer name, or with the section of a house."""
    query = ask(text)
    assert query.conditions.agencies == agencies
    assert query.lacking == ()


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("What did The Hindu report about the flood?", ("The Hindu",)),
        ("According to Time, who was chosen?", ("Time",)),
        ("Which ship, covered by both QuayWire and Wired, sank?", ("Wired",)),
        ("Do articles from QuayWire, Der Spiegel, and Le Soir agree?", ("Der Spiegel", "Le Soir")),
        ("What did The Lantern - Gardens say?", ("The Lantern - Gardens",)),
        ("Does the article from Zorba Tribune mention ships?", ("Zorba Tribune",)),
        ("Does the article from the London Gazette mention ships?", ("London Gazette",)),
        ("Did the 'Sail Plum' article mention ships?", ("Sail Plum",)),
        ("Selon Le Monde, qui a signé ?", ("Le Monde",)),
        ("D'après un article du Figaro, qui a signé ?", ("Le Figaro",)),
        ("Que rapporte l'AFP sur les ferries ?", ("AFP",)),
        ("Qu'est-ce que La Gazette de Zorba a écrit ?", ("Gazette de Zorba",)),
        ("Theo báo Tuổi Trẻ, hai bên đã ký gì?", ("Tuổi Trẻ",)),
        ("theo bao tuoi tre hai ben ky gi", ("Tuổi Trẻ",)),
        ("VnExpress đưa tin gì về bão?", ("VnExpress",)),
        ("Bài của Reuters nói gì?", ("Reuters",)),
        ("Theo bài viết trên VnZorba, ai thắng?", ("VnZorba",)),
        ("Was ist laut Der Spiegel passiert?", ("Der Spiegel",)),
    ],
)
def test_outlets_that_the_corpus_lacks(text: str, lacking: tuple[str, ...]) -> None:
    """Known from the table where the question says that an outlet is meant, or unmistakable."""
    assert ask(text).lacking == lacking


@pytest.mark.parametrize(
    "text",
    [
        "What is the nature of the deal in time?",
        "Who made Time's Person of the Year?",
        "Who joined the Fortune 500?",
        "Who is on the verge of collapse?",
        "According to Minister Renwick, what happened?",
        "According to the report, what was signed at The Hague?",
        "According to Goldman Sachs economists, what will rates do?",
        "Did Apple report earnings?",
        "Selon le ministre Le Drian, que faire ?",
        "Theo Bộ Ngoại giao, ai sẽ thăm Việt Nam?",
        "Bộ Lao động cho biết gì về lương?",
        "Thanh niên Việt Nam làm gì?",
        "Đoàn Thanh niên đã đăng gì?",
        "Thủ tướng đã thông báo Việt Nam thế nào?",
        "What does the map show?",
    ],
)
def test_what_is_no_outlet(text: str) -> None:
    """Ordinary words, people, ministries, companies and places are none."""
    query = ask(text)
    assert query.lacking == ()
    assert query.conditions.agencies == ()


def test_the_words_of_an_outlet_are_not_asked_about() -> None:
    """They are no names, no words, and not in the subject."""
    query = ask("What did Harbour Gazette and The Hindu report about ferry fares?")
    assert query.names == ()
    assert set(query.words) == {"ferry", "fares"}
    assert query.subject == "What did and report about ferry fares?"


def test_a_name_ends_at_a_possessive_or_a_comma() -> None:
    """An initial's full stop does not end it."""
    query = ask("Did Odile Marchetti's Night Boat, Tobias Renwick and A.J. Plover sink?")
    assert query.names == ("Odile Marchetti", "Night Boat", "Tobias Renwick", "A.J Plover")


def test_a_day_in_a_name_is_no_period() -> None:
    """ "Black Friday" is not last Friday."""
    assert ask("Who sold most on Black Friday?").conditions.period is None
    assert ask("What was said on Monday?").conditions.period is not None


@pytest.mark.parametrize(
    "question",
    [
        "What did The Hindu report about ferry fares?",
        "Does the QuayWire article on the crane strike agree with the Reuters article?",
        "Theo báo Tuổi Trẻ, giá vé phà tăng bao nhiêu?",
        "Selon Le Monde, de combien augmentent les tarifs des ferries ?",
        "What did The Lantern - Books report about night boats?",
        "Does the article from Zorba Tribune mention ferry fares?",
    ],
)
def test_an_outlet_that_is_not_there_is_refused(harbour: Engine, question: str) -> None:
    """Even where another outlet of the same question is there: half a comparison is none."""
    refusal = harbour.ask(question, today=NOW.date()).refusal
    assert refusal is not None
    assert refusal.failed == "outlets"
    assert refusal.nearest


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("What did Harbour Gazette report about ferry fares?", {"a0"}),
        ("What does The Lantern say about night boats?", {"a2"}),
        ("what did quaywire write about the crane strike", {"a1"}),
        (
            "Does the Harbour Gazette article quote Odile Marchetti on higher ferry fares, while"
            " the Dockside article shows Tobias Renwick with an electric pilot boat in Ireland?",
            {"a0", "a3"},
        ),
    ],
)
def test_an_outlet_that_is_there_answers(
    harbour: Engine, question: str, articles: set[str]
) -> None:
    """Of a compound question, each part by its own article."""
    answer = harbour.ask(question, today=NOW.date())
    assert {source.article.id for source in answer.sources} == articles


@pytest.mark.parametrize(
    "question",
    [
        "What did Wilhelmina Krosgaard say about ferry fares?",
        "According to QuayWire, what did Wilhelmina Krosgaard say about the crane strike?",
        "Does the Harbour Gazette article quote Wilhelmina Krosgaard on higher ferry fares, while"
        " the Dockside article shows Ludovic Strand with an electric pilot boat?",
    ],
)
def test_a_person_of_whom_nobody_writes_is_refused(harbour: Engine, question: str) -> None:
    """The refusal says who is missing."""
    refusal = harbour.ask(question, today=NOW.date()).refusal
    assert refusal is not None
    assert refusal.failed == "names"
    assert "Wilhelmina Krosgaard" in refusal.missing_names


def test_the_period_of_a_compound_question_only_ranks_a_list(harbour: Engine) -> None:
    """It is that of one part, or of what the reports look back on; an answer keeps to it."""
    question = (
        "Does the Harbour Gazette article quote Odile Marchetti on higher ferry fares since 1987,"
        " while the Dockside article shows Tobias Renwick with an electric pilot boat?"
    )
    listed = harbour.search(question, k=10, today=NOW.date())
    assert listed.query.conditions.period is None
    assert harbour.ask(question, today=NOW.date()).query.conditions.period is not None
    assert {"a0", "a3"} <= {item.passage.article_id for item in listed.found}
