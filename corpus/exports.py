"""Take a file that holds many articles apart, before anything in it is dated.

Monitoring services export articles one behind the other. What is trusted, in this order: heads
that are numbered ("Document 3 of 25"), header blocks that repeat ("Title: … Date: …"), words that
close an article, and rules or page breaks where each part has a head of its own. A file that holds
several articles and none of these is refused: one date for all of it would be wrong for most.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus import export_marks as marks
from corpus.errors import SourceError
from corpus.export_heads import Head, head_of, is_prose, prose

_BRIEF = 60
"""Characters of sentences from which a part is an article, where its head says that one begins."""

_STORY = 200
"""As `_BRIEF`, where only a rule or a date says so: a teaser has less."""

_LARGEST = 2_000_000
"""Characters of a text that may be a single article; a larger one is refused anyway."""

_REGULAR = 3
"""So many parts with heads are no chance, be they short or of one day."""

_MAIN = frozenset({"title", "published", "outlet", "url"})

Lines = Sequence[str]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """One article of many: its own words, and what its head states."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | dt.date | None = None
    """In figures as written: other parts tell whether the day comes first."""


@dataclass(slots=True)
class _Block:
    """A header block: its lines, and which fields they give."""

    start: int
    end: int
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Whether it states enough to be an article's head by itself."""
        named = self.fields.keys() & _MAIN
        return len(named) > 1 and bool(named & {"title", "published"})


def parts_of(text: str) -> list[Part]:
    """The articles that `text` holds one behind the other; none where it is a single one.

    Raises `SourceError` where it holds several and does not say where each begins.
    """
    lines = _lines(text)
    for ranges_of in (_by_number, _by_block, _by_end, _by_rule):
        ranges = ranges_of(lines)
        if len(ranges) > 1:
            return [_part(lines[start:end]) for start, end in ranges]
    if len(text) <= _LARGEST:
        _refuse_several(lines)
    return []


def parts_with_heads(text: str) -> list[Part]:
    """As `parts_of`, by numbers and header blocks alone, which no page has by chance."""
    lines = _lines(text)
    for ranges_of in (_by_number, _by_block):
        ranges = ranges_of(lines)
        if len(ranges) > 1:
            return [_part(lines[start:end]) for start, end in ranges]
    return []


