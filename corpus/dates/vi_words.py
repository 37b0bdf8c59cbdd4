"""The Vietnamese words that dates are made of.

Accents tell words apart ("năm" year, "Nam" south), so they count wherever a text has them;
`TYPED_LEXICON` reads text typed without any.
"""

from __future__ import annotations

from corpus.dates.eras import ROMAN
from corpus.dates.tokens import lexicon

_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "bốn": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5}
UNIT_KINDS = {
    "date": "day", "week_unit": "week", "month_unit": "month", "quarter_unit": "quarter",
    "year_unit": "year", "decade_unit": "decade", "century_unit": "century",
    "weekend_unit": "weekend",
}  # fmt: skip
UNIT = f"({'|'.join(UNIT_KINDS)})"

_ENTRIES: dict[str, dict[str, object] | list[str]] = {
    # Where two words differ by accents alone, the first one listed is what typing means.
    "year_unit": ["năm"], "from": ["từ", "từ ngày", "bắt đầu từ"],
    "since": ["kể từ", "tính từ", ">="],
    "narrated": ["sau đó", "trước đó", "sau này", "trước kia"],
    "after": ["sau", "sau ngày"], "before": ["trước", "trước ngày"], "toi": ["tới"],
    "month_unit": ["tháng"], "date": ["ngày", "mồng", "mùng", "ngày mồng", "ngày mùng"],
    "quarter_unit": ["quý", "quí"], "week_unit": ["tuần", "tuần lễ"],
    "decade_unit": ["thập niên", "thập kỷ", "thập kỉ"],
    "century_unit": ["thế kỷ", "thế kỉ", "thế kỷ thứ"],
    "years": ["những năm", "các năm"], "these_years": ["thập niên những năm"],
    "weekend_unit": ["cuối tuần", "dịp cuối tuần", "vào cuối tuần"],
    "half_early": ["nửa đầu"], "half_late": ["nửa cuối", "nửa sau"],
    "to": ["đến", "đến ngày", "cho đến", "cho tới", "tính đến", "đến nay là"],
    "and": ["và"], "of": ["của"], "in": ["trong", "vào", "trong ngày", "vào lúc"],
    "in_years": ["niên khóa", "niên khoá"],
    "now": ["nay"], "this": ["này"],
    "last": ["ngoái", "vừa qua", "vừa rồi", "qua"],
    "next": ["sắp tới", "tiếp theo", "kế tiếp", "tới đây"],
    "first": ["đầu tiên"], "final": ["cuối cùng"],
    "early": ["đầu", "vào đầu"], "mid": ["giữa", "vào giữa"], "late": ["cuối", "vào cuối", "hết"],
    "today": ["hôm nay", "ngày hôm nay", "sáng nay", "chiều nay", "tối nay", "trưa nay", "đêm nay"],
    "yesterday": ["hôm qua", "ngày hôm qua", "sáng qua", "chiều qua", "tối qua", "đêm qua",
                  "sáng hôm qua", "chiều hôm qua", "tối hôm qua"],
    "before_yesterday": ["hôm kia", "ngày hôm kia"], "after_tomorrow": ["ngày kia"],
    "tomorrow": ["ngày mai", "sáng mai", "trưa mai", "chiều mai", "tối mai", "hôm sau ngày mai"],
    "ago": ["cách đây", "cách nay"], "ago_after": ["trước đây"],
    "daypart": ["sáng", "trưa", "chiều", "tối", "đêm", "khuya", "rạng sáng", "hôm", "sáng sớm"],
    "within": ["trong vòng"],
    "wday": {"chủ nhật": 6, "chúa nhật": 6},
    "wday_word": {f"thứ {word}": value for word, value in _WEEKDAYS.items()},
    "wday_digit": {f"thứ {value + 2}": value for value in range(6)},
    "ordinal": {"thứ nhất": 1},
    "times": ["lần"],
    "wnum": {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
             "chín": 9},
    "lunar_month": {"giêng": 1, "chạp": 12}, "lunar": ["âm lịch", "lịch âm", "âl"],
    "full_moon": ["rằm", "ngày rằm"], "new_year": ["tết", "tết nguyên đán"],
    "year_before_last": ["năm kia"],
    "next_day": ["hôm sau", "ngày hôm sau"], "eve": ["ngày hôm trước"],
    "bc": ["trước công nguyên", "trước tây lịch", "tcn"], "ad": ["sau công nguyên", "scn"],
    "four": ["tư"], "wten": {"mười": 10}, "wtens": {"mươi": 10}, "wlast": {"lăm": 5, "mốt": 1},
    "vague": {"vài": 3, "mấy": 3},
    "roman": dict(ROMAN),
    "onwards": ["trở đi", "trở về sau", "về sau"],
    "to_now": ["đến nay", "tới nay", "cho đến nay", "cho tới nay"],
    "recently": ["trở lại đây", "gần đây"],
    "more": ["nữa"], "business_unit": ["ngày làm việc"],
    "same_period": ["cùng kỳ", "cùng kì"],
    "season": {"mùa xuân": "spring", "mùa hè": "summer", "mùa thu": "autumn", "mùa đông": "winter"},
    "clock": ["giờ", "h", "phút"],
    "quantity": ["dân số", "số", "tổng", "diện tích", "người", "lượng", "thành viên", "ghế",
                 "cử tri", "trận", "hiệp", "tỷ", "tỉ", "triệu", "nghìn", "ngàn", "đại biểu",
                 "phiếu",
                 "thế giới", "quãng", "nhân loại", "usd", "đồng", "nước", "km", "ca", "trường hợp",
                 "doanh nghiệp", "tấn", "kg", "m", "ha", "mét", "héc", "kilomet", "lần", "suất",
                 "tỉnh", "chiếc", "máy", "binh", "hộ", "sinh viên", "học sinh", "trang", "liều"],
    "ratio": ["tỷ lệ", "tỉ lệ", "tỷ số", "tỉ số", "khoảng", "gần", "hơn", "chiếm", "ít nhất", "quá",
              "thắng", "thua", "hòa", "bằng", "đạt", "điện thoại", "số", "nghị quyết", "điều",
              "khóa", "đt", "hotline", "quốc lộ", "đường", "hẻm", "ngõ", "phường", "quận"],
}  # fmt: skip
LEXICON = lexicon(_ENTRIES, accents_optional=False)
TYPED_LEXICON = lexicon(_ENTRIES, accents_optional=True)
