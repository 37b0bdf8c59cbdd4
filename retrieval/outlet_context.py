"""What stands around a name in a question, and whether it makes the name that of an outlet."""

from __future__ import annotations

import functools
import re
import unicodedata
from itertools import chain

from corpus.article import Span
from corpus.words import fold
from retrieval.tables import table
from retrieval.words import idle_words

_SKIPPED = re.compile(
    r"(?:\b(?:the|an?|both|les?|la|un|une|ca|a la fois|either|another|its|two|two of|one)\s+"
    r"|\bl['’]|[\"'‘’“”«»(\s])*$"
)
_CLOSING = re.compile(r"[\"'‘’“”»)]*\s*")
_LISTED = re.compile(
    r"(?:['’]s?)?[\"'‘’“”«»)]*\s*(?:,\s*)?"
    r"(?:\b(?:and|or|et|ou|va|hoac|hay|y|und|e|as well as|cung nhu|,)\s+|&\s*)?"
    r"(?:(?:both|the|les?|la|du|another|by|from|in|cua|tren|bao|dans|de|par|two)\s+|l['’])*[\"'‘’“”«»(]*"
)
_NAME = re.compile(
    r"[A-ZÀ-ÝĐ][\w'’.+-]*"
    r"(?:(?: | [-–—|] |: )(?:(?:of|and|&|the|du|de|des|la|le|et|và) )*[A-ZÀ-ÝĐ0-9][\w'’.+-]*)*"
)
_ABOUT = re.compile(r"(?<!\w)(?:on|about|against|concerning|regarding|ve|sur|contre)\s*$")
_CAPITAL_BEFORE = re.compile(r"([^\W\d_][\w'’.-]*)[ -]$")
_CAPITAL_AFTER = re.compile(r"[ -]([A-ZÀ-ÝĐ0-9][\w'’-]*)")
_DOMAIN = re.compile(r"\w\.(?:com|net|org|co\.\w\w|fr|vn|de|info|tv|news|io)\b", re.IGNORECASE)

_SHORT = 4


def flat(text: str) -> str:
    """`text` in lower case without accents, of the same length."""
    return "".join(_flat(char) for char in text)


@functools.lru_cache(maxsize=4000)
def _flat(char: str) -> str:
    folded = fold(char) if not unicodedata.combining(char) else char
    return folded if len(folded) == 1 else char


@functools.cache
def _cues() -> dict[str, re.Pattern[str] | frozenset[str]]:
    tables = table("outlet_cues").values()

    def joined(kind: str) -> str:
        parts = chain.from_iterable(table[kind] for table in tables)
        return "|".join(re.sub(r"\s+\|", "|", part) for part in parts)

    nouns = "|".join(
        word.replace("+", " ") for table in tables for word in str(table["nouns"]).split()
    )
    media = frozenset(word for table in tables for word in str(table["media"]).split())
    bare = joined("before")
    return {
        "before": re.compile(rf"(?<!\w)(?:{bare}|{nouns})\s*$"),
        "sure_before": re.compile(rf"(?<!\w)(?:{joined('sure_before')})\s*$"),
        "noun": re.compile(rf"(?<!\w)(?:{nouns})\s*$"),
        "after": re.compile(rf"(?:['’]?s\b)?\s*(?:{joined('after')})"),
        "sure_after": re.compile(rf"(?:['’]?s\b)?\s*(?:{joined('sure_after')})"),
        "media": media,
    }


def _pattern(kind: str) -> re.Pattern[str]:
    pattern = _cues()[kind]
    assert isinstance(pattern, re.Pattern)  # noqa: S101 - for the type checker
    return pattern


def looks_like_media(name: str) -> bool:
    """Whether a name has a word that outlets are called by ("Zorba Gazette"), or an address."""
    media = _cues()["media"]
    assert isinstance(media, frozenset)  # noqa: S101 - for the type checker
    words = re.findall(r"\w+", fold(name))
    named = len(words) > 1 and any(word in media for word in words)
    return named or bool(_DOMAIN.search(name))


