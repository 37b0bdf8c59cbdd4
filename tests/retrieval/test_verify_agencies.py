"""Agencies, courts, committees and banks that share their common words are told apart."""

from __future__ import annotations

import pytest

from retrieval.embedding import Embedder
from retrieval.space import Space
from retrieval.verify import Checker, Evidence


@pytest.fixture(scope="module")
def checker(embedder: Embedder) -> Checker:
    return Checker(Space(embedder))


CUSTOMS = "Tổng cục Hải quan công bố số liệu xuất khẩu tháng 5."
AVIATION = "Cục Hàng không Việt Nam cấp phép cho các chuyến bay."
ETHNIC = "Ủy ban Dân tộc làm việc với đoàn đại biểu Lào."
BANK = "The State Bank of Vietnam signed a memorandum with Laos."
DUTIES = "La Direction générale des douanes du Maroc a annoncé la saisie."
SUPREME = "The Supreme Court of Kenya annulled the election."
AUDIT = "La Cour des comptes a remis son rapport au Parlement français."
ELECTORAL = "The National Electoral Commission of Sierra Leone announced the results."
COMMITTEE = "Ủy ban Đối ngoại của Quốc hội Việt Nam tiếp đoàn Nhật Bản."
COMPETITION = "The Competition Authority of Kenya fined the company."
ACADEMY = "Học viện Ngoại giao Việt Nam tổ chức hội thảo về Biển Đông."
SPIES = "Les services de renseignement ukrainiens ont déjoué un attentat."
COUNCIL = "Le Conseil constitutionnel a validé la loi en France."
UN = "The UN called for a ceasefire in Sudan."
EU = "The EU adopted new sanctions against Belarus."
COMMISSION = "La Commission européenne a proposé un accord avec le Mercosur."
AU = "The African Union suspended Niger in August."
MINISTRY = "Le ministère algérien de la Santé a publié un communiqué."

OTHERS = [
    (CUSTOMS, "Tổng cục Thống kê công bố số liệu xuất khẩu tháng 5."),
    (CUSTOMS, "The General Statistics Office released export figures for May."),
    (CUSTOMS, "La Direction générale des impôts a publié les chiffres des exportations de mai."),
    (AVIATION, "Cục Hàng hải Việt Nam cấp phép cho các chuyến bay."),
    (AVIATION, "The Maritime Administration of Vietnam licensed the flights."),
    (ETHNIC, "The State Committee for Overseas Vietnamese worked with the Lao delegation."),
    (BANK, "Kho bạc Nhà nước Việt Nam ký bản ghi nhớ với Lào."),
    (BANK, "The State Treasury of Vietnam signed a memorandum with Laos."),
    (DUTIES, "La Direction générale des impôts du Maroc a annoncé la saisie."),
    (DUTIES, "Moroccan tax authorities announced the seizure."),
    (SUPREME, "La Cour constitutionnelle du Kenya a annulé l'élection."),
    (SUPREME, "The Court of Auditors of Kenya annulled the election."),
    (SUPREME, "Tòa án Hiến pháp Kenya hủy bỏ cuộc bầu cử."),
    (AUDIT, "La Cour de cassation a remis son rapport au Parlement français."),
    (AUDIT, "Tòa án Tối cao đã trình báo cáo lên Quốc hội Pháp."),
    (ELECTORAL, "The National Human Rights Commission of Sierra Leone announced the results."),
    (ELECTORAL, "Ủy ban Nhân quyền Sierra Leone công bố kết quả."),
    (COMMITTEE, "The Defence Committee of the National Assembly received the Japanese delegation."),
    (COMMITTEE, "Ủy ban Kinh tế của Quốc hội Việt Nam tiếp đoàn Nhật Bản."),
    (COMPETITION, "The Communications Authority of Kenya fined the company."),
    (COMPETITION, "L'Autorité kényane de l'énergie a infligé une amende à l'entreprise."),
    (ACADEMY, "The Military Academy of Vietnam held a seminar on the East Sea."),
    (SPIES, "Ukrainian customs services foiled an attack."),
    (COUNCIL, "The Council of State upheld the law in France."),
    (UN, "UNESCO called for a ceasefire in Sudan."),
    (UN, "Hội đồng Nhân quyền kêu gọi ngừng bắn ở Sudan."),
    (EU, "Le Parlement européen a adopté de nouvelles sanctions contre le Bélarus."),
    (EU, "The European Commission adopted new sanctions against Belarus."),
    (COMMISSION, "The European Council proposed an agreement with Mercosur."),
    (AU, "The African Union Commission suspended Niger in August."),
    (MINISTRY, "The Algerian Ministry of Space issued a statement."),
]


@pytest.mark.parametrize(("evidence", "statement"), OTHERS)
def test_another_body_is_refused(evidence: str, statement: str, checker: Checker) -> None:
    """By its field in any language; and a part of an organisation is not the whole."""
    assert not checker.check(statement, [Evidence(evidence)]).supported


