"""What a government, a ministry and a council are called: by a palace, by letters, by a country."""

from __future__ import annotations

import pytest

from retrieval.embedding import Embedder
from retrieval.space import Space
from retrieval.verify import Checker, Evidence


@pytest.fixture(scope="module")
def checker(embedder: Embedder) -> Checker:
    """A checker in the space of the bundled model."""
    return Checker(Space(embedder))


STATE = "Bộ Ngoại giao Mỹ hôm thứ Tư kêu gọi hai bên kiềm chế."
KREMLIN = "The Kremlin accused the White House of lying on Friday."
ORSAY = "Le Quai d'Orsay a condamné jeudi l'attaque contre le consulat à Goma."
LETTERS = (
    "The FCDO summoned the Iranian ambassador, and the DoD confirmed the deployment of 200 men."
)
PLAN = "Bộ KH&ĐT và Bộ NN&PTNT đã trình kế hoạch lên Chính phủ ngày 5/6/2022."
EXPORTS = "Bộ Công Thương cho biết xuất khẩu sang Mỹ tăng 12% trong năm 2023."
COUNCIL = "Hội đồng Bảo an Liên hợp quốc đã thông qua nghị quyết về Haiti hôm thứ Sáu."
ASSEMBLY = "The United Nations General Assembly elected Vietnam to the council on 11 October 2022."
STREET = "Downing Street said on Monday that the prime minister would travel to Kyiv."

# evidence, right statement, wrong statement
CASES = [
    (
        STATE,
        "Washington on Wednesday called on both sides to show restraint.",
        "The Pentagon on Wednesday called on both sides to show restraint.",
    ),
    (
        STATE,
        "Les États-Unis ont appelé mercredi les deux parties à la retenue.",
        "La Chine a appelé mercredi les deux parties à la retenue.",
    ),
    (KREMLIN, "Nga cáo buộc Mỹ nói dối hôm thứ Sáu.", "Mỹ cáo buộc Nga nói dối hôm thứ Sáu."),
    (
        KREMLIN,
        "La Russie a accusé les États-Unis de mentir vendredi.",
        "Les États-Unis ont accusé la Russie de mentir vendredi.",
    ),
    (
        ORSAY,
        "Bộ Ngoại giao Pháp hôm thứ Năm lên án vụ tấn công vào lãnh sự quán ở Goma.",
        "Bộ Quốc phòng Pháp hôm thứ Năm lên án vụ tấn công vào lãnh sự quán ở Goma.",
    ),
    (
        LETTERS,
        "Bộ Ngoại giao Anh triệu đại sứ Iran.",
        "Bộ Ngoại giao Mỹ triệu đại sứ Iran.",
    ),
    (
        LETTERS,
        "Lầu Năm Góc xác nhận triển khai 200 người.",
        "Bộ Nội vụ Mỹ xác nhận triển khai 200 người.",
    ),
    (
        PLAN,
        "MPI and MARD submitted the plan to the government on 5 June 2022.",
        "MPI and MOIT submitted the plan to the government on 5 June 2022.",
    ),
    (
        EXPORTS,
        "MoIT said exports to the United States rose 12% in 2023.",
        "MOFA said exports to the United States rose 12% in 2023.",
    ),
    (
        COUNCIL,
        "Le Conseil de sécurité de l'ONU a adopté vendredi une résolution sur Haïti.",
        "L'Assemblée générale de l'ONU a adopté vendredi une résolution sur Haïti.",
    ),
    (
        COUNCIL,
        "The United Nations Security Council adopted a resolution on Haiti on Friday.",
        "The UN General Assembly adopted a resolution on Haiti on Friday.",
    ),
    (
        ASSEMBLY,
        "Đại hội đồng Liên hợp quốc đã bầu Việt Nam vào hội đồng ngày 11/10/2022.",
        "Hội đồng Bảo an đã bầu Việt Nam vào hội đồng ngày 11/10/2022.",
    ),
    (
        STREET,
        "Hôm thứ Hai, chính phủ Anh cho biết thủ tướng sẽ tới Kyiv.",
        "Hôm thứ Hai, chính phủ Đức cho biết thủ tướng sẽ tới Kyiv.",
    ),
    (
        STREET,
        "Downing Street a annoncé lundi que le Premier ministre se rendrait à Kiev.",
        "L'Élysée a annoncé lundi que le Premier ministre se rendrait à Kiev.",
    ),
]

REFUGEES = "Cao ủy Liên hợp quốc về người tị nạn Paul Rossi đã tới thăm Bangladesh."
REFORM = "China's National Development and Reform Commission said prices fell in May."
CASES += [
    (
        REFUGEES,
        "UN High Commissioner for Refugees Paul Rossi visited Bangladesh.",
        "UN High Commissioner for Human Rights Paul Rossi visited Bangladesh.",
    ),
    (
        REFORM,
        "Ủy ban Cải cách và Phát triển Quốc gia Trung Quốc cho biết giá giảm trong tháng 5.",
        "Ngân hàng Nhân dân Trung Quốc cho biết giá giảm trong tháng 5.",
    ),
]


@pytest.mark.parametrize(("evidence", "right", "wrong"), CASES)
def test_a_government_is_told_by_its_other_names(
    checker: Checker, evidence: str, right: str, wrong: str
) -> None:
    """Its country, its seat and its letters stand for it, and for no other."""
    assert checker.check(right, [Evidence(evidence)]).problems == []
    assert not checker.check(wrong, [Evidence(evidence)]).supported


def test_one_house_of_a_government_is_not_told_for_another(checker: Checker) -> None:
    evidence = [Evidence("The State Department criticised the vote on Monday.")]
    assert checker.check("Bộ Ngoại giao Mỹ chỉ trích cuộc bỏ phiếu.", evidence).problems == []
    assert not checker.check("Nhà Trắng chỉ trích cuộc bỏ phiếu.", evidence).supported
    assert not checker.check(
        "The White House spoke.", [Evidence("The United States spoke.")]
    ).supported
