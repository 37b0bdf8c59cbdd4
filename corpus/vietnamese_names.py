"""Surnames that open a Vietnamese person's name, folded: "Nguyễn", "Tô", "Đặng" …"""

from __future__ import annotations

SURNAMES: frozenset[str] = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly to dinh doan trinh luong truong mai "
    "cao ta ha lam thai chu chau dao phung kieu quach tang vuong la lai luu nong than tu ninh tong trieu doan diep "
    "giang khong mac nghiem ong vien van vi khuc dam dong hua bach an au banh cu cung han hau kim lieu luc ma nhu "
    "phi quan sam su thach thieu thi tieu ton tra tram tuong ung uong van y dau deo dieu ngac nhan la ro siu y ksor "
    "tuan lu ngan giap khoa khuat lo lang ngu nghia on sung vang hoa thao trang uyen yen bien bo ca cam chung co"
    .split()
)  # fmt: skip
