"""Years and accents that a model leaves off: put back where it is sure which they are."""

from __future__ import annotations

import pytest

from corpus.analysis import analyse
from corpus.article import RawArticle, Span
from retrieval.glossary import glossary
from retrieval.repair import with_accents, with_years

DAYS = ["2020-04-16", "2020-05-01", "2020-09-02", "2020-09-11"]


@pytest.mark.parametrize(
    ("written", "right", "language"),
    [
        ("Le 1er mai, ils ont parlé.", "Le 1er mai 2020, ils ont parlé.", "fr"),
        ("Le 16 avril, à Hanoï", "Le 16 avril 2020, à Hanoï", "fr"),
        ("Le jeudi 16 avril, à Hanoï", "Le jeudi 16 avril 2020, à Hanoï", "fr"),
        ("On April 16, at noon", "On April 16, 2020, at noon", "en"),
        ("On April 16, Deputy Minister Le", "On April 16, 2020, Deputy Minister Le", "en"),
        ("They spoke on April 16.", "They spoke on April 16, 2020.", "en"),
        ("They spoke on April 16th.", "They spoke on April 16th, 2020.", "en"),
        ("They spoke on Thursday (April 16).", "They spoke on Thursday (April 16, 2020).", "en"),
        ("On Apr. 16, they spoke.", "On Apr. 16, 2020, they spoke.", "en"),
        ("On 16 April they spoke.", "On 16 April 2020 they spoke.", "en"),
        ("On the 16th of April they spoke.", "On the 16th of April 2020 they spoke.", "en"),
        ("Ngày 16/4, hai bên", "Ngày 16/4/2020, hai bên", "vi"),
        ("Ngày 16-4, hai bên", "Ngày 16-4-2020, hai bên", "vi"),
        ("Hôm thứ Năm (16/4), ông", "Hôm thứ Năm (16/4/2020), ông", "vi"),
        ("Ngày 16 tháng 4, hai bên", "Ngày 16 tháng 4 năm 2020, hai bên", "vi"),
    ],
)
def test_the_year_of_a_given_day_is_written_behind_it(
    written: str, right: str, language: str
) -> None:
    assert with_years(written, DAYS, language) == right


@pytest.mark.parametrize(
    ("text", "language"),
    [
        # Ranges and lists, which may be of more than one year.
        ("Between April 16 and 18, they met.", "en"),
        ("From April 16 to April 18, they met.", "en"),
        ("On April 16, 17 and 20, they met.", "en"),
        ("From April 16 to May 2, they met.", "en"),
        ("Du 16 au 18 avril, ils ont parlé.", "fr"),
        ("Les 15 mars et 16 avril, ils ont parlé.", "fr"),
        ("Từ 16/4 đến 18/4, hai bên họp.", "vi"),
        # Days named for something, or that come every year.
        ("Ils ont évoqué les attentats du 11 septembre.", "fr"),
        ("Le 75e anniversaire de la déclaration du 2 septembre", "fr"),
        ("Chaque 2 septembre, le Vietnam est en fête.", "fr"),
        ("He recalled the September 11 attacks.", "en"),
        ("September 11 attacks were recalled.", "en"),
        ("the 75th anniversary of the declaration of September 2", "en"),
        ("Vietnam's September 2 National Day, or National Day on September 2", "en"),
        ("La fête nationale, le 2 septembre, et celle du 2 septembre", "fr"),
        ("Le 16 avril 2 020 personnes sont parties.", "fr"),
        ("Kỷ niệm 75 năm Quốc khánh 2/9", "vi"),
        ("Sau vụ tấn công khủng bố ngày 11/9, hai nước", "vi"),
        # Years that stand there, and another day.
        ("Le 16 avril 2020, ils ont parlé.", "fr"),
        ("In 2019, on April 16, they met.", "en"),
        ("Le 17 avril, ils ont parlé.", "fr"),
        # April or the eleventh month, and a weekday of another year.
        ("It was after 9/11.", "en"),
        ("Le vendredi 16 avril, à Hanoï", "fr"),
    ],
)
def test_a_day_that_may_be_of_another_year_stays(text: str, language: str) -> None:
    assert with_years(text, DAYS, language) == text


def test_a_day_of_two_years_stays() -> None:
    days = ["2019-04-16", "2020-04-16"]
    assert with_years("On April 16, they met.", days, "en") == "On April 16, they met."


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("To Anh Dung spoke.", "Tô Anh Dũng spoke."),
        ("To Anh Dung spoke; TO ANH DUNG left.", "Tô Anh Dũng spoke; Tô Anh Dũng left."),
        ("M. Le Ha a parlé.", "M. Lê Hà a parlé."),
        ("Tô Anh Dũng, or To Anh Dung", "Tô Anh Dũng, or Tô Anh Dũng"),
    ],
)
def test_names_get_their_accents(written: str, right: str) -> None:
    assert with_accents(written, ["Tô Anh Dũng", "Lê Hà"]) == right


@pytest.mark.parametrize(
    "text",
    [
        "Il marche le long de la mer.",
        "Prices rose to an all-time high.",
        "Người dân nộp lệ phí.",
        "M. Le Ha Thanh a parlé.",
        "M. Nguyen Le Ha, M. Le Ha-Thanh et M. Thanh-Le Ha ont parlé.",
        "Nguyen Van Hung et Nguyễn Van Hung ont parlé.",
        "Le, Ha et Le-Ha ont parlé.",
    ],
)
def test_words_that_are_no_name_and_other_names_stay(text: str) -> None:
    names = ["Lê Long", "Tô An", "Lê Phi", "Lê Hà", "Nguyễn Văn Hùng", "Nguyễn Văn Hưng"]
    assert with_accents(text, names) == text


def test_a_first_of_the_month_is_offered_as_french_writes_it() -> None:
    text = "The foreign ministers of Chile and Peru met in Lima on 1 May 2020."
    article = analyse(RawArticle("a", text, id="a", outlet="VNA"), "a")
    terms = glossary(article, Span(0, len(article.text)), "fr")
    assert "1er mai 2020" in [term.meaning for term in terms]
