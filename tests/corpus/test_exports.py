"""Files that hold many articles: taken apart, refused, or left alone."""

from __future__ import annotations

import datetime as dt
import io
import textwrap
import zipfile
from pathlib import Path

import pytest

from corpus.analysis import analyse
from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.exports import parts_of
from corpus.failure import Failure
from corpus.sources import Document, read
from tests.corpus.test_formats import _docx, _pdf

OSLO = (
    "The minister of Norway met the ambassador of Ghana in Oslo on Tuesday. They discussed fishing "
    "at length, and agreed to meet again in Accra. A statement on quotas is to follow, officials "
    "said, once both parliaments have been heard."
)
LIMA = (
    "Peru and Chile signed an agreement on water in Lima. The text names the rivers that both use, "
    "and a commission that meets twice a year. Farmers of the border region welcomed it, while "
    "the opposition in Santiago asked for a debate."
)
HUE = (
    "Thứ trưởng Ngoại giao tiếp Đại sứ Na Uy tại Huế. Hai bên trao đổi về hợp tác nghề cá và du "
    "lịch, nhất trí duy trì các cuộc gặp hằng năm. Đại sứ cảm ơn sự giúp đỡ của chính quyền địa "
    "phương trong thời gian qua, và mời thứ trưởng thăm Oslo."
)


def _read(path: Path) -> list[RawArticle | Failure]:
    return list(read(Document(path, path.name, path.stem)))


def _articles(tmp_path: Path, text: str, name: str = "export.txt") -> list[RawArticle]:
    (tmp_path / name).write_text(text, "utf-8")
    found = _read(tmp_path / name)
    assert all(isinstance(each, RawArticle) for each in found), found
    return [each for each in found if isinstance(each, RawArticle)]


def _stated(articles: list[RawArticle]) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (each.title, each.outlet, each.published.isoformat() if each.published else None)
        for each in articles
    ]


NUMBERED_EN = f"""\
Results: 2
1. Talks on fishing
2. Water agreement signed

Document 1 of 2

Talks on fishing

Author: Ann Lee

Publication title: The Accra Herald
Publication date: Apr 16, 2020
ProQuest document ID: 2390

Full text: {OSLO}

Copyright: 2020
____________________________________________________________
Document 2 of 2

Water agreement signed

Publication title: El Sur
Publication date: Apr 18, 2020

Full text: {LIMA}
"""

LEXIS = f"""\
                              1 of 2 DOCUMENTS

                            The Accra Herald

                     April 16, 2020 Thursday 8:30 AM GMT

Talks on fishing

BYLINE: Ann Lee
LENGTH: 40 words

{OSLO}

LOAD-DATE: April 17, 2020

                              2 of 2 DOCUMENTS

                            El Sur

                     April 18, 2020 Saturday

Water agreement signed

SECTION: World

{LIMA}

LOAD-DATE: April 19, 2020
"""

BLOCKS_VI = f"""\
Tiêu đề: Tiếp Đại sứ Na Uy
Nguồn: Báo Cố Đô
Ngày đăng: 16/04/2020
Đường dẫn: https://example.org/1

{HUE}

Tiêu đề: Đàm phán nghề cá
Nguồn: Báo Biển
Ngày đăng: 18/04/2020

{HUE.replace("Huế", "Hội An")}
"""

NUMBERED_FR = f"""\
Document 1 sur 2

Titre : Des discussions sur la pêche
Source : Le Courrier d'Accra
Date : 16 avril 2020

{OSLO}

Document 2 sur 2

Titre : Un accord sur l'eau
Source : El Sur
Date : 18 avril 2020

{LIMA}
"""

RULED = f"""\
Talks on fishing
16 April 2020

{OSLO}

==============================

Water agreement signed
18 April 2020

{LIMA}
"""

FACTIVA = f"""\
HD  Talks on fishing
BY  Ann Lee
WC  40 words
PD  16 April 2020
SN  The Accra Herald
LA  English
LP

{OSLO}

Document HRLD000020200417eg4h00abc

HD  Water agreement signed
WC  40 words
PD  18 April 2020
SN  El Sur
LA  English
LP

{LIMA}

Document ELSR000020200418eg4h00abd
"""

ENDS = f"""\
Talks on fishing
The Accra Herald
April 16, 2020 Thursday

Copyright 2020 The Accra Herald
Length: 40 words

{OSLO}

Load-Date: April 17, 2020

End of Document

Water agreement signed
El Sur
April 18, 2020 Saturday

{LIMA}

End of Document
"""

PAGES = RULED.replace("==============================\n\n", "\f")

