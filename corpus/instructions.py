"""Tell sentences that report from text that asks something of whoever reads it.

Articles are written by anybody. A sentence that commands ("Translate the following …", "Add … to
your reply"), puts a question, or imitates the marks of a chat asserts nothing: it is no evidence,
whatever stands around it. Words that somebody is reported to have said are left to the reporter:
"We must act now," the minister said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from corpus.article import Span
from corpus.instruction_words import Patterns, patterns

_LOOKALIKES = str.maketrans(
    "авеѕіјкмнорсԛтуԝхһԁɡıαερονκτυχАВЕЅІЈКМНОРСТУХΑΒΕΗΙΚΜΝΟΡΤΥΧΖ",
    "abesijkmhopcqtywxhdgiaepovktuxABESIJKMHOPCTYXABEHIKMNOPTYXZ",
)
"""Letters of other scripts that read as Latin ones."""

_FOREIGN = re.compile("[\u0131\u0261\u0370-\u052f]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_SPACE = re.compile(r"\s+")

_QUOTES = re.compile("[“”„«»\"「」]|'")
_QUOTED = re.compile(
    '“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|"[^"]*"|「[^」]*」'
    "|(?<![\\w.,!?])['‘][^'’]*(?:['’](?=\\w)[^'’]*)*['’](?!\\w)"
)
_BEGUN_OR_ENDED = re.compile('^[^“«„"]*[”»](?=[\\s,.;:–—-]*\\w)|[“«„][^”»]*$')
_ENDED_STRAIGHT = re.compile('^[^"]*[^\\s"]"(?=[\\s,;:–—-]+\\w)')
_BEGUN_STRAIGHT = re.compile('(?<=[\\s:,])"[^"]*$')
_MARK = " “” "

_TELLING = set("<|[`~{=#")
_FORMS = re.compile(
    r"<\|?/?(?:im_|s>|sys|system|user|assistant|end|inst|bos|eos|begin|start|script|iframe|img|a\s)"
    r"|\|>|\[/?(?:inst|sys|system|assistant|user)\]|<</?sys>>|```|~~~|\{\{|\{%|={4,}|#{3,}|<!--"
)
_ADDRESS = re.compile(r"\b(?:javascript|vbscript|tg):\S|\bdata:\w+/")
"""Marks and addresses that only programs read."""

_BORDER = re.compile(
    r"\W*(?:end|begin(?:ning)?|start|fin|hết|kết thúc|ende) (?:(?:of|de|d'|du|của|des) ?)?"
    r"(?:the |l'|la )?(?:article|text|document|context|evidence|input|data|sentence|prompt"
    r"|instructions?|passage|message|texte|contexte|bài viết|văn bản|ngữ cảnh|tài liệu)\W*$"
)
_LONG = 40
_BLOB = re.compile(
    r"[A-Za-z0-9+/_-]{40,}={0,2}|(?:\\x[0-9a-fA-F]{2}|%[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}){4,}"
)
_WORD = re.compile(r"\w+")
_LETTERS = 6
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ .·_-]){5,}[^\W\d_](?!\w)")

_ASKED = re.compile(r"[?？؟](?![\s\"'”»)\],;–—-]*[a-zà-öø-ÿđ])")
_TURNED = re.compile(
    r"(?:so |and |but |or )?(?:how|why|where|when|who|whom|which \w+|what(?: \w+)?)"
    r" (?:do|does|did|can|could|should|would|will|shall|am) \w+ \w+"
    r"|(?:can|could|would|will|won't|do) you\b"
)
_CLAUSES = re.compile(r"[.!?…。！？]+['\"”»)\]]*\s*(?=[^\W\d_a-zà-öø-ÿđ]|[“«\"'(])|[:;•|*]\s*")
_GLUED = re.compile(r"[.!?…。！？]['\"”»)\]]*\s*(?=[^\W\d_a-zà-öø-ÿđ]|[“«])")
_SENTENCE = 5  # words that such a piece has at least
_BETWEEN = 3
_BEGINNING = 80

_LEAD = re.compile(r"^\W*(?:\w+ ){0,2}\w+\s*[–—-]+\s")


def reporting(text: str, spans: Sequence[Span]) -> list[Span]:
    """The sentences `spans` of `text` without those that instruct whoever reads them.

    Where an instruction is glued to a sentence the sentence stays. What a quotation in it goes on
    to say goes with it, and so do a few sentences between two instructions of one paragraph.
    """
    kept: list[Span] = []
    last: int | None = None  # sentences kept since an instruction in this paragraph
    at = 0
    while at < len(spans):
        if at and "\n" in text[spans[at - 1].end : spans[at].start]:
            last = None
        run = _quoting(text, spans, at)
        whole = " ".join(span.of(text) for span in run)
        if len(run) > 1 and not is_instruction(whole):
            run, whole = run[:1], run[0].of(text)
        if not is_instruction(whole):
            kept.append(run[0])
            last = None if last is None else last + 1
        else:
            if last is not None and last <= _BETWEEN:
                del kept[len(kept) - last :]
            pieces = list(_pieces(text, run[0])) if len(run) == 1 else []
            kept.extend(pieces)
            last = 0
        at += len(run)
    return kept


def _quoting(text: str, spans: Sequence[Span], at: int) -> Sequence[Span]:
    """The sentence `at` with those behind it, on its line, that end a quotation begun in it."""
    open_marks = 0
    for end in range(at, min(at + _BETWEEN + 1, len(spans))):
        if end > at and "\n" in text[spans[end - 1].end : spans[end].start]:
            break
        words = spans[end].of(text)
        open_marks += words.count("“") + words.count("«") - words.count("”") - words.count("»")
        straight = sum(span.of(text).count('"') for span in spans[at : end + 1])
        if open_marks <= 0 and straight % 2 == 0:
            return spans[at : end + 1]
    return spans[at : at + 1]


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """What reports something in a run of sentences that nobody has parted."""
    words = span.of(text)
    cuts = [0, *(match.end() for match in _GLUED.finditer(words)), len(words)]
    parts = [words[a:b] for a, b in pairwise(cuts)]
    if len(parts) < 2:
        return
    for start, part in zip(cuts, parts, strict=False):
        told = part.strip()
        if len(told.split()) >= _SENTENCE and not is_instruction(told):
            begin = span.start + start + part.index(told)
            yield Span(begin, begin + len(told))


def asserts(sentence: str) -> bool:
    """Whether a sentence reports something: it neither commands nor asks nor imitates a chat."""
    return not (is_instruction(sentence) or is_question(sentence))


@lru_cache(maxsize=20_000)
def is_question(sentence: str) -> bool:
    """Whether a sentence, or one glued to it, asks; a question in somebody's mouth does not."""
    if any(mark in sentence for mark in "?？؟⁇⁈¿"):
        return bool(_ASKED.search(_in_own_voice(plain(sentence))))
    begun = plain(sentence[:_BEGINNING]).lower().lstrip(" -–—*•\"'“«")
    return bool(_TURNED.match(begun))


