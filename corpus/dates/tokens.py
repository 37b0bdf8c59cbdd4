"""From text to typed tokens, and rules over their types.

A lexicon says which words matter in a language and of what kind they are (``month`` 3,
``day_unit``, ``from``). Rules are regular expressions over kinds: ``"num of? month year4?"``.
Each kind is written as one character, so that a rule runs at the speed of `re` over a string
that is a fraction of the text, and backtracking stays inside one short expression.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_CHARS: dict[str, str] = {}
_NAME = re.compile(r"[A-Za-z_]\w*")


def char_of(kind: str) -> str:
    """The private-use character that stands for a kind in rules."""
    char = _CHARS.get(kind)
    if char is None:
        char = _CHARS[kind] = chr(0xE000 + len(_CHARS))
    return char


@dataclass(slots=True)
class Token:
    """A word, number or sign with its kind, or a run of them once a rule has read it."""

    kind: str
    value: Any
    start: int
    end: int
    word: str = ""


Words = list[Token]
Build = Callable[["Match"], Token | tuple[str, Any] | None]


@dataclass(slots=True)
class Match:
    """The tokens one rule matched, with their neighbours for context."""

    tokens: Words
    before: Token | None
    after: Token | None
    text: str

    def get(self, *kinds: str) -> Any:
        """The value of the first token of one of these kinds, or None."""
        for token in self.tokens:
            if token.kind in kinds:
                return token.value
        return None

    def all(self, *kinds: str) -> list[Any]:
        return [token.value for token in self.tokens if token.kind in kinds]

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)

    @property
    def source(self) -> str:
        return self.text[self.tokens[0].start : self.tokens[-1].end]


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    build: Build


def rule(pattern: str, build: Build) -> Rule:
    """A rule from a pattern of kind names; spaces are ignored, ``? * + | ( )`` as in `re`."""
    compiled = _NAME.sub(lambda m: char_of(m.group()), pattern.replace("(", "(?:"))
    return Rule(re.compile(compiled.replace(" ", "")), build)


def rewrite(tokens: Words, rules: Iterable[Rule], text: str) -> Words:
    """The tokens after each rule in turn has replaced what it matches by one token."""
    codes = "".join([char_of(token.kind) for token in tokens])
    for one in rules:
        pieces: Words = []
        written: list[str] = []
        done = 0
        for match in one.pattern.finditer(codes):
            first, last = match.span()
            found = tokens[first:last]
            if not found:
                continue
            made = one.build(
                Match(
                    found,
                    tokens[first - 1] if first else None,
                    tokens[last] if last < len(tokens) else None,
                    text,
                )
            )
            if made is None:
                continue
            if not isinstance(made, Token):
                start, end = found[0].start, found[-1].end
                made = Token(made[0], made[1], start, end, text[start:end])
            pieces += tokens[done:first]
            pieces.append(made)
            written += (codes[done:first], char_of(made.kind))
            done = last
        if done:
            tokens = pieces + tokens[done:]
            codes = "".join(written) + codes[done:]
    return tokens


def bare(word: str) -> str:
    """The word as typed without accents."""
    plain = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


Entry = tuple[str, Any]


@dataclass(frozen=True)
class Lexicon:
    """Words and phrases of a language, each with kind and value, in lower case."""

    words: dict[str, Entry]
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]]
    first_words: frozenset[str]


def lexicon(
    entries: Mapping[str, Mapping[str, Any] | Iterable[str]], *, accents_optional: bool
) -> Lexicon:
    """Build a lexicon from ``kind -> words`` or ``kind -> {word: value}``.

    With `accents_optional` every word is known without its accents too; the first entry wins
    where two words differ by accents alone.
    """
    words: dict[str, Entry] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    listed: list[tuple[str, Entry]] = []
    for kind, group in entries.items():
        pairs = group.items() if isinstance(group, Mapping) else ((word, None) for word in group)
        listed += [(word, (kind, value)) for word, value in pairs]
    listed += [(word.replace("'", "’"), entry) for word, entry in listed if "'" in word]
    if accents_optional:
        listed += [(bare(word), entry) for word, entry in listed]
    for word, entry in listed:
        parts = tuple(split(word))
        if len(parts) == 1:
            words.setdefault(word, entry)
        elif all(parts != known for known, _ in phrases.get(parts[0], [])):
            phrases.setdefault(parts[0], []).append((parts, entry))
    for group_ in phrases.values():
        group_.sort(key=lambda pair: -len(pair[0]))
    return Lexicon(words, phrases, frozenset((*words, *phrases)))


_TOKEN = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    r"|\d{1,2}(?P<sep>[-/.])\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?!\d|[.,/]\d)"
    r"|\d{1,2}/\d{4}(?!\d|/)|\d{4}/\d{1,2}(?!\d|/)"
    r"|\d{1,2}/\d{1,2}(?!\d|/|[.,]\d)"
    r"|\d+(?:st|nd|rd|th|ers?|ère|ere|ème|eme|nde|re|e)(?![^\W_])"
    r"|\d+(?:[.,]\d+)+%?|\d+%?|[^\W\d_]+|\n[ \t\r]*(?=\n|[^\n\S]*[^a-z\d\s]|$)|[^\w\s]|_"
)


def split(text: str) -> list[str]:
    return [match.group() for match in _TOKEN.finditer(text)]


_SIGNS = {
    ",": "comma", "-": "dash", "–": "dash", "—": "dash", "−": "dash", "~": "dash", "‐": "dash",
    "/": "slash", ".": "dot", "(": "lpar", ")": "rpar", "'": "apos", "’": "apos", "‘": "apos",
    ":": "colon", ";": "stop", "!": "stop", "?": "stop", "…": "stop", "$": "money", "€": "money",
    "£": "money", "_": "other", "@": "at",
}  # fmt: skip
_NUMERIC = re.compile(
    r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<t>[-/.])(?P<b>\d{1,2})(?:(?P=t)(?P<c>\d{4}|\d{2}))"
    r"|(?P<m2>\d{1,2})/(?P<y2>\d{4})|(?P<y3>\d{4})/(?P<m3>\d{1,2})|(?P<e>\d{1,2})/(?P<f>\d{1,2})"
)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3}){1,2}")
_ORDINAL = re.compile(r"(\d+)[^\W\d_]+")


def number_entry(word: str) -> Entry:
    """Kind and value of a token that starts with a digit."""
    if word.isdecimal():
        value = int(word) if len(word) < 9 else 0
        if len(word) <= 2:
            return ("num", value) if 1 <= value <= 31 else ("num2", value)
        if len(word) == 4 and 1000 <= value <= 2999:
            return "year4", value
        return "big", value
    match = _NUMERIC.fullmatch(word)
    if match:
        part = {k: int(v) for k, v in match.groupdict().items() if v and v.isdecimal()}
        if "y" in part:
            return "ymd", (part["y"], part["m"], part["d"])
        if "a" in part:
            year = match["c"]
            return "abc", (part["a"], part["b"], full_year(year), match["t"])
        if "m2" in part or "m3" in part:
            return "my", (part.get("m2") or part.get("m3"), part.get("y2") or part.get("y3"))
        return "frac", (part["e"], part["f"])
    match = _ORDINAL.fullmatch(word)
    if match and len(match[1]) <= 3:
        return "ord", int(match[1])
    # "10,000" is a count; what is not whole counts nothing.
    grouped = _GROUPED.fullmatch(word)
    return "big", int(re.sub("[.,]", "", word)) if grouped else 0


def full_year(digits: str) -> int:
    """A two-digit year: up to 39 this century, else the last one."""
    value = int(digits)
    if len(digits) > 2:
        return value
    return value + (2000 if value < 40 else 1900)


def _unlisted(word: str) -> Entry:
    """Kind and value of a token that no lexicon lists: a number, a sign, a plain word."""
    if word[0].isdecimal() and word[0].isascii():
        return number_entry(word)
    return ("line" if word[0] == "\n" else _SIGNS.get(word, "other")), None


def read(text: str, lexicon: Lexicon) -> Words:
    """The tokens of the text that a lexicon knows, numbers, signs, and what stands between.

    Of a run of words that mean nothing here the first and the last are kept: they are neighbours of
    dates.
    """
    matches = list(_TOKEN.finditer(text))
    lows = [match.group().lower() for match in matches]
    known, words, phrases = lexicon.first_words, lexicon.words, lexicon.phrases
    telling = [place for place, low in enumerate(lows) if low in known or not low.isalpha()]
    telling.append(len(matches))
    found: Words = []
    index, in_run = 0, False
    for place in telling:
        if place < index:
            continue  # within a phrase
        if place > index and not in_run:
            found.append(_plain(matches[index]))
            index += 1
        if place > index:
            found.append(_plain(matches[place - 1]))
        if place == len(matches):
            break
        index, in_run = place + 1, False
        match, low = matches[place], lows[place]
        for parts, entry in phrases.get(low, ()):
            stop = place + len(parts)
            if tuple(lows[place:stop]) == parts:
                start, end = match.start(), matches[stop - 1].end()
                found.append(Token(entry[0], entry[1], start, end, text[start:end]))
                index = stop
                break
        else:
            kind, value = words.get(low) or _unlisted(match.group())
            in_run = kind == "other"
            found.append(Token(kind, value, match.start(), match.end(), match.group()))
    return found


def _plain(match: re.Match[str]) -> Token:
    return Token("other", None, match.start(), match.end(), match.group())
