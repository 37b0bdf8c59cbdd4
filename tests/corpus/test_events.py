"""The date of the reported event: which day, which year, and on what words that rests."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pytest

from corpus.article import Event, Span
from corpus.events import find_event, kind_terms, kinds_in


def sentences(text: str) -> list[Span]:
    """Sentences good enough for these short texts: up to a full stop before a capital."""
    pattern = re.compile(r"[^\s].*?(?:[.!?](?=\s+[A-ZÀ-Ỹ«\"(])|(?=\n)|$)", re.DOTALL)
    return [Span(*match.span()) for match in pattern.finditer(text) if match.group().strip()]


def event_in(
    text: str, language: str, published: str | None = None, title: str | None = None
) -> Event | None:
    date = dt.date.fromisoformat(published) if published else None
    return find_event(text, sentences(text), title=title, language=language, published=date)


@dataclass(frozen=True)
class Case:
    """A short article and the event it reports: ISO days, year basis and kind."""

    text: str
    language: str
    days: str | None
    basis: str | None = None
    kind: str | None = None
    published: str | None = None
    announced: bool = False
    precision: str | None = None


STATED = [
    Case(
        "Chiều 12/5/2022, Bộ trưởng Ngoại giao đã tiếp Đại sứ Ấn Độ.",
        "vi",
        "2022-05-12",
        "stated",
        "meeting",
    ),
    Case(
        "Ngày 3 tháng 11 năm 2019, Thủ tướng hội đàm với Tổng thống Hàn Quốc tại Băng Cốc.",
        "vi",
        "2019-11-03",
        "stated",
        "meeting",
    ),
    Case(
        "Le 14 octobre 2021, le ministre a eu un entretien téléphonique avec son homologue "
        "japonais.",
        "fr",
        "2021-10-14",
        "stated",
        "call",
    ),
    Case(
        "The two foreign ministers met in Vienna on 8 June 2018.",
        "en",
        "2018-06-08",
        "stated",
        "meeting",
    ),
    Case(
        "The president paid a state visit to Cuba on March 29-31, 2018.",
        "en",
        "2018-03-29/2018-03-31",
        "stated",
        "visit",
    ),
    Case(
        "Sáng 20-9-2023, hai nước ký kết hiệp định hợp tác hàng không tại Hà Nội.",
        "vi",
        "2023-09-20",
        "stated",
        "agreement",
    ),
    Case(
        "Le ministre a effectué une visite officielle au Maroc du 2 au 4 mai 2019.",
        "fr",
        "2019-05-02/2019-05-04",
        "stated",
        "visit",
    ),
]

PUBLISHED = [
    Case(
        "Sáng 4/1, Chủ tịch nước tiếp Đại sứ Thái Lan.",
        "vi",
        "2024-01-04",
        "published",
        "meeting",
        "2024-01-05",
    ),
    Case(
        "Chiều 30/12, hai Thứ trưởng đã điện đàm về tình hình khu vực.",
        "vi",
        "2022-12-30",
        "published",
        "call",
        "2023-01-02",
    ),
    Case(
        "Le 28 décembre, le président a reçu le premier ministre slovaque.",
        "fr",
        "2021-12-28",
        "published",
        "meeting",
        "2022-01-03",
    ),
    Case(
        "Hôm qua, Ngoại trưởng hai nước đã gặp nhau tại Jakarta.",
        "vi",
        "2023-07-12",
        "published",
        "meeting",
        "2023-07-13",
    ),
    Case(
        "The ambassadors held talks on Tuesday in Geneva.",
        "en",
        "2024-03-05",
        "published",
        "meeting",
        "2024-03-07",
    ),
    Case(
        "Le chef de la diplomatie s'est rendu mardi à Alger.",
        "fr",
        "2024-03-05",
        "published",
        "visit",
        "2024-03-06",
    ),
    Case(
        "Hôm nay, Hội nghị Bộ trưởng khai mạc tại Phnôm Pênh.",
        "vi",
        "2022-08-03",
        "published",
        "meeting",
        "2022-08-03",
    ),
    Case(
        "Thủ tướng Lào sẽ thăm chính thức Việt Nam từ ngày 5 đến 7/1.",
        "vi",
        "2024-01-05/2024-01-07",
        "published",
        "visit",
        "2023-12-28",
        True,
    ),
    Case(
        "The Danish prime minister will visit Hanoi on 12 January, the ministry said.",
        "en",
        "2023-01-12",
        "published",
        "visit",
        "2022-12-29",
        True,
    ),
    Case(
        "Le ministre norvégien se rendra à Dakar le 3 février.",
        "fr",
        "2022-02-03",
        "published",
        "visit",
        "2022-01-25",
        True,
    ),
    Case(
        "La présidente recevra demain le roi des Belges.",
        "fr",
        "2023-06-09",
        "published",
        "meeting",
        "2023-06-08",
        True,
    ),
    Case(
        "Tổng thống Áo dự kiến sẽ diễn ra cuộc gặp với Thủ tướng vào ngày 9/3.",
        "vi",
        "2021-03-09",
        "published",
        "meeting",
        "2021-03-01",
        True,
    ),
    Case(
        "Ngày 29/2, hai Bộ trưởng hội đàm tại Viêng Chăn.",
        "vi",
        "2024-02-29",
        "published",
        "meeting",
        "2024-03-01",
    ),
]

INFERRED = [
    Case(
        "Chiều 9/6, Bộ trưởng tiếp Đại sứ Bulgaria. Năm 2025 là năm hai nước kỷ niệm 75 năm "
        "quan hệ ngoại giao.",
        "vi",
        "2025-06-09",
        "inferred",
        "meeting",
    ),
    Case(
        "Ngày 10/4, Chủ tịch Quốc hội hội kiến Quốc vương. Năm 2018 đánh dấu 45 năm quan hệ hai "
        "nước.",
        "vi",
        "2018-04-10",
        "inferred",
        "meeting",
    ),
    Case(
        "Le 6 juin, les deux ministres se sont entretenus à Lisbonne. L'année 2022 marque le "
        "45e anniversaire "
        "des relations diplomatiques.",
        "fr",
        "2022-06-06",
        "inferred",
        "meeting",
    ),
    Case(
        "The deputy ministers met on 17 May. In 2023, as the two countries mark 50 years of "
        "ties, more visits "
        "are expected.",
        "en",
        "2023-05-17",
        "inferred",
        "meeting",
    ),
    Case(
        "Sáng 21/7, hai Ngoại trưởng điện đàm. Trên cương vị Chủ tịch ASEAN 2020, Việt Nam thúc "
        "đẩy đoàn kết "
        "trong khối.",
        "vi",
        "2020-07-21",
        "inferred",
        "call",
    ),
    Case(
        "Le 9 avril, le ministre a présidé une visioconférence. En tant que président de "
        "l'ASEAN 2020, le pays "
        "coordonne la réponse du bloc.",
        "fr",
        "2020-04-09",
        "inferred",
        "online-meeting",
    ),
    Case(
        "On June 3 the minister received the Australian envoy. Brunei, the 2021 ASEAN Chair, "
        "backed the plan.",
        "en",
        "2021-06-03",
        "inferred",
        "meeting",
    ),
    Case(
        "Ngày 11/5, Thủ tướng tiếp Chủ tịch Quốc hội Chile. Việt Nam là chủ nhà của Năm APEC 2017.",
        "vi",
        "2017-05-11",
        "inferred",
        "meeting",
    ),
    Case(
        "Chiều 15/10, Thứ trưởng tiếp Đại sứ Ba Lan. Kim ngạch thương mại hai nước trong 9 "
        "tháng đầu năm 2022 "
        "đạt 1,9 tỷ USD.",
        "vi",
        "2022-10-15",
        "inferred",
        "meeting",
    ),
    Case(
        "Le 5 mai, le ministre a reçu l'ambassadeur. Au premier trimestre 2019, les échanges "
        "commerciaux ont "
        "atteint 300 millions d'euros.",
        "fr",
        "2019-05-05",
        "inferred",
        "meeting",
    ),
    Case(
        "The trade ministers met on November 2. Bilateral trade reached 6 billion USD in the "
        "first nine months "
        "of 2021.",
        "en",
        "2021-11-02",
        "inferred",
        "meeting",
    ),
    Case(
        "Ngày 14/1, hai bên họp tại Seoul. Thương mại song phương trong quý III/2020 tăng 4%.",
        "vi",
        "2021-01-14",
        "inferred",
        "meeting",
    ),
    Case(
        "On 8 February the envoys met in Oslo, following the visit of the Norwegian king in "
        "November 2016.",
        "en",
        "2017-02-08",
        "inferred",
        "meeting",
    ),
    Case(
        "Chiều 5/9, Bộ trưởng tiếp Đại sứ Nhật Bản. Hai nước kỷ niệm 50 năm quan hệ ngoại giao "
        "(1973-2023).",
        "vi",
        "2023-09-05",
        "inferred",
        "meeting",
    ),
    Case(
        "Le 3 mars, le ministre a reçu son homologue. Les deux pays célèbrent le 30e "
        "anniversaire de leurs "
        "relations (1992-2022).",
        "fr",
        "2022-03-03",
        "inferred",
        "meeting",
    ),
    Case(
        "The ministers met on 4 May. This year, 2019, the two navies will hold exercises.",
        "en",
        "2019-05-04",
        "inferred",
        "meeting",
    ),
]

UNKNOWN = [
    # Founding years, births and old anniversaries say nothing about now.
    Case(
        "Chiều 2/8, Bộ trưởng tiếp Đại sứ Pháp. Hai nước thiết lập quan hệ ngoại giao năm 1973.",
        "vi",
        "--08-02",
    ),
    Case(
        "Ngày 7/3, Đại sứ trình Quốc thư. Ông sinh năm 1964 và tốt nghiệp năm 1987.",
        "vi",
        "--03-07",
    ),
    Case(
        "Le 12 mai, le ministre a reçu l'ambassadeur, né en 1959. L'organisation fut fondée en "
        "1970.",
        "fr",
        "--05-12",
    ),
    Case("The leaders met on 6 May, 50 years after the 1973 peace accords.", "en", "--05-06"),
    Case("The ministers met on 3 April. Relations were established in 1995.", "en", "--04-03"),
    # Plans and targets lie ahead, at no known distance.
    Case(
        "Ngày 8/4, hai bên họp. Việt Nam phấn đấu đến năm 2030 là nước có thu nhập trung bình cao.",
        "vi",
        "--04-08",
    ),
    Case(
        "Le 8 avril, les ministres se sont réunis. L'objectif est la neutralité carbone d'ici "
        "2050.",
        "fr",
        "--04-08",
    ),
    Case(
        "The ministers met on 9 July and discussed Vision 2045 and net zero by 2050.",
        "en",
        "--07-09",
    ),
    Case("Ngày 8/4, hai bên họp về kế hoạch hành động giai đoạn 2021-2025.", "vi", "--04-08"),
    Case(
        "Ngày 10/6, hai bên hội đàm. Việt Nam sẽ đảm nhận vai trò Chủ tịch ASEAN 2020.",
        "vi",
        "--06-10",
    ),
    Case(
        "The ministers met on 4 May. The two sides will mark 50 years of ties in 2023.",
        "en",
        "--05-04",
    ),
    Case(
        "Le 6 juin, les ministres se sont entretenus. En 2023, les deux pays célébreront 50 ans "
        "de relations.",
        "fr",
        "--06-06",
    ),
    # An office or a celebration that is over.
    Case(
        "Ngày 6/5, hai Bộ trưởng điện đàm, đánh giá cao thành công của Việt Nam khi làm Chủ "
        "tịch ASEAN 2020.",
        "vi",
        "--05-06",
    ),
    Case(
        "The ministers met on 5 June. He recalled the successful 2021 ASEAN Chair year of Brunei.",
        "en",
        "--06-05",
    ),
    # A past that is far, or only a full year.
    Case("Ngày 3/7, hai bên họp. Năm 2015, kim ngạch đạt 2 tỷ USD.", "vi", "--07-03"),
    Case("The envoys met on 2 March. The bridge opened in June 2004.", "en", "--03-02"),
    # Evidence that conflicts.
    Case(
        "Ngày 3/7, hai bên họp. Trong 6 tháng đầu năm 2015, kim ngạch đạt 2 tỷ USD. Năm 2019 "
        "kim ngạch đạt 7 tỷ USD, "
        "theo số liệu hải quan hai nước công bố.",
        "vi",
        "--07-03",
    ),
    Case(
        "Le 6 juin, les ministres se sont entretenus. L'année 2020 marque le 30e anniversaire "
        "des relations. "
        "L'année 2021 marque les dix ans de l'accord.",
        "fr",
        "--06-06",
    ),
    Case(
        "Chiều 5/9, Bộ trưởng tiếp Đại sứ. Năm 2022 là năm hai nước kỷ niệm 50 năm quan hệ. "
        "Tháng 3/2024, Tổng thống "
        "đã thăm Hà Nội và ký nhiều văn kiện.",
        "vi",
        "--09-05",
    ),
    Case("Le 22 juillet, l'ambassadeur a rencontré le gouverneur.", "fr", "--07-22"),
    Case("Từ ngày 28/2 đến 3/3, Bộ trưởng thăm chính thức Brazil.", "vi", "--02-28/--03-03"),
]

TRAPS = [
    # What followed what long ago is history; what the event itself follows is recent.
    Case(
        "The ministers met on March 3. After the visit of a Canadian premier in November 2000, "
        "relations grew fast.",
        "en",
        "--03-03",
    ),
    Case(
        "The ministers met on March 3. Ties began in 1992, followed by a pact in June 2004.",
        "en",
        "--03-03",
    ),
    Case(
        "Le ministre a reçu le 4 mai son homologue. Cette visite fait suite à celle du président "
        "en décembre 2018.",
        "fr",
        "2019-05-04",
        "inferred",
        "meeting",
    ),
    Case(
        "Chiều 6/3, Bộ trưởng tiếp Đại sứ. Năm 2020 là năm đầy khó khăn do đại dịch.",
        "vi",
        "--03-06",
    ),
    # A quarter that the event falls into cannot have been counted before it.
    Case("Ngày 5/3, hai bên họp. Xuất khẩu trong quý I/2021 đạt 1 tỷ USD.", "vi", "--03-05"),
    # In December the year that "marks" something may be the next one; an office is held now.
    Case(
        "Le 20 décembre, le ministre a reçu l'ambassadeur. L'année 2023 marque le 50e anniversaire "
        "des relations.",
        "fr",
        "--12-20",
    ),
    Case(
        "Ngày 9/12, hai Bộ trưởng hội đàm. Lào, nước Chủ tịch ASEAN 2024, ủng hộ đề xuất này.",
        "vi",
        "2024-12-09",
        "inferred",
        "meeting",
    ),
    # A full date beside the event's own day tells its year; a national day does not.
    Case(
        "20/08/2021 09:15\nChiều 19/8, Thứ trưởng họp trực tuyến với các Đại sứ.",
        "vi",
        "2021-08-19",
        "inferred",
        "online-meeting",
    ),
    Case(
        "Ngày 2/9/1945, nước Việt Nam Dân chủ Cộng hòa ra đời. Sáng 2/9, lãnh đạo dự lễ kỷ niệm.",
        "vi",
        "--09-02",
    ),
    Case(
        "The minister, born on 3 May 1960, met the delegation on July 8, 2021.",
        "en",
        "2021-07-08",
        "stated",
        "meeting",
    ),
    Case(
        "Thông tư số 12/2013/TT-BTC ngày 15/5/2013 quy định mức phí. Sáng 4/6, hai bên họp.",
        "vi",
        "--06-04",
    ),
    Case(
        "Sáng 3/2, Chủ tịch nước tiếp Đoàn ngoại giao và chúc mừng năm mới 2021.",
        "vi",
        "2021-02-03",
        "inferred",
        "meeting",
    ),
    # The day of the saying is not the day of the trip.
    Case(
        "The foreign minister said on Thursday he would travel to Oslo on 20 May.",
        "en",
        "2024-05-20",
        "published",
        "visit",
        "2024-05-10",
        True,
    ),
    Case(
        "The premier will pay an official visit to Singapore on February 8-10, the ministry "
        "announced on January 31.",
        "en",
        "--02-08/--02-10",
        None,
        "visit",
        None,
        True,
    ),
    Case(
        "Chiều 22/10, hai bên họp. Hội nghị tới sẽ diễn ra năm sau.",
        "vi",
        "2013-10-22",
        "published",
        "meeting",
        "2013-10-23",
    ),
    # Only the month is said, by the sentence that names the event.
    Case(
        "Tháng 11/2021, Thủ tướng thăm chính thức Nhật Bản.",
        "vi",
        "2021-11-01/2021-11-30",
        "stated",
        "visit",
    ),
]

# A year said of an old beginning, of an office to come or of another matter is not the event's.
NOT_THIS_YEAR = [
    Case(
        "On 9 March the ministers met to mark the 30th anniversary of ties established in 1988.",
        "en",
        "--03-09",
    ),
    Case("The envoys met on 4 July. 2035 marks the end of the lease.", "en", "--07-04"),
    Case(
        "The ministers met on 6 April ahead of the 60th anniversary of ties (1961-2021).",
        "en",
        "--04-06",
    ),
    Case(
        "The envoys met on 2 June, following the adoption in May 2014 of the charter.",
        "en",
        "--06-02",
    ),
    Case("Le 9 mars, ils se sont rencontrés. La loi de 2011 marque un tournant.", "fr", "--03-09"),
    Case(
        "Le 4 mai, il a reçu l'ambassadeur. La Suède assurera la présidence de l'UE en 2023.",
        "fr",
        "--05-04",
    ),
    Case(
        "Ngày 6/4, hai bên họp. Năm 2011 đánh dấu bước ngoặt trong chính sách năng lượng.",
        "vi",
        "--04-06",
    ),
    Case(
        "Ngày 6/4, hai bên họp. Hướng tới kỷ niệm 60 năm quan hệ (1961-2021), nhiều sự kiện được "
        "chuẩn bị.",
        "vi",
        "--04-06",
    ),
    Case(
        "Ngày 6/4, Bộ trưởng tiếp Đại sứ. Đại sứ ủng hộ Việt Nam trong vai trò Chủ tịch ASEAN "
        "2020.",
        "vi",
        "--04-06",
    ),
]

# A comparison is not a second statistic; "tính đến" counts wherever it stands; days of a trip,
# anniversaries with the day and French years of friendship tell the year too.
THIS_YEAR = [
    Case(
        "Ngày 6/6, hai bên họp. Xuất khẩu 4 tháng đầu năm 2019 tăng 5% so với 4 tháng đầu "
        "năm 2018.",
        "vi",
        "2019-06-06",
        "inferred",
        "meeting",
    ),
    Case(
        "Ngày 6/6, hai bên họp. Tính đến tháng 4/2019, Đan Mạch có 130 dự án đầu tư.",
        "vi",
        "2019-06-06",
        "inferred",
        "meeting",
    ),
    Case(
        "Le 9 novembre, ils se sont rencontrés. De janvier à août 2018, le commerce a augmenté.",
        "fr",
        "2018-11-09",
        "inferred",
        "meeting",
    ),
    Case(
        "The minister received the envoy on May 7. The two countries celebrate the 40th "
        "anniversary of ties (June 2, 1978-2018).",
        "en",
        "2018-05-07",
        "inferred",
        "meeting",
    ),
    Case(
        "Le 9 mars, le ministre a reçu son homologue, dans le cadre de l'Année de l'amitié "
        "Cuba - Chili 2018.",
        "fr",
        "2018-03-09",
        "inferred",
        "meeting",
    ),
]

# The day of the report, and the days of a stay, are not the day of what happened.
DAYS_OF_A_TRIP = [
    Case(
        "Hanoi, October 2 (VNA) - The Cuban premier is paying a visit to Laos from October 3 to 5.",
        "en",
        "--10-03/--10-05",
        None,
        "visit",
    ),
    Case(
        "Tổng thống Phần Lan đến Viêng Chăn chiều 3-6, bắt đầu chuyến thăm trong hai ngày "
        "3 và 4-6.",
        "vi",
        "--06-03/--06-04",
        None,
        "visit",
    ),
    Case(
        "Tối 9/2, Thủ tướng về nước, kết thúc chuyến thăm Chile từ ngày 7-9/2/2018.",
        "vi",
        "2018-02-07/2018-02-09",
        "stated",
        "visit",
    ),
    Case(
        "Chiều 5/4, Thủ tướng tiếp Ngoại trưởng Áo đang thăm Lào từ ngày 4 đến 6/4.",
        "vi",
        "--04-05",
        None,
        "meeting",
    ),
    Case("Từ 9/5 đến 12/5, Bộ trưởng thăm Lào.", "vi", "--05-09/--05-12", None, "visit"),
]

NO_EVENT = [
    Case("Hai nước có quan hệ tốt đẹp và hợp tác trong nhiều lĩnh vực.", "vi", None),
    Case("The organisation was founded on 8 August 1967 and has ten members.", "en", None),
    Case("Le traité est entré en vigueur le 1er janvier 1994.", "fr", None),
    Case("Hồ sơ phải nộp trước ngày 15/6.", "vi", None),
    Case("Dân số Việt Nam tăng 1/3 trong hai thập kỷ.", "vi", None),
    Case("Relations between the two countries have grown since 1995.", "en", None),
]

ALL = [
    *STATED,
    *PUBLISHED,
    *INFERRED,
    *UNKNOWN,
    *TRAPS,
    *NOT_THIS_YEAR,
    *THIS_YEAR,
    *DAYS_OF_A_TRIP,
    *NO_EVENT,
]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.text[:60])
def test_event_day_and_year_follow_the_text(case: Case) -> None:
    """The day comes from the event's sentence, the year only from what settles it."""
    event = event_in(case.text, case.language, case.published)
    if case.days is None:
        assert event is None
        return
    assert event is not None
    start, _, end = case.days.partition("/")
    assert (event.start, event.end) == (start, end or start)
    assert event.year_basis == case.basis
    assert event.announced == case.announced
    if case.kind is not None:
        assert event.kind == case.kind


