"""Titles of office: a modifier, a field or another word makes another office of one."""

from __future__ import annotations

import pytest

from retrieval.verify.known import settled_by
from retrieval.verify.rules import fact_problems
from retrieval.verify.told import read


def kinds(statement: str, *evidence: str) -> set[str]:
    """The kinds of facts of a statement that its evidence does not have."""
    told = read(statement)
    basis = settled_by(told, [read(each) for each in evidence])
    return {problem.kind for problem in fact_problems(told, basis)}


CHANGED = [
    (
        "President Lee Myung-bak visited Hanoi.",
        "The former South Korean president Lee Myung-bak visited Hanoi.",
    ),
    ("Thủ tướng Ali Khan thăm Doha.", "Former Pakistani Prime Minister Ali Khan visited Doha."),
    (
        "Prime Minister Ali Khan visited Doha.",
        "The acting Pakistani prime minister, Ali Khan, visited Doha.",
    ),
    ("L'ancien président Ali Khan a visité Doha.", "Tổng thống Ali Khan thăm Doha."),
    ("Quyền Thủ tướng Ali Khan thăm Doha.", "Prime Minister Ali Khan visited Doha."),
    ("President-elect Ali Khan visited Doha.", "President Ali Khan visited Doha."),
    ("Tổng thống đắc cử Ali Khan phát biểu.", "Le président Ali Khan a parlé."),
    ("Phó Đại sứ Paul Martin phát biểu.", "Ambassador Paul Martin spoke."),
    ("Đại sứ Paul Martin phát biểu.", "Deputy Ambassador Paul Martin spoke."),
    ("Phó Trưởng đoàn Paul Martin phát biểu.", "Head of delegation Paul Martin spoke."),
    ("Le directeur adjoint Paul Martin a parlé.", "Giám đốc Paul Martin phát biểu."),
    ("Le directeur Paul Martin a parlé.", "Phó Giám đốc Paul Martin phát biểu."),
    ("Le président par intérim Ali Khan a parlé.", "President Ali Khan spoke."),
    ("Honorary Consul Paul Martin spoke.", "Le consul Paul Martin a parlé."),
    ("The former president spoke.", "Tổng thống phát biểu."),
    ("The president spoke.", "Nguyên Tổng thống phát biểu."),
    # a former one, though somebody else is in office
    ("President Ali Khan spoke.", "Former President Ali Khan met President Juan Perez."),
    ("President Ali Khan spoke.", "Former President Ali Khan, who resigned, spoke."),
]


@pytest.mark.parametrize(("statement", "evidence"), CHANGED)
def test_a_modifier_makes_another_office(statement: str, evidence: str) -> None:
    """Former, acting, deputy, elect and honorary against the plain office, both ways."""
    assert "title" in kinds(statement, evidence)


SAME = [
    (
        "A former Korean president, Lee Myung-bak, visited Hanoi.",
        "L'ancien président sud-coréen Lee Myung-bak a visité Hanoï.",
    ),
    (
        "Quyền Thủ tướng Ali Khan thăm Doha.",
        "The acting Pakistani prime minister, Ali Khan, visited Doha.",
    ),
    ("Tổng thống đắc cử Ali Khan thăm Doha.", "President-elect Ali Khan visited Doha."),
    ("L'ambassadeur adjoint Paul Martin a parlé.", "Deputy Ambassador Paul Martin spoke."),
    ("Phó Giám đốc Paul Martin phát biểu.", "Le directeur adjoint Paul Martin a parlé."),
    ("First Deputy Prime Minister Ali Khan spoke.", "Deputy Prime Minister Ali Khan spoke."),
    ("Cựu Thủ tướng Đức Angela Merkel thăm Paris.", "L'ex-chancelière Angela Merkel est à Paris."),
    ("Former US Secretary of State John Kerry spoke.", "Cựu Ngoại trưởng Mỹ John Kerry phát biểu."),
    ("The former president Ali Khan spoke.", "Ali Khan, who was president until 2012, spoke."),
    ("Cựu Chủ tịch FIFA Ali Khan phát biểu.", "Former FIFA president Ali Khan spoke."),
    (
        "President Donald Trump's government imposed tariffs.",
        "Chính quyền Tổng thống Donald Trump áp thuế.",
    ),
    (
        "Le ministre adjoint des Affaires étrangères Ali Khan a parlé.",
        "Thứ trưởng Ngoại giao Ali Khan phát biểu.",
    ),
]


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_the_same_modifier_is_the_same_office(statement: str, evidence: str) -> None:
    """In any language, with a country between, and where a title has one word for both."""
    assert "title" not in kinds(statement, evidence)


OTHERS = [
    ("Tham tán Paul Martin phát biểu.", "Le ministre-conseiller Paul Martin a parlé."),
    ("Minister-Counsellor Paul Martin spoke.", "Le conseiller d'ambassade Paul Martin a parlé."),
    ("L'attaché culturel Paul Martin a parlé.", "Tùy viên Quốc phòng Paul Martin phát biểu."),
    ("Defence Attaché Paul Martin spoke.", "L'attaché culturel Paul Martin a parlé."),
    ("Tổng Giám đốc Lê Văn Nam phát biểu tại Hà Nội.", "Vụ trưởng Lê Văn Nam phát biểu ở Hà Nội."),
    ("Chairman Paul Martin spoke in Rome.", "CEO Paul Martin made a speech in Rome."),
    ("Giám đốc điều hành Paul Martin phát biểu.", "Chairman Paul Martin spoke in Rome."),
]


