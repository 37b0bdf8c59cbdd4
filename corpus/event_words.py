"""The words that tell an event's day from other days, and what is announced from what is done."""

from __future__ import annotations

import re

TEASERS = re.compile(
    r"^[ \t]*(?:voir plus|voir aussi|à lire aussi|sur le même sujet|lire aussi|xem thêm|tin liên "
    r"quan"
    r"|tin cùng chuyên mục|bài liên quan|đọc thêm|tin khác|read more|related (?:news|articles?|"
    r"stories)"
    r"|see also|more on this|you may also like)[ \t:]*$",
    re.IGNORECASE | re.MULTILINE,
)

HISTORY = re.compile(
    r"kỷ niệm|kỉ niệm|thành lập|ra đời|sinh (?:ngày|năm)|sinh vào|quốc khánh|có hiệu lực|lịch sử|"
    r"thiết lập quan hệ|giải phóng|mất ngày|qua đời|từ trần|hết hạn|hạn chót|thời hạn|"
    r"anniversaire|fond[ée]|créé|naissance|\bnée? le|fête nationale|entrée? en vigueur|échéance|"
    r"établissement des relations|décédé|anniversary|founded|established|\bborn\b|national day|"
    r"deadline|took effect|entered into force|came into force|independence day|died on|"
    r"commemorat",
    re.IGNORECASE,
)

EARLIER = re.compile(
    r"^\W*(?:trước đó|trước đây|cùng ngày năm|auparavant|précédemment|plus tôt|earlier|"
    r"previously|"
    r"before that|formerly|in the past|le mois dernier|last (?:month|year)|năm ngoái|tháng trước)"
    r"\b",
    re.IGNORECASE,
)

FOLLOWING = re.compile(
    r"(?:tiếp nối|tiếp theo|sau (?:khi|chuyến|cuộc|hội|lần)|kể từ|từ sau|trong chuyến thăm|"
    r"following|after|"
    r"since|à la suite|après|depuis|suite à|lors de (?:la|sa|leur) (?:précédente|dernière)|"
    r"tại cuộc (?:gặp|họp|hội đàm) trước|theo (?:thỏa thuận|nghị quyết|quyết định|kế hoạch))"
    r"[^.;]*$",
    re.IGNORECASE,
)

COUNTED = re.compile(
    r"(?:tính đến|cho đến|đến hết|đến|hạn|trước|muộn nhất|jusqu'au|jusqu’au|avant le|au plus "
    r"tard le|d'ici le|"
    r"until|before|by|as of|up to|no later than|dated|en date du)\s*(?:ngày|the)?\s*$",
    re.IGNORECASE,
)

STAMP = re.compile(
    r"(?:publié|mis à jour|mise à jour|updated|published|posted|cập nhật|đăng(?: ngày| lúc)?)"
    r"\W*(?:le|on|at|ngày|lúc)?\W*$",
    re.IGNORECASE,
)

DOCUMENT = re.compile(
    r"(?:thông tư|nghị định|quyết định|nghị quyết|\bluật|công văn|văn bản|chỉ thị|pháp lệnh|hiến "
    r"pháp|\bsố \d+/|"
    r"décret|arrêté|\bloi\b|résolution n|ordonnance|decree|circular|resolution no|\bact of\b)"
    r"[^;]*$",
    re.IGNORECASE,
)

SAID = re.compile(
    r"(?:said|announced|told [\w ]{1,20}|reported|cho biết|thông báo|đưa tin|đăng tải|a annoncé|"
    r"a déclaré|a indiqué|a fait savoir|announcement|confirmed)\s*(?:on|late on|ngày|hôm|vào|le|"
    r"ce)?\s*$",
    re.IGNORECASE,
)

IN_YEAR = re.compile(r"(?:^|\b(?:in|en|trong|vào))\W*$", re.IGNORECASE)
PLANS = re.compile(
    r"giai đoạn|tầm nhìn|kế hoạch|mục tiêu|chiến lược|kim ngạch|đạt|tăng|vision|objectif|plan |"
    r"target|strategy|goal|turnover|atteint",
    re.IGNORECASE,
)

FUTURE = re.compile(
    r"\bsẽ\b(?: \S+){0,4}? (?:thăm|diễn ra|tổ chức|chuyến|hội đàm|gặp|dự|đến|tiến hành|bắt đầu|"
    r"họp|sang|"
    r"công du|điện đàm|ký|tiếp|chủ trì|đồng chủ trì|khai mạc)\b|dự kiến|theo kế hoạch|chuẩn bị "
    r"(?:thăm|sang)|"
    r"sắp (?:thăm|diễn ra|sang|tới thăm)|"
    r"se rendr(?:a|ont)|effectuer(?:a|ont)|aur(?:a|ont) lieu|attendue?s?\b|prévue?s?\b|se "
    r"tiendr(?:a|ont)|"
    r"rencontrer(?:a|ont)\b|recevr(?:a|ont)|visiter(?:a|ont)|doit se rendre|devrait|"
    r"participer(?:a|ont)|"
    r"accueiller(?:a|ont)|se réunir(?:a|ont)|s'entretiendr|arriver(?:a|ont)|signer(?:a|ont)|"
    r"présider(?:a|ont)|"
    r"\bwill (?:\w+ ){0,2}?(?:visit|meet|hold|travel|pay|attend|host|be held|take place|arrive|"
    r"sign|receive|begin|"
    r"kick off|make|be|go|welcome|open|start|address|co-chair|chair)\b|scheduled|is set to|are "
    r"set to|due to|"
    r"(?:is|are) expected|(?:is|are) to (?:visit|meet|hold|travel|attend)|plans? to|planned for|"
    r"slated|upcoming",
    re.IGNORECASE,
)

DONE = re.compile(
    r"\b(?:đã|vừa|cho biết|khẳng định|nhất trí|nhấn mạnh|thông báo|bày tỏ)\b|"
    r"\ba (?:\w+é|reçu|tenu|dit)\b|\bont (?:\w+é|eu)\b|s'est|se sont|"
    r"\b(?:met|held|visited|received|agreed|told|spoke|discussed|signed|that)\b",
    re.IGNORECASE,
)

ASIDE = re.compile(
    r"(?:nhân|nhân dịp|trong khuôn khổ|trong|đang|trước thềm|sau|lors de|à l'occasion de|dans le "
    r"cadre de|"
    r"pendant|during|on the occasion of|within the framework of|as part of|ahead of|who is|en|"
    r"currently)"
    r"(?:\s+(?:sa|la|une|leur|his|her|a|the|có|thềm))?\s*$",
    re.IGNORECASE,
)

# "Hanoi, October 12 (VNA) -": where and when the report was filed.
DATELINE = re.compile(r"[^\W\d_][^\n()]{1,40}, ")
FILED = re.compile(r"[,\s]*(?:(?:19|20)\d\d\s*)?(?:\([^()\n]{2,25}\)\s*[-–—]|[-–—]{1,2} )")

# "reçu le 6 mai son homologue, en visite du 5 au 7": the days of the stay are an aside.
VISITING = re.compile(
    r"(?:en visite|en déplacement|đang (?:có chuyến )?(?:ở )?thăm|nhân chuyến thăm|who is on|"
    r"currently on|now on|visiting)\b[^.;]*$",
    re.IGNORECASE,
)

LETTERS = re.compile(r"[^\W\d_]")