@pytest.mark.parametrize("case", INFERRED, ids=lambda case: case.text[:60])
def test_inferred_year_shows_its_words(case: Case) -> None:
    """The evidence is a short span of the text that names a year."""
    event = event_in(case.text, case.language)
    assert event is not None
    assert event.year_words is not None
    words = event.year_words.of(case.text)
    assert re.search(r"(?:19|20)\d\d", words)
    assert len(words) <= 130


def test_month_events_have_month_precision() -> None:
    """An event of which only the month is known covers that month."""
    event = event_in("Tháng 11/2021, Thủ tướng thăm chính thức Nhật Bản.", "vi")
    assert event is not None
    assert event.precision == "month"


def test_date_words_are_the_words_of_the_text() -> None:
    """The evidence of the day is a span of the text itself."""
    text = "Chiều 16/5, hai Bộ trưởng điện đàm."
    event = event_in(text, "vi")
    assert event is not None
    assert event.date_words.of(text) == "16/5"
    assert event.year_words is None


def test_the_title_may_name_the_kind() -> None:
    """Where the sentence with the day names no kind, the title does."""
    event = event_in(
        "Le 22 juillet, l'ambassadeur a invité le Conseil à coopérer.",
        "fr",
        title="Rencontre entre l'ambassadeur et le Conseil",
    )
    assert event is not None
    assert event.kind == "meeting"


