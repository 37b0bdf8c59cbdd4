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
