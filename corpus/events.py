"""When the reported meeting, call or visit took place.

The event's day stands as a rule in the lead. `find_event` takes the first day that a sentence
gives to a meeting, call, visit and the like, leaves out days of history, and settles the year:
from the words, from the publication date, or from what the text itself says about its year
(`corpus.dates.year_evidence`). A year that nothing settles stays unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

import yaml

from corpus.article import Event, EventKind, Span, YearBasis
from corpus.dates import DateMention, find_dates
from corpus.dates.year_evidence import infer_year

_STRONG: tuple[EventKind, ...] = ("call", "meeting", "visit", "online-meeting", "agreement")
_LEAD = 12  # sentences in which an event's day is looked for
_LONGEST = 21  # days a visit or conference lasts at most
_OLDEST = 45  # days between an event and the report of it, at most


@dataclass(frozen=True, slots=True)
class KindMention:
    """Words that name a kind of event: `span` is in characters of the text searched."""

    kind: EventKind
    span: Span


@cache
def kind_terms() -> dict[EventKind, dict[str, list[str]]]:
    """Kind → language → terms, as `corpus/data/event_kinds.yaml` lists them."""
    source = files("corpus").joinpath("data/event_kinds.yaml").read_text(encoding="utf-8")
    raw = yaml.safe_load(source)
    return {kind: raw[kind] for kind in get_args(EventKind)}


_WORD = re.compile(r"[^\W_]+(?:['’](?=[^\W_]))?")


def _words(text: str) -> list[tuple[str, int, int]]:
    return [
        (match.group().lower().replace("’", "'"), match.start(), match.end())
        for match in _WORD.finditer(text)
    ]


@cache
def _terms_by_first_word() -> dict[str, list[tuple[tuple[str, ...], EventKind]]]:
    found: dict[str, list[tuple[tuple[str, ...], EventKind]]] = {}
    for kind, languages in kind_terms().items():
        for term in (term for terms in languages.values() for term in terms):
            words = tuple(word for word, _, _ in _words(term))
            found.setdefault(words[0], []).append((words, kind))
            if len(words) > 1:
                # Line breaks lost in extraction glue words together.
                glued = "".join(words)
                found.setdefault(glued, []).append(((glued,), kind))
    for options in found.values():
        options.sort(key=lambda option: -len(option[0]))
    return found


def kinds_in(text: str) -> list[KindMention]:
    """The words in a text that name a kind of event, in order; the longest term wins."""
    words, terms = _words(text), _terms_by_first_word()
    found: list[KindMention] = []
    index = 0
    while index < len(words):
        for parts, kind in terms.get(words[index][0], ()):
            window = words[index : index + len(parts)]
            if tuple(word for word, _, _ in window) == parts:
                found.append(KindMention(kind, Span(window[0][1], window[-1][2])))
                index += len(parts)
                break
        else:
            index += 1
    return found


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its dates and kinds; spans count from the start of the whole text."""

    index: int
    start: int
    text: str
    dates: list[DateMention]
    kinds: list[KindMention]

    def before(self, mention: DateMention, width: int = 60) -> str:
        at = mention.start_char - self.start
        return self.text[max(0, at - width) : at]

    def after(self, mention: DateMention, width: int = 60) -> str:
        at = mention.end_char - self.start
        return self.text[at : at + width]


_TEASERS = re.compile(
    r"^[ \t]*(?:voir plus|voir aussi|à lire aussi|sur le même sujet|lire aussi|xem thêm|tin liên quan"
    r"|tin cùng chuyên mục|bài liên quan|đọc thêm|tin khác|read more|related (?:news|articles?|stories)"
    r"|see also|more on this|you may also like)[ \t:]*$",
    re.IGNORECASE | re.MULTILINE,
)


