"""Answers over the five sample articles: the right article, verbatim quotations, or a refusal."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.answer import Answer
from retrieval.compose import MAX_STATEMENTS
from retrieval.engine import Engine

TODAY = dt.date(2026, 1, 15)


def _quotes(answer: Answer) -> str:
    return "\n".join(quotation.citation.quote for quotation in answer.quotations())


def _ids(answer: Answer) -> list[str]:
    return [source.article.id[:3] for source in answer.sources]


@pytest.mark.parametrize(
    "question",
    [
        "what did Vietnam and the UK discuss in 2020?",
        "Việt Nam và Anh đã trao đổi những gì năm 2020?",
        "De quoi le Vietnam et le Royaume-Uni ont-ils discuté en 2020 ?",
        "vn uk 2020",
        "viet nam va anh nam 2020",
    ],
)
def test_one_question_in_three_languages_has_one_answer(sample: Engine, question: str) -> None:
    """Covid-19 and the tenth year of the partnership, from the one article of 2020."""
    answer = sample.ask(question, today=TODAY)
    assert _ids(answer) == ["000"]
    assert "phòng chống đại dịch Covid-19" in _quotes(answer)
    assert "nâng cao hiệu quả hơn nữa các cơ chế hợp tác hiện có" in _quotes(answer)


@pytest.mark.parametrize(
    ("question", "article", "words"),
    [
        ("What did Vietnam and the UK discuss in 2023?", "004", "Nam tước Goldie"),
        ("Which countries joined the call of 27 March 2020?", "001", "du Japon"),
        (
            "How much was Vietnam's trade with the Middle East in the first half of 2021?",
            "003",
            "7,3 tỷ USD, tăng 33,5%",
        ),
        ("What did Russia promise about vaccines?", "002", "la livraison des vaccins"),
        ("viet nam va nga thang 7", "002", "22 juillet"),
        ("What did Nigel Adams praise?", "000", "Nigel Adams"),
        ("Que fait le Japon contre le COVID-19 ?", "001", "le Japon travaille"),
        ("Nam tước Goldie thăm Việt Nam khi nào?", "004", "29-30/3"),
        ("Ông Phạm Quang Hiệu đã họp với ai?", "003", "Chiều 19/8"),
        ("Nigel Adam covid", "000", "Nigel Adams"),
        ("what did Grigori Karasim say", "002", "Karasin"),
        ("pham quang hieu hop khi nao", "003", "Chiều 19/8"),
        ("Que s'est-il passé en juillet ?", "002", "22 juillet"),
        ("selon VOV, que s'est-il passé ?", "000", "Chiều 16/4"),
        ("peacekeeping", "004", "Gìn giữ Hòa bình"),
        ("ba Golde den Viet Nam lam gi", "004", "Goldie"),
    ],
)
def test_the_right_article_answers(sample: Engine, question: str, article: str, words: str) -> None:
    """Only that article is a source, and the telling words are quoted."""
    answer = sample.ask(question, today=TODAY)
    assert _ids(answer) == [article]
    assert words in _quotes(answer)


@pytest.mark.parametrize(
    ("question", "failed"),
    [
        ("What did Vietnam and the UK discuss in 2021?", "period"),
        ("What did France and Vietnam sign in 2019?", "countries"),
        ("Who won the 2024 US election?", "period"),
        ("What did USS Tripoli do in Da Nang?", "names"),
        ("What did Goldie discuss in Sudan?", "countries"),
        ("What did Reuters write? According to Reuters, who met?", "outlets"),
        ("recipe for pho soup", "subject"),
        ("Quelle est la recette de la soupe à l'oignon ?", "subject"),
        ("làm thế nào để sửa xe máy", "subject"),
        ("how tall is the Eiffel tower", "names"),
        ("Did Goldie visit Vietnam in 2020?", "period"),
        ("Did Nigel Adams thank Grigory Karasin?", "together"),
        ("what did Vietnam say about the United Nations in 2021?", "period"),
        ("Trung Đông năm 2020", "period"),
        ("xin chào", "subject"),
        ("hello, who are you?", "subject"),
    ],
)
def test_what_the_corpus_does_not_hold_is_refused_with_the_reason(
    sample: Engine, question: str, failed: str
) -> None:
    """A refusal says which condition failed and says nothing else."""
    answer = sample.ask(question, today=TODAY)
    assert answer.refusal is not None
    assert answer.refusal.failed == failed
    assert not answer.groups
    assert not answer.sources


def test_a_refusal_names_the_nearest(sample: Engine) -> None:
    """The two articles on the pair, in other years."""
    answer = sample.ask("What did Vietnam and the UK discuss in 2021?", today=TODAY)
    assert answer.refusal is not None
    assert [article.id[:3] for article in answer.refusal.nearest] == ["000", "004"]


def test_an_unknown_year_never_meets_a_period_silently(sample: Engine) -> None:
    """It is shown apart, as uncertain."""
    answer = sample.ask("What did Vietnam and Russia discuss in 2021?", today=TODAY)
    assert [group.certain for group in answer.groups] == [False]
    assert answer.groups[0].card.event is not None
    assert answer.groups[0].card.event.year_basis is None


def test_a_day_of_unknown_year_outside_the_asked_month_fails(sample: Engine) -> None:
    """22 July of any year is not in March 2021."""
    answer = sample.ask("What did Vietnam and Russia discuss in March 2021?", today=TODAY)
    assert answer.refusal is not None
    assert answer.refusal.failed == "period"


def test_a_date_inside_the_sentence_meets_the_period_and_is_marked(sample: Engine) -> None:
    """The event is in August; the figure is of the first half of the year."""
    answer = sample.ask("Vietnam trade with the Middle East in the first half of 2021", today=TODAY)
    assert [quotation.in_period for quotation in answer.quotations()] == [True]


@pytest.mark.parametrize(
    "question",
    [
        "what did Vietnam and the UK discuss in 2020?",
        "What did Russia promise about vaccines?",
        "Vietnam",
        "Covid-19",
    ],
)
def test_quotations_are_verbatim_and_every_fact_is_cited(sample: Engine, question: str) -> None:
    """Each citation's words stand in the stored article where it says."""
    answer = sample.ask(question, today=TODAY)
    texts = {source.article.id: source.article.text for source in answer.sources}
    citations = [quotation.citation for quotation in answer.quotations()]
    for group in answer.groups:
        assert group.card.citations
        citations.extend(group.card.citations)
    assert citations
    for citation in citations:
        assert texts[citation.article][citation.start : citation.end] == citation.quote


