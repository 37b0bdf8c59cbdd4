"""Take page furniture off an article and restore spaces that were lost, nothing else.

The result is the text that is stored and quoted. Dropping a real sentence is worse than keeping
furniture, so each rule needs a sign that a line is not part of the story: it is a known word
of pages, it repeats what the story says under a photo credit, or it belongs to a block of other
stories' teasers.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from dataclasses import dataclass
from importlib import resources

import yaml

from corpus.dates import find_dates
from corpus.outlets import signature_at_end
from corpus.words import fold

_MAX_FURNITURE = 120
_MAX_TITLE = 250
_MAX_STAMP = 90
_REPEATED = 0.75
"""A credited caption goes when this share of its words stands elsewhere in the article."""

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s*$")
# "3 min read", or the initials of an agency's desk.
_DESK = re.compile(
    r"[a-z]{2,4}(?:[-/][a-z]{2,5}){1,5}|\d{1,2}\s*min(?:ute)?s?(?:\s*(?:read|de lecture))?"
)
_STAMP_WORD = re.compile(
    r"(?<![^\W\d_])(?:publie|modifie|mis|mise|a|jour|le|de|published|updated|posted|last|on|at|am|pm|"
    r"gmt|utc|bst|cet|edt|est|ict|ngay|luc|cap|nhat|dang|thu|hai|ba|tu|nam|sau|bay|chu|h|min|"
    r"mon|tue|wed|thu|fri|sat|sun)(?![^\W\d_])"
)
_LINKED = re.compile(r"\s*(?:>>|»|►|▶)\s*\S")
_LIST_ITEM = re.compile(r"^\s*(?:\d{1,2}[.)]|[*•·▪►–-])\s+\S")
_BYLINE_MARK = re.compile(r"^\s*\(|\)\s*[-–—]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class CleanText:
    """The text to store, and the article's title where its first line is one."""

    text: str
    title: str | None


@dataclass(frozen=True, slots=True)
class _Furniture:
    line: frozenset[str]
    section: frozenset[str]
    start: tuple[str, ...]
    teasers: frozenset[str]
    credit: re.Pattern[str]


# "© Jean Dupont / AFP", "REUTERS/Jane Doe", "— VNA/VNS Photo Văn A" behind a caption.
_AGENCY = "(?:AFP|AP|EPA|Reuters|REUTERS|Getty Images|VNA|VNS|TTXVN|VGP|Xinhua|Kyodo|Yonhap)"
_AGENCY_CREDIT = (
    r"|\s*©\s*[^.!?\n]{2,60}$"
    rf"|(?<=[.!?)”\"])\s+(?:[^\W\d_][^.!?\n]{{2,40}}\s?/\s?{_AGENCY}|{_AGENCY}\s?/\s?[^.!?\n]{{2,40}})$"
    rf"|\s*[–—(-]\s*(?:{_AGENCY}/)?{_AGENCY} [Pp]hotos?\b[^.!?\n]{{0,40}}$"
)


@functools.cache
def _furniture() -> _Furniture:
    data = yaml.safe_load((resources.files("corpus") / "data/furniture.yaml").read_text("utf-8"))

    def words(name: str) -> list[str]:
        return [_bare(word) for group in data[name] for word in group]

    credits = "|".join(sorted((re.escape(w) for w in data["credit"]), key=len, reverse=True))
    return _Furniture(
        line=frozenset(words("line")),
        section=frozenset(words("section")),
        start=tuple(fold(word) for group in data["start"] for word in group),
        teasers=frozenset(words("teasers")),
        credit=re.compile(
            rf"(?i:[\s(\[–—-]*(?<!\w)(?:{credits})\s*[:：©]\s*[^.!?\n]{{1,80}}[)\]]?\s*\.?\s*$)"
            + _AGENCY_CREDIT,
        ),
    )


