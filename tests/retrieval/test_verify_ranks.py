"""Titles that languages count differently: junior ministers, deputies, generals, members."""

from __future__ import annotations

import pytest

from retrieval.verify.known import settled_by
from retrieval.verify.rules import fact_problems
from retrieval.verify.told import read


def kinds(statement: str, language: str, evidence: str, other: str) -> set[str]:
    """The kinds of facts of a statement that its evidence does not have."""
    told = read(statement, language)
    return {
        problem.kind for problem in fact_problems(told, settled_by(told, [read(evidence, other)]))
    }


KHANH = "Quốc vụ khanh Đức Anna Weber đã gặp Thứ trưởng Thường trực Kevin Tan tại Bonn."
ETAT = "La secrétaire d'État française Anna Weber a rencontré le secrétaire permanent Kevin Tan."
DEPUTY = (
    "US Deputy Secretary of State Paul Martin met Assistant Secretary of State John Lee in Rome."
)
HEAD = "US Secretary of State Paul Martin met Under Secretary John Lee in Rome."
DEFENCE = "US Deputy Secretary of Defense Anna Weber spoke in Rome."
RANKS = "Đại tá Lê Văn Nam, Thiếu tướng Trần Minh và Trung tướng John Lee đã phát biểu tại Huế."
RANGS = "Le général de brigade Paul Martin et le colonel Jean Petit ont parlé à Rome."
UPPER = "Thượng tá Lê Văn Nam đã phát biểu tại Huế."
PARTY = "Ủy viên Trung ương Đảng Lê Văn Nam và Ủy viên Bộ Chính trị Trần Minh phát biểu tại Huế."

# evidence, its language, its language's other, right statement, wrong statement
CASES = [
    (KHANH, "vi", "en", "State Secretary Anna Weber spoke.", "Minister Anna Weber spoke."),
    (KHANH, "vi", "en", "Permanent Secretary Kevin Tan spoke.", "Minister Kevin Tan spoke."),
    (
        KHANH,
        "vi",
        "fr",
        "La secrétaire d'État Anna Weber a parlé.",
        "La ministre Anna Weber a parlé.",
    ),
    (
        ETAT,
        "fr",
        "en",
        "French Secretary of State Anna Weber spoke.",
        "US Secretary of State Anna Weber spoke.",
    ),
    (ETAT, "fr", "vi", "Quốc vụ khanh Anna Weber phát biểu.", "Bộ trưởng Anna Weber phát biểu."),
    (ETAT, "fr", "vi", "Thứ trưởng Thường trực Kevin Tan nói.", "Bộ trưởng Kevin Tan nói."),
    (DEPUTY, "en", "vi", "Thứ trưởng Ngoại giao Paul Martin nói.", "Ngoại trưởng Paul Martin nói."),
    (
        DEPUTY,
        "en",
        "vi",
        "Phó Ngoại trưởng Mỹ Paul Martin nói.",
        "Ngoại trưởng Mỹ Paul Martin nói.",
    ),
    (
        DEPUTY,
        "en",
        "fr",
        "Le secrétaire d'État adjoint américain Paul Martin a parlé.",
        "Le secrétaire d'État américain Paul Martin a parlé.",
    ),
    (
        HEAD,
        "en",
        "vi",
        "Thứ trưởng John Lee phát biểu tại Rome.",
        "Thứ trưởng Ngoại giao Mỹ Paul Martin phát biểu tại Rome.",
    ),
    (
        HEAD,
        "en",
        "fr",
        "Le secrétaire d'État américain Paul Martin a parlé.",
        "Le secrétaire d'État adjoint américain Paul Martin a parlé.",
    ),
    (DEFENCE, "en", "vi", "Thứ trưởng Quốc phòng Anna Weber nói.", "Bộ trưởng Anna Weber nói."),
    (
        DEFENCE,
        "en",
        "fr",
        "La secrétaire adjointe à la Défense Anna Weber a parlé.",
        "La secrétaire à la Défense Anna Weber a parlé.",
    ),
    (RANKS, "vi", "en", "Colonel Le Van Nam spoke.", "Lieutenant Colonel Le Van Nam spoke."),
    (RANKS, "vi", "en", "Major General Tran Minh spoke.", "Lieutenant General Tran Minh spoke."),
    (
        RANKS,
        "vi",
        "fr",
        "Le général de brigade Tran Minh a parlé.",
        "Le général de corps d'armée Tran Minh a parlé.",
    ),
    (
        RANKS,
        "vi",
        "fr",
        "Le général de corps d'armée John Lee a parlé.",
        "Le général de brigade John Lee a parlé.",
    ),
    (RANGS, "fr", "vi", "Thiếu tướng Paul Martin nói.", "Trung tướng Paul Martin nói."),
    (RANGS, "fr", "vi", "Đại tá Jean Petit nói.", "Trung tá Jean Petit nói."),
    (UPPER, "vi", "en", "Colonel Le Van Nam spoke.", "Senior Colonel Le Van Nam spoke."),
    (
        PARTY,
        "vi",
        "en",
        "Le Van Nam, a member of the Central Committee of the Communist Party, spoke.",
        "Politburo member Le Van Nam spoke.",
    ),
    (
        PARTY,
        "vi",
        "fr",
        "Le membre du Bureau politique Tran Minh a parlé.",
        "Le membre du Bureau politique Le Van Nam a parlé.",
    ),
]

EMIR = "L'émir Tamim Al Thani et le roi Hamad Al Said se sont entretenus à Rabat."
CABINET = "Chief Cabinet Secretary Ken Sato and Deputy Premier Ali Khan spoke in Tokyo."
CASES += [
    (EMIR, "fr", "vi", "Quốc vương Tamim Al Thani nói.", "Hoàng tử Tamim Al Thani nói."),
    (EMIR, "fr", "en", "Emir Tamim Al Thani spoke.", "Emir Hamad Al Said spoke."),
    (
        CABINET,
        "en",
        "fr",
        "Le secrétaire général du Cabinet Ken Sato a parlé.",
        "Le secrétaire général du Parti Ken Sato a parlé.",
    ),
    (CABINET, "en", "vi", "Phó Thủ tướng Ali Khan nói.", "Thủ tướng Ali Khan nói."),
]


@pytest.mark.parametrize(("evidence", "other", "language", "right", "wrong"), CASES)
def test_a_title_is_told_by_what_another_language_calls_it(
    evidence: str, other: str, language: str, right: str, wrong: str
) -> None:
    """A junior minister or a rank in the words of the other language, and never one above it."""
    assert not kinds(right, language, evidence, other)
    assert "title" in kinds(wrong, language, evidence, other)
