"""What a language model writes is shown where its sources say it, and quoted where they do not."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import structlog
from langchain_core.messages import AIMessage

from corpus import rights
from corpus.analysis import analyse
from corpus.article import RawArticle
from retrieval.answer import Answer, Quotation, Writing, Written
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine
from retrieval.generate import _evidence, generate
from retrieval.llm import LanguageModel
from retrieval.verify import Checker
from retrieval.writer import Writer
from tests.retrieval.scripted import Listening, Raising, Silent, cut_off, says, write

TODAY = dt.date(2026, 11, 25)
QUESTIONS = {
    "en": "what did Vietnam and the UK discuss in 2020?",
    "fr": "De quoi le Vietnam et le Royaume-Uni ont-ils discuté en 2020 ?",
    "vi": "Việt Nam và Anh đã trao đổi những gì năm 2020?",
}
RECORDED: dict[str, list[list[str]]] = json.loads(
    (Path(__file__).parent / "data/recorded.json").read_text("utf-8")
)
"""By language, what the local model said at temperature 0.7, call by call, in several runs."""

CALL = (
    "On 16 April 2020, Deputy Minister of Foreign Affairs Tô Anh Dũng spoke by telephone with "
    "Nigel Adams, Minister of State at the British Foreign Office, about cooperation against the "
    "Covid-19 pandemic and bilateral relations."
)
CARE = (
    "The Deputy Minister asked the United Kingdom to provide medical care and support for "
    "Vietnamese citizens living and working there during the epidemic."
)
REMOTE = {"local": False, "host": "api.example.org", "provider": "example"}


@pytest.fixture(scope="module")
def quoted(sample: Engine) -> dict[str, Answer]:
    """The quoted answers that are to be written."""
    return {
        language: sample.quote(question, today=TODAY) for language, question in QUESTIONS.items()
    }


def shown(answer: Answer) -> list[Written | Quotation]:
    return [told for group in answer.groups for told in answer.told(group)]


def written(answer: Answer) -> list[Written]:
    return [told for told in shown(answer) if isinstance(told, Written)]


def report(*statements: tuple[str, Sequence[int]]) -> str:
    return json.dumps(
        {"statements": [{"text": text, "evidence": list(numbers)} for text, numbers in statements]}
    )


# -- What the local model really said


def runs() -> Iterator[object]:
    for language, recorded in RECORDED.items():
        for number, replies in enumerate(recorded):
            yield pytest.param(language, replies, id=f"{language}-{number}")


@pytest.mark.parametrize(("language", "replies"), list(runs()))
def test_of_a_real_models_words_only_true_ones_are_shown(
    language: str, replies: list[str], quoted: dict[str, Answer], checker: Checker
) -> None:
    """No other country, year or rank than the article's; whatever is left out is quoted."""
    answer = write(quoted[language], says(*replies), checker)
    cited = {
        (citation.start, citation.end) for told in written(answer) for citation in told.citations
    }
    for told in shown(answer):
        if isinstance(told, Quotation):
            assert (told.citation.start, told.citation.end) not in cited
            continue
        assert told.citations
        for wrong in ("United States", "États-Unis", "Hoa Kỳ", "Secretary-General", "2019", "2021"):
            assert wrong not in told.text
    assert {quotation.citation.start for quotation in answer.quotations()} <= {
        citation.start
        for told in shown(answer)
        for citation in (told.citations if isinstance(told, Written) else (told.citation,))
    }


def test_most_of_what_is_shown_of_a_real_models_words_is_written(
    quoted: dict[str, Answer], checker: Checker
) -> None:
    """A check that rejects everything is none: six of ten at least."""
    answers = [
        write(quoted[language], says(*replies), checker)
        for language, recorded in RECORDED.items()
        for replies in recorded
    ]
    total = sum(len(shown(answer)) for answer in answers)
    assert sum(len(written(answer)) for answer in answers) >= 0.6 * total


@pytest.mark.parametrize(
    "wrong",
    [
        CALL.replace("the British Foreign Office", "the United States Department of State"),
        CALL.replace("Deputy Minister of Foreign Affairs", "Secretary-General"),
        "The two sides met in Paris [1].",
        CALL.replace("2020", "2021"),
        CALL.replace("16 April", "6 April"),
        CALL.replace("Nigel Adams", "Nigel Farage"),
        CALL.replace("spoke by telephone with", "refused to speak with"),
        CARE.replace("asked the United Kingdom", "asked the United States"),
    ],
)
def test_a_mistake_is_replaced_by_the_quotation(
    wrong: str, quoted: dict[str, Answer], checker: Checker
) -> None:
    """Those that models made: another country, another title, a place that no source has."""
    answer = write(quoted["en"], says(wrong, wrong, wrong, wrong), checker)
    assert written(answer) == []
    assert len(shown(answer)) == len(list(answer.quotations()))
    assert answer.writing and answer.writing.failing[0].problems


