"""How many independent origins the articles of a story have."""

from __future__ import annotations

from corpus.analysis import analyse
from corpus.article import Article, RawArticle
from corpus.origins import independent_origins

TEXT = "The two ministers met in Accra on Tuesday and agreed to reopen the border post of Aflao."


def article(text: str, outlet: str | None = None) -> Article:
    return analyse(RawArticle(source="a", text=text, outlet=outlet), "a")


def test_papers_with_their_own_words_are_independent() -> None:
    other = "Ghana and Togo will open Aflao again, their ministers announced after talks in Accra."
    assert independent_origins([article(TEXT, "Ghana Post"), article(other, "Lomé Matin")]) == 2


def test_outlets_of_one_agency_are_one_origin() -> None:
    own = "Aflao is to reopen, the ministers of both countries said after their talks."
    assert independent_origins([article(TEXT, "VietnamPlus"), article(own, "TTXVN")]) == 1


def test_a_credit_makes_it_the_agencys() -> None:
    """In any of the languages; a paper that names an agency in passing has its own words."""
    papers = [
        article("Theo AFP, cửa khẩu Aflao sẽ được mở lại sau cuộc gặp.", "Báo A"),
        article("Le poste d'Aflao va rouvrir, selon l'AFP, après une rencontre.", "Journal B"),
        article("ACCRA (AFP) - Ministers of Ghana and Togo agreed to reopen Aflao.", "Paper C"),
    ]
    assert independent_origins(papers) == 1
    passing = article("A reporter of Reuters was held at Aflao for an hour on Tuesday.", "Paper D")
    assert independent_origins([*papers, passing]) == 2


def test_text_that_is_nearly_the_same_is_one_origin() -> None:
    more = TEXT + " Traders welcomed the news."
    assert independent_origins([article(TEXT, "Ghana Post"), article(more, "Accra Echo")]) == 1


def test_articles_of_unknown_outlets_stand_for_themselves() -> None:
    other = "Ghana and Togo will open Aflao again, their ministers announced after talks in Accra."
    assert independent_origins([article(TEXT), article(other)]) == 2
    assert independent_origins([]) == 0