@pytest.mark.parametrize(("statement", "evidence"), OTHERS)
def test_titles_that_share_words_are_told_apart(statement: str, evidence: str) -> None:
    assert "title" in kinds(statement, evidence)


def test_titles_of_a_firm_and_of_a_department_are_found_in_other_languages() -> None:
    director = "Le directeur général Paul Martin a parlé à Rome."
    assert "title" not in kinds("Tổng Giám đốc Paul Martin phát biểu tại Rome.", director)
    assert "title" not in kinds("Vụ trưởng Paul Martin phát biểu tại Rome.", director)
    assert "title" not in kinds(director, "CEO Paul Martin made a speech in Rome.")
    assert "title" not in kinds(
        "Attaché Paul Martin spoke.", "Tùy viên Quốc phòng Paul Martin nói."
    )


RWANDA = "Rwandan President Felix Ndayi met Angolan President Joao Neto in Luanda."


@pytest.mark.parametrize(
    "wrong",
    [
        "Le président angolais Felix Ndayi a rencontré le président rwandais Joao Neto.",
        "Tổng thống Angola Felix Ndayi đã gặp Tổng thống Rwanda Joao Neto.",
        "Rwandan President Joao Neto spoke in Luanda.",
    ],
)
def test_two_presidents_do_not_change_countries(wrong: str) -> None:
    assert "title" in kinds(wrong, RWANDA)
    assert "title" not in kinds("Tổng thống Rwanda Felix Ndayi phát biểu tại Luanda.", RWANDA)
    assert "title" not in kinds("Le président Joao Neto, de l'Angola, a parlé.", RWANDA)


UNTITLED = [
    (
        "The honorary consul of Mali spoke.",
        "Le consul du Mali a parlé.",
        "Lãnh sự danh dự Mali nói.",
    ),
    ("Lãnh sự Mali phát biểu.", "The honorary consul of Mali spoke.", "The consul of Mali spoke."),
    (
        "Former ministers of Chile met in Lima.",
        "Les ministres du Chili se sont réunis à Lima.",
        "D'anciens ministres du Chili se sont réunis à Lima.",
    ),
    (
        "Des ministres du Chili se sont réunis à Lima.",
        "Các cựu bộ trưởng Chile họp tại Lima.",
        "Các bộ trưởng Chile họp tại Lima.",
    ),
    (
        "Các thứ trưởng Chile họp tại Lima.",
        "Ministers of Chile met in Lima.",
        "Deputy ministers of Chile met in Lima.",
    ),
    (
        "French ambassadors signed an open letter.",
        "Các cựu đại sứ Pháp ký một bức thư ngỏ.",
        "Các đại sứ Pháp ký một bức thư ngỏ.",
    ),
    (
        "Les consuls africains ont publié une déclaration.",
        "African ambassadors issued a statement.",
        "African consuls issued a statement.",
    ),
    (
        "The foreign ministers of Mali and Niger met in Bamako.",
        "Les ministres de la Défense du Mali et du Niger se sont réunis à Bamako.",
        "Les ministres des Affaires étrangères du Mali et du Niger se sont réunis à Bamako.",
    ),
    (
        "Les ministres des Finances du Mali et du Niger se sont réunis.",
        "Les ministres de la Défense du Mali et du Niger se sont réunis.",
        "The finance ministers of Mali and Niger met.",
    ),
]


@pytest.mark.parametrize(("statement", "other", "same"), UNTITLED)
def test_offices_in_small_letters_and_in_the_plural(statement: str, other: str, same: str) -> None:
    """Modifiers and fields count where nobody bears the office, too."""
    assert "title" in kinds(statement, other)
    assert "title" not in kinds(statement, same)


BESIDE = [
    (
        "The former president of Kenya spoke in Nairobi.",
        "The president of Kenya spoke in Nairobi. The previous agreement expired.",
        "Ali Khan, president of Kenya until 2012, spoke in Nairobi.",
    ),
    (
        "Cựu Tổng thống Kenya phát biểu ở Nairobi.",
        "Tổng thống Kenya phát biểu ở Nairobi rằng ngành du lịch đã phục hồi và kinh tế từng suy.",
        "Ali Khan, người từng là Tổng thống Kenya, phát biểu ở Nairobi.",
    ),
    (
        "The agreement was signed by the acting prime minister.",
        "The interim agreement was signed by the prime minister.",
        "The agreement was signed by the caretaker prime minister.",
    ),
]


@pytest.mark.parametrize(("statement", "other", "same"), BESIDE)
def test_words_of_something_else_make_no_other_office(
    statement: str, other: str, same: str
) -> None:
    """A "previous agreement" is not of a former president."""
    assert "title" in kinds(statement, other)
    assert "title" not in kinds(statement, same)
