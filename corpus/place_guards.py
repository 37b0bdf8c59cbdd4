"""Rules that tell a country from the word or the person that looks like it.

Each rule takes the words around a hit and answers with a verdict: "sure", "weak" (counts only if
the same country is surely named elsewhere in the text) or "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.gazetteer import Name, personal
from corpus.words import (
    Word,
    gap,
    has_vietnamese_marks,
    is_shouted,
    is_space,
    is_vietnamese_syllable,
    starts_sentence,
)

Verdict = Literal["sure", "weak", "no"]


@dataclass(slots=True)
class Hit:
    """A name found in the words `first` … `last` (inclusive)."""

    first: int
    last: int
    name: Name


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split(";"))


# Vietnamese words before a lone "Anh", "Nga" …: kin terms make a person, "tiếng" a language.
_KIN = _set(
    "anh;chị;ông;bà;cô;chú;em;bác;bạn;thầy;cháu;bé;cụ;cậu;dì;mợ;thím;mẹ;bố;cha;vợ;chồng;nàng;chàng"
)
_LANGUAGE_BEFORE = _set("tiếng;chữ")
_NAME_AFTER = _set("ngữ;văn;kiều")
# The last two syllables of an office or a body: what follows is the country it belongs to.
_OFFICES = _set(
    "ngoại giao;ngoại trưởng;thủ tướng;tổng thống;đại sứ;sứ quán;lãnh sự;quốc phòng;quốc hội;"
    "bộ trưởng;thứ trưởng;chủ tịch;thượng viện;hạ viện;nghị viện;nghị sĩ;chính phủ;nội các;"
    "quân đội;hải quân;không quân;lục quân;hoàng gia;nữ hoàng;nhà vua;quốc vương;thái tử;công chúa;"
    "công an;nội vụ;tài chính;thương mại;kinh tế;tư pháp;y tế;giáo dục;nông nghiệp;lao động;"
    "trung ương;cộng sản;bảo thủ;dân chủ;cộng hòa;cộng hoà;hội đồng;ủy ban;liên bang;vương quốc;"
    "phát ngôn;phóng viên;công dân;người dân;nhân dân;doanh nghiệp;tập đoàn;công ty;truyền thông;"
    "báo chí;cơ quan;tình báo;an ninh;cảnh sát;tòa án;tối cao;phái đoàn;đoàn đại;tham tán;tùy viên;"
    "đại biện;đặc phái;phái viên;quốc vụ;vụ khanh;tổng bí;bí thư;tổng lãnh;thủ hiến;thống đốc;"
    "chuyên gia;học giả;giới chức;quan chức;lãnh đạo;ngân hàng;viện trợ;đại học;hội nghị;cựu tổng;"
    "chính quyền;đồng minh;binh sĩ;quân nhân;tàu chiến;thị trường;du khách;khách sạn;nhà nước;"
    "ngoại trưởng;bộ ngoại;tổng trưởng;ngoại thương;công nghệ;năng lượng;quan hệ;hợp tác;thượng đỉnh;cuộc chiến;xung đột;biên giới;hữu nghị;đối thoại;môi trường;giao thông;"
    "quốc gia;thủ đô;phó tổng;nhà ngoại;công thương;văn hóa;văn hoá;du lịch;nhà lãnh;liên minh"
)
_OFFICE_ENDS = _set(
    "tướng;trưởng;sứ;phủ;viện;quán;nước;phía;người;tại;với;của;và;giữa;từ;sang;thăm;đến;ở;cùng;về"
)
# Before or after a lone English or French place name, these show that no person is meant.
_NO_PERSON = _set(
    "the;in;and;of;for;with;from;to;at;by;on;between;both;against;as;but;when;while;if;after;before;"
    "le;la;les;l;en;au;aux;du;de;des;d;et;à;pour;avec;entre;dans;par;sur;chez;vers;contre;selon;"
    "president;prime;premier;minister;ministry;foreign;ambassador;embassy;king;queen;prince;"
    "government;parliament;army;military;police;party;deputy;vice;former;chancellor;secretary;"
    "state;republic;kingdom;federal;central;national;president's;defence;defense;team;news;"
    "président;ministre;ambassade;ambassadeur;roi;reine;gouvernement;république;royaume;"
    "monday;tuesday;wednesday;thursday;friday;saturday;sunday;"
    "january;february;march;april;may;june;july;august;september;october;november;december;"
    "dc;d.c;city;airport;summit;conference;group;visit;post;bộ;tổng;thủ;đại;chính;quốc;ngày;"
    "khi;tại;với;của;và;không;là;đã;sẽ;nước;vua;vương"
)
_TREATY = _set(
    "agreement;accord;accords;convention;conventions;treaty;statute;protocol;declaration;club;"
    "protocole;traité;statut;déclaration;university;université;school;stock;exchange;marathon;"
    "hilton;dakar;round;masters;times;post;principles;bridge;consensus;club;saint;fashion"
)
_US_STATE = _set("bang;atlanta;savannah;augusta;state;état;etat;l'état;tbilisi's")
_LEARNED = _set(
    "in;speak;speaks;spoke;speaking;into;fluent;learn;learns;learning;teach;teaches;from;study;studying"
)
_FRENCH_LEARNED = _set(
    "en;langue;parle;parler;parlent;parlant;parlait;apprendre;apprend;apprennent;enseigner"
)
_AFTER_LANGUAGE = _set(
    "language;languages;speaking;speaker;speakers;lessons;classes;translation;version;subtitles;toast;bulldog;muffin"
)
_FUNCTION = _set("and;or;to;with;as;at;on;for;but;et;ou;by;is;was;that;when;than")
_SHIPS = _set("USS;HMS;HMAS;INS;FS")  # ships are named after cities
# In a line of capitals these are words, not abbreviations.
_SHOUTED_WORDS = _set("us;un;who;au;eau;bad;quad;it;is;id;ca;eu")


def certain_context(text: str, found: list[Word], hit: Hit) -> bool:
    """Return whether the hit stands alone in brackets: "Đại học Oxford (Anh)"."""
    start, end = found[hit.first].start, found[hit.last].end
    return text[max(0, start - 1) : start] in ("(", "/") and text[end : end + 1] in (")", "/", ",")


def judge(
    text: str,
    found: list[Word],
    hit: Hit,
    neighbours: tuple[bool, bool],
    joined: bool,
    given_names: frozenset[str],
) -> Verdict:
    """Return the verdict on one hit.

    `neighbours` says whether the words left and right belong to other hits, `joined` whether a
    dash or "và" ties the hit to another place, `given_names` the last syllables (folded) of the
    Vietnamese people the text names.
    """
    name = hit.name
    if name.compound:
        return _judge_compound(text, found, hit, neighbours, joined)
    if name.acronym and name.folds[0] in _SHOUTED_WORDS and len(name.folds) == 1:
        word = found[hit.first]
        if is_shouted(text, word.start, word.end) and "." not in text[word.start : word.end + 1]:
            return "sure" if joined else "no"
    if name.form == "adjective":
        verdict = _judge_adjective(text, found, hit)
        if verdict != "sure":
            return verdict
    if name.doubtful and name.language == "vi":
        return _judge_vietnamese(text, found, hit, neighbours, joined, given_names)
    if len(name.folds) == 1:
        return _judge_person(text, found, hit, neighbours, joined)
    return "sure"


def _side(text: str, found: list[Word], hit: Hit) -> tuple[Word | None, Word | None]:
    """Return the words that stand directly beside the hit with only a space between."""
    left = found[hit.first - 1] if hit.first else None
    right = found[hit.last + 1] if hit.last + 1 < len(found) else None
    if left is not None and not is_space(gap(text, left, found[hit.first])):
        left = None
    if right is not None and not is_space(gap(text, found[hit.last], right)):
        right = None
    return left, right


def _judge_compound(
    text: str, found: list[Word], hit: Hit, neighbours: tuple[bool, bool], joined: bool
) -> Verdict:
    left, _ = _side(text, found, hit)
    if not joined:
        return "no"
    if hit.name.language == "vi" and left is not None and not neighbours[0]:
        lower = left.text.lower()
        if lower in ("miền", "khu") or (left.capital and lower not in _OFFICE_ENDS):
            office = (
                hit.first > 1 and f"{found[hit.first - 2].text} {left.text}".lower() in _OFFICES
            )
            return "sure" if office else "no"
    return "sure"


def _judge_adjective(text: str, found: list[Word], hit: Hit) -> Verdict:
    before = found[hit.first - 1] if hit.first else None
    after = found[hit.last + 1] if hit.last + 1 < len(found) else None
    if hit.name.language == "fr":
        if before is not None and before.text.lower() in _FRENCH_LEARNED:
            if gap(text, before, found[hit.first]).strip():
                return "sure"
            return "no"
        return "sure"
    if after is not None and after.fold in _AFTER_LANGUAGE:
        return "no"
    if before is not None and before.fold in _LEARNED and hit.name.letters > 3:
        between = gap(text, found[hit.last], after) if after is not None else "."
        if after is None or not is_space(between) or after.fold in _FUNCTION:
            return "no"
    if hit.name.doubtful and starts_sentence(text, found[hit.first].start):
        return "weak"
    return "sure"


def _judge_person(
    text: str, found: list[Word], hit: Hit, neighbours: tuple[bool, bool], joined: bool
) -> Verdict:
    """Judge a one-word name that may be somebody's, or part of a treaty's or a firm's name."""
    fold = hit.name.folds[0]
    word = found[hit.first]
    given, surname = fold in personal("given"), fold in personal("surnames")
    capital = hit.name.form == "capital"
    if not (given or surname or capital) or joined:
        return "sure"
    left, right = _side(text, found, hit)
    if capital and _names_treaty(text, found, hit, right):
        return "no"
    if fold == "georgia" and hit.first and found[hit.first - 1].fold in _US_STATE:
        return "no"
    if is_shouted(text, word.start, word.end):
        return "sure"
    verdict: Verdict = "sure"
    if (surname or capital) and left is not None and left.capital and not neighbours[0]:
        opens = starts_sentence(text, left.start) and left.fold in _NO_PERSON
        short = left.text.isupper() and left.text not in _SHIPS
        if not opens and left.text.lower() not in _NO_PERSON and not short:
            verdict = "no"
    if given and right is not None and right.capital and not neighbours[1]:
        lower = right.text.lower()
        if lower not in _NO_PERSON and not right.text.isupper() and not right.text.isdigit():
            verdict = "no"
    if verdict == "no" and _title_case(text, word.start, word.end):
        return "weak"
    return verdict


