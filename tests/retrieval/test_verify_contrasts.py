"""Statements that are near to what they contradict, in Vietnamese, French and English."""

from __future__ import annotations

import pytest

from retrieval.embedding import Embedder
from retrieval.space import Space
from retrieval.verify import Checker, Evidence


@pytest.fixture(scope="module")
def checker(embedder: Embedder) -> Checker:
    """A checker in the space of the bundled model."""
    return Checker(Space(embedder))


DIFFERENT = [
    ("Inflation rose by 3 percent.", "Lạm phát tăng 3 điểm phần trăm."),
    ("Exports doubled in 2021.", "Les exportations ont triplé en 2021."),
    ("Xuất khẩu tăng gấp đôi trong năm 2021.", "Exports halved in 2021."),
    (
        "Kenya is the largest producer of tea in Africa.",
        "Le Kenya est le deuxième producteur de thé d'Afrique.",
    ),
    (
        "Brazil is the world's largest coffee exporter.",
        "Brazil là nước nhập khẩu cà phê lớn nhất thế giới.",
    ),
    ("The embassy was closed because of the attack.", "The embassy was reopened after the attack."),
    ("Le président a gracié dix prisonniers.", "Tổng thống kết án mười tù nhân."),
    ("The road is 120 km long.", "Con đường dài 120 dặm."),
    ("The talks lasted three hours.", "Les entretiens ont duré trois jours."),
    ("Cuộc hội đàm kéo dài ba tuần.", "The talks lasted three months."),
    ("The plant employs 2,000 workers.", "L'usine emploie 20 000 ouvriers."),
    ("Tens of thousands of people protested.", "Hàng trăm nghìn người biểu tình."),
    ("At least 40 people died.", "Au plus 40 personnes sont mortes."),
    ("The law was passed by the Senate.", "The law was blocked by the Senate."),
    (
        "The minister arrived in Cairo from Amman.",
        "Le ministre est arrivé à Amman en provenance du Caire.",
    ),
    ("India imported 5 million tonnes of wheat.", "Ấn Độ xuất khẩu 5 triệu tấn lúa mì."),
    ("Peru imported 5 million tonnes of wheat.", "Le Pérou a importé 5 millions de tonnes de riz."),
    ("The president's brother was arrested.", "Em gái tổng thống bị bắt."),
    ("Le fils du roi a été nommé.", "The king's daughter was appointed."),
    ("The prime minister resigned.", "Le Premier ministre a refusé de démissionner."),
    ("Thủ tướng từ chức.", "The prime minister was dismissed."),
    (
        "The two countries established diplomatic relations in 1975.",
        "Hai nước cắt đứt quan hệ ngoại giao năm 1975.",
    ),
    ("Les deux pays ont rompu leurs relations.", "The two countries restored relations."),
    ("The ceasefire was extended.", "Le cessez-le-feu a été rompu."),
    ("Russia expelled ten diplomats.", "La Russie a rappelé dix diplomates."),
    ("The ambassador was summoned.", "L'ambassadeur a été expulsé."),
    ("Chile recalled its ambassador.", "Chile expelled the ambassador."),
    ("The court sentenced him to five years in prison.", "Tòa án tuyên phạt ông năm tháng tù."),
    ("Les élections auront lieu en mars.", "Bầu cử diễn ra vào tháng 5."),
    (
        "The president was elected with 52% of the vote.",
        "Tổng thống bị đánh bại với 52% phiếu bầu.",
    ),
    ("Britain lowered its terror alert level.", "Anh nâng mức cảnh báo khủng bố."),
    ("The oil price rose to 80 dollars.", "Giá dầu giảm xuống 80 USD."),
    ("Turkey blocked Sweden's accession.", "Thổ Nhĩ Kỳ ủng hộ việc Thụy Điển gia nhập."),
    ("The visa requirement was abolished.", "Yêu cầu thị thực được áp dụng."),
    ("Troops entered the city.", "Quân đội rút khỏi thành phố."),
    ("The two presidents met privately in 2019.", "Hai tổng thống điện đàm năm 2019."),
    ("He was born in 1955.", "Ông qua đời năm 1955."),
    ("She took office in 2015.", "Bà rời nhiệm sở năm 2015."),
    ("Le ministre quitte ses fonctions en juin.", "The minister takes office in June."),
    ("Senegal's exports to Mali fell.", "Les importations du Sénégal depuis le Mali ont baissé."),
    (
        "Kenya is the largest producer of tea in Africa.",
        "Le Kenya est le deuxième producteur de thé d'Afrique.",
    ),
    ("Đây là nhà máy lớn nhất châu Á.", "It is one of the largest plants in Asia."),
    ("C'est le plus grand port d'Afrique.", "Đây là cảng lớn thứ hai châu Phi."),
    ("It is the second-largest port in Africa.", "C'est le plus grand port d'Afrique."),
    ("Tens of thousands of people protested.", "Hàng trăm nghìn người biểu tình."),
    ("Des milliers de personnes ont manifesté.", "Hàng chục nghìn người biểu tình."),
    ("Hundreds of people were arrested.", "Des milliers de personnes ont été arrêtées."),
    ("Hàng triệu người phải sơ tán.", "Hundreds of thousands of people were evacuated."),
    ("Dozens of soldiers died.", "Des centaines de soldats sont morts."),
    ("The prime minister resigned.", "Le Premier ministre a refusé de démissionner."),
    ("Bộ trưởng ký thỏa thuận.", "The minister refused to sign the agreement."),
    ("Le président a accepté l'invitation.", "Tổng thống từ chối nhận lời mời."),
    ("Iran signed the treaty.", "Iran a refusé de signer le traité."),
    (
        "A year before, Japan's deficit with Australia had stood at 412 billion yen.",
        "Japan's deficit with Australia narrowed to 412 billion yen from 655 billion a year ago.",
    ),
    (
        "La participation au second tour a atteint 51,7 %.",
        "La participation au second tour a atteint 48,2 %, contre 51,7 % au premier.",
    ),
    (
        "L'UE gèlera une partie des fonds dès septembre.",
        "Bruxelles pourrait suspendre dès septembre une partie des fonds.",
    ),
    (
        "Ủy ban châu Âu sẽ áp thuế đối với thép.",
        "The European Commission may impose duties on steel.",
    ),
    ("Hạn nộp hồ sơ nay là ngày 31/3.", "Hạn nộp hồ sơ được lùi từ ngày 31/3 sang ngày 20/4."),
    (
        "The plant will be built at Port Augusta.",
        "The plant originally planned for Port Augusta will be built at Whyalla.",
    ),
    (
        "Les pourparlers auront lieu le 6 mai.",
        "Vòng đàm phán, dự kiến ban đầu vào ngày 6/5, sẽ diễn ra ngày 20/5.",
    ),
    (
        "Le fonds Skärgård est poursuivi par le producteur Batu Timur.",
        "Swedish fund Skärgård sued the nickel producer Batu Timur.",
    ),
    (
        "Quốc hội phê chuẩn hiệp định vào tháng 12/2022.",
        "Hiệp định được ký ngày 11/4/2023 và được phê chuẩn ngày 20/12 cùng năm.",
    ),
]

