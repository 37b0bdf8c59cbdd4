"""Names in the letters of another language, and adjectives that two countries share."""

from __future__ import annotations

import pytest

from retrieval.embedding import Embedder
from retrieval.space import Space
from retrieval.verify import Checker, Evidence


@pytest.fixture(scope="module")
def checker(embedder: Embedder) -> Checker:
    """A checker in the space of the bundled model."""
    return Checker(Space(embedder))


RUSSIANS = "Foreign Minister Sergei Lavrov met President Alexander Lukashenko in Minsk."
UKRAINIANS = "Ioulia Svyrydenko et Volodymyr Zelensky ont reçu Evgueni Chevtchenko à Kiev."
GULF = "Abdel Fattah al-Sissi et Mohammed ben Salmane ont reçu Benyamin Netanyahou."
ASIANS = "Le président Kassym-Jomart Tokaïev et Ilham Aliev ont reçu Sadyr Djaparov."

# evidence, right statement, wrong statement
SPELT = [
    (
        RUSSIANS,
        "Ngoại trưởng Sergey Lavrov đã gặp Tổng thống Aleksandr Lukashenko tại Minsk.",
        "Ngoại trưởng Sergey Naryshkin đã gặp Tổng thống Aleksandr Lukashenko tại Minsk.",
    ),
    (
        RUSSIANS,
        "Sergueï Lavrov a rencontré le président Alexandre Loukachenko à Minsk.",
        "Sergueï Lavrov a rencontré le président Alexeï Loukachenko à Minsk.",
    ),
    (
        UKRAINIANS,
        "Yulia Svyrydenko and Volodymyr Zelenskyy received Yevgeny Shevchenko in Kyiv.",
        "Yulia Svyrydenko and Vladimir Zelenskyy received Yevgeny Shevchenko in Kyiv.",
    ),
    (
        GULF,
        "Abdel Fattah el-Sisi and Mohammed bin Salman received Benjamin Netanyahu.",
        "Abdel Fattah el-Sisi and Mohammed bin Zayed received Benjamin Netanyahu.",
    ),
    (
        ASIANS,
        "Tổng thống Kassym-Jomart Tokayev và Ilham Aliyev đã tiếp Sadyr Japarov.",
        "Tổng thống Kassym-Jomart Tokayev và Heydar Aliyev đã tiếp Sadyr Japarov.",
    ),
]


@pytest.mark.parametrize(("evidence", "right", "wrong"), SPELT)
def test_a_name_is_found_in_other_letters(
    checker: Checker, evidence: str, right: str, wrong: str
) -> None:
    """One name however it is transliterated, and not another one."""
    assert checker.check(right, [Evidence(evidence)]).problems == []
    assert not checker.check(wrong, [Evidence(evidence)]).supported