def _lines(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f\n")
    return [line if line == marks.PAGE_BREAK else line.strip() for line in text.split("\n")]


def _by_number(lines: Lines) -> list[Range]:
    """Parts that begin with a number of many. A list of contents has the numbers too, and no
    sentences behind them; pages may repeat that of the article they belong to."""
    found = [(at, number) for at, line in enumerate(lines) if (number := marks.numbered(line))]
    totals = [number.total for _, number in found]
    total = max(totals, key=totals.count, default=0)
    heads = [(at, number.number) for at, number in found if number.total == total]
    ranges = _from([at for at, _ in heads], len(lines))
    told = [
        (at, number)
        for (at, number), (start, end) in zip(heads, ranges, strict=True)
        if prose(lines[start:end])
    ]
    # The first of each; but where the list of contents has sentences behind it, the last.
    for order in (reversed(told), told):
        places = {number: at for at, number in order}
        if len(places) > 1 and _rises(sorted(places.items())) and max(places) <= total:
            starts = sorted(places.values())
            _refuse_preamble(lines[: starts[0]], min(places))
            return _from(_with_short(heads, places), len(lines))
    return []


def _rises(places: Sequence[tuple[int, int]]) -> bool:
    """Whether the places rise as the numbers do."""
    return all(one[1] < other[1] for one, other in pairwise(places))


def _with_short(heads: Sequence[tuple[int, int]], places: Mapping[int, int]) -> list[int]:
    """Where all parts begin: those whose few words are no sentences, too."""
    known = dict(places)
    for at, number in heads:
        around = {**known, number: at}
        if number not in known and at > min(known.values()) and _rises(sorted(around.items())):
            known = around
    return sorted(known.values())


def _by_block(lines: Lines) -> list[Range]:
    """Parts that begin with a header block, where all blocks state the same things."""
    blocks = list(_blocks(lines))
    ranges = _from([block.start for block in blocks], len(lines))
    told = [
        block
        for block, (_, end) in zip(blocks, ranges, strict=True)
        if prose(lines[block.end : end]) >= _BRIEF or "text" in block.fields
    ]
    full = [block for block in told if block.is_full]
    if len(full) < 2:
        return []
    common = frozenset.intersection(*(frozenset(block.fields) & _MAIN for block in full))
    stated = {tuple(sorted(block.fields.items())) for block in full}
    if len(common) < 2 or len(stated) < 2:
        return []
    # One that lacks its day begins an article as well, where titles are what they begin with.
    starts = [block.start for block in told if block.is_full or "title" in common]
    _refuse_preamble(lines[: starts[0]], 1)
    return _from(starts, len(lines))


def _blocks(lines: Lines) -> Iterator[_Block]:
    """Runs of labelled lines that state a title, or a day and something else."""
    at = 0
    while at < len(lines):
        if marks.label(lines[at]) is None:
            at += 1
            continue
        block = _block(lines, at)
        at = block.end
        if block.is_full or "title" in block.fields:
            if "title" not in block.fields:
                block.start = _title_above(lines, block.start)
            yield block


def _block(lines: Lines, start: int) -> _Block:
    block = _Block(start, start)
    at, waiting = start, ""
    while at < len(lines):
        line = lines[at]
        known = marks.label(line)
        if known is not None:
            if known.field in _MAIN and known.field in block.fields:
                break  # the next one's
            block.fields.setdefault(known.field, known.value)
            waiting = known.field if not known.value else ""
            at += 1
            block.end = at
            if known.field == "text":
                break
        elif not line and at + 1 < len(lines) and marks.label(lines[at + 1]):
            at += 1
        elif waiting and line and not is_prose(line):
            block.fields[waiting], waiting = line, ""
            at += 1
            block.end = at
        else:
            break
    return block


def _title_above(lines: Lines, start: int) -> int:
    """Where the headline above a block without one stands, else where the block does."""
    for at in range(start - 1, max(-1, start - 3), -1):
        if lines[at]:
            alone = at == 0 or not lines[at - 1] or marks.rule(lines[at - 1])
            return at if alone and marks.is_title(lines[at]) else start
    return start


def _by_end(lines: Lines) -> list[Range]:
    """Parts that end in words that say so."""
    ends = [at for at, line in enumerate(lines) if marks.is_end(line)]
    starts = [0, *(at + 1 for at in ends)]
    ranges = [(start, end) for start, end in zip(starts, [*ends, len(lines)], strict=True)]
    told = [each for each in ranges if prose(lines[each[0] : each[1]]) >= _BRIEF]
    return told if len(told) > 1 and len(ends) > 1 else []


def _by_rule(lines: Lines) -> list[Range]:
    """Parts between rules of one kind, where each has a headline and a day, byline or house.

    Raises `SourceError` where some have and others, as long, have not.
    """
    styles = {style for at in range(len(lines)) if (style := _rule(lines, at))}
    best: list[Range] = []
    unsure = False
    for style in sorted(styles):
        rules = [at for at in range(len(lines)) if _rule(lines, at) == style]
        bounds = [-1, *rules, len(lines)]
        ranges = [(one + 1, other) for one, other in pairwise(bounds)]
        told = {each: prose(lines[each[0] : each[1]]) for each in ranges}
        heads = {each: head_of(lines[each[0] : each[1]]) for each in ranges if told[each] >= _BRIEF}
        headed = [each for each, head in heads.items() if head.is_of_an_article]
        if len(headed) < _REGULAR or len(headed) < len(heads):
            # A teaser below an article has a headline and a day as well.
            heads = {each: head for each, head in heads.items() if told[each] >= _STORY}
            headed = [each for each in headed if each in heads]
        if len(headed) < 2 or not _differ([heads[each] for each in headed]):
            continue
        nothing_before = prose(lines[: headed[0][0]]) < _BRIEF
        if nothing_before and (style == marks.PAGE_BREAK or len(headed) == len(heads)):
            # What stands between two of them belongs to the one before.
            if len(headed) > len(best):
                best = _from([start for start, _ in headed], len(lines))
        else:
            unsure = unsure or _are_dated([heads[each] for each in headed])
    if not best and unsure:
        raise SourceError(
            "holds several articles, and between some of its rules no article begins that could be "
            'told; begin each with a line such as "Document 1 of 3", or save each in a file of its '
            "own, and ingest again"
        )
    return best


def _rule(lines: Lines, at: int) -> str | None:
    """The sign of a rule, unless it underlines the line above."""
    style = marks.rule(lines[at])
    if style in ("=", "-", "~") and at and lines[at - 1]:
        above = lines[at - 1]
        alone = at == 1 or not lines[at - 2]
        if alone and abs(len(above) - len(lines[at])) <= 2 and marks.is_title(above):
            return None
    return style


def _differ(heads: Sequence[Head]) -> bool:
    """Whether the headlines do: what every page repeats is none."""
    return len({head.title for head in heads}) == len(heads)


def _are_dated(heads: Sequence[Head]) -> bool:
    return len({head.day for head in heads if head.day}) > 1


def _refuse_several(lines: Lines) -> None:
    """Raise `SourceError` where several articles stand one behind the other: two of different days,
    or more."""
    starts = [at for at in range(len(lines)) if _opens(lines, at)]
    told = [start for start, end in _from(starts, len(lines)) if prose(lines[start:end]) >= _STORY]
    days = {day for start in told if (day := _opens(lines, start))}
    if len(days) > 1 or len(told) >= _REGULAR:
        shown = "; ".join(f"“{lines[start][:60]}”" for start in told[:3])
        raise SourceError(
            "holds several articles (%(number)d begin with a day: %(days)s), and nothing that "
            'divides them; begin each with a line such as "Document 1 of 3", or save each in a '
            "file of its own, and ingest again",
            number=len(told),
            days=shown,
        )


def _opens(lines: Lines, at: int) -> tuple[int | None, int, int] | None:
    """The day where an article begins: a dateline, or a day alone beside a headline."""
    line = lines[at]
    if not line or not any(char.isdigit() for char in line[:90]):
        return None
    if marks.is_wire(line) and (day := marks.dateline(line)):
        return day
    day_alone = marks.stamp(line)
    if day_alone and _is_headed(lines, at) and is_prose(next(filter(None, lines[at + 1 :]), "")):
        return (day_alone.year, day_alone.month, day_alone.day)
    return None


def _is_headed(lines: Lines, at: int) -> bool:
    """Whether a headline stands above line `at`, perhaps with an outlet or a byline between."""
    above = at - 1
    while above >= 0 and above > at - 4:
        if marks.is_title(lines[above]) and (above == 0 or not lines[above - 1]):
            return True
        if is_prose(lines[above]):
            return False
        above -= 1
    return False


def _refuse_preamble(lines: Lines, first: int) -> None:
    """Raise `SourceError` where a whole story stands before the first head."""
    if first == 1 and prose(lines) >= 2 * _STORY and head_of(lines).is_of_an_article:
        raise SourceError(
            "holds several articles, and an article more before the first that has a head like "
            'theirs; begin each with a line such as "Document 1 of 3", or save each in a file of '
            "its own, and ingest again"
        )


def _from(starts: Sequence[int], end: int) -> list[Range]:
    """Each start up to the next, the last to the end."""
    return list(zip(starts, [*starts[1:], end], strict=True)) if starts else []


def _part(lines: Lines) -> Part:
    head = head_of(lines)
    rest = _without_tail(lines[head.end :])
    body = [line for line in rest if marks.rule(line) is None and not marks.numbered(line)]
    text = "\n".join([*head.above, *body]).strip()
    return Part(text, head.title, head.outlet, head.url, head.published)


def _without_tail(lines: Lines) -> list[str]:
    """The lines without labels, rules and closing words at their end."""
    kept = list(lines)
    while kept and (
        not kept[-1]
        or marks.rule(kept[-1])
        or marks.is_end(kept[-1])
        or marks.is_notice(kept[-1])
        or ((known := marks.label(kept[-1])) and known.field in ("other", "url", "published"))
    ):
        kept.pop()
    return kept
