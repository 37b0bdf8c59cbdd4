"""An answer's lines as messages of Telegram's HTML, each within Telegram's limits."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from html import escape

from telegram.constants import MessageLimit

from bot.render import Line

LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
"""In UTF-16 units. We hold the HTML itself against it, tags and escapes included: the text that
Telegram counts is never longer."""

LONG_QUOTE = 300
"""Characters from which a quotation is folded up until it is tapped."""

_TAGS = {
    "heading": ("<b>", "</b>"),
    "event": ("<b>", "</b>"),
    "fact": ("", ""),
    "written": ("", ""),
    "quote": ("<blockquote>", "</blockquote>"),
    "note": ("<i>", "</i>"),
    "source": ("<blockquote expandable>", "</blockquote>"),
}
_LEADS = {"heading", "event", "fact"}
"""Lines that introduce what follows; none of them should end a message."""

_SENTENCE_END = re.compile(r"[.!?…。！？]['\"»”’)\]]*\s+")
_MARKS = 20  # accents on one letter; more is no writing, and may be divided
_SPACE = re.compile(r"\s+")

_ADDRESS = re.compile(r" (https?://\S+)$")
_LINKED = re.compile(
    r"\b[a-z][a-z0-9+.-]*://\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.\w[\w.-]*|(?<![\w/])[@#]\w+|(?<![\w/<])/[a-z]\w*(?:@\w+)?"
    r"|(?<![\w@.-])(?:[\w-]+\.)+(?:[a-z]{2}|com|net|org|info|biz|edu|gov|mil|int|app|dev|xyz|online|site|shop|top|club"
    r"|live|news|blog|store|tech|vip|icu|pro|mobi|name|asia|cloud|link|click|space|website|fun|world|today|page|zip|mov)"
    r"(?![\w-])(?:[:/?#][^\s«»“”()]*)?",
    re.IGNORECASE,
)
"""What Telegram makes a link of by itself: addresses, mentions, tags, commands."""

_TURNING = {
    "\u061c",
    "\u200e",
    "\u200f",
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
}
"""Characters that change the direction of what follows."""


def messages(lines: Iterable[Line], *, question: str | None = None) -> list[str]:
    """The lines as one or more messages; `question` stands above them where it is given.

    A message ends between two lines. Only a line too long for a message of its own is divided,
    after a sentence, else at a space, else between two characters.
    """
    shown = [replace(line, text=clean(line.text)) for line in lines]
    if question is not None:
        shown = [Line(clean(question), "note"), *_with_gap(shown)]
    pieces = [piece for line in shown if line.text.strip() for piece in _divided(line)]
    parts: list[str] = []
    current: list[Line] = []
    for piece in pieces:
        if current and not _fits([*current, piece]):
            carried = _carried(current, piece)
            parts.append(_html(current[: len(current) - len(carried)]))
            current = carried
        current.append(piece)
    if current:
        parts.append(_html(current))
    return parts


def marked(before: str, words: str, after: str) -> str:
    """A quotation of a source in which `words` stand out."""
    first, middle, last = (clean(part) for part in (before, words, after))
    text = _unlinked(first) + f"<b>{_unlinked(middle, '<b>', '</b>')}</b>" + _unlinked(last)
    return f"<blockquote>{text}</blockquote>"


def _with_gap(lines: list[Line]) -> list[Line]:
    return [replace(line, gap=line.gap or number == 0) for number, line in enumerate(lines)]


def clean(text: str) -> str:
    """Without what no message can hold, controls and halves of surrogate pairs, and without what
    could turn the words around."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) == "Cs" else character
        for character in text
        if character in "\n\t"
        or (unicodedata.category(character) != "Cc" and character not in _TURNING)
    )


def _carried(current: list[Line], piece: Line) -> list[Line]:
    """The last lines of `current` that introduce `piece` and can move on with it."""
    keep = len(current)
    while keep > 1 and current[keep - 1].style in _LEADS:
        keep -= 1
    leads = current[keep:]
    if keep == 1 and current[0].style in _LEADS:
        return []
    return leads if _fits([*leads, piece]) else []


def _fits(lines: Sequence[Line]) -> bool:
    text = _html(lines)
    return utf16_length(text) <= LIMIT and text.count("</") <= MessageLimit.MESSAGE_ENTITIES


def utf16_length(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def _html(lines: Sequence[Line]) -> str:
    """The lines in one message; sources that follow each other share one quotation."""
    blocks = []
    for style, run in itertools.groupby(lines, key=lambda line: line.style):
        if style == "source":
            run_of = list(run)
            opening, closing = _TAGS["source"]
            text = "\n".join(_source(line.text) for line in run_of)
            blocks.append((run_of[0].gap, opening + text + closing))
        else:
            blocks.extend((line.gap, _tagged(style, line.text)) for line in run)
    text = ""
    for gap, block in blocks:
        separator = "" if not text else "\n\n" if gap else "\n"
        text += separator + block
    return text


def _tagged(style: str, text: str) -> str:
    opening, closing = _TAGS[style]
    if style == "quote" and len(text) > LONG_QUOTE:
        opening = "<blockquote expandable>"
    return opening + _unlinked(text, opening, closing) + closing


def _source(text: str) -> str:
    """A line on a source; the address at its end is its own."""
    address = _ADDRESS.search(text)
    end = address.start(1) if address else len(text)
    return _unlinked(text[:end]) + escape(text[end:], quote=False)


def _unlinked(text: str, opening: str = "<blockquote>", closing: str = "</blockquote>") -> str:
    """Escaped, with nothing that Telegram would make a link of: only a source's own address is one.

    As code such words are dead. Code may stand in a quotation and nowhere else within a style.
    """
    within = "" if "blockquote" in opening else closing
    again = "" if "blockquote" in opening else opening
    parts: list[str] = []
    done = 0
    for match in _LINKED.finditer(text):
        parts.append(escape(text[done : match.start()], quote=False))
        parts.append(f"{within}<code>{escape(match.group(), quote=False)}</code>{again}")
        done = match.end()
    return "".join([*parts, escape(text[done:], quote=False)])


def _divided(line: Line) -> list[Line]:
    """The line, or its parts where it is too long for one message."""
    parts: list[Line] = []
    rest = line.text
    while not _fits([replace(line, text=rest)]):
        cut = _cut(rest, lambda text: _fits([replace(line, text=text)]))
        parts.append(replace(line, text=rest[:cut].rstrip(), gap=line.gap and not parts))
        rest = rest[cut:].lstrip()
    parts.append(replace(line, text=rest, gap=line.gap and not parts))
    return [part for part in parts if part.text]


def _cut(text: str, fits: Callable[[str], bool]) -> int:
    """Where to divide `text` so that the first part fits: late, but at a good place."""
    low, high = 1, min(len(text), LIMIT)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle]) else (low, middle - 1)
    window = text[: low + 1]  # a space just behind the limit is a good place too
    for pattern in (_SENTENCE_END, _SPACE):
        places = [match.end() for match in pattern.finditer(window) if match.start() <= low]
        late = [min(place, low) for place in places if place > low // 2]
        if late:
            return late[-1]
    whole = next((n for n in range(low, 0, -1) if not unicodedata.combining(text[n])), low)
    return whole if low - whole <= _MARKS else low