class Context:
    """A question, and what its words around a span say of it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._flat = flat(text)

    def around(self, span: Span, *, low: bool = False) -> bool:
        """Whether the words before or after speak of an outlet; typed `low`, those before."""
        before = self._before(span)
        if _pattern("before").search(before) or self._after_noun(before):
            return True
        contracted = re.search(r"(?<!\w)(?:dans|sur)\s*$", before)
        if contracted and re.match(r"(?:les? |la |l['’])", self._flat[span.start : span.end]):
            return True
        told_of = _ABOUT.search(before)  # "the article on The Post", which is another's
        return not (low or told_of) and bool(_pattern("after").match(self._after(span)))

    def surely(self, span: Span) -> bool:
        """Whether they do so even for a name that nobody knows."""
        before = self._before(span)
        if _pattern("sure_before").search(before) or self._after_noun(before):
            return True
        after = _pattern("sure_after").match(self._after(span))
        short = len(span.of(self._text).split()) <= _SHORT  # longer ones are titles of articles
        return bool(after) and short and self.quoted(span)

    def quoted(self, span: Span) -> bool:
        """Whether the span stands between quotation marks, or an article with it does."""
        before = re.sub(r"(?:the|les?|la) $", "", self._flat[: span.start])
        return before[-1:] in set("\"'‘’“«") and self._flat[span.end : span.end + 1] in set(
            "\"'’”»"
        )

    def inside_a_name(self, span: Span) -> bool:
        """Whether the words beside the span belong to it: "Bộ Lao động", "Fortune 500"."""
        before = _CAPITAL_BEFORE.search(self._text[: span.start])
        cue = _pattern("before").search(self._before(span))
        if before and before.group(1)[0].isupper() and not (cue or self._idle(before.group(1))):
            return True
        after = self._text[span.end :]
        return bool(re.match(r"[ -]\d|[ -]?of [A-Z]| V\b", after))

    def goes_on(self, span: Span) -> bool:
        """Whether a capitalised word follows that may belong to it."""
        after = _CAPITAL_AFTER.match(self._text, span.end)
        return after is not None and fold(after.group(1)) not in idle_words()

    def starts(self, span: Span) -> bool:
        """Whether the question starts with the span, where any word has a capital."""
        return not self._text[: span.start].strip("\"'‘’“”«» ")

    def listed(self, a: Span, b: Span) -> bool:
        """Whether two spans are neighbours in a list."""
        first, second = sorted((a, b), key=lambda span: span.start)
        between = self._flat[first.end : second.start]
        return bool(re.search(r"[,&]|\w", between)) and bool(_LISTED.fullmatch(between))

    def names(self) -> list[Span]:
        """Runs of capitalised words, with the section of an outlet ("X - Sport"), without "The"."""
        found = []
        for match in _NAME.finditer(self._text):
            words = list(re.finditer(r"\S+", match.group()))
            while words and (
                fold(words[0].group().strip("'’.")) in idle_words()
                or (
                    not words[0].group().isascii()
                    and self._after_noun_at(match.start() + words[0].end())
                )
            ):
                words.pop(0)
            if words:
                start = match.start() + words[0].start()
                found.append(
                    Span(start, start + len(self._trimmed(self._text[start : match.end()])))
                )
        return found

    def _after_noun_at(self, end: int) -> bool:
        return self._after_noun(self._flat[:end])

    def _trimmed(self, name: str) -> str:
        return re.sub(r"['’]s?$|[.'’-]+$", "", name)

    def _before(self, span: Span) -> str:
        """What stands before, without articles and quotation marks between."""
        before = self._flat[: span.start]
        while True:
            shorter = _SKIPPED.sub("", before)
            if shorter == before:
                return before
            before = shorter

    def _after(self, span: Span) -> str:
        after = self._flat[span.end : span.end + 120]
        closing = _CLOSING.match(after)
        return after[closing.end() :] if closing and not after.startswith(("'s", "’s")) else after

    def _after_noun(self, before: str) -> bool:
        """Whether "newspaper", "báo" … stands right before, with its accents."""
        match = _pattern("noun").search(self._text[: len(before)].lower() + " ")
        if match is None:
            return False
        # "thông báo", "họp báo": the noun is the end of another word of two syllables.
        return not re.search(
            r"(?:thông|họp|cảnh|dự|tình|quảng|khẩn|đại|điện|mật|làm) $",
            self._text[: match.start()].lower(),
        )

    def _idle(self, word: str) -> bool:
        """Whether a capitalised word before is grammar, or says "newspaper"."""
        return fold(word) in idle_words() or bool(_pattern("noun").search(word.lower()))