@lru_cache(maxsize=20_000)
def is_instruction(sentence: str) -> bool:
    """Whether a sentence, or one glued to it, tells its reader what to write or do."""
    shown = plain(sentence)
    lower = shown.lower().replace("’", "'")
    if not _TELLING.isdisjoint(shown) and _FORMS.search(lower):
        return True
    known = patterns()
    if ":" in lower and (known.speaker.match(lower) or _ADDRESS.search(lower)):
        return True
    words = _WORD.findall(lower)
    if known.speaks_to_a_writer(lower, set(words)) or _is_blob(shown):
        return True
    if sum(len(word) == 1 for word in words) >= _LETTERS and _SPACED.search(shown):
        return True
    own = _in_own_voice(shown)
    clauses = _CLAUSES.split(own)
    lead = _LEAD.match(own)
    if lead:
        clauses.append(own[lead.end() :])
    return any(_commands(clause, known) or _BORDER.match(clause.lower()) for clause in clauses)


def _commands(clause: str, known: Patterns) -> bool:
    return known.commands(clause.strip().lstrip("-–—*•#>“”\"'«»([ ").replace("’", "'"))


def _is_blob(text: str) -> bool:
    """Whether it holds a run that only a machine reads; a long address or word is none."""
    longest = max(map(len, text.split()), default=0)
    if longest < _LONG and "\\" not in text and "%" not in text:
        return False
    return any(
        run.group()[0] in "\\%"
        or run.group().endswith("=")
        or sum(character.isdigit() or character.isupper() for character in run.group()) >= 8
        for run in _BLOB.finditer(text)
    )


def plain(text: str) -> str:
    """`text` as a reader sees it: without hidden characters, with plain letters and spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text))
        if _FOREIGN.search(text) and re.search(r"[a-zA-Z]", text):
            text = text.translate(_LOOKALIKES)
    return _SPACE.sub(" ", text).strip()


def _in_own_voice(text: str) -> str:
    """What a sentence says without its quotations; all of it where nothing stands outside them.

    A quotation may have begun in the sentence before, or end in the next.
    """
    if not _QUOTES.search(text):
        return text
    own = _QUOTED.sub(_MARK, text)
    if own.count('"') % 2:
        ended = _ENDED_STRAIGHT.match(own)
        own = (_ENDED_STRAIGHT if ended else _BEGUN_STRAIGHT).sub(_MARK, own)
    own = _SPACE.sub(" ", _BEGUN_OR_ENDED.sub(_MARK, own)).strip()
    words = sum(any(character.isalpha() for character in word) for word in own.split())
    return own if words >= 2 else re.sub('[“”„«»"「」]', "", text).strip()