def find_event(
    text: str,
    sentences: Sequence[Span],
    *,
    title: str | None,
    language: str,
    published: dt.date | None,
) -> Event | None:
    """The date and kind of the event an article reports, or None where it gives no date.

    `sentences` are spans of `text`; `date_words` and `year_words` of the result are too. With
    `published`, dates without a year and words such as "yesterday" count from it. Raises
    nothing; an unknown year gives precision ``day-unknown-year``.
    """
    cut = _TEASERS.search(text, len(text) // 5)
    end = cut.start() if cut else len(text)
    kept = [span for span in sentences if span.start < end and span.end <= len(text)]
    if not kept:
        return None
    lead = _sentences(text, kept[: _LEAD * 2], language, published, "past")
    chosen = _choose(lead, published)
    if chosen is None:
        return _longer_event(lead, published)
    sentence, mention = chosen
    announced = looks_ahead(sentence.text, mention, sentence.start)
    kind = _kind(lead, sentence, mention, title)
    words = Span(mention.start_char, mention.end_char)
    if mention.start is not None and mention.end is not None:
        basis: YearBasis = "published" if mention.partial or mention.relative else "stated"
        start, last = mention.start, mention.end
        if basis == "published" and announced and published is not None:
            start, last = _ahead(text, mention, language, published) or (start, last)
        announced = announced and (published is None or start > published)
        return _event(start, last, basis, kind, announced, words, None)
    return _without_year(text, kept, sentence, mention, kind, announced, words, language)


def _event(
    start: dt.date,
    end: dt.date,
    basis: YearBasis,
    kind: EventKind,
    announced: bool,
    words: Span,
    year_words: Span | None,
) -> Event:
    last = end - dt.timedelta(days=1)
    return Event(
        start.isoformat(), last.isoformat(), "day", basis, kind, announced, words, year_words
    )


def _without_year(
    text: str,
    kept: Sequence[Span],
    sentence: _Sentence,
    mention: DateMention,
    kind: EventKind,
    announced: bool,
    words: Span,
    language: str,
) -> Event | None:
    """The event on a day whose year only the rest of the text can tell, if anything."""
    if mention.month is None or mention.day is None:
        return None
    evidence = infer_year(
        text,
        [(span.start, span.end) for span in kept],
        language,
        month=mention.month,
        day=mention.day,
        announced=announced,
    )
    last_month = mention.end_month or mention.month
    last_day = mention.end_day or mention.day
    if evidence is not None:
        year, begin, stop = evidence
        try:
            start = dt.date(year, mention.month, mention.day)
            last = dt.date(year + (last_month < mention.month), last_month, last_day)
        except ValueError:
            pass
        else:
            after = last + dt.timedelta(days=1)
            return _event(start, after, "inferred", kind, announced, words, Span(begin, stop))
    del sentence
    return Event(
        f"--{mention.month:02}-{mention.day:02}",
        f"--{last_month:02}-{last_day:02}",
        "day-unknown-year",
        None,
        kind,
        announced,
        words,
    )


def _sentences(
    text: str,
    spans: Sequence[Span],
    language: str,
    published: dt.date | None,
    prefer: str,
) -> list[_Sentence]:
    found = []
    end = max(span.end for span in spans)
    dates = find_dates(text[:end], language, published, "past" if prefer == "past" else "future")
    for index, span in enumerate(spans):
        own = text[span.start : span.end]
        found.append(
            _Sentence(
                index,
                span.start,
                own,
                [date for date in dates if span.start <= date.start_char < span.end],
                [
                    KindMention(
                        kind.kind, Span(kind.span.start + span.start, kind.span.end + span.start)
                    )
                    for kind in kinds_in(own)
                ],
            )
        )
    return found


# --- Which day ------------------------------------------------------------------------------

_HISTORY = re.compile(
    r"kỷ niệm|kỉ niệm|thành lập|ra đời|sinh (?:ngày|năm)|sinh vào|quốc khánh|có hiệu lực|lịch sử|"
    r"thiết lập quan hệ|giải phóng|mất ngày|qua đời|từ trần|hết hạn|hạn chót|thời hạn|"
    r"anniversaire|fond[ée]|créé|naissance|\bnée? le|fête nationale|entrée? en vigueur|échéance|"
    r"établissement des relations|décédé|anniversary|founded|established|\bborn\b|national day|"
    r"deadline|took effect|entered into force|came into force|independence day|died on|commemorat",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"^\W*(?:trước đó|trước đây|cùng ngày năm|auparavant|précédemment|plus tôt|earlier|previously|"
    r"before that|formerly|in the past|le mois dernier|last (?:month|year)|năm ngoái|tháng trước)\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"(?:tiếp nối|tiếp theo|sau (?:khi|chuyến|cuộc|hội|lần)|kể từ|từ sau|trong chuyến thăm|following|after|"
    r"since|à la suite|après|depuis|suite à|lors de (?:la|sa|leur) (?:précédente|dernière)|"
    r"tại cuộc (?:gặp|họp|hội đàm) trước|theo (?:thỏa thuận|nghị quyết|quyết định|kế hoạch))[^.;]*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:tính đến|cho đến|đến hết|đến|hạn|trước|muộn nhất|jusqu'au|jusqu’au|avant le|au plus tard le|d'ici le|"
    r"until|before|by|as of|up to|no later than|dated|en date du)\s*(?:ngày|the)?\s*$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:said|announced|told [\w ]{1,20}|reported|cho biết|thông báo|đưa tin|đăng tải|a annoncé|"
    r"a déclaré|a indiqué|a fait savoir|announcement|confirmed)\s*(?:on|late on|ngày|hôm|vào|le|ce)?\s*$",
    re.IGNORECASE,
)


def _is_day(mention: DateMention) -> bool:
    if mention.grain != "day" or mention.open in ("since", "before", "after", "until"):
        return False
    if mention.start is not None and mention.end is not None:
        return (mention.end - mention.start).days <= _LONGEST
    return mention.month is not None and mention.day is not None


def _eligible(sentence: _Sentence, mention: DateMention, published: dt.date | None) -> bool:
    """False for days of history, deadlines and what lies too far from the publication."""
    if not _is_day(mention):
        return False
    before = sentence.before(mention)
    clause = re.split(r"[;:(]|, (?=et |and |và )", before)[-1]
    if _HISTORY.search(clause[-45:]) or _COUNTED.search(before):
        return False
    if re.match(r"\W{0,3}(?:19|20)\d\d", sentence.after(mention)):
        return False
    if mention.start is None or published is None:
        return True
    distance = (published - mention.start).days
    return -400 <= distance <= _OLDEST or mention.partial and not mention.relative


def _choose(
    lead: Sequence[_Sentence], published: dt.date | None
) -> tuple[_Sentence, DateMention] | None:
    """The first day that is given to an event; the sentence with the better words wins."""
    best: tuple[float, _Sentence, DateMention] | None = None
    for sentence in lead[:_LEAD]:
        if _EARLIER.match(sentence.text):
            continue
        for order, mention in enumerate(sentence.dates):
            if not _eligible(sentence, mention, published):
                continue
            score = 10.0 - sentence.index - order * 0.3
            kinds = {found.kind for found in sentence.kinds}
            if kinds & set(_STRONG):
                score += 4
            elif kinds:
                score += 2
            elif sentence.index > 2:
                continue
            if sentence.index > 4 and not kinds & set(_STRONG):
                continue
            if mention.start_char - sentence.start < 60:
                score += 1
            if _FOLLOWING.search(sentence.before(mention, 90)):
                score -= 6
            if _SAID.search(sentence.before(mention, 40)) and len(sentence.dates) > 1:
                score -= 1.5
            if mention.relative and published is None:
                continue
            if best is None or score > best[0]:
                best = (score, sentence, mention)
    if best is None or best[0] < 0:
        return None
    return best[1], best[2]


def _longer_event(lead: Sequence[_Sentence], published: dt.date | None) -> Event | None:
    """An event of which only month or year is said, in a lead sentence that names its kind."""
    for sentence in lead[:3]:
        kinds = [found for found in sentence.kinds if found.kind in _STRONG]
        if not kinds or _EARLIER.match(sentence.text):
            continue
        for mention in sentence.dates:
            if mention.grain not in ("month", "year") or mention.open or mention.start is None:
                continue
            if mention.end is None or _HISTORY.search(sentence.text) or mention.relative:
                continue
            if _FOLLOWING.search(sentence.before(mention, 90)) or _PLANS.search(sentence.text):
                continue
            if mention.partial and published is None:
                continue
            close = min(
                min(abs(mention.start_char - k.span.end), abs(k.span.start - mention.end_char))
                for k in kinds
            )
            length = (mention.end - mention.start).days
            if close > 40 or length not in (28, 29, 30, 31, 365, 366):
                continue
            if published is not None and not (
                -400 < (published - mention.start).days < (90 if length < 40 else 400)
            ):
                continue
            last = mention.end - dt.timedelta(days=1)
            return Event(
                mention.start.isoformat(),
                last.isoformat(),
                "month" if length < 40 else "year",
                "published" if mention.partial else "stated",
                kinds[0].kind,
                looks_ahead(sentence.text, mention, sentence.start),
                Span(mention.start_char, mention.end_char),
            )
    return None


_PLANS = re.compile(
    r"giai đoạn|tầm nhìn|kế hoạch|mục tiêu|chiến lược|kim ngạch|đạt|tăng|vision|objectif|plan |"
    r"target|strategy|goal|turnover|atteint",
    re.IGNORECASE,
)


# --- Ahead or done, and what kind -----------------------------------------------------------

_FUTURE = re.compile(
    r"\bsẽ\b(?: \S+){0,4}? (?:thăm|diễn ra|tổ chức|chuyến|hội đàm|gặp|dự|đến|tiến hành|bắt đầu|họp|sang|"
    r"công du|điện đàm|ký|tiếp|chủ trì|đồng chủ trì|khai mạc)\b|dự kiến|theo kế hoạch|chuẩn bị (?:thăm|sang)|"
    r"sắp (?:thăm|diễn ra|sang|tới thăm)|"
    r"se rendr(?:a|ont)|effectuer(?:a|ont)|aur(?:a|ont) lieu|attendue?s?\b|prévue?s?\b|se tiendr(?:a|ont)|"
    r"rencontrer(?:a|ont)\b|recevr(?:a|ont)|visiter(?:a|ont)|doit se rendre|devrait|participer(?:a|ont)|"
    r"accueiller(?:a|ont)|se réunir(?:a|ont)|s'entretiendr|arriver(?:a|ont)|signer(?:a|ont)|présider(?:a|ont)|"
    r"\bwill (?:\w+ ){0,2}?(?:visit|meet|hold|travel|pay|attend|host|be held|take place|arrive|sign|receive|begin|"
    r"kick off|make|be|go|welcome|open|start|address|co-chair|chair)\b|scheduled|is set to|are set to|due to|"
    r"(?:is|are) expected|(?:is|are) to (?:visit|meet|hold|travel|attend)|plans? to|planned for|slated|upcoming",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:đã|vừa|cho biết|khẳng định|nhất trí|nhấn mạnh|thông báo|bày tỏ)\b|"
    r"\ba (?:\w+é|reçu|tenu|dit)\b|\bont (?:\w+é|eu)\b|s'est|se sont|"
    r"\b(?:met|held|visited|received|agreed|told|spoke|discussed|signed|that)\b",
    re.IGNORECASE,
)


def looks_ahead(sentence: str, mention: DateMention, offset: int = 0) -> bool:
    """True where the words around a date announce it: "sẽ thăm", "se rendra", "will visit".

    `sentence` starts at `offset` of the text that the mention's characters count from.
    """
    start, end = mention.start_char - offset, mention.end_char - offset
    for cue in _FUTURE.finditer(sentence):
        if cue.end() <= start:
            between = sentence[cue.end() : start]
        elif cue.start() >= end:
            between = sentence[end : cue.start()]
        else:
            between = ""
        if len(between) <= 160 and not _DONE.search(between):
            return True
    return False


def _ahead(
    text: str, mention: DateMention, language: str, published: dt.date
) -> tuple[dt.date, dt.date] | None:
    """The announced day: the nearest one not before the publication."""
    end = min(len(text), mention.end_char + 40)
    for date in find_dates(text[:end], language, published, "future"):
        if date.start_char == mention.start_char and date.start and date.end:
            return date.start, date.end
    return None


_ASIDE = re.compile(
    r"(?:nhân|nhân dịp|trong khuôn khổ|trong|đang|trước thềm|sau|lors de|à l'occasion de|dans le cadre de|"
    r"pendant|during|on the occasion of|within the framework of|as part of|ahead of|who is|en|currently)"
    r"(?:\s+(?:sa|la|une|leur|his|her|a|the|có|thềm))?\s*$",
    re.IGNORECASE,
)


def _kind(
    lead: Sequence[_Sentence], sentence: _Sentence, mention: DateMention, title: str | None
) -> EventKind:
    """The kind named with the date; else beside the same date, in the title, or nearby."""
    found = _best_kind(sentence.kinds, sentence, mention)
    if found in _STRONG:
        return found
    same = [
        other
        for other in lead
        if other.index != sentence.index
        and any((d.month, d.day, d.start) == (mention.month, mention.day, mention.start) for d in other.dates)
    ]
    near = [other for other in lead if 0 < abs(other.index - sentence.index) <= 3]
    for other in same:
        kind = _best_kind(other.kinds, other, None)
        if kind in _STRONG:
            return kind
    if title:
        kinds = [kind.kind for kind in kinds_in(title) if kind.kind in _STRONG]
        if kinds:
            return kinds[0]
    if found == "statement":
        return found
    for other in near:
        kind = _best_kind(other.kinds, other, None)
        if kind in _STRONG:
            return kind
    return found or "other"


def _best_kind(
    kinds: Sequence[KindMention], sentence: _Sentence, mention: DateMention | None
) -> EventKind | None:
    """Calls and online meetings say so; else the first main word, asides ("en visite") last."""
    for special in ("call", "online-meeting"):
        if any(kind.kind == special for kind in kinds):
            return special
    main, asides, weak = [], [], []
    for kind in kinds:
        head = sentence.text[: kind.span.start - sentence.start]
        if kind.kind not in _STRONG:
            weak.append(kind)
        elif kind.kind == "visit" and _ASIDE.search(head):
            asides.append(kind)
        else:
            main.append(kind)
    del mention
    for group in (main, asides):
        if group:
            return group[0].kind
    if not weak:
        return None
    return min(weak, key=lambda kind: kind.kind != "statement").kind