SAME = [
    ("Inflation rose by 3 percentage points.", "Lạm phát tăng 3 điểm phần trăm."),
    ("Exports tripled in 2021.", "Les exportations ont triplé en 2021."),
    ("Xuất khẩu giảm một nửa trong năm 2021.", "Exports halved in 2021."),
    (
        "Kenya is Africa's second-largest tea producer.",
        "Le Kenya est le deuxième producteur de thé d'Afrique.",
    ),
    ("Le président a gracié dix prisonniers.", "Tổng thống ân xá mười tù nhân."),
    ("The talks lasted three hours.", "Les entretiens ont duré trois heures."),
    ("Hundreds of thousands of people protested.", "Hàng trăm nghìn người biểu tình."),
    (
        "The minister arrived in Amman from Cairo.",
        "Le ministre est arrivé à Amman en provenance du Caire.",
    ),
    ("Thủ tướng bị bãi nhiệm.", "The prime minister was dismissed."),
    ("Russia expelled ten diplomats.", "La Russie a expulsé dix diplomates."),
    ("Nga trục xuất mười nhà ngoại giao.", "La Russie a expulsé dix diplomates."),
    ("The ambassador was summoned.", "L'ambassadeur a été convoqué."),
    ("Đại sứ bị triệu tập.", "The ambassador was summoned."),
    ("Chile recalled its ambassador.", "Chile triệu hồi đại sứ."),
    ("The court sentenced him to five years in prison.", "Tòa án tuyên phạt ông năm năm tù."),
    ("Ông sinh năm 1955.", "He was born in 1955."),
    ("She took office in 2015.", "Bà nhậm chức năm 2015."),
    ("Le ministre quittera ses fonctions en juin.", "Bộ trưởng sẽ rời nhiệm sở vào tháng 6."),
    ("Les deux pays ont rompu leurs relations.", "Hai nước cắt đứt quan hệ."),
    ("Giá dầu giảm xuống 80 USD.", "The oil price fell to 80 dollars."),
    (
        "Kenya is the second largest producer of tea in Africa.",
        "Le Kenya est le deuxième producteur de thé d'Afrique.",
    ),
    ("It is the second-largest port in Africa.", "C'est le deuxième plus grand port d'Afrique."),
    ("Đây là một trong những nhà máy lớn nhất châu Á.", "It is one of the largest plants in Asia."),
    ("C'est le plus grand port d'Afrique.", "Đây là cảng lớn nhất châu Phi."),
    ("Tens of thousands of people protested.", "Hàng chục nghìn người biểu tình."),
    (
        "Des centaines de milliers de personnes ont été évacuées.",
        "Hundreds of thousands of people were evacuated.",
    ),
    ("Dozens of soldiers died.", "Des dizaines de soldats sont morts."),
    ("Hàng chục binh sĩ thiệt mạng.", "Dozens of soldiers died."),
    ("Thousands of people protested.", "Hàng ngàn người biểu tình."),
    ("Hundreds of people were arrested.", "Des centaines de personnes ont été arrêtées."),
    ("The prime minister refused to resign.", "Le Premier ministre a refusé de démissionner."),
    ("Thủ tướng từ chối từ chức.", "The prime minister refused to resign."),
    ("The prime minister did not resign.", "Thủ tướng từ chối từ chức."),
    ("Bộ trưởng từ chối ký thỏa thuận.", "The minister refused to sign the agreement."),
    ("Iran did not sign the treaty.", "Iran a refusé de signer le traité."),
    ("Iran declined to comment on the agreement.", "Iran từ chối bình luận về thỏa thuận."),
    (
        "A year before, Japan's deficit with Australia had stood at 655 billion yen.",
        "Japan's deficit with Australia narrowed to 412 billion yen from 655 billion a year ago.",
    ),
    (
        "La participation au second tour a atteint 48,2 %.",
        "La participation au second tour a atteint 48,2 %, contre 51,7 % au premier.",
    ),
    (
        "Ủy ban châu Âu có thể áp thuế đối với thép.",
        "The European Commission may impose duties on steel.",
    ),
    ("Hạn nộp hồ sơ nay là ngày 20/4.", "Hạn nộp hồ sơ được lùi từ ngày 31/3 sang ngày 20/4."),
    (
        "The plant will be built at Whyalla.",
        "The plant originally planned for Port Augusta will be built at Whyalla.",
    ),
    (
        "Quốc hội phê chuẩn hiệp định vào tháng 12/2023.",
        "Hiệp định được ký ngày 11/4/2023 và được phê chuẩn ngày 20/12 cùng năm.",
    ),
    (
        "The bank approved the loan.",
        "La banque a approuvé le prêt, un projet que l'agence avait renoncé à financer.",
    ),
    (
        "The minister assured that the border would not be closed.",
        "« Cette frontière ne sera pas fermée », a assuré le ministre.",
    ),
    ("Field Hospital No. 7 left for Bentiu.", "Bệnh viện dã chiến số 7 lên đường tới Bentiu."),
    ("He met the court in Guatemala City.", "Il a rencontré la cour à Guatemala."),
    ("The two sides failed to agree.", "Les deux parties n'ont pas réussi à s'entendre."),
    (
        "Tokyo has received no response to its proposal to resume dialogue.",
        "Tokyo chưa nhận được phản hồi về đề nghị nối lại đối thoại.",
    ),
    (
        "The heart  of Europe:   FAO warned that wheat stocks will fall.",
        "Au cœur  de l'Europe :   la FAO a averti que les stocks de blé baisseraient.",
    ),
]


@pytest.mark.parametrize(("statement", "evidence"), DIFFERENT)
def test_what_states_do_is_told_apart(statement: str, evidence: str, checker: Checker) -> None:
    """What excludes another, how much, how long, how many and which: nearness does not tell."""
    assert not checker.check(statement, [Evidence(evidence)]).supported


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_what_states_do_is_the_same_in_each_language(
    statement: str, evidence: str, checker: Checker
) -> None:
    assert checker.check(statement, [Evidence(evidence)]).supported