# -- What may come back instead of a sentence


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "   \n ",
        "I'm sorry, but I can't help with that.",
        "Here is the translation:\n\nFirst line.\nSecond line.",
        "Der stellvertretende Außenminister sprach mit Nigel Adams über die Pandemie.",
        "bilateral " * 10_000,
        cut_off(CALL[:60]),
        '{"statements": [',
        "<b>" + CALL + "</b>",
        "[" + CALL + "](https://example.org)",
        "@everyone " + CALL,
    ],
    ids=lambda reply: str(getattr(reply, "content", reply))[:24] or "nothing",
)
def test_what_is_no_statement_is_not_shown(
    reply: str | AIMessage, quoted: dict[str, Answer], checker: Checker
) -> None:
    """Nothing, remarks, several lines, another language, floods, markup: the sources are quoted."""
    answer = write(quoted["en"], says(*[reply] * 4), checker)
    assert written(answer) == []
    assert [t.citation for t in shown(answer) if isinstance(t, Quotation)] == [
        quotation.citation for quotation in answer.quotations()
    ]


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "not JSON",
        report((CALL, (1,)))[:-20],
        '{"statements": [{"text": 7, "evidence": "1"}]}',
        report((CALL, ())),
        report((CALL, (99,))),
        report((CALL, (1, 99))),
        "[" * 100_000,
    ],
    ids=["empty", "no-json", "cut", "types", "no-evidence", "unknown", "partly-unknown", "deep"],
)
def test_a_report_without_given_evidence_holds_no_statement(
    reply: str, quoted: dict[str, Answer], checker: Checker
) -> None:
    """A statement must name the evidence that it rests on, and only what was given."""
    assert written(write(quoted["en"], says(reply, **REMOTE), checker)) == []


@pytest.mark.parametrize("model", [Silent(words=""), Raising(words="")], ids=["silent", "raising"])
def test_without_a_reply_the_answer_is_quoted_and_says_so(
    model: Listening, quoted: dict[str, Answer], checker: Checker
) -> None:
    """A model is never needed to get an answer."""
    answer = write(quoted["en"], LanguageModel.of(model, seconds=0.3), checker)
    assert written(answer) == []
    assert answer.writing and answer.writing.failure


def test_what_was_written_before_the_model_fell_silent_stays(
    quoted: dict[str, Answer], checker: Checker
) -> None:
    """One reply of four: one sentence is shown, the others are quoted."""
    answer = write(quoted["en"], says(CALL), checker)
    assert answer.writing and answer.writing.failure
    assert [told.text for told in written(answer)] == [CALL]
    assert len(shown(answer)) == len(list(answer.quotations()))


# -- How it is shown


def test_a_report_is_shown_in_the_order_of_its_sources(
    quoted: dict[str, Answer], checker: Checker
) -> None:
    """Whatever the order in which the model wrote; what it left out is quoted between."""
    answer = write(quoted["en"], says(report((CARE, (3,)), (CALL, (1,))), **REMOTE), checker)
    told = shown(answer)
    assert [getattr(each, "text", "quoted") for each in told] == [CALL, "quoted", CARE, "quoted"]


def test_the_year_of_the_event_is_written_out_and_names_keep_their_accents(
    quoted: dict[str, Answer], checker: Checker
) -> None:
    """The article says "16/4" and is of 2020; models leave off the year, and accents."""
    bare = CALL.replace("16 April 2020", "April 16").replace("Tô Anh Dũng", "To Anh Dung")
    (told,) = written(write(quoted["en"], says(bare, "", "", ""), checker))
    assert "April 16, 2020" in told.text
    assert "Tô Anh Dũng" in told.text


def test_a_neighbour_that_bears_a_statement_out_is_cited_too(
    quoted: dict[str, Answer], checker: Checker
) -> None:
    """The sentence says "this epidemic"; the one before, which it is."""
    named = CARE.replace("the epidemic", "the Covid-19 epidemic")
    (told,) = written(write(quoted["en"], says("", "", named, ""), checker))
    assert len(told.citations) > 1
    article = quoted["en"].sources[0].article
    for citation in told.citations:
        assert article.text[citation.start : citation.end] == citation.quote


def test_the_same_statement_is_shown_once(quoted: dict[str, Answer], checker: Checker) -> None:
    """Two drafts of one wording say one thing."""
    answer = write(quoted["en"], says(report((CALL, (1,)), (CALL, (1,))), **REMOTE), checker)
    assert [told.text for told in written(answer)] == [CALL]


