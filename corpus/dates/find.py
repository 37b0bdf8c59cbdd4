"""Find the dates in a text: read tokens, apply the language's rules, give each date its days."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from corpus.dates import en, en_words, fr, fr_words, vi, vi_words
from corpus.dates.builders import TERM_KINDS
from corpus.dates.mention import DateMention, Prefer
from corpus.dates.spans import Interval
from corpus.dates.term import Term, fixed
from corpus.dates.tokens import Lexicon, Rule, Token, read, rewrite

# Rules never look further than a line, so a text is worked off in pieces of whole lines.
_PIECE = 20_000


def find_dates(
    text: str,
    language: str | None = None,
    reference: dt.date | None = None,
    prefer: Prefer = "past",
) -> list[DateMention]:
    """The dates named in a text, in order, none overlapping another.

    `language` is ``vi``, ``fr`` or ``en``; None (or a language without rules of its own) tries
    all three. `reference` is the day (or instant) that "yesterday" counts from; with it, dates
    without a year are resolved to the nearest one on the side that `prefer` names. Without it
    they keep `start` and `end` None. Raises nothing, whatever the text.
    """
    day = reference.date() if isinstance(reference, dt.datetime) else reference
    plain, offsets = _composed(text)
    found: list[DateMention] = []
    for start, piece in _pieces(plain):
        for mention in _in_piece(piece, language, day, prefer):
            begin, end = mention[0] + start, mention[1] + start
            if offsets is not None:
                begin, end = offsets[begin], offsets[end]
            found.append(_mention(text, begin, end, mention[2], mention[3]))
    return found


Found = tuple[int, int, Term, Interval | None]


def _composed(text: str) -> tuple[str, list[int] | None]:
    """The text in composed form (NFC), with the original offset of every character."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    parts: list[str] = []
    offsets: list[int] = []
    for match in re.finditer(r"(?s).[̀-ͯ]*", text):
        part = unicodedata.normalize("NFC", match.group())
        parts.append(part)
        offsets += [match.start()] * len(part)
    offsets.append(len(text))
    return "".join(parts), offsets


def _pieces(text: str) -> list[tuple[int, str]]:
    pieces, start = [], 0
    while start < len(text):
        end = start + _PIECE
        if end < len(text):
            cut = text.rfind("\n", start, end)
            if cut <= start:
                cut = text.rfind(" ", start, end)
            end = cut + 1 if cut > start else end
        pieces.append((start, text[start:end]))
        start = end
    return pieces


_LANGUAGES: dict[str, tuple[Lexicon, Sequence[Rule]]] = {
    "vi": (vi_words.LEXICON, vi.RULES),
    "fr": (fr_words.LEXICON, fr.RULES),
    "en": (en_words.LEXICON, en.RULES),
}
_VIETNAMESE = re.compile(r"[ăắằẳẵặâấầẩẫậđêếềểễệôốồổỗộơớờởỡợưứừửữựạảẹẻẽịỉĩọỏụủũỵỷỹ]", re.IGNORECASE)
_HINTS = {
    "fr": re.compile(r"\b(?:le|la|les|du|des|au|aux|et|en|une?|est|pour|dans|qui|de)\b", re.I),
    "en": re.compile(r"\b(?:the|of|in|on|and|to|is|was|for|at|with|that|from)\b", re.I),
    "vi": re.compile(r"\b(?:ngay|thang|nam|quy|tuan|va|cua|trong|tu|den|hom|nhung|cac)\b", re.I),
}


# What another language than the main one must show before its rules are tried at all.
_MARKS = {
    "fr": re.compile(
        r"\b(?:janv|f[ée]vr|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c|trim|sem|ann[ée]e)",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|q[1-4]|h[12]|quarter|half|days?|"
        r"weeks?|months?|years?)",
        re.I,
    ),
    "vi": re.compile(r"\b(?:ng[aà]y|th[aá]ng|n[aă]m|qu[yýí]|tu[aâầ]n|th[uứ])\b", re.I),
}