TITLES = ["Talks on fishing", "Water agreement signed"]
DAYS = ["2020-04-16", "2020-04-18"]


@pytest.mark.parametrize(
    ("text", "titles", "outlets"),
    [
        (NUMBERED_EN, TITLES, ["The Accra Herald", "El Sur"]),
        (LEXIS, TITLES, ["The Accra Herald", "El Sur"]),
        (FACTIVA, TITLES, ["The Accra Herald", "El Sur"]),
        (
            BLOCKS_VI,
            ["Tiếp Đại sứ Na Uy", "Đàm phán nghề cá"],
            ["Báo Cố Đô", "Báo Biển"],
        ),
        (
            NUMBERED_FR,
            ["Des discussions sur la pêche", "Un accord sur l'eau"],
            ["Le Courrier d'Accra", "El Sur"],
        ),
        (RULED, TITLES, [None, None]),
        (ENDS, TITLES, [None, None]),
        (PAGES, TITLES, [None, None]),
    ],
)
def test_an_export_is_taken_apart(
    tmp_path: Path, text: str, titles: list[str], outlets: list[str | None]
) -> None:
    """Each article has its own id, title, day and outlet, as its head states them."""
    articles = _articles(tmp_path, text)
    assert _stated(articles) == list(zip(titles, outlets, DAYS, strict=True))
    assert [each.source for each in articles] == ["export.txt#1", "export.txt#2"]
    assert len({each.id for each in articles}) == 2


@pytest.mark.parametrize("text", [NUMBERED_EN, LEXIS, FACTIVA, ENDS, PAGES])
def test_each_article_has_its_own_words_alone(tmp_path: Path, text: str) -> None:
    """None of another's, and nothing of the service's."""
    first, second = (analyse(raw, raw.id or "") for raw in _articles(tmp_path, text))
    assert OSLO in first.text
    assert "Lima" not in first.text
    assert LIMA in second.text
    assert "Oslo" not in second.text
    for word in ("Document", "DOCUMENTS", "LOAD-DATE", "Load-Date", "words", "Full text", "==="):
        assert word not in first.text + second.text


def test_an_article_keeps_its_id_where_it_moves_in_the_export(tmp_path: Path) -> None:
    """Services list the newest first."""
    head, _, rest = BLOCKS_VI.partition("\n\nTiêu đề:")
    before = {each.title: each.id for each in _articles(tmp_path, BLOCKS_VI)}
    after = _articles(tmp_path, f"Tiêu đề:{rest}\n\n{head}\n")
    assert {each.title: each.id for each in after} == before


def test_days_in_figures_are_read_as_the_others_tell(tmp_path: Path) -> None:
    """And where none tells, the article says so and the rest is taken."""
    american = BLOCKS_VI.replace("16/04/2020", "04/16/2020").replace("18/04/2020", "04/08/2020")
    days = [each.published for each in _articles(tmp_path, american)]
    assert days == [dt.date(2020, 4, 16), dt.date(2020, 4, 8)]
    (tmp_path / "b.txt").write_text(BLOCKS_VI.replace("16/04", "06/04").replace("18/04", "1/1"))
    first, second = _read(tmp_path / "b.txt")
    assert isinstance(first, Failure)
    assert "article 1 of 2: has a date of which day and month cannot be told apart" in first.error
    assert isinstance(second, RawArticle)


def test_a_markdown_and_a_page_are_taken_apart_too(tmp_path: Path) -> None:
    """By the same marks."""
    markdown = "\n\n".join(
        f"---\ntitle: {title}\ndate: {day}\n---\n\n{words}"
        for title, day, words in zip(TITLES, DAYS, (OSLO, LIMA), strict=True)
    )
    articles = _articles(tmp_path, markdown, "export.md")
    assert _stated(articles) == [
        (title, None, day) for title, day in zip(TITLES, DAYS, strict=True)
    ]
    page = "".join(
        f"<div><p>Document {n} of 2</p><h2>{title}</h2><table><tr><td>Source:</td><td>El Sur</td>"
        f"</tr><tr><td>Date: {day}</td></tr></table><p>{words}</p></div><hr>"
        for n, title, day, words in zip((1, 2), TITLES, DAYS, (OSLO, LIMA), strict=True)
    )
    html = f"<html><head><title>Export</title></head><body>{page}</body></html>"
    articles = _articles(tmp_path, html, "export.html")
    assert _stated(articles) == [
        (title, "El Sur", day) for title, day in zip(TITLES, DAYS, strict=True)
    ]


WIRES = f"""\
OSLO, April 16 (AFP) - {OSLO}

The talks are the first since the port of Tema was closed to foreign ships.

LIMA, April 18 (AFP) - {LIMA}
"""

