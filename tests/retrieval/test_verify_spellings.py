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
PRIGOJINE = "Evgueni Prigojine a quitté Saint-Pétersbourg."
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
    (
        PRIGOJINE,
        "Yevgeny Prigozhin left Saint Petersburg.",
        "Yevgeny Primakov left Saint Petersburg.",
    ),
]


@pytest.mark.parametrize(("evidence", "right", "wrong"), SPELT)
def test_a_name_is_found_in_other_letters(
    checker: Checker, evidence: str, right: str, wrong: str
) -> None:
    """One name however it is transliterated, and not another one."""
    assert checker.check(right, [Evidence(evidence)]).problems == []
    assert not checker.check(wrong, [Evidence(evidence)]).supported


CONGOLESE = "Congolese President Felix Adoula met Angolan President Joao Neto in Luanda."
KINSHASA = "In Kinshasa, Congolese President Felix Adoula met Angolan President Joao Neto."
CONGO = "Le président de la République du Congo Denis Adoula s'est rendu à Moscou."
DOMINICAIN = "Le président dominicain Luis Ramos a rencontré le Premier ministre haïtien."

# evidence, right statement, wrong statement
SHARED = [
    (
        CONGOLESE,
        "Tổng thống CHDC Congo Felix Adoula đã gặp Tổng thống Angola Joao Neto tại Luanda.",
        "Tổng thống Rwanda Felix Adoula đã gặp Tổng thống Angola Joao Neto tại Luanda.",
    ),
    (
        CONGOLESE,
        "Le président congolais Felix Adoula a rencontré le président angolais Joao Neto.",
        "Le président rwandais Felix Adoula a rencontré le président angolais Joao Neto.",
    ),
    (
        CONGOLESE,
        "Tổng thống Congo Felix Adoula đã gặp Tổng thống Angola Joao Neto.",
        "Tổng thống Congo Felix Adoula đã gặp Tổng thống Angola Denis Neto.",
    ),
    (
        KINSHASA,
        "Tổng thống CHDC Congo Felix Adoula đã gặp Tổng thống Angola Joao Neto.",
        "Tổng thống Cộng hòa Congo Felix Adoula đã gặp Tổng thống Angola Joao Neto.",
    ),
    (
        CONGO,
        "Congolese President Denis Adoula travelled to Moscow.",
        "The president of the DRC, Denis Adoula, travelled to Moscow.",
    ),
    (
        DOMINICAIN,
        "The president of the Dominican Republic, Luis Ramos, met the Haitian prime minister.",
        "The Congolese president, Luis Ramos, met the Haitian prime minister.",
    ),
]


@pytest.mark.parametrize(("evidence", "right", "wrong"), SHARED)
def test_a_shared_adjective_is_of_each_of_its_countries(
    checker: Checker, evidence: str, right: str, wrong: str
) -> None:
    """Of any country that it may mean, unless the evidence says which; and of no other."""
    assert checker.check(right, [Evidence(evidence)]).problems == []
    assert not checker.check(wrong, [Evidence(evidence)]).supported