def test_an_answer_is_short(sample: Engine) -> None:
    """However much there is, cards and quotations stay within the limit."""
    answer = sample.ask("What did Vietnam do against Covid-19?", today=TODAY)
    assert len(answer.groups) + len(list(answer.quotations())) <= MAX_STATEMENTS
    assert len(_ids(answer)) > 1


def test_events_stand_in_date_order(sample: Engine) -> None:
    """Earliest first, those without a year last."""
    answer = sample.ask("What did Vietnam do against Covid-19?", today=TODAY)
    starts = [group.card.event.start for group in answer.groups if group.card.event]
    dated = [start for start in starts if not start.startswith("--")]
    assert starts[: len(dated)] == sorted(dated)


def test_one_side_is_known(sample: Engine) -> None:
    """All sources of the sample are Vietnamese press."""
    assert sample.ask("vn uk 2020", today=TODAY).one_side == "VN"


def test_the_card_names_those_who_took_part(sample: Engine) -> None:
    """A person or country that the article mentions elsewhere is no party to the event."""
    answer = sample.ask("What did the UK and Vietnam do for South Sudan in 2023?", today=TODAY)
    (group,) = answer.groups
    assert {code for code, _ in group.card.places} == {"VN", "GB"}
    assert [person.name for person, _ in group.card.people] == ["Goldie"]


def test_articles_of_a_wider_region_are_near(sample: Engine) -> None:
    """For Saudi Arabia the article on the Middle East comes before the others."""
    answer = sample.ask("What did Vietnam and Saudi Arabia discuss?", today=TODAY)
    assert answer.refusal is not None
    assert answer.refusal.nearest[0].id[:3] == "003"
