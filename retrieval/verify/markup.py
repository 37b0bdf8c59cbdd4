"""What has no place in a statement, whatever it says: hidden characters, links, marks of layout.

A statement is plain words. A link, a mention, a citation mark or Markdown in it is there only if a
writer was led to put it there; it may stand where the evidence has it letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from corpus.article import Span
from retrieval.verify.problem import Problem

_PATTERNS = {
    "link": re.compile(
        r"\b[a-z][a-z+.-]{1,9}://\S*|\b(?:mailto|tel|javascript|data):\S+|\bwww\.\S+"
        r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|io|ly|me|co|gov|edu|xyz|app|dev|biz)\b(?:/\S*)?",
        re.IGNORECASE,
    ),
    "mention": re.compile(r"(?<![\w.])@\w{2,}|[\w.+-]+@[\w-]+\.\w+|(?<!\w)#[^\W\d]\w+"),
    "citation": re.compile(
        r"\[(?:\^|#)?\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*\]|【[^】]*】|\[(?:source|citation|nguồn|réf)[^\]]*\]"
        r"|[⁰¹²³⁴-⁹]{1,3}(?=\s|[.,;]|$)",
        re.IGNORECASE,
    ),
    "markup": re.compile(
        r"</?[a-z!][^<>]{0,200}>|&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});|\*\*|__|~~|`|^\s{0,3}(?:#{1,6}|>|[*+])\s"
        r"|\]\(|!\[|<<<|>>>|={3,}|-{3,}",
        re.IGNORECASE | re.MULTILINE,
    ),
}
"""Two signs for bold, italics in Markdown alone are too common in plain text to be told from it."""

_ALLOWED_CONTROLS = frozenset("\n\t\r")
_JOINERS = frozenset("\u200c\u200d")
"""Persian, Hindi and others are written with these, between letters of their own."""


def markup_problems(statement: str, evidence: Sequence[str]) -> Iterator[Problem]:
    """Hidden characters in `statement`, and marks that none of the texts of `evidence` has."""
    if any(_is_hidden(statement, at) for at in range(len(statement))):
        yield Problem("statement", Span(0, len(statement)), "has hidden characters")
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(statement):
            if not any(match.group() in text for text in evidence):
                span = Span(match.start(), match.end())
                yield Problem(kind, span, "does not stand so in the evidence")


def _is_hidden(text: str, at: int) -> bool:
    """Whether a character shows nothing, turns the direction of others, or is half a character."""
    character = text[at]
    if character < "\u007f":
        return character < " " and character not in _ALLOWED_CONTROLS
    if character in _JOINERS:
        before = text[at - 1 : at]
        return not before or not before.isalpha() or before < "\u0590"
    return unicodedata.category(character) in ("Cf", "Cc", "Cs", "Co", "Cn") and (
        character != "\u00ad"
    )
