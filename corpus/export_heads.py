"""The head of one article in an export: its title, outlet, day, address, and where it ends."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from corpus import export_marks as marks
from corpus.outlets import byline_length, lookup

_SENTENCE = 60
"""Characters from which a line with a sentence's end is one of the article's own."""

_MOST_LINES = 40
_LONGEST_OUTLET = 60
_LONGEST_TITLE = 220
_END = re.compile(r"[.!?…。][\"'”’»)\]]*(?:\s|$)")
_BYLINE = re.compile(
    r"(?:By|BY|Par|PAR|Bài|Thực hiện)\s*:?\s+(?:[A-ZÀ-ỸĐ][\w.'’-]*|and|et|và|de|van|von|,|/)"
    r"(?:[\s,/]+(?:[A-ZÀ-ỸĐ][\w.'’-]*|and|et|và|de|van|von|in|à|tại)){1,8}"
)


@dataclass(slots=True)
class Head:
    """What the head states. `above` are lines of it that belong to the article's words, which go on
    at line `end`; `day` is that of a label, a line or a dateline."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | dt.date | None = None
    day: tuple[int | None, int, int] | None = None
    above: list[str] = field(default_factory=list)
    end: int = 0
    signed: bool = False

    @property
    def is_of_an_article(self) -> bool:
        """Whether an article surely begins with it."""
        return self.title is not None and bool(self.day or self.outlet or self.signed)


def is_prose(line: str) -> bool:
    """Whether a line is of an article's sentences."""
    return len(line) >= _SENTENCE and bool(_END.search(line))


def prose(lines: Sequence[str]) -> int:
    """Characters in paragraphs of sentences; labels and rules are none."""
    total = 0
    paragraph: list[str] = []
    for line in (*lines, ""):
        known = marks.label(line) if line else None
        if line and known is None and not marks.rule(line):
            paragraph.append(line)
            continue
        words = " ".join(paragraph)
        total += len(words) if is_prose(words) else 0
        paragraph = [known.value] if known is not None and known.field == "text" else []
    return total


def head_of(lines: Sequence[str]) -> Head:
    """Read the lines above the first sentence."""
    head = Head()
    free: list[str] = []
    seen, waiting = 0, ""
    for at, line in enumerate(lines):
        if not line or marks.rule(line) or marks.is_end(line) or marks.is_notice(line):
            continue
        seen += 1
        known = marks.label(line)
        if known is not None and known.field == "text":
            head.above += [known.value] if known.value else []
            _look_at_sentence(head, known.value)
            head.end = at + 1
            break
        if known is not None:
            _take(head, known.field, known.value)
            waiting = known.field if not known.value else ""
        elif waiting and not is_prose(line):
            _take(head, waiting, line)
            waiting = ""
        elif seen > _MOST_LINES or not _is_of_head(head, free, line, lines[at + 1 :]):
            _look_at_sentence(head, line)
            break
        head.end = at + 1
    _title_and_outlet(head, free)
    return head


def _is_of_head(head: Head, free: list[str], line: str, rest: Sequence[str]) -> bool:
    """Whether a line without a label belongs to the head, and what it states then."""
    if number := marks.numbered(line):
        free += [number.rest] if number.rest else []
    elif day := marks.stamp(line):
        if head.published is None:
            _take(head, "published", line)
            head.day = (day.year, day.month, day.day)
        free.append("")  # what stood before it and what follows are told apart
    elif lookup(line) is not None:
        head.outlet = head.outlet or line
    elif free and _BYLINE.fullmatch(line):
        head.signed = True
        head.above.append(line)
    elif _is_free(head, free, line, rest):
        free.append(line)
    else:
        return False
    return True


def _is_free(head: Head, free: list[str], line: str, rest: Sequence[str]) -> bool:
    """Whether a line may be the headline, or the name of an outlet that no table has."""
    titles = [each for each in free if each]
    if len(titles) >= (1 if head.title else 2):
        return False
    # A day below it makes it one, be it as short as a name or as long as two sentences; a short
    # line may stand between.
    behind = list(islice(filter(None, rest), 2))
    if behind and marks.stamp(behind[0]):
        return len(line) <= (_LONGEST_OUTLET if titles else _LONGEST_TITLE)
    beside = len(behind) > 1 and len(behind[0]) <= _LONGEST_OUTLET and marks.stamp(behind[1])
    if beside and not titles and len(line) <= _LONGEST_TITLE:
        return True
    return not is_prose(line) and marks.is_title(line, rest[0] if rest else "")


def _take(head: Head, name: str, value: str) -> None:
    if not value:
        return
    if name == "title":
        head.title = head.title or value
    elif name == "outlet":
        head.outlet = head.outlet or value
    elif name == "url":
        head.url = head.url or value
    elif name == "published" and head.published is None:
        day = marks.full_day(value)
        if day is not None:
            # In figures it waits for the others, which tell whether the day comes first.
            figures = re.match(r"\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", value)
            head.published = value.strip() if figures else day
            head.day = (day.year, day.month, day.day)


def _look_at_sentence(head: Head, line: str) -> None:
    """A dateline opens an article as a day above it does."""
    if day := marks.dateline(line):
        head.day = head.day or day
    elif byline_length(line):
        head.signed = True


def _title_and_outlet(head: Head, free: list[str]) -> None:
    """The headline among lines without labels. One that a day parts from the headline names the
    outlet, where it is short."""
    titles = [each for each in free if each]
    if not titles:
        return
    if head.title is not None:
        head.above = [*titles, *head.above]
        return
    parted = "" in free and len(titles) > 1
    before = free[: free.index("")] if parted else []
    if parted and len(before) == 1 and len(before[0]) <= _LONGEST_OUTLET and free[-1]:
        head.outlet, head.title = head.outlet or before[0], titles[1]
        titles = titles[1:]
    else:
        head.title = titles[0]
    head.above = [*titles, *head.above]