def test_teasers_below_the_article_say_nothing_about_its_year() -> None:
    """What follows "Voir plus" belongs to other articles."""
    text = (
        "Le 3 mars, le ministre a reçu l'ambassadeur de Suisse à Hanoi.\n"
        "La rencontre a porté sur le commerce et les échanges entre les deux pays.\n"
        "Voir plus\n"
        "Cette année 2025, le pays accueille un sommet."
    )
    event = event_in(text, "fr")
    assert event is not None
    assert event.start == "--03-03"


def test_a_text_without_sentences_has_no_event() -> None:
    """Nothing to read, nothing to date."""
    assert find_event("", [], title=None, language="vi", published=None) is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Hai Ngoại trưởng điện đàm và nhất trí chuyến thăm.", ["call", "visit"]),
        ("Thứ trưởng họp trực tuyến với các Đại sứ.", ["online-meeting"]),
        ("Le ministre a eu un entretien téléphonique.", ["call"]),
        ("The presidents met, then signed two deals.", ["meeting", "agreement"]),
        ("La conversationtéléphonique a duré une heure.", ["call"]),
        ("The premier’s state visit ended.", ["visit"]),
        ("Hai đoàn thăm dò dầu khí.", []),
        ("The president spoke to reporters.", []),
        ("Le ministre a parlé au téléphone avec son homologue.", ["call"]),
        ("Nothing of the kind.", []),
    ],
)
def test_kinds_are_found_with_the_longest_term(text: str, kinds: list[str]) -> None:
    """ "entretien téléphonique" is a call, not a meeting; glued words are read too."""
    assert [found.kind for found in kinds_in(text)] == kinds


def test_kind_spans_are_exact() -> None:
    """A kind comes with the characters that name it."""
    text = "Hai bên đã Điện đàm hôm nay."
    (found,) = kinds_in(text)
    assert found.span.of(text) == "Điện đàm"


def test_every_kind_has_a_display_term_in_each_language() -> None:
    """The first term of each list is shown to readers."""
    for terms in kind_terms().values():
        assert all(terms[language] for language in ("vi", "fr", "en"))
