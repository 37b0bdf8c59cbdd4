"""Fields of ministers: no other one passes, in whatever language, and the same one does."""

from __future__ import annotations

import pytest

from retrieval.embedding import Embedder
from retrieval.space import Space
from retrieval.verify import Checker, Evidence


@pytest.fixture(scope="module")
def checker(embedder: Embedder) -> Checker:
    return Checker(Space(embedder))


HEALTH = "The Minister of Health of Kenya visited Hanoi on Monday."
TOURISM = "The Minister of Tourism and Wildlife of Zambia met the ambassador of Vietnam."
FISHERIES = "Fijian Minister for Fisheries visited Tokyo in May."
OVERSEAS = "Le ministre français des Outre-mer a visité Nouméa."
LIVING = "Le ministre béninois du Cadre de vie a signé un accord avec le Vietnam."
LABOUR = "Bộ trưởng Bộ Lao động Indonesia phát biểu tại Jakarta."
MINES = "Brazil's Minister of Mines and Energy spoke in Brasilia."
ENERGY = "The US Secretary of Energy arrived in Riyadh."
WATER = "Le ministre algérien de l'Hydraulique a reçu l'ambassadeur du Vietnam."
CULTURE = "Bộ trưởng Văn hóa, Thể thao và Du lịch Lào thăm Hà Nội."

OTHERS = [
    (HEALTH, "The Minister of Space of Kenya visited Hanoi on Monday."),
    (HEALTH, "Le ministre kényan de l'Artisanat s'est rendu à Hanoï lundi."),
    (HEALTH, "Kenya's lands minister visited Hanoi on Monday."),
    (HEALTH, "The Minister of Public Happiness of Kenya visited Hanoi on Monday."),
    (HEALTH, "Le ministre kényan du Bonheur s'est rendu à Hanoï lundi."),
    (TOURISM, "The Zambian Minister of Lands met the ambassador of Vietnam."),
    (TOURISM, "Bộ trưởng Thanh niên Zambia gặp Đại sứ Việt Nam."),
    (FISHERIES, "Fijian Minister for Forestry visited Tokyo in May."),
    (FISHERIES, "Bộ trưởng Lâm nghiệp Fiji thăm Tokyo vào tháng 5."),
    (OVERSEAS, "The French Minister of Agriculture visited Nouméa."),
    (OVERSEAS, "Le ministre français de la Ville a visité Nouméa."),
    (LIVING, "Le ministre béninois de la Santé a signé un accord avec le Vietnam."),
    (LIVING, "The Beninese Minister of Defence signed an agreement with Vietnam."),
    (LABOUR, "The Indonesian Minister of Religious Affairs spoke in Jakarta."),
    (MINES, "Brazil's Minister of Indigenous Peoples spoke in Brasilia."),
    (ENERGY, "The US Secretary of Transportation arrived in Riyadh."),
    (ENERGY, "Bộ trưởng Nội vụ Mỹ đến Riyadh."),
    (WATER, "Algeria's Minister of Commerce received the ambassador of Vietnam."),
    (CULTURE, "The Lao Minister of Information visited Hanoi."),
]


@pytest.mark.parametrize(("evidence", "statement"), OTHERS)
def test_another_field_is_refused(evidence: str, statement: str, checker: Checker) -> None:
    """Whether or not titles.yaml has the field of the statement or the one of the evidence."""
    assert not checker.check(statement, [Evidence(evidence)]).supported


SAME = [
    (
        "Ủy viên Bộ Chính trị, Bộ trưởng Quốc phòng Phan Văn Giang thăm Lào.",
        "Politburo member and Defence Minister Phan Van Giang visited Laos.",
    ),
    (
        "South Africa's public enterprises minister visited Oslo.",
        "Le ministre sud-africain des Entreprises publiques s'est rendu à Oslo.",
    ),
    (HEALTH, "The Kenyan health minister visited Hanoi on Monday."),
    (HEALTH, "Bộ trưởng Y tế Kenya thăm Hà Nội hôm thứ Hai."),
    (HEALTH, "The Kenyan minister visited Hanoi on Monday."),
    (TOURISM, "Bộ trưởng Du lịch Zambia gặp Đại sứ Việt Nam."),
    (FISHERIES, "Le ministre fidjien de la Pêche s'est rendu à Tokyo en mai."),
    (OVERSEAS, "The French Minister for Overseas Territories visited Nouméa."),
    (LIVING, LIVING),
    (LIVING, "The Beninese minister signed an agreement with Vietnam."),
    (LABOUR, "The Indonesian Minister of Manpower spoke in Jakarta."),
    (LABOUR, "Le ministre indonésien du Travail a parlé à Jakarta."),
    (MINES, "Brazil's energy minister spoke in Brasilia."),
    (MINES, "Bộ trưởng Mỏ và Năng lượng Brazil phát biểu tại Brasilia."),
    (ENERGY, "Bộ trưởng Năng lượng Mỹ đến Riyadh."),
    (ENERGY, "Le secrétaire américain à l'Énergie est arrivé à Riyad."),
    (WATER, "Bộ trưởng Tài nguyên nước Algeria tiếp Đại sứ Việt Nam."),
    (CULTURE, "The Lao tourism minister visited Hanoi."),
    (CULTURE, "Le ministre lao de la Culture s'est rendu à Hanoï."),
]


@pytest.mark.parametrize(("evidence", "statement"), SAME)
def test_the_same_field_is_found(evidence: str, statement: str, checker: Checker) -> None:
    """By another name, as one of several, and where nobody says which it is."""
    assert checker.check(statement, [Evidence(evidence)]).supported