def _main_language(text: str) -> str:
    """The likeliest of the three languages, from letters and small words."""
    sample = text[:5000]
    if len(_VIETNAMESE.findall(sample)) * 25 > len(sample):
        return "vi"
    counts = {name: len(hint.findall(sample)) for name, hint in _HINTS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else "vi"


def _in_piece(
    piece: str, language: str | None, reference: dt.date | None, prefer: Prefer
) -> list[Found]:
    if language in _LANGUAGES:
        return _in_language(piece, language, reference, prefer)
    main = _main_language(piece)
    candidates = []
    for name in (main, *(other for other in _LANGUAGES if other != main)):
        if name != main and not _MARKS[name].search(piece):
            continue
        for found in _in_language(piece, name, reference, prefer):
            words = piece[found[0] : found[1]]
            # Another language's date must show it: "mai" in Vietnamese is no month.
            if name == main or (
                any(c.isdigit() for c in words) and any(c.isalpha() for c in words)
            ):
                candidates.append((name != main, found))
    candidates.sort(key=lambda item: (item[1][0] - item[1][1], item[0]))
    kept: list[Found] = []
    taken: set[int] = set()
    for _, found in candidates:
        cells = range(found[0], found[1])
        if not any(cell in taken for cell in cells):
            kept.append(found)
            taken.update(cells)
    return sorted(kept, key=lambda found: found[0])


def _in_language(
    piece: str, language: str, reference: dt.date | None, prefer: Prefer
) -> list[Found]:
    lexicon, rules = _LANGUAGES[language]
    if language == "vi" and not _VIETNAMESE.search(piece):
        lexicon = vi_words.TYPED_LEXICON
    tokens = rewrite(read(piece, lexicon), rules, piece)
    _share_year(tokens)
    found: list[Found] = []
    for index, token in enumerate(tokens):
        if token.kind == "Same":
            token.value = _same_period(token.value, tokens[max(0, index - 60) : index], found)
        elif token.kind not in TERM_KINDS:
            continue
        term: Term = token.value
        if found and (
            _SAME_YEAR.match(piece, token.end) or _SAME_YEAR.search(piece, token.start, token.end)
        ):
            term = _in_same_year(term, found[-1][3])
        if reference is None and term.known is not None:
            term = term.known
        interval = term.resolve(reference, prefer)
        if interval is None and term.yearly is None and not _says_something(term):
            continue
        if interval is not None and interval[0] >= interval[1]:
            continue
        found.append((token.start, token.end, term, interval))
    return found


_SAME_YEAR = re.compile(
    r"\s*(?:(?:of|in) )?(?:the same|that) year|\s*(?:de )?(?:la )?même année|\s*(?:của )?cùng năm",
    re.IGNORECASE,
)


def _in_same_year(term: Term, before: Interval | None) -> Term:
    """ "11 April 2023 and 20 December of the same year": the second in the year of the first."""
    yearly = term if term.yearly is not None else term.known
    if yearly is None or yearly.yearly is None:
        return term
    interval = yearly.in_year(before[0].year) if before is not None else None
    return yearly if interval is None else fixed(yearly.grain, interval)


def _share_year(tokens: list[Token]) -> None:
    """ "March and April 2021": the year that closes a pair serves both."""
    for index in range(len(tokens) - 3, -1, -1):
        first, sign, second = tokens[index : index + 3]
        if sign.kind != "and" or first.kind != second.kind or first.kind not in TERM_KINDS:
            continue
        earlier, later = first.value, second.value
        if earlier.yearly is None or later.fixed is None or later.open is not None:
            continue
        interval = earlier.in_year(later.fixed[0].year)
        if interval is not None and interval[0] <= later.fixed[0]:
            first.value = replace(earlier, yearly=None, fixed=interval, partial=False)


def _says_something(term: Term) -> bool:
    return term.weekday is not None


def _same_period(year: Term, before: list[Token], found: list[Found]) -> Term:
    """ "the same period of 2020": the span named before it in the sentence, in that year."""
    if found:
        last = found[-1][2]
        period = found[-1][3]
        gap = [t for t in before if t.start >= found[-1][1]]
        whole = period is not None and (period[1] - period[0]).days >= 360
        near = len(gap) < 60 and all(t.kind not in ("line", "stop", "dot") for t in gap)
        if period is not None and near and not whole and last.yearly is None:
            target = year.fixed[0].year if year.fixed is not None else period[0].year - 1
            try:
                shift = target - period[0].year
                start = period[0].replace(year=target)
                end = period[1].replace(year=period[1].year + shift)
            except ValueError:
                return year
            return Term(last.grain, fixed=(start, end))
    return year


def _mention(text: str, start: int, end: int, term: Term, interval: Interval | None) -> DateMention:
    month = day = end_month = end_day = None
    if interval is None and term.yearly is not None:
        sample = term.example()
        if sample is not None:
            month = sample[0].month
            last = sample[1] - dt.timedelta(days=1)
            whole_months = sample[0].day == sample[1].day == 1
            if not whole_months:
                day = sample[0].day
                if last != sample[0]:
                    end_month, end_day = last.month, last.day
            elif (last.year, last.month) != (sample[0].year, sample[0].month):
                end_month = last.month
    return DateMention(
        text=text[start:end],
        start_char=start,
        end_char=end,
        start=interval[0] if interval else None,
        end=interval[1] if interval else None,
        grain=term.grain,
        partial=term.partial,
        relative=term.relative is not None,
        open=term.open,
        month=month,
        day=day,
        end_month=end_month,
        end_day=end_day,
    )