CLIPPINGS = f"""\
Talks on fishing begin again
16 April 2020
{OSLO}

Water agreement signed in Lima
18 April 2020
{LIMA}
"""

HALF_RULED = f"""\
Talks on fishing
16 April 2020

{OSLO}

*****

{HUE}

*****

Water agreement signed
18 April 2020

{LIMA}
"""

HEADLESS_FIRST = f"Port of Tema closed\n12 April 2020\n\n{HUE} {OSLO}\n\n{BLOCKS_VI}"


@pytest.mark.parametrize("text", [WIRES, CLIPPINGS, HALF_RULED, HEADLESS_FIRST])
def test_what_holds_several_and_does_not_say_where_is_refused(tmp_path: Path, text: str) -> None:
    """With what to do about it; one date for all of it would be wrong for most."""
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (failure,) = _read(tmp_path / "a.txt")
    assert isinstance(failure, Failure)
    assert failure.source == "a.txt"
    assert "holds several articles" in failure.error
    assert "Document 1 of 3" in failure.error


@pytest.mark.parametrize("text", [WIRES, CLIPPINGS, HALF_RULED])
def test_the_advice_helps(tmp_path: Path, text: str) -> None:
    """A numbered line before each article is enough."""
    starts = [text.index(head) for head in (text[:10], "LIMA," if "LIMA," in text else "Water")]
    numbered = f"Document 1 of 2\n{text[: starts[1]]}\nDocument 2 of 2\n{text[starts[1] :]}"
    assert len(_articles(tmp_path, numbered)) == 2


ONE = {
    "a rule inside": f"Talks on fishing\n16 April 2020\n\n{OSLO}\n\n-----\n\n{LIMA}\n",
    "a rule and headlines": f"Talks on fishing\n\n{OSLO}\n\n-----\nRelated\nWater agreement signed "
    "(16 April 2020)\nPort closed again (12 April 2020)\n",
    "teasers with days": f"Talks on fishing\n16 April 2020\n{OSLO}\n\nWater agreement signed\n"
    "18 April 2020\nPeru and Chile signed an agreement on water in Lima.\n",
    "an underlined headline": f"Talks on fishing\n================\n16 April 2020\n\n{OSLO}\n\n"
    f"Background\n----------\n{LIMA}\n",
    "a header block of its own": f"Title: Talks on fishing\nDate: 16 April 2020\nSource: El Sur\n\n"
    f"{OSLO}\n\nSource: AFP\nDate: 17 April 2020\n",
    "photo credits": f"Talks on fishing\n\n{OSLO}\n\nSource: AFP\nDate: 2020\n\n{LIMA}\n\n"
    "Source: EPA\n",
    "a series": f"Bài 1: Đàm phán nghề cá\n\n{HUE}\n\nBài 2: Cảng biển\n\n{HUE}\n",
    "pages": f"Talks on fishing\n16 April 2020\n\n{OSLO}\n\f{LIMA}\n\f{HUE}\n",
    "running heads": f"Daily Bulletin of Ghana\n16 April 2020\n{OSLO}\n\fDaily Bulletin of Ghana\n"
    f"16 April 2020\n{LIMA}\n",
    "page numbers": f"Page 1 of 2\n{OSLO}\nPage 2 of 2\n{LIMA}\n",
    "a chronology": f"How it came to talks\n\nIn Oslo on 16 April 2020 – {OSLO}\n\nIn Lima "
    f"on 18 April 2020 – {LIMA}\n",
    "stars": f"Talks on fishing\n16 April 2020\n\n{OSLO}\n\n* * *\n\n{LIMA}\n\n***\n\n{HUE}\n",
    "an interview": f"Talks on fishing\n\nQuestion: What was said?\nAnswer: {OSLO}\n\nQuestion: "
    f"And then?\nAnswer: {LIMA}\n",
}


@pytest.mark.parametrize("name", ONE)
def test_a_single_article_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    """Neither taken apart nor refused, nor changed by a letter."""
    (article,) = _articles(tmp_path, ONE[name])
    assert article.text == ONE[name]
    assert article.source == "export.txt"
    assert article.id is None


def test_the_sample_articles_are_single() -> None:
    """As they were found, page around them included."""
    folder = Path(__file__).resolve().parents[2] / "corpus" / "articles"
    for path in sorted(folder.glob("*.txt")):
        assert parts_of(path.read_text("utf-8")) == []


