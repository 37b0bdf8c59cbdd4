"""Which drafts are plain writing in the language they were asked for in."""

from __future__ import annotations

import pytest

from retrieval.legibility import form_problem

VI = ["Thứ trưởng Tô Anh Dũng đề nghị Anh hỗ trợ công dân Việt Nam tại Anh."]


@pytest.mark.parametrize(
    ("draft", "language"),
    [
        ("Le vice-ministre a demandé un soutien pour le healthcare.", "fr"),
        ("Les deux parties ont agree sur une coopération renforcée.", "fr"),
        ("Ils ont contribué à la containment de la pandémie.", "fr"),
        ("The two sides agreed on a coopération.", "en"),
        ("The deputy minister a demandé some support.", "en"),
    ],
)
def test_words_of_another_language_are_refused(draft: str, language: str) -> None:
    assert form_problem(draft, VI, language) == "form: has words of another language"


@pytest.mark.parametrize(
    ("draft", "language"),
    [
        ("Le vice-ministre a demandé un soutien aux citoyens vietnamesens.", "fr"),
        ("Les deux pays ont celebratez leur partenariat.", "fr"),
        ("Le vice-ministre a parlé pour laVietnam.", "fr"),
        ("The two sdies agreed on the treaty.", "en"),
        ("Hai bên nhất trí tăng cưnờg hợp tác.", "vi"),
    ],
)
def test_one_word_that_is_none_is_enough(draft: str, language: str) -> None:
    assert form_problem(draft, VI, language) == "form: has words that are none"


@pytest.mark.parametrize(
    ("draft", "language"),
    [
        ("Le vice-ministre a a demandé un soutien.", "fr"),
        ("The two two sides met.", "en"),
        ("Le vice-ministre a également a demandé un soutien.", "fr"),
    ],
)
def test_a_word_written_twice_is_refused(draft: str, language: str) -> None:
    assert form_problem(draft, VI, language) == "form: has a word twice"


@pytest.mark.parametrize(
    ("draft", "language"),
    [
        ("Le ministre a marqué un but, mais on a ajourné le sommet d'un an.", "fr"),
        ("Les États se réuniront ; l'AIEA et l'ONU ont été saisies par le chef de la junte.", "fr"),
        ("The chargé d'affaires spoke of a coup, a détente and the junta's communiqué.", "en"),
        ("He had had talks; it was said that that visit was the last.", "en"),
        ("Hai bên luôn luôn phối hợp; mỗi năm 3 triệu container và 20 megawatt.", "vi"),
    ],
)
def test_words_at_home_in_a_language_may_stand_in_it(draft: str, language: str) -> None:
    """However common they are in another one; words that Vietnamese doubles too."""
    assert form_problem(draft, VI, language) is None


def test_a_rare_form_of_french_is_a_word() -> None:
    draft = "Selon le ministre, les détails de la nuit sont inracontables."
    assert form_problem(draft, VI, "fr") is None


def test_a_word_of_the_evidence_may_stand_in_a_draft() -> None:
    evidence = ["The Zwurbel Institute praised its healthcare."]
    assert form_problem("L'institut Zwurbel a loué son « healthcare ».", evidence, "fr") is None


@pytest.mark.parametrize(
    "draft",
    [
        "On 16 avril 2020, les deux parties se sont réunies.",
        "On avril 16, 2020, les deux parties se sont réunies.",
        "Dans 2020, les deux parties se sont réunies.",
        "En 16 avril 2020, les deux parties se sont réunies.",
        "Les recherches sur l'traitement ont été partagées.",
        "Les recherches sur l' accord ont été partagées.",
    ],
)
def test_what_no_frenchman_writes_is_refused(draft: str) -> None:
    assert form_problem(draft, VI, "fr") == "form: is not French"


def test_french_days_and_elisions_may_stand() -> None:
    draft = "Le 16 avril 2020, puis en 2021 et dans 2 020 jours, on l'a dit d'hier à l'État."
    assert form_problem(draft, VI, "fr") is None


@pytest.mark.parametrize(
    ("draft", "language"),
    [
        # Brothers, friends, "its own": nobody is spoken to.
        ("Việt Nam bảo vệ chủ quyền của mình.", "vi"),
        ("Hai nước là anh em, chị em, là bạn bè của nhau.", "vi"),
        ("Nước bạn trân trọng tình bạn và các bạn Lào.", "vi"),
        # Numerals.
        ("Trong quý I, Việt Nam xuất khẩu gạo; hội nghị khóa I, kỳ I.", "vi"),
        ("The ministers recalled World War I and its end.", "en"),
        ("The plan ended in Phase I last year.", "en"),
        # Verbs of two clauses, and counts of time.
        ("Ceux qui ont demandé ont obtenu un visa.", "fr"),
        ("Ce qui a changé a surpris les ministres.", "fr"),
        ("Those who have visas have left; a country which has oil has money.", "en"),
        ("A visit a month was agreed on by the ministers.", "en"),
        # Signs, compounds, acronyms, numbers of something.
        ("La température est de 35 °C, selon le n° 5 et le № 6.", "fr"),
        ("L'accord vietnamo-américain et la commission lao-vietnamienne", "fr"),
        ("Les pays de l'UNCLOST ont signé un accord.", "fr"),
        ("L'aide a été distribuée dans 2000 communes du pays.", "fr"),
        ("L'Hanoï d'hier, l'ONU, l'SPD et M. D'Souza", "fr"),
    ],
)
def test_plain_writing_that_looks_like_something_else_may_stand(draft: str, language: str) -> None:
    assert form_problem(draft, [*VI, "D'Souza"], language) is None


@pytest.mark.parametrize(
    ("draft", "language", "problem"),
    [
        ("Tôi là trợ lý của bạn.", "vi", "addresses its reader"),
        ("Bài này viết cho các bạn đọc.", "vi", "addresses its reader"),
        ("Mong em và bạn giúp đỡ.", "vi", "addresses its reader"),
        ("The ministers met in Hanoi, as Claude I must say.", "en", "addresses its reader"),
        ("Dans 2020 les deux parties se sont réunies.", "fr", "is not French"),
        ("Ils ont vu l'Président du pays.", "fr", "is not French"),
        ("Le chef d'Vietnam est venu.", "fr", "is not French"),
        (
            "Les deux pays ont signé les accord.",
            "fr",
            "has an article in the plural before a word that is not",
        ),
        ("The minister Thet thet spoke of talks talks.", "en", "has a word twice"),
    ],
)
def test_what_only_looks_like_plain_writing_is_refused(
    draft: str, language: str, problem: str
) -> None:
    assert form_problem(draft, VI, language) == f"form: {problem}"


def test_a_name_doubled_in_the_evidence_may_be_doubled() -> None:
    evidence = ["Bà Thet Thet Khine và nhạc ska ska."]
    draft = "Minister Thet Thet Khine spoke of ska ska."
    assert form_problem(draft, evidence, "en") is None
