"""Vietnamese date expressions, as newspapers print them and as phones type them."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.dates import find_dates

REFERENCE = dt.date(2021, 9, 15)  # a Wednesday

STATED = {
    "ngày 16 tháng 4 năm 2020": "2020-04-16 2020-04-17 day",
    "16/04/2020": "2020-04-16 2020-04-17 day",
    "16-4-2020": "2020-04-16 2020-04-17 day",
    "16.4.2020": "2020-04-16 2020-04-17 day",
    "2020-04-16": "2020-04-16 2020-04-17 day",
    "mồng 5 tháng 3 năm 2019": "2019-03-05 2019-03-06 day",
    "tháng 12/2022": "2022-12-01 2023-01-01 month",
    "tháng Tư năm 2019": "2019-04-01 2019-05-01 month",
    "tháng mười hai năm 2018": "2018-12-01 2019-01-01 month",
    "tháng 3-2009": "2009-03-01 2009-04-01 month",
    "3/2023": "2023-03-01 2023-04-01 month",
    "năm 2018": "2018-01-01 2019-01-01 year",
    "quý 2 năm 2021": "2021-04-01 2021-07-01 quarter",
    "quý II/2021": "2021-04-01 2021-07-01 quarter",
    "quý 3/2020": "2020-07-01 2020-10-01 quarter",
    "6 tháng đầu năm 2021": "2021-01-01 2021-07-01 half-year",
    "sáu tháng cuối năm 2019": "2019-07-01 2020-01-01 half-year",
    "nửa đầu năm 2020": "2020-01-01 2020-07-01 half-year",
    "9 tháng đầu năm 2022": "2022-01-01 2022-10-01 month",
    "9 tháng năm 2022": "2022-01-01 2022-10-01 month",
    "thập niên 1990": "1990-01-01 2000-01-01 decade",
    "những năm 1980": "1980-01-01 1990-01-01 decade",
    "đầu năm 2021": "2021-01-01 2021-05-01 year",
    "cuối tháng 3/2021": "2021-03-21 2021-04-01 month",
    "giữa năm 2020": "2020-05-01 2020-09-01 year",
    "từ năm 2019 đến 2021": "2019-01-01 2022-01-01 year",
    "từ năm 2019 đến năm 2021": "2019-01-01 2022-01-01 year",
    "2019-2021": "2019-01-01 2022-01-01 year",
    "từ tháng 3 đến tháng 5/2021": "2021-03-01 2021-06-01 month",
    "từ ngày 28/2 đến 3/3/2020": "2020-02-28 2020-03-04 day",
    "ngày 29 và 30/3/2023": "2023-03-29 2023-03-31 day",
    "29-30/3/2023": "2023-03-29 2023-03-31 day",
    "từ ngày 30/12/2019 đến ngày 2/1/2020": "2019-12-30 2020-01-03 day",
    "từ ngày 28 tháng 2 đến ngày 3 tháng 3 năm 2020": "2020-02-28 2020-03-04 day",
    "ngày 1, 2 và 3/3/2020": "2020-03-01 2020-03-04 day",
    "ba quý đầu năm 2021": "2021-01-01 2021-10-01 quarter",
    "tuần thứ hai của tháng 3/2021": "2021-03-08 2021-03-15 week",
    "thế kỷ XXI": "2000-01-01 2100-01-01 century",
}


@pytest.mark.parametrize("words", STATED)
def test_stated_dates_have_their_interval(words: str) -> None:
    """A date with its year needs no reference."""
    (found,) = find_dates(f"Hai bên gặp nhau {words}.", "vi")
    assert f"{found.start} {found.end} {found.grain}" == STATED[words]
    assert not found.partial


RELATIVE = {
    "hôm nay": "2021-09-15 2021-09-16",
    "hôm qua": "2021-09-14 2021-09-15",
    "ngày mai": "2021-09-16 2021-09-17",
    "tuần trước": "2021-09-06 2021-09-13",
    "tuần này": "2021-09-13 2021-09-20",
    "tuần tới": "2021-09-20 2021-09-27",
    "tháng này": "2021-09-01 2021-10-01",
    "tháng trước": "2021-08-01 2021-09-01",
    "tháng sau": "2021-10-01 2021-11-01",
    "quý trước": "2021-04-01 2021-07-01",
    "năm ngoái": "2020-01-01 2021-01-01",
    "năm nay": "2021-01-01 2022-01-01",
    "năm tới": "2022-01-01 2023-01-01",
    "thứ Hai": "2021-09-13 2021-09-14",
    "Chủ nhật": "2021-09-12 2021-09-13",
    "thứ Sáu tuần trước": "2021-09-10 2021-09-11",
    "thứ Ba tuần tới": "2021-09-21 2021-09-22",
    "cuối tuần này": "2021-09-18 2021-09-20",
    "3 ngày trước": "2021-09-12 2021-09-13",
    "cách đây hai tuần": "2021-09-01 2021-09-02",
    "3 tháng qua": "2021-06-15 2021-09-15",
    "10 năm qua": "2011-09-15 2021-09-15",
    "3 tuần nữa": "2021-10-06 2021-10-07",
    "ngày 30 tháng trước": "2021-08-30 2021-08-31",
    "tháng 3 năm ngoái": "2020-03-01 2020-04-01",
    "6 tháng đầu năm nay": "2021-01-01 2021-07-01",
    "quý 1 năm nay": "2021-01-01 2021-04-01",
    "đầu tháng này": "2021-09-01 2021-09-11",
    "ngày 5 tháng này": "2021-09-05 2021-09-06",
}


@pytest.mark.parametrize("words", RELATIVE)
def test_relative_words_count_from_the_reference(words: str) -> None:
    """ "hôm qua" and the like are placed by the reference day."""
    (found,) = find_dates(f"Sự kiện đó vào {words}.", "vi", REFERENCE)
    assert f"{found.start} {found.end}" == RELATIVE[words]
    assert found.relative


YEARLESS = {
    "ngày 10 và 11-9": (9, 10, 9, 11),
    "từ ngày 28 tháng 2 đến ngày 3 tháng 3": (2, 28, 3, 3),
    "Chiều 16/4": (4, 16, None, None),
    "ngày 16 tháng 4": (4, 16, None, None),
    "ngày 29-30/3": (3, 29, 3, 30),
    "từ 3 đến 5/5": (5, 3, 5, 5),
    "từ ngày 28/2 đến 3/3": (2, 28, 3, 3),
    "sáng 20-9": (9, 20, None, None),
    "ngày 8.11": (11, 8, None, None),
    "ngày 3 và 4 tháng 5": (5, 3, 5, 4),
}


@pytest.mark.parametrize("words", YEARLESS)
def test_dates_without_a_year_keep_month_and_day(words: str) -> None:
    """Without a reference the year stays unknown, month and day do not."""
    (found,) = find_dates(f"{words}, hai bên gặp nhau.", "vi")
    assert (found.month, found.day, found.end_month, found.end_day) == YEARLESS[words]
    assert found.start is None
    assert found.partial


TYPED = {
    "thang 7 nam 2020": "2020-07-01 2020-08-01",
    "nam 2020": "2020-01-01 2021-01-01",
    "quy 2 nam 2021": "2021-04-01 2021-07-01",
    "ngay 16 thang 4 nam 2020": "2020-04-16 2020-04-17",
    "6 thang dau nam 2021": "2021-01-01 2021-07-01",
    "tuan truoc": "2021-09-06 2021-09-13",
    "hom qua": "2021-09-14 2021-09-15",
    "thang 7": "2021-07-01 2021-08-01",
    "nam ngoai": "2020-01-01 2021-01-01",
    "cuoi nam 2020": "2020-09-01 2021-01-01",
    "tu thang 3 den thang 5 nam 2021": "2021-03-01 2021-06-01",
    "THÁNG 7 NĂM 2020": "2020-07-01 2020-08-01",
}


@pytest.mark.parametrize("words", TYPED)
def test_typing_without_accents_is_read(words: str) -> None:
    """Questions come from phones: no accents, any case."""
    for language in ("vi", None):
        (found,) = find_dates(words, language, REFERENCE)
        assert f"{found.start} {found.end}" == TYPED[words]


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("từ năm 2020", "since"),
        ("kể từ tháng 3/2021", "since"),
        ("trước năm 2019", "before"),
        ("sau năm 2019", "after"),
        ("đến năm 2030", "until"),
        ("tu thang 3/2021", "since"),
    ],
)
def test_open_periods_name_their_side(words: str, side: str) -> None:
    """The interval stays that of the named date; `open` says where it opens."""
    (found,) = find_dates(words, "vi")
    assert found.open == side
    assert found.start is not None


@pytest.mark.parametrize(
    "text",
    [
        "Khoảng 4/5 người được hỏi đồng ý.",
        "Trung tâm trực 24/7 phục vụ người dân.",
        "Dân số tăng 1/3 dân số cả vùng.",
        "Đội nhà thắng 2-1 trên sân khách.",
        "Nghị quyết được thông qua với tỷ lệ 3/4.",
        "Quốc hội khóa XV họp về COVID-19.",
        "Kim ngạch đạt 7,3 tỷ USD, tăng 33,5%.",
        "Đây là Đối thoại lần thứ 4 giữa hai nước.",
        "Thứ trưởng Bộ Ngoại giao phát biểu.",
        "Đây là nước thứ hai ký thỏa thuận, nước thứ ba còn chờ.",
        "Điện thoại: 024 3799 2000.",
        "Ông ở phía Nam 20 km, bà Mai ở phía Bắc.",
        "Hai bên trao đổi ba văn kiện và bốn dự án.",
        "Tay vợt thắng sau ba set 6/1, 3/6, 7/6.",
        "Công ty có 2000 nhân viên và 1500 xe.",
    ],
)
def test_plain_numbers_are_no_dates(text: str) -> None:
    """Fractions, scores, ordinals and counts stay numbers."""
    assert find_dates(text, "vi", REFERENCE) == []


def test_same_period_takes_the_span_named_before() -> None:
    """ "cùng kỳ năm 2020" is the same six months, one year earlier."""
    text = "Kim ngạch 6 tháng đầu năm 2021 tăng 33,5% so với cùng kỳ năm 2020."
    _, same = find_dates(text, "vi")
    assert (same.start, same.end) == (dt.date(2020, 1, 1), dt.date(2020, 7, 1))


def test_a_shared_year_serves_both_dates() -> None:
    """ "tháng 3 và tháng 4 năm 2021": both months are of 2021."""
    first, second = find_dates("Tháng 3 và tháng 4 năm 2021", "vi")
    assert (first.start, second.start) == (dt.date(2021, 3, 1), dt.date(2021, 4, 1))
