"""The words by which a text presents a year as current, recent, past or planned."""

from __future__ import annotations

import re

YEAR = r"(?P<y>(?:19|20)\d\d)"
ORG = (
    r"(?:ASEAN|APEC|G7|G20|G8|AIPA|ASEM|BRICS|SCO|AU|UE|EU|OSCE|OIF|Francophonie|ACMECS|EAS|"
    r"CPTPP|"
    r"l'UE|l'Union européenne|Liên minh châu Âu|HĐBA|Hội đồng Bảo an|UNSC)"
)
# What a year may mark that is counted in years, and what began in the year that follows.
MARKED = r"(?:anniversa|célèbr|celebrat|years (?:of|since)|\d+ ans|\d+ năm|kỷ niệm|kỉ niệm|tròn)"
BEGAN = (
    r"\b(?:establish|found|set up|sign|since|normali[sz]|forg|beg[au]n|launch|creat|open|conclu|"
    r"start|upgrad)"
)
CURRENT = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # A year said to be this one.
        rf"\bnăm nay\s*[,(]?\s*(?:năm\s+)?{YEAR}",
        rf"\bnăm {YEAR} này\b",
        rf"\bcette année\s*[,(]?\s*{YEAR}",
        rf"\b(?:this|the current) year\s*[,(]?\s*{YEAR}",
        # A year said to be, or to mark, something now.
        rf"\bnăm {YEAR}\s*(?:,\s*)?(?:cũng |chính |còn )?là (?:một )?(?:năm|dịp|dấu mốc|cột mốc|"
        rf"thời điểm|mốc)(?=[^.;]{{0,90}}(?:kỷ niệm|đánh dấu|tròn|hai nước|hai bên|đầu tiên|bản lề|"
        rf"Chủ tịch))",
        rf"\bnăm {YEAR}\s*,?\s*(?:(?:khi|năm|là năm) )?(?:hai|2) (?:nước|bên|quốc gia) (?:cùng )"
        rf"?kỷ niệm",
        rf"\bnăm {YEAR} (?:cũng )?(?:đánh dấu|kỷ niệm)\b(?=[^.;]{{0,90}}{MARKED})",
        rf"\b(?:l'année |l’année |année )?{YEAR},? (?:marque|constitue|coïncide|est (?:aussi |"
        rf"également )?(?:l'année|l’année|une année))\b(?=[^.;]{{0,90}}{MARKED})",
        rf"\ben {YEAR},? (?:année|qui marque|alors que|où|à l'occasion|au moment où)"
        rf"\b[^.]{{0,80}}(?:anniversaire|célèbrent|fêtent|marquent)",
        rf"\b(?:célèbrent|célébrons|fêtent|marquent|commémorent)\b[^.]{{0,90}}\ben {YEAR}",
        rf"\b(?:the year )?{YEAR},? (?:marks|is (?:also )?(?:the|a) (?:\w+ )?(?:year|(?=\d))|is "
        rf"(?:also )?when)(?=[^.;]{{0,90}}{MARKED})",
        rf"\bin {YEAR},? (?:as|when|which marks|the year)\b[^.]{{0,60}}\b(?:mark|celebrate|marks|"
        rf"observe|commemorate)\b",
        rf"(?<!\bto )\b(?:mark|celebrate|observe|are (?:celebrating|marking))\b[^.]{{0,90}}"
        rf"\b(?:anniversary|years)\b(?![^.]{{0,60}}{BEGAN})[^.]{{0,60}}\b(?:in|this year,?) {YEAR}",
        # An office or a year-long programme held now.
        rf"\b(?:Chủ tịch|cương vị Chủ tịch|Năm Chủ tịch|chủ nhà|nước chủ nhà|Chủ tịch luân phiên)"
        rf"(?: (?:luân phiên|của|các nước))* {ORG}(?: (?:trong )?năm)? {YEAR}\b(?!\s*[-–]\s*\d)",
        rf"\b(?:Chủ tịch|Năm Chủ tịch) (?:luân phiên )?(?:trong )?năm {YEAR} của {ORG}",
        rf"\bNăm {ORG} {YEAR}",
        rf"\b(?:président(?:e)?|présidence|présidence tournante|pays hôte|hôte)(?: tournante?)"
        rf"?(?: en exercice)? (?:de |du |d'|d’)?(?:la |l'|l’)?{ORG}(?: pour(?: l'année)?)"
        rf"? {YEAR}\b(?!\s*[-–]\s*\d)",
        rf"\b{ORG} {YEAR} (?:chair|chairman|chairmanship|presidency|host)",
        rf"\b(?:présidence|présidente?) (?:\w+ )?(?:de |du )(?:l'|l’|la )?(?:Conseil de (?:l'|l’)"
        rf")?{ORG}(?: pour)? {YEAR}\b(?!\s*[-–]\s*\d)",
        rf"\bNăm (?:Đoàn kết|Hữu nghị|Du lịch|giao lưu|Ngoại giao|Văn hóa|Chéo)[^.,;:]{{0,60}} "
        rf"{YEAR}",
        rf"\bannée (?:de la |de |de l'|d'|d’|du )?(?:solidarité|amitié|tourisme|croisée|culturelle)"
        rf"[^.,;:]{{0,60}} {YEAR}",
        rf"\bYear of [A-Z][^.,;:]{{0,50}} {YEAR}",
        rf"\b{YEAR} {ORG} (?:chair|chairman|chairmanship|chairperson|presidency|president|host)",
        rf"\b{ORG} (?:chair|chairman|chairmanship|chairperson|presidency|president|host)(?:ship)"
        rf"?(?: (?:in|for|of))? {YEAR}\b(?!\s*[-–]\s*\d)",
        rf"\b(?:chair|chairmanship|presidency|president|host) of (?:the )?{ORG}(?: (?:in|for))? "
        rf"{YEAR}\b(?!\s*[-–]\s*\d)",
    )
]
# "chúc mừng năm mới 2021": said in that January or February, or in the December before.
NEW_YEAR = re.compile(
    rf"(?:năm mới(?: [^\W\d_]+ [^\W\d_]+)?|Tết (?:Nguyên đán )?(?:\w+ \w+ )?|Nouvel An|"
    rf"nouvelle année|New Year|Lunar New "
    rf"Year)\s*{YEAR}",
    re.IGNORECASE,
)
# "(1973-2023)" beside an anniversary: it ends in the year that is being marked.
_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]|(?:\d{1,2}(?:er)? )?[^\W\d_]{3,9}\.? (?:\d{1,2}, )?)?"
ANNIVERSARY_SPAN = re.compile(
    rf"\(\s*(?:ngày )?{_DAY}(?P<a>(?:18|19|20)\d\d)\s*[-–—]\s*(?:ngày )?{_DAY}{YEAR}\s*\)"
)
ANNIVERSARY = re.compile(
    r"(?:kỷ niệm|kỉ niệm)[^.]{0,30}?(?P<vi>\d{1,3}) năm|(?P<fr>\d{1,3})\s?(?:e|ème|è) "
    r"anniversaire"
    r"|(?P<en>\d{1,3})(?:st|nd|rd|th) anniversary|(?P<n>\d{1,3}) (?:ans|years)",
    re.IGNORECASE,
)
# An anniversary that these words put ahead is not this year's.
TO_COME = re.compile(
    r"hướng (?:tới|đến)|tiến tới|trước thềm|sắp|chuẩn bị|\bsẽ\b|prépar|à l'approche|en vue d|"
    r"upcoming|toward|ahead of|run-up|lead-up|\bwill\b|\w(?:era|eront)\b",
    re.IGNORECASE,
)
# Words that make a year of office or celebration one to come, or one that is over.
NOT_NOW = re.compile(
    r"(?<!đang )(?:đảm nhận|đảm nhiệm|trở thành|ứng cử)|\blàm Chủ tịch|\bassum|"
    r"\bsẽ\b|chuẩn bị|sắp tới|hướng tới|tiến tới|\btới\b(?! nay)|trong tương lai|từng|đã hoàn "
    r"thành|thành công|"
    r"kết thúc|hoàn thành|nhiệm kỳ (?:trước|vừa)|\bđã\b|trước đó|"
    r"ủng hộ|hỗ trợ|trước thềm|đón chào|nâng cấp|đảm đương|tiếp nhận|"
    r"\w(?:era|eront|ira|iront|dra|dront)\b|souti|soutenu|soutenir|"
    r"\bsupport|ahead of|in the lead-up|run-up|\bto (?:mark|celebrate)|plan|"
    r"\bassumera|prendra|futur|prochaine?\b|à venir|préparati|a assumé|avait|lors de sa|réussi|"
    r"succès|ancien|"
    r"\bwill\b|upcoming|incoming|next|prepar|future|toward|successful|success|former|previous|"
    r"was\b|had\b|"
    r"served|took over|ran up|marked\b|celebrated\b|ont célébré|a marqué|célébrera|célébreront|"
    r"marquera",
    re.IGNORECASE,
)
PLAN = re.compile(
    r"\bsẽ\b|mục tiêu|tầm nhìn|kế hoạch|giai đoạn|chiến lược|nhiệm kỳ|phấn đấu|dự kiến|hướng tới|"
    r"cam kết|"
    r"\bobjectif|vision|horizon|stratégie|d'ici|d’ici|prévoi|prévu|plan\b|perspective|"
    r"orientations pour|"
    r"\btarget|goal|strategy|\bby 20\d\d|\bwill\b|aim|pledge|expected|scheduled|roadmap|agenda|"
    r"aur(?:a|ont) lieu|se tiendra|accueillera",
    re.IGNORECASE,
)
STATISTIC = re.compile(
    r"kim ngạch|thương mại|xuất khẩu|nhập khẩu|đầu tư|\bvốn\b|\bFDI\b|lượt khách|khách du lịch|"
    r"\bGDP\b|tăng trưởng|"
    r"\bđạt\b|tăng|giảm|ước|tỷ USD|triệu USD|"
    r"commerce|échanges|exportation|importation|investissement|atteint|hausse|baisse|chiffré|"
    r"milliards?|millions?|"
    r"s'élev|s’élev|trade|turnover|export|import|invest|reached|\brose\b|grew|growth|totall?ed|"
    r"amounted|"
    r"stood at|billion|million|up \d|down \d|arrivals",
    re.IGNORECASE,
)
# Words that call a date recent by themselves, close before it.
RECENT = re.compile(
    r"\bvừa (?:qua|rồi|được|diễn ra|kết thúc|tổ chức|ký|thăm)|mới đây|(?<!năm )(?<!gian )gần đây|"
    r"récemment|dernièrement|récente?s? (?:visite|rencontre|sommet|réunion)|"
    r"\brecently\b|\brecent (?:visit|meeting|summit|trip|talks|call)|(?:has|have) just\b",
    re.IGNORECASE,
)
# Words that tie the event to another encounter before it; they count in a sentence about it.
AFTER_ANOTHER = re.compile(
    r"tiếp nối|tiếp theo|(?<!năm )\bsau (?:khi|chuyến|cuộc|hội nghị)|"
    r"à la suite|dans la foulée|fait suite|"
    r"(?<!ans )(?<!années )(?:après|suit|suite à) (?:la|sa|leur|son|le|celle|celui)\b|"
    r"\bfollow(?:s|ing)\b|(?<!years )(?<!decades )\bafter (?:the|a|his|her|their)\b",
    re.IGNORECASE,
)
ENCOUNTER = re.compile(
    r"chuyến|cuộc (?:gặp|hội|điện|họp|tiếp)|hội (?:nghị|đàm|kiến)|\bvisite?\b|rencontre|entretien|"
    r"déplacement|sommet|réunion|\bcel(?:le|ui)\b|\btrip\b|meeting|talks|\bcall\b|summit|conference",
    re.IGNORECASE,
)
THIS_EVENT = re.compile(
    r"^\W*(?:đây là )?(?:chuyến (?:thăm|công du)|cuộc (?:gặp|họp|điện đàm|hội đàm|tiếp)|hội nghị|"
    r"(?:the|this) (?:\w+ )?(?:visit|meeting|trip|call|talks|summit|conference)|"
    r"(?:cette|la|ce|le|cet|l'|l’)\s*(?:visite|rencontre|réunion|entretien|déplacement|sommet|"
    r"conférence))\b",
    re.IGNORECASE,
)
HISTORY = re.compile(
    r"thành lập|thiết lập|ra đời|sinh (?:ngày|năm)|tốt nghiệp|chiến tranh|giải phóng|ký (?:kết )"
    r"?(?:hiệp định|hiệp ước)|"
    r"fond[ée]|établi|né (?:le|en)|guerre|signé (?:en|le)|founded|established|\bborn\b|graduated|"
    r"\bwar\b|since \d{4}|"
    r"signed in|lịch sử|anniversaire|anniversary|kỷ niệm",
    re.IGNORECASE,
)
MONTHS = re.compile(
    r"tháng|mois|month|quý|trimestre|quarter|semestre|half|^(?:de|d'|from|between|entre)\b",
    re.IGNORECASE,
)
COMPARED = re.compile(r"cùng k[ỳì]|(?:la )?même période|(?:the )?same period", re.IGNORECASE)
COMPARED_TO = re.compile(
    r"(?:so với|compared (?:to|with)|par rapport (?:à|au|aux)|contre|against|\bthan|\bfrom|"
    r"up on|over)(?:\s+(?:mức|số liệu|la|le|les|in|en|the|of))*"
    r"(?:[^,.;]{0,25}\b(?:in|en|trong))?\s*$",
    re.IGNORECASE,
)
UNTIL_NOW = re.compile(r"tính đến|lũy kế|luỹ kế|as of|jusqu", re.IGNORECASE)
COUNTED = re.compile(
    r"tính đến|lũy kế|luỹ kế|đến hết|hết tháng|as of|by the end of|à la date|à fin|fin ",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\bsẽ\b|dự kiến|kế hoạch|phấn đấu|mục tiêu|nhiệm vụ|d'ici|prévu|objectif|\bwill\b|\bplan|"
    r"target|expected",
    re.IGNORECASE,
)