def clean(raw: str, title: str | None = None) -> CleanText:
    """The article in `raw`, without the page around it.

    A given `title` is kept; else the first line is the title if it looks like one.
    """
    lines = [line.strip() for line in normalise(without_markup(raw)).split("\n")]
    lines = _without_menu([line for line in lines if line])
    first = next((i for i, line in enumerate(lines) if not is_stamp(line)), 0)
    if not title and first < 3 and lines and _is_title(lines, first):
        title = lines[first]
    lines = _without_other_stories(lines)
    lines = [line for line in lines if not is_furniture(line)]
    lines = _without_captions(lines, title)
    text = restore_spaces("\n\n".join(lines))
    return CleanText(text, restore_spaces(normalise(title).strip()) if title else None)


_MARKUP = (
    (re.compile(r"<(?:br|/?p|/?div|/?li|/?h[1-6])\b[^<>]*>", re.IGNORECASE), "\n"),
    (re.compile(r"</?(?:a|b|i|em|strong|span|u|img|ul|ol|figure|figcaption)\b[^<>]*>"), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^()\s]*\)"), ""),
    (re.compile(r"\[([^\[\]\n]+)\]\(https?://[^()\s]*\)"), r"\1"),
    (re.compile(r"^#{1,6} +", re.MULTILINE), ""),
    (re.compile(r"\*\*([^*\n]+)\*\*"), r"\1"),
    # The mark of a footnote, which a reader would take for one of ours.
    (re.compile(r"(?<=[\w.,;:!?…)\]\"'”’»]) ?\[\d{1,3}(?: ?[,–-] ?\d{1,3})*\](?!\()"), ""),
    (re.compile(r"&(?:nbsp|#160|amp|quot|#39|lt|gt|rsquo|lsquo|ldquo|rdquo|ndash|mdash);"), ""),
)


def without_markup(text: str) -> str:
    """Take off what is left of Markdown or HTML; the words of a link stay."""
    for pattern, plain in _MARKUP[:-1]:
        text = pattern.sub(plain, text)
    return _MARKUP[-1][0].sub(lambda match: html.unescape(match.group()), text)


def normalise(text: str) -> str:
    """NFC, plain line ends and spaces, no control, invisible or half characters."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x0b", "\n")
    return _SPACES.sub(" ", _INVISIBLE.sub("", text))


def _bare(line: str) -> str:
    return fold(line).strip(" \t:：.…-–—|*#>»«()[]")


def is_furniture(line: str) -> bool:
    if len(line) > _MAX_FURNITURE:
        return False
    known = _furniture()
    bare = _bare(line)
    if not bare or bare in known.line or bare in known.teasers or _DESK.fullmatch(line):
        return True
    if _LINKED.match(line) and not _SENTENCE_END.search(line):
        return True
    folded = fold(line).lstrip(" *•·▪►>|-–—")
    return folded.startswith(known.start) and not (len(folded) > 60 and _SENTENCE_END.search(line))


def is_stamp(line: str) -> bool:
    """Return whether the line only dates the page: "Publié le : 22/06/2023 - 08:15"."""
    if len(line) > _MAX_STAMP or not re.search(r"\d", line):
        return False
    rest = line
    for date in reversed(find_dates(line)):
        rest = rest[: date.start_char] + " " + rest[date.end_char :]
    return not re.search(r"[^\W\d_]", _STAMP_WORD.sub(" ", fold(rest)))


def _is_title(lines: list[str], index: int) -> bool:
    line = lines[index]
    return (
        len(line) <= _MAX_TITLE
        and not _SENTENCE_END.search(line)
        and not _BYLINE_MARK.search(line)
        and not is_furniture(line)
        and index + 1 < len(lines)
    )


def _without_menu(lines: list[str]) -> list[str]:
    """Drop a list of headlines that stands before anything else."""
    count = 0
    while count < len(lines) and (
        is_furniture(lines[count])
        or (len(lines[count]) <= _MAX_FURNITURE and _bare(lines[count]) in _furniture().section)
        or (_LIST_ITEM.match(lines[count]) and not _SENTENCE_END.search(lines[count]))
    ):
        count += 1
    items = sum(1 for line in lines[:count] if _LIST_ITEM.match(line))
    if items == 1 and count == 1:
        return lines
    return lines[count:] or lines


def _without_other_stories(lines: list[str]) -> list[str]:
    """Drop blocks of teasers: whole ends of pages, and boxes in the middle of a story.

    Behind the closing signature of an outlet or author nothing of the article follows. Elsewhere a
    block ends where two paragraphs of whole sentences follow each other, which teasers (a headline,
    perhaps one line under it) do not do.
    """
    kept: list[str] = []
    index = 0
    while index < len(lines):
        if _bare(lines[index]) not in _furniture().teasers:
            kept.append(lines[index])
            index += 1
            continue
        story = [line for line in kept if not is_furniture(line)]
        if len(story) > 1 and (signature_at_end(story[-1]) or _is_signed(story)):
            return kept
        index = _end_of_block(lines, index + 1)
    return kept


def _is_signed(story: list[str]) -> bool:
    """Return whether the story ends in its author's name, alone on the line."""
    words = story[-1].split()
    return (
        2 <= len(words) <= 5
        and all(word[0].isupper() and word.strip(".-").isalpha() for word in words)
        and _is_sentence(story[-2])
    )


