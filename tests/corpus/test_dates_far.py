"""Ages, eras, the lunar calendar: what looks like a date and is none; centuries and their parts."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.dates import find_dates

REFERENCE = dt.date(2021, 9, 15)  # a Wednesday

NO_DATES = {
    "vi": [
        "Thời kỳ 505 triệu năm trước",
        "Trái Đất hình thành 4,5 tỷ năm trước.",
        "cách đây 3.000 năm",
        "hơn 3 nghìn năm trước",
        "hàng ngàn năm trước",
        "10.000 năm trước",
        "2.500 năm trước Công nguyên",
        "năm 179 trước Công nguyên",
        "thế kỷ III TCN",
        "7,3 tỷ năm",
        "mùng 3 tháng Giêng",
        "rằm tháng Bảy",
        "mùng 1 Tết",
        "ngày 10 tháng 3 âm lịch",
        "ngày 15/8 (âm lịch)",
        "24/7",
        "mỗi năm 300 suất",
        "Nghị định 15/2020/NĐ-CP",
        "số 128/2020/QH14",
        "trong những tháng tới",
        "nửa tháng trước",
    ],
    "fr": [
        "il y a 505 millions d'années",
        "il y a 3.000 ans",
        "il y a 10 000 ans",
        "il y a deux mille ans",
        "depuis 2 millions d'années",
        "en 52 avant J.-C.",
        "au IIIe siècle av. J.-C.",
        "La veille stratégique est utile.",
        "à la veille du sommet",
        "la loi n° 2020-123",
        "ces dernières semaines",
        "au cours des prochains mois",
        "cette année-là",
    ],
    "en": [
        "505 million years ago",
        "10,000 years ago",
        "thousands of years ago",
        "in 300 BC",
        "the 3rd century BC",
        "March for peace in Hanoi",
        "They march to the square.",
        "the day before the summit",
        "call 555-1234",
        "in the coming weeks",
        "a star in his early 20s",
        "call 555-2020",
    ],
}


@pytest.mark.parametrize(
    ("language", "words"), [(name, words) for name, group in NO_DATES.items() for words in group]
)
def test_ages_and_other_calendars_give_no_date(language: str, words: str) -> None:
    """They would otherwise be read as last year, or as a day of our calendar."""
    assert find_dates(words, language, REFERENCE) == []
    assert [m for m in find_dates(words, None, REFERENCE) if m.start] == []


READ = {
    "vi": {
        "kim ngạch đạt 7,3 tỷ năm 2020": "2020-01-01 2021-01-01",
        "năm 938": "0938-01-01 0939-01-01",
        "27 tháng Giêng năm 1973": "1973-01-27 1973-01-28",
        "mồng 5 tháng 4": "2021-04-05 2021-04-06",
        "thập niên 90 của thế kỷ 20": "1990-01-01 2000-01-01",
        "những năm 60 của thế kỷ trước": "1960-01-01 1970-01-01",
        "nửa cuối thế kỷ XIX": "1850-01-01 1900-01-01",
        "đầu thế kỷ XX": "1900-01-01 1933-01-01",
        "cuối những năm 1980": "1987-01-01 1990-01-01",
        "những năm 30": "1930-01-01 1940-01-01",
        "niên khóa 2020-2021": "2020-01-01 2022-01-01",
        "thế kỷ thứ 2 sau Công nguyên": "0100-01-01 0200-01-01",
        "Ibn Sina (981-1037)": "1037-01-01 1038-01-01",
        "thế kỷ thứ 19": "1800-01-01 1900-01-01",
        "thế kỷ XV": "1400-01-01 1500-01-01",
    },
    "fr": {
        "en l'an 800": "0800-01-01 0801-01-01",
        "au XVIe siècle": "1500-01-01 1600-01-01",
        "au XIXème siècle": "1800-01-01 1900-01-01",
        "dans la seconde moitié du XIXe siècle": "1850-01-01 1900-01-01",
        "les années 60 du siècle dernier": "1960-01-01 1970-01-01",
        "au début des années 2000": "2000-01-01 2003-01-01",
        "les années trente": "1930-01-01 1940-01-01",
        "la saison 2020/2021": "2020-01-01 2022-01-01",
        "la première moitié de mai 2021": "2021-05-01 2021-05-16",
    },
    "en": {
        "the second half of the 19th century": "1850-01-01 1900-01-01",
        "the early 90s": "1990-01-01 1993-01-01",
        "the 30s": "1930-01-01 1940-01-01",
        "until 1935 and after that": "1935-01-01 1936-01-01",
        "in 14 AD": "0014-01-01 0015-01-01",
        "in March": "2021-03-01 2021-04-01",
        "from March to May 2020": "2020-03-01 2020-06-01",
    },
}


@pytest.mark.parametrize(
    ("language", "words"), [(name, words) for name, group in READ.items() for words in group]
)
def test_centuries_and_far_years_have_their_interval(language: str, words: str) -> None:
    """Thirds and halves of decades and centuries are whole years."""
    (found,) = find_dates(words, language, REFERENCE)
    assert f"{found.start} {found.end}" == READ[language][words]
