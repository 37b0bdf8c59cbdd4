"""Who presides over a house of parliament, by whatever it is called, and over no state."""

from __future__ import annotations

import pytest

from retrieval.embedding import Embedder
from retrieval.space import Space
from retrieval.verify import Checker, Evidence


@pytest.fixture(scope="module")
def checker(embedder: Embedder) -> Checker:
    """A checker in the space of the bundled model."""
    return Checker(Space(embedder))


DUMA = "Chủ tịch Duma Quốc gia Nga Vyacheslav Volin đã thăm Việt Nam ngày 13/10/2023."
KNESSET = "Knesset Speaker Amir Levi met Rwandan officials on Tuesday."
BUNDESTAG = "La présidente du Bundestag Anna Weber a reçu le président de la Chambre des communes."
SENATE = "Le président du Sénat français Gérard Martin a rencontré le président Lee à Paris."
ASSEMBLY = "Chủ tịch Quốc hội Việt Nam Trần Văn Nam đã tới Paris."
COUNCIL = "The President of the National Council of Slovakia, Peter Novak, spoke in Rome."
EUROPE = "European Parliament President Roberta Rossi spoke in Strasbourg."

# evidence, right statement, wrong statement
CASES = [
    (
        DUMA,
        "Russian State Duma Speaker Vyacheslav Volin visited Vietnam on 13 October 2023.",
        "Russian President Vyacheslav Volin visited Vietnam on 13 October 2023.",
    ),
    (
        DUMA,
        "Le président de la Douma russe, Viatcheslav Voline, a visité le Vietnam.",
        "Le président du Sénat russe, Viatcheslav Voline, a visité le Vietnam.",
    ),
    (
        KNESSET,
        "Chủ tịch Quốc hội Israel Amir Levi đã gặp các quan chức Rwanda hôm thứ Ba.",
        "Tổng thống Israel Amir Levi đã gặp các quan chức Rwanda hôm thứ Ba.",
    ),
    (
        BUNDESTAG,
        "Bundestag Speaker Anna Weber received the Speaker of the House of Commons.",
        "German President Anna Weber received the Speaker of the House of Commons.",
    ),
    (
        BUNDESTAG,
        "Chủ tịch Quốc hội Đức Anna Weber đã tiếp Chủ tịch Hạ viện.",
        "Tổng thống Đức Anna Weber đã tiếp Chủ tịch Hạ viện.",
    ),
    (
        SENATE,
        "Chủ tịch Thượng viện Pháp Gérard Martin đã gặp ông Lee tại Paris.",
        "Tổng thống Pháp Gérard Martin đã gặp ông Lee tại Paris.",
    ),
    (
        SENATE,
        "The President of the French Senate, Gérard Martin, met Lee in Paris.",
        "The Speaker of the French National Assembly, Gérard Martin, met Lee in Paris.",
    ),
    (
        ASSEMBLY,
        "Chairman of Vietnam's National Assembly Tran Van Nam arrived in Paris.",
        "State President Tran Van Nam arrived in Paris.",
    ),
    (
        COUNCIL,
        "Le président du Parlement slovaque Peter Novak s'est exprimé à Rome.",
        "Le Premier ministre slovaque Peter Novak s'est exprimé à Rome.",
    ),
    (
        EUROPE,
        "Chủ tịch Nghị viện châu Âu Roberta Rossi phát biểu tại Strasbourg.",
        "Chủ tịch Ủy ban châu Âu Roberta Rossi phát biểu tại Strasbourg.",
    ),
]


@pytest.mark.parametrize(("evidence", "right", "wrong"), CASES)
def test_who_presides_over_a_house_is_told_by_its_names(
    checker: Checker, evidence: str, right: str, wrong: str
) -> None:
    """The speaker of a house, by the house's own name too, and no head of state."""
    assert checker.check(right, [Evidence(evidence)]).problems == []
    assert not checker.check(wrong, [Evidence(evidence)]).supported
