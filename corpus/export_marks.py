"""What single lines of an export are: a label with its value, a number of many, a rule, a dateline.

The words stand in `data/exports.yaml`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

import yaml

from corpus.clean import is_furniture, is_stamp
from corpus.dates import find_dates
from corpus.outlets import lookup
from corpus.words import fold

PAGE_BREAK = "\f"

_LABEL = re.compile(
    r"[\s*_#>•-]{0,6}([^\W\d_][^:：\t\n]{0,39}?)[\s*_]{0,3}(?:[:：]|\t)[\s*_]{0,3}(.*)"
)
_CODE = re.compile(r"([A-Z]{2,3})(?:\s+(.*)|$)")
_RULE = re.compile(r"\s*([=\-*_~#+•·—–─━═])(?:\s?\1){2,}\s*")
# "Document AFPR000020200417eg4h00abc", with which Factiva closes an article.
_FACTIVA_END = re.compile(r"\s*(?:\(END\)\s*)?Document [A-Za-z]{3,10}\d{8,}\w*\s*")
_SENTENCE_END = re.compile(r"[.…。][\"'”’»)\]]*\s*$")
_DATELINE = re.compile(r"\s*(?P<head>[^\W\d_][^\n]{3,78}?)\s*(?:\s[-–—]{1,2}|(?<=\))[-–—:])\s")
_WORDS_BESIDE = 6
_SMALL = frozenset({"le", "ngày", "de", "du", "la", "of", "the", "and", "et", "và"})
_OPENING = frozenset(
    {
        "In",
        "On",
        "At",
        "By",
        "From",
        "Since",
        "The",
        "Le",
        "La",
        "Les",
        "En",
        "À",
        "Au",
        "Du",
        "Depuis",
    }
    | {"Ngày", "Tại", "Hôm", "Sáng", "Chiều", "Tối", "Trưa", "Ở", "Từ", "Vào", "Trong"}
)
_SHORTEST, _LONGEST = 8, 220


class Label(NamedTuple):
    """A line of a header block: which field, and what stands there of it."""

    field: str
    value: str


class Numbered(NamedTuple):
    """ "Document 3 of 25: …"."""

    number: int
    total: int
    rest: str


@dataclass(frozen=True, slots=True)
class _Words:
    labels: dict[str, str]
    codes: dict[str, str]
    ends: frozenset[str]
    notices: tuple[str, ...]
    numbered: re.Pattern[str]
    counted: re.Pattern[str]


@cache
def _words() -> _Words:
    with resources.files("corpus").joinpath("data/exports.yaml").open("rb") as file:
        data = yaml.safe_load(file)

    def listed(words: list[str]) -> str:
        return "|".join(sorted(map(re.escape, words), key=len, reverse=True))

    nouns, between = listed(data["numbered"]), listed(data["between"])
    return _Words(
        labels={name: field for field, names in data["labels"].items() for name in names},
        codes=data["codes"],
        ends=frozenset(data["ends"]),
        notices=tuple(data["notices"]),
        numbered=re.compile(
            rf"[\W_]*(?:{nouns})\s*(?:no\.?|n°|so)?\s*(\d{{1,5}})\s*(?:{between})\s*(\d{{1,5}})"
            rf"(?!\d)\s*(?:{nouns})?[\])\s]*(?:[:.–—-](.*))?"
        ),
        counted=re.compile(rf"\W*(\d{{1,5}})\s*(?:{between})\s*(\d{{1,5}})\s+(?:{nouns})\W*"),
    )


def label(line: str) -> Label | None:
    """The field that a line names, and its value, which may stand on the next line."""
    if (code := _CODE.fullmatch(line)) and code.group(1) in _words().codes:
        return Label(_words().codes[code.group(1)], (code.group(2) or "").strip())
    match = _LABEL.fullmatch(line.rstrip())
    field = _words().labels.get(" ".join(fold(match.group(1)).split())) if match else None
    return Label(field, match.group(2).strip(" *_\t")) if match and field else None


def numbered(line: str) -> Numbered | None:
    """Which of how many articles begins at a line that says so and little else."""
    if len(line) > _LONGEST or not any(char.isdigit() for char in line):
        return None
    folded = fold(line.strip())
    for pattern in (_words().numbered, _words().counted):
        if match := pattern.fullmatch(folded):
            number, total, *rest = match.groups()
            # As written: what was folded has the same length at its end.
            length = len((rest[0] or "").strip()) if rest else 0
            return Numbered(int(number), int(total), line.strip()[-length:] if length else "")
    return None


def is_end(line: str) -> bool:
    """Whether a line closes an article."""
    if len(line) > _LONGEST:
        return False
    return bool(_FACTIVA_END.fullmatch(line)) or fold(line).strip(" .*-–—[]()") in _words().ends


def is_notice(line: str) -> bool:
    """Whether a line says whose the article is."""
    return len(line) <= _LONGEST and fold(line).startswith(_words().notices)


def rule(line: str) -> str | None:
    """The sign that a line is a row of; a page break is one."""
    if line == PAGE_BREAK:
        return PAGE_BREAK
    match = _RULE.fullmatch(line)
    return match.group(1) if match else None


def stamp(line: str) -> dt.date | None:
    """The day of a line that holds nothing but a day and perhaps an hour."""
    if not line or not is_stamp(line):
        return None
    return full_day(line)


def full_day(text: str) -> dt.date | None:
    """The first day with its year in some words."""
    for found in find_dates(text):
        if found.grain == "day" and not found.partial and not found.relative:
            return found.start
    return None


def dateline(line: str) -> tuple[int | None, int, int] | None:
    """(year, month, day) of the date in a dateline: "HANOI, April 16 (VNA) - …"."""
    match = _DATELINE.match(line)
    if match is None or not any(char.isdigit() for char in match.group("head")):
        return None
    head = match.group("head")
    dates = [found for found in find_dates(head) if found.grain == "day" and not found.relative]
    if len(dates) != 1 or not head[:1].isupper():
        return None
    (date,) = dates
    beside = re.findall(r"[^\W\d_]+", head[: date.start_char] + " " + head[date.end_char :])
    if date.start_char == 0 or not beside or len(beside) > _WORDS_BESIDE:
        return None
    if beside[0] in _OPENING or any(word[0].islower() and word not in _SMALL for word in beside):
        return None  # "In Paris on 3 May – …" is a sentence
    if date.start is not None:
        return (date.start.year, date.start.month, date.start.day)
    return (None, date.month, date.day) if date.month and date.day else None


def is_wire(line: str) -> bool:
    """Whether a dateline is an agency's: its place in capitals, or with a house behind it."""
    match = _DATELINE.match(line)
    head = match.group("head") if match else ""
    first = re.match(r"[^\W\d_]+", head)
    return bool(first and len(first.group()) > 1 and first.group().isupper()) or any(
        lookup(name) for name in re.findall(r"\(([^()]{2,40})\)", head)
    )


def is_title(line: str, behind: str = "") -> bool:
    """Whether a line may be a headline; `behind` is the line that follows at once."""
    line = line.strip()
    return (
        _SHORTEST <= len(line) <= _LONGEST
        and " " in line
        and (line[0].isalnum() or line[0] in "\"'“‘«[(")
        and not _SENTENCE_END.search(line)
        and not (behind[:1].islower() and " " in behind)
        and label(line) is None
        and rule(line) is None
        and not is_furniture(line)
        and not is_stamp(line)
        and dateline(line) is None
    )