def _names_treaty(text: str, found: list[Word], hit: Hit, right: Word | None) -> bool:
    if right is not None and right.capital and right.fold in _TREATY:
        return True
    back = [found[i] for i in range(max(0, hit.first - 2), hit.first)]
    before = [word.text.lower() for word in back]
    if before and before[-1] in ("de", "of") and before[0] in _TREATY and back[0].capital:
        return True
    return bool(before) and (
        " ".join(before) in ("hiệp định", "thỏa thuận", "thoả thuận", "công ước", "nghị định")
        or before[-1] in ("thư", "marathon")
    )


def _title_case(text: str, start: int, end: int) -> bool:
    """Return whether the line is a headline with a capital on nearly every long word."""
    left = text.rfind("\n", max(0, start - 200), start) + 1
    right = text.find("\n", end, end + 200)
    line = text[max(left, start - 200) : right if right >= 0 else end + 200]
    long_words = [word for word in line.split() if len(word) > 4 and word[0].isalpha()]
    return len(long_words) >= 4 and all(word[0].isupper() for word in long_words)


def _judge_vietnamese(
    text: str,
    found: list[Word],
    hit: Hit,
    neighbours: tuple[bool, bool],
    joined: bool,
    given_names: frozenset[str],
) -> Verdict:
    left, right = _side(text, found, hit)
    before = left.text.lower() if left is not None else ""
    after = right.text.lower() if right is not None else ""
    if before in _LANGUAGE_BEFORE or (before in _KIN and len(hit.name.folds) == 1):
        return "no"
    if after in _NAME_AFTER and right is not None and not right.capital:
        return "no"
    if certain_context(text, found, hit):
        return "sure"
    previous = found[hit.first - 2].text.lower() if hit.first > 1 else ""
    office = f"{previous} {before}" in _OFFICES or (
        left is not None and left.text.isupper() and len(left.text) > 1
    )
    word = found[hit.first]
    if is_shouted(text, word.start, word.end):
        return "sure" if joined or f"{previous} {before}" in _OFFICES else "weak"
    if left is not None and left.capital and not neighbours[0] and not office:
        if starts_sentence(text, left.start) and before in _OFFICE_ENDS:
            return "sure"  # "Với Nga, …", "Phía Anh …"
        return "no"
    if joined:
        return "sure"
    if right is not None and right.capital and not neighbours[1]:
        verdict = _foreign_name_follows(right, office, starts_sentence(text, word.start))
        if verdict != "sure":
            return verdict
    if office:
        return "sure"
    if starts_sentence(text, word.start):
        return "weak"
    if hit.name.folds[0] in given_names:
        return "weak"
    return "sure"


def _foreign_name_follows(right: Word, office: bool, opens: bool) -> Verdict:
    """Judge by the capitalised word after: a Vietnamese syllable goes on a Vietnamese name."""
    if has_vietnamese_marks(right.text):
        return "no"
    if is_vietnamese_syllable(right.text):
        return "sure" if office else "no"
    return "weak" if opens and not office else "sure"


def given_names(text: str, found: list[Word], surnames: frozenset[str]) -> frozenset[str]:
    """Return the folded last syllables of the Vietnamese names in the text ("Nguyễn Phương Nga")."""
    out: set[str] = set()
    index, count = 0, len(found)
    while index < count:
        word = found[index]
        if word.fold in surnames and word.capital:
            end = index
            while (
                end + 1 < count
                and end - index < 4
                and found[end + 1].capital
                and is_space(gap(text, found[end], found[end + 1]))
                and is_vietnamese_syllable(found[end + 1].text)
            ):
                end += 1
            if end > index:
                out.add(found[end].fold)
                index = end
        index += 1
    return frozenset(out)