SAME = [
    (CUSTOMS, "The General Department of Customs released export figures for May."),
    (CUSTOMS, "La Direction générale des douanes a publié les chiffres des exportations de mai."),
    (AVIATION, "The Civil Aviation Authority of Vietnam licensed the flights."),
    (ETHNIC, "The Committee for Ethnic Minority Affairs worked with the Lao delegation."),
    (BANK, "Ngân hàng Nhà nước Việt Nam ký bản ghi nhớ với Lào."),
    (DUTIES, "The Moroccan customs administration announced the seizure."),
    (SUPREME, "Tòa án Tối cao Kenya hủy bỏ cuộc bầu cử."),
    (AUDIT, "The Court of Auditors submitted its report to the French parliament."),
    (ELECTORAL, "La Commission électorale nationale de Sierra Leone a annoncé les résultats."),
    (
        COMMITTEE,
        "The Foreign Affairs Committee of the Vietnamese National Assembly received the Japanese"
        " delegation.",
    ),
    (COMPETITION, "Cơ quan Cạnh tranh Kenya phạt công ty này."),
    (ACADEMY, "The Diplomatic Academy of Vietnam held a seminar on the East Sea."),
    (SPIES, "Cơ quan tình báo Ukraine ngăn chặn một vụ tấn công."),
    (COUNCIL, "The Constitutional Council upheld the law in France."),
    (UN, "Liên hợp quốc kêu gọi ngừng bắn ở Sudan."),
    (COMMISSION, "The EU proposed an agreement with Mercosur."),
    (COMMISSION, "Ủy ban châu Âu đề xuất một thỏa thuận với Mercosur."),
    (MINISTRY, "The Algerian health ministry issued a statement."),
    (
        "Cơ quan Cạnh tranh Pháp phạt Google 220 triệu euro.",
        "France's competition authority fined Google 220 million euros.",
    ),
    (
        "Tòa án Hiến pháp Thái Lan giải tán đảng đối lập.",
        "Thailand's Constitutional Court dissolved the opposition party.",
    ),
    (
        "The Mexican Senate's foreign relations committee approved the treaty.",
        "Ủy ban Đối ngoại Thượng viện Mexico thông qua hiệp ước.",
    ),
    (
        "INEC postponed the vote in Kano.",
        "The Independent National Electoral Commission postponed the vote in Kano.",
    ),
]


@pytest.mark.parametrize(("evidence", "statement"), SAME)
def test_the_same_body_is_found(evidence: str, statement: str, checker: Checker) -> None:
    """In another language, by an abbreviation, and as the whole of which it is a part."""
    assert checker.check(statement, [Evidence(evidence)]).supported


DIRECTOR = "The director of customs in Ghana resigned on Friday."
NAVY = "Pakistan's navy chief visited Beijing."
TRADE = "The EU commissioner for trade Valdis Dombrovskis visited Beijing."
COUNSELLOR = "Trade counsellor Ali Khan of the Egyptian embassy opened the fair."
ATTACHE = "Tùy viên quốc phòng Ali Khan dự lễ kỷ niệm tại Hà Nội."

OTHER_CHIEFS = [
    (DIRECTOR, "Le directeur des impôts du Ghana a démissionné vendredi."),
    (DIRECTOR, "Ghana's tax chief resigned on Friday."),
    (NAVY, "Pakistan's air force chief visited Beijing."),
    (NAVY, "Tư lệnh Lục quân Pakistan thăm Bắc Kinh."),
    (TRADE, "EU Energy Commissioner Valdis Dombrovskis visited Beijing."),
    (TRADE, "Ủy viên Năng lượng EU Valdis Dombrovskis thăm Bắc Kinh."),
    (COUNSELLOR, "Le conseiller culturel Ali Khan de l'ambassade d'Égypte a ouvert la foire."),
    (ATTACHE, "Tùy viên thương mại Ali Khan dự lễ kỷ niệm tại Hà Nội."),
]


@pytest.mark.parametrize(("evidence", "statement"), OTHER_CHIEFS)
def test_who_is_at_the_head_of_something_else_is_refused(
    evidence: str, statement: str, checker: Checker
) -> None:
    assert not checker.check(statement, [Evidence(evidence)]).supported


SAME_CHIEFS = [
    (DIRECTOR, "Giám đốc hải quan Ghana từ chức hôm thứ Sáu."),
    (NAVY, "Tư lệnh Hải quân Pakistan thăm Bắc Kinh."),
    (TRADE, "EU Trade Commissioner Valdis Dombrovskis visited Beijing."),
    (COUNSELLOR, "Le conseiller commercial Ali Khan de l'ambassade d'Égypte a ouvert la foire."),
    (ATTACHE, "Defence attaché Ali Khan attended the ceremony in Hanoi."),
    ("The WHO thanked Cuba on Friday.", "The UN health agency thanked Cuba on Friday."),
    (
        "The French foreign minister, Catherine Colonna, visited Kyiv.",
        "La cheffe de la diplomatie française, Catherine Colonna, s'est rendue à Kiev.",
    ),
]


@pytest.mark.parametrize(("evidence", "statement"), SAME_CHIEFS)
def test_who_is_at_the_head_of_the_same_is_found(
    evidence: str, statement: str, checker: Checker
) -> None:
    assert checker.check(statement, [Evidence(evidence)]).supported