def test_a_statement_is_yielded_before_the_next_is_asked_for(sample_dir: Path) -> None:
    """So that a chat can show the first while the others are being written."""
    model = Listening(words=CALL)
    engine = Engine(sample_dir, Path("corpus/articles"), "bundled", model=LanguageModel.of(model))
    try:
        stream = engine.stream(QUESTIONS["en"], today=TODAY)
        first = next(stream)
        assert isinstance(first, Written)
        assert len(model.heard) == 1
        *_, last = stream
        assert isinstance(last, Answer)
    finally:
        engine.close()


# -- What the model is told


def test_a_remote_model_sees_evidence_and_not_the_persons_words(
    sample: Engine, checker: Checker
) -> None:
    """By default: what was understood of the question, never how it was put."""
    question = "My dear Attaché, what did Vietnam and the UK discuss in 2020, pray tell?"
    answer = sample.quote(question, today=TODAY)
    heard: dict[str, str] = {}
    for sends in ("evidence", "question"):
        model = Listening(words="")
        write(answer, LanguageModel.of(model, sends=sends, **REMOTE), checker)
        heard[sends] = "\n".join(model.heard)
    assert "pray" not in heard["evidence"]
    assert "Vietnam – United Kingdom" in heard["evidence"]
    assert "pray" in heard["question"]
    assert "Quốc vụ khanh" in heard["evidence"]


def test_no_word_of_a_rejected_draft_is_logged_or_kept(
    quoted: dict[str, Answer], checker: Checker
) -> None:
    """The log has scores and reasons; the words are nobody's to read."""
    wrong = CALL.replace("Nigel Adams", "Zebedee Quux")
    with structlog.testing.capture_logs() as logs:
        answer = write(quoted["en"], says(wrong, "", "", ""), checker)
    assert answer.writing and answer.writing.failing
    assert "Zebedee" not in repr(answer.writing)
    assert "Zebedee" not in repr(logs)
    assert any(entry["event"] == "a draft was not shown" for entry in logs)


def test_the_african_union_bears_out_nothing_on_australia(checker: Checker) -> None:
    """Both have one code in the tables of places; what an article knows of its places must not make
    one of the other."""
    text = "The African Union said on Friday that it would send observers to Chad. Chad agreed."
    article = analyse(RawArticle("a.txt", text), "a")
    evidence = [_evidence(article, article.sentences[0])]
    wrong = "Australia said on Friday that it would send observers to Chad."
    right = "The African Union said on Friday that it would send observers to Chad."
    assert not checker.check(wrong, evidence, "en").supported
    assert checker.check(right, evidence, "en").supported


# -- What may not leave this machine


def test_a_model_elsewhere_is_shown_nothing_of_a_source_that_forbids_it(
    new_data_dir: Callable[[], Path], tmp_path: Path
) -> None:
    """Its sentences are quoted; a model on this machine is shown them, and others are written."""
    for name, told in (
        ("open", "Norway and Ghana discussed fishing quotas in Oslo on 4 May 2021."),
        ("closed", "Norway and Ghana discussed port fees in Accra on 18 May 2021."),
    ):
        (tmp_path / f"{name}.txt").write_text(f"{told} Both ministers spoke to the press.", "utf-8")
    question = "What did Norway and Ghana discuss in May 2021?"
    data_dir = new_data_dir()
    for options, seen in ((REMOTE, False), ({}, True)):
        model = Listening(words="[]")
        engine = Engine(
            data_dir, tmp_path, BUNDLED, model=LanguageModel.of(model, name="m", **options)
        )
        engine.ingest(None, now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        rights.state(
            engine.catalogue.engine,
            "closed.txt",
            remote=False,
            set_by="console",
            now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        )
        answer = engine.ask(question, today=TODAY)
        heard = "\n".join(model.heard)
        assert "fishing quotas" in heard
        assert ("port fees" in heard) == seen
        assert "port fees" in " ".join(each.citation.quote for each in answer.quotations())
        engine.close()


def test_where_nothing_may_be_shown_the_model_is_not_asked(
    quoted: dict[str, Answer], checker: Checker
) -> None:
    """The answer stays quoted, and nothing failed."""
    model = Listening(words=report((CALL, [1])))
    every = [source.article.id for source in quoted["en"].sources]
    *_, writing = generate(quoted["en"], Writer(LanguageModel.of(model, **REMOTE)), checker, every)
    assert isinstance(writing, Writing)
    assert (model.heard, writing.written, writing.failure) == ([], (), None)
