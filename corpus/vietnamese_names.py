"""Surnames that open a Vietnamese person's name, as they are spelled and as others write them."""

from __future__ import annotations

from corpus.words import Word, keys

# The last line holds surnames of other peoples of Vietnam and of Chinese and Korean leaders.
_SPELLED = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lí Tô Đinh Đoàn Trịnh Lương
Trương Mai Cao Tạ Hà Lâm Thái Chu Châu Đào Phùng Kiều Quách Tăng Vương La Lại Lưu Nông Thân Từ Ninh
Tống Triệu Doãn Diệp Giang Khổng Mạc Nghiêm Ông Viên Văn Vi Khúc Đàm Đồng Hứa Bạch An Âu Bành Cù
Cung Hàn Hầu Kim Liễu Lục Mã Ma Nhữ Phí Quản Sầm Sử Thạch Thiều Thi Tiêu Tôn Trà Trầm Tưởng Ung Uông
Vạn Đậu Đèo Điêu Ngạc Nhan Ngân Giáp Khuất Lò Lô Ngụy Nghĩa Cầm Chung Cổ Danh Đới Hạ Huyền
Khương Lều Lường Mẫn Ngọ Ngũ Nhâm Phó Quyền Thẩm Thào Thang Trang Tòng Tường Tấn Trác Ứng Xa Phương
Quàng Vàng Giàng Sùng Y Siu Ksor Rơ Tập Mao Ôn Vưu Park
"""
SPELLED: frozenset[tuple[str, str]] = frozenset(keys(name) for name in _SPELLED.split())
SURNAMES: frozenset[str] = frozenset(folded for folded, _ in SPELLED)


def is_surname(word: Word, language: str | None) -> bool:
    """Return whether the word is a surname; in Vietnamese its accents must be the surname's own."""
    return (word.fold, word.marks) in SPELLED if language == "vi" else word.fold in SURNAMES
