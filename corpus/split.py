"""Cut an article into sentences, and sentences into passages, by character offsets.

sentencex finds sentence ends for some 200 languages and loses no character, but it ends a
sentence behind many abbreviations ("TP.", "M.", "GS.TS."); those are joined again here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sentencex import segment

from corpus.article import Passage, Span

PASSAGE_BYTES = 1400
"""A passage closes before the sentence that would exceed this in UTF-8: about five press sentences.

Bytes, since a model's tokens go by them more evenly than by letters, whatever the script.
"""

MAX_SENTENCE_CHARS = 1500
"""Longer runs without a sentence end (tables, lists) are cut at a space."""

_ABBREVIATIONS = {
    "vi": "TP Tp GS PGS TS ThS BS KS CN LS Tr tr Th Q P ĐT NXB Nxb St Ô Bà VD vd TT TW",
    "fr": "M MM Mme Mmes Mlle Mlles Me Dr Pr Prof St Ste al av apr env hab éd "
    "cf ex tél min max sec janv févr avr juil sept oct nov déc",
    "en": "Mr Mrs Ms Dr Prof Gen Lt Col Maj Capt Sgt Adm Cmdr Rev Hon Sen Rep Gov Amb St vs "
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Inc Ltd Co Corp e.g i.e",
}
_NUMBERED = re.compile(r"(?:^|[\s(\"'«“’.-])(?:art|fig|p|pp|vol|chap|[Nn]o)\.\s*$")
"""Abbreviations before a number, which are words before anything else: "works of art. Paris …"."""

_ABBREVIATED = {
    language: re.compile(
        rf"(?:^|[\s(\"'«“’.-])(?:{'|'.join(re.escape(a) for a in words.split())}|[A-ZĐ])\.\s*$"
    )
    for language, words in _ABBREVIATIONS.items()
}
_ENDING = re.compile(r"(?<![\w.])(?:art|no)\.\s+(?=[A-ZÀ-Ý][\w'’])")
_INITIAL = re.compile(r"(?:^|[\s(.-])[A-ZĐ]\.\s*$")
_LAST = 24  # characters at the end of a piece that an abbreviation can reach back over


def sentences(text: str, language: str) -> list[Span]:
    """Spans of the sentences of `text`, in order, without the white space around them."""
    spans: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        for start, end in _pieces(line.group(), language):
            spans.extend(_trimmed(text, line.start() + start, line.start() + end))
    return spans


def _pieces(line: str, language: str) -> Iterator[tuple[int, int]]:
    abbreviated = _ABBREVIATED.get(language, _INITIAL)
    start = end = 0
    for piece in _segments(language, line):
        end += len(piece)
        # "văn hóa... đồng thời": what goes on in lower case is the same sentence, and so is "/."
        # behind the full stop, by which some agencies close a story.
        rest = line[end : end + _LAST]
        goes_on = rest[:1].islower() or bool(rest and not re.search(r"\w", rest))
        tail = line[max(start, end - _LAST) : end]
        numbered = rest[:1].isdigit() and _NUMBERED.search(tail)
        if goes_on or numbered or abbreviated.search(tail):
            continue
        yield start, end
        start = end
    if start < len(line):
        yield start, len(line)


def _segments(language: str, line: str) -> Iterator[str]:
    """The pieces that sentencex finds, divided behind words that it takes for abbreviations."""
    for piece in segment(language, line):
        start = 0
        for match in _ENDING.finditer(piece):
            yield piece[start : match.end()]
            start = match.end()
        yield piece[start:]


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start + 1, start + MAX_SENTENCE_CHARS)
        cut = cut if cut > start else start + MAX_SENTENCE_CHARS
        yield Span(start, cut)
        start = cut + 1 if text[cut] == " " else cut
    if start < end:
        yield Span(start, end)


def passages(
    text: str,
    spans: Sequence[Span],
    title: str | None,
    language: str,
    apart: Collection[int] = (),
) -> list[Passage]:
    """Passages over the sentences `spans`, one behind the other, each sentence in one of them.

    A sentence that begins at one of `apart` begins a passage too.
    """
    runs: list[list[Span]] = []
    for span in spans:
        joined = runs and span.start not in apart
        if joined and len(text[runs[-1][0].start : span.end].encode()) <= PASSAGE_BYTES:
            runs[-1].append(span)
        else:
            runs.append([span])
    found = [Span(run[0].start, run[-1].end) for run in runs]
    return [Passage(span, passage_words(span.of(text), title, language).key) for span in found]


@dataclass(frozen=True, slots=True)
class PassageWords:
    """What is embedded and indexed for a passage: its own words under its article's title.

    The last `own` characters are its own.
    """

    text: str
    own: int
    language: str

    @property
    def key(self) -> str:
        """The passage's name in every index: the same words are embedded once."""
        named = f"{self.language}\0{self.own}\0{self.text}"
        return hashlib.sha256(named.encode("utf-8")).hexdigest()[:32]


def passage_words(words: str, title: str | None, language: str) -> PassageWords:
    """The words of a passage under the title, unless they begin with it themselves."""
    text = f"{title}\n{words}" if title and not words.startswith(title) else words
    return PassageWords(text, len(words), language)