def test_an_empty_number_stops_no_other(tmp_path: Path) -> None:
    """It is named, and the others are taken."""
    text = f"Document 1 of 3\n\n{OSLO}\n\nDocument 2 of 3\n\nDocument 3 of 3\n\n{LIMA}\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    first, empty, third = _read(tmp_path / "a.txt")
    assert isinstance(empty, Failure)
    assert empty.error == "article 2 of 3: holds no text"
    assert isinstance(first, RawArticle)
    assert isinstance(third, RawArticle)
    assert (first.text, third.text) == (OSLO, LIMA)


def test_a_short_article_is_not_put_into_the_one_before(tmp_path: Path) -> None:
    """A line or two without a sentence's end is an article where its number says so."""
    text = f"Document 1 of 3\n\n{OSLO}\n\nDocument 2 of 3\nIn short\n\nDocument 3 of 3\n\n{LIMA}\n"
    assert [each.text for each in _articles(tmp_path, text)] == [OSLO, "In short", LIMA]


def test_a_number_that_pages_repeat_begins_one_article(tmp_path: Path) -> None:
    """As the head of each of its pages; it is none of its words."""
    text = "\f".join(
        f"Document {n} of 2\n\n{words}\n" for n, words in ((1, OSLO), (1, HUE), (2, LIMA))
    )
    first, second = _articles(tmp_path, text)
    assert "Document" not in first.text
    assert (OSLO in first.text, HUE in first.text, second.text) == (True, True, LIMA)


def test_a_list_of_contents_with_an_introduction_is_passed_over(tmp_path: Path) -> None:
    """Sentences behind its last number make no article of it."""
    intro = "This selection has what the press said of the harbour, and is made for our readers."
    text = f"Document 1 of 2\nDocument 2 of 2\n\n{intro}\n\n{NUMBERED_FR.replace('sur', 'of')}"
    articles = _articles(tmp_path, text)
    assert [each.outlet for each in articles] == ["Le Courrier d'Accra", "El Sur"]


def test_a_head_that_lacks_its_day_begins_an_article_all_the_same(tmp_path: Path) -> None:
    """Else its sentences would go under the date of the article before."""
    text = f"{BLOCKS_VI}\nTiêu đề: Cảng biển đóng cửa\n\n{OSLO}\n"
    articles = _articles(tmp_path, text)
    assert [each.published is None for each in articles] == [False, False, True]
    assert articles[2].title == "Cảng biển đóng cửa"


def test_a_list_of_numbers_is_no_list_of_articles() -> None:
    """Numbers that go back, or beyond what there is, say nothing."""
    for order in ((2, 1), (4, 5)):
        text = "\n\n".join(f"Document {n} of 3\n\n{OSLO}" for n in order)
        try:
            assert parts_of(text) == []
        except SourceError as error:  # pragma: no cover - shown where it fails
            pytest.fail(str(error))


def test_an_export_in_a_pdf_is_taken_apart(tmp_path: Path) -> None:
    """The numbers stand at the top of pages, as what is no article's does."""
    pages = [
        [f"Document {n} of 3", title, f"Source: {outlet}", f"Date: {n} May 2021", *_wrapped(words)]
        for n, title, outlet, words in (
            (1, TITLES[0], "The Accra Herald", OSLO),
            (2, TITLES[1], "El Sur", LIMA),
            (3, "Port of Tema closed", "The Accra Herald", OSLO),
        )
    ]
    (tmp_path / "a.pdf").write_bytes(_pdf(pages))
    found = [each for each in _read(tmp_path / "a.pdf") if isinstance(each, RawArticle)]
    assert _stated(found) == [
        (TITLES[0], "The Accra Herald", "2021-05-01"),
        (TITLES[1], "El Sur", "2021-05-02"),
        ("Port of Tema closed", "The Accra Herald", "2021-05-03"),
    ]
    assert LIMA in found[1].text


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, 70)


def test_an_export_in_a_word_document_is_taken_apart(tmp_path: Path) -> None:
    """By its numbered heads."""
    paragraphs = [line for line in NUMBERED_FR.splitlines() if line]
    (tmp_path / "a.docx").write_bytes(_docx(paragraphs))
    found = [each for each in _read(tmp_path / "a.docx") if isinstance(each, RawArticle)]
    assert [each.outlet for each in found] == ["Le Courrier d'Accra", "El Sur"]
    assert [LIMA in each.text for each in found] == [False, True]


def test_an_export_in_an_archive_is_taken_apart(tmp_path: Path) -> None:
    """Each article has a name of its own there too."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("2020/april.txt", NUMBERED_EN)
    (tmp_path / "a.zip").write_bytes(data.getvalue())
    found = _read(tmp_path / "a.zip")
    assert [each.source for each in found] == ["a.zip#2020/april.txt#1", "a.zip#2020/april.txt#2"]