def _end_of_block(lines: list[str], start: int) -> int:
    """Index of the first line behind a block of teasers that starts at `start`."""
    for index in range(start, len(lines) - 1):
        if _is_sentence(lines[index]) and _is_sentence(lines[index + 1]):
            return index
    # No story resumes. A lone paragraph right behind the mark is the only thing that could
    # be one, and is kept unless a headline leads it in.
    if start == len(lines) - 1 and _is_sentence(lines[start]):
        return start
    return len(lines)


def _is_sentence(line: str) -> bool:
    return (
        bool(_SENTENCE_END.search(line)) and len(line) > 40 and not _furniture().credit.search(line)
    )


def _without_captions(lines: list[str], title: str | None) -> list[str]:
    """Drop photo labels and credits, and captions whose words stand elsewhere anyway."""
    kept = []
    for index, line in enumerate(lines):
        if title and _is_label(line, title):
            continue
        credit = _furniture().credit.search(line)
        if credit:
            caption = line[: credit.start()].rstrip(" (-–—[")
            others = " ".join(lines[:index] + lines[index + 1 :])
            if _share_repeated(caption, others) >= _REPEATED:
                continue
            line = caption  # noqa: PLW2901 - the credit goes, the caption is news
        kept.append(line)
    return kept


_LABEL = re.compile(r"\s*[-–—]?\s*(?:ảnh|photo|hình|image|picture)?\s*\d{1,2}(?!\d)", re.IGNORECASE)


def _is_label(line: str, title: str) -> bool:
    """Whether a line repeats the title with a number: the label of a photo ("… - ảnh 1")."""
    repeats = line[: len(title)].lower() == title.lower()
    return repeats and _LABEL.match(line, len(title)) is not None


def _share_repeated(caption: str, others: str) -> float:
    words = re.findall(r"\w+", fold(caption))
    if not words:
        return 1.0
    known = set(re.findall(r"\w+", fold(others)))
    return sum(word in known for word in words) / len(words)


# A function word run into a capital: "lesÉtats-Unis". Only whole lower-case words count, so that
# iPad, YouTube and McDonald stay; two-letter words ("inDrive", "deLonghi") need the rest to stand
# in the same text by itself.
_GLUED = re.compile(
    r"(?<![\w'’-])(?P<long>les|des|aux|une|dans|pour|par|sur|avec|leurs?|ses|entre|chez|vers|que|qui"
    r"|the|and|with|from|for|của|với|tại|các|những|nước|giữa|cho|và)(?P<rest>[A-ZÀ-ÖØ-ÞĐ][\w]{2,})"
    r"|(?<![\w'’-])(?P<short>le|la|de|du|et|en|au|un|à|of|in|to|at|by|on|ở|từ)(?P<tail>[A-ZÀ-ÖØ-ÞĐ][\w]{2,})"
)


def restore_spaces(text: str) -> str:
    """Put back the space lost between a function word and a capitalised word."""

    standing_alone = set(re.findall(r"\w+", text))

    def spaced(match: re.Match[str]) -> str:
        if match["long"]:
            return f"{match['long']} {match['rest']}"
        if match["tail"] in standing_alone:
            return f"{match['short']} {match['tail']}"
        return match.group()

    return _GLUED.sub(spaced, text)
