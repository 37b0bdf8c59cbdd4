"""Find the outlets that a question names: those that the corpus has and those that it lacks."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus.article import Span
from corpus.outlets import lookup, outlets
from corpus.words import fold
from retrieval.outlet_context import Context, flat, looks_like_media

_TOKEN = re.compile(r"[^\W_]+|[+&]")
_GAP = re.compile(r"(?:['’.]|[ ]?[-–—|:/+&,][ ]?| )?")
_LONGEST = 12  # words in the name of an outlet
_SECTION = re.compile(r" [-–—|] |: ")
_SECTION_HERE = re.compile(
    r"(?: [-–—|] )((?:[A-Z][\w'’&.]*|&|and|of|the|et|de)(?: (?:[A-Z][\w'’&.]*|&(?= [A-Z])|"
    r"(?:and|of|the|et|de)(?= [A-Z])))*)"
)
_ARTICLES = frozenset(
    {"das", "de", "der", "die", "el", "het", "il", "l", "la", "le", "les", "lo", "o", "the"}
)
_TAIL = re.compile(r"\.(?:com|net|org|co\.uk|fr|vn|de|info|tv|news|io)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OutletMention:
    """An outlet in a question. `agencies` are what the corpus calls it, if it is `there`."""

    span: Span
    name: str
    agencies: tuple[str, ...]
    there: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a spelling stands for. `there`: in the corpus; `word`: ordinary as well."""

    name: str
    agencies: tuple[str, ...]
    there: bool
    word: bool
    bare: bool  # without the article that the name has


@dataclass(frozen=True, slots=True)
class _Candidate:
    span: Span
    entry: _Entry | None  # None: no table knows it

    def __lt__(self, other: _Candidate) -> bool:
        return (self.span.start, -self.span.end) < (other.span.start, -other.span.end)


class Shelf:
    """The outlets of a corpus and of the table, by how they may be spelt."""

    def __init__(self, names: Collection[str]) -> None:
        self._entries: dict[str, _Entry] = {}
        own: dict[str, set[str]] = {}
        heads: dict[str, set[str]] = {}
        for name in names:
            agency = agency_of(name)
            head = _SECTION.split(name)[0]
            own.setdefault(name, set()).add(agency)
            heads.setdefault(head, set()).add(agency)
            house = lookup(head)
            if house:
                heads.setdefault(house.agency, set()).add(agency)
        spelt = {fold(head): agencies for head, agencies in heads.items()}
        for name, agencies in own.items():
            self._add(name, name, agencies | spelt.get(fold(name), set()), there=True)
        for head, agencies in heads.items():
            self._add(head, head, agencies, there=True)
        for outlet in outlets():
            there = spelt.get(fold(outlet.agency), set())
            for sign in (outlet.name, *outlet.signs):
                self._add(
                    sign, outlet.name, there or {outlet.agency}, there=bool(there), word=outlet.word
                )

    def _add(
        self,
        spelling: str,
        name: str,
        agencies: Collection[str],
        *,
        there: bool,
        word: bool = False,
    ) -> None:
        tokens = key_tokens(spelling)
        if not tokens:
            return
        found = tuple(sorted(agencies))
        plain = word or (len([t for t in tokens if t not in _ARTICLES]) == 1 and _plain(spelling))
        self._entries.setdefault("".join(tokens), _Entry(name, found, there, plain, False))
        if len(tokens) > 1 and tokens[0] in _ARTICLES:
            self._entries.setdefault("".join(tokens[1:]), _Entry(name, found, there, plain, True))

    def get(self, key: str) -> _Entry | None:
        return self._entries.get(key)


@functools.lru_cache(maxsize=4)
def shelf(names: tuple[str, ...]) -> Shelf:
    """The shelf of a corpus that has the outlets `names`."""
    return Shelf(names)


def agency_of(name: str) -> str:
    """The house that an outlet of the corpus belongs to, as the catalogue has it."""
    outlet = lookup(name)
    return outlet.agency if outlet else name


def key_tokens(name: str) -> list[str]:
    """The words of a name, for comparison: "Entertainment & Arts" is "... and arts"."""
    found = _TOKEN.findall(_TAIL.sub("", name)) or _TOKEN.findall(name)
    return ["and" if word == "&" else fold(word) for word in found]


def _plain(name: str) -> bool:
    """Whether nothing in the letters of a name shows that it is one, as "TechCrunch" does."""
    return not any(
        any(char.isdigit() or char.isupper() for char in word[1:]) for word in name.split()
    )


def outlets_in(
    text: str, names: Collection[str], known: Sequence[Span] = ()
) -> list[OutletMention]:
    """The outlets that a question names, in order.

    `names` are the outlets of the corpus. `known` spans (places, people, titles) are no outlets
    where no table says so.
    """
    context = Context(text)
    candidates = _longest(_spelt(text, shelf(tuple(sorted(names)))))
    accepted = [c for c in candidates if _stands(text, c, context)]
    rest = [c for c in candidates if c not in accepted]
    taken = [candidate.span for candidate in accepted]
    unknown = [
        _Candidate(span, None)
        for span in context.names()
        if not any(_overlap(span, other) for other in taken)
        and (looks_like_media(span.of(text)) or not any(_overlap(span, other) for other in known))
    ]
    accepted += [c for c in unknown if _sure(text, c.span, context)]
    rest += [c for c in unknown if c not in accepted and looks_like_media(c.span.of(text))]
    _spread(text, accepted, rest, context)
    return [_mention(text, candidate) for candidate in sorted(accepted)]


def _spelt(text: str, known: Shelf) -> Iterator[_Candidate]:
    """Whatever is spelt like an outlet."""
    tokens = list(_TOKEN.finditer(text))
    for first, token in enumerate(tokens):
        key = ""
        for last in range(first, min(first + _LONGEST, len(tokens))):
            if last > first:
                between = text[tokens[last - 1].end() : tokens[last].start()]
                if not _GAP.fullmatch(between):
                    break
            word = tokens[last].group()
            key += "and" if word == "&" else fold(word)
            entry = known.get(key)
            if entry is None or (word == "s" and not re.search(r"['’]s$", entry.name)):
                continue  # "Time's" is not "The Times"
            start, end = token.start(), tokens[last].end()
            tail = _TAIL.match(text, end)
            end = tail.end() if tail else end
            section = _SECTION_HERE.match(text, end)
            if entry.bare:
                article = re.search(r"\b(?:the |les? |la |l['’])$", text[:start], re.IGNORECASE)
                start = article.start() if article else start
            yield _Candidate(Span(start, end), entry)
            if section and section.group(1)[0].isupper() and not _SECTION.search(entry.name):
                # Another part of the house than those that the corpus has.
                name = re.sub(r"['’]s?$|[.'’]+$", "", text[start : section.end()])
                if known.get("".join(key_tokens(name))) is None:
                    lacking = _Entry(name, (name,), False, entry.word, False)
                    yield _Candidate(Span(start, start + len(name)), lacking)


def _longest(candidates: Iterator[_Candidate]) -> list[_Candidate]:
    kept: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.span.start - c.span.end, c.span.start)):
        if not any(_overlap(candidate.span, other.span) for other in kept):
            kept.append(candidate)
    return kept


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _stands(text: str, candidate: _Candidate, context: Context) -> bool:
    """Whether a spelling that a table or the corpus has is meant as an outlet."""
    entry, span = candidate.entry, candidate.span
    assert entry is not None  # noqa: S101 - for the type checker
    surface = span.of(text)
    typed_low = not any(char.isupper() for char in surface)
    word = entry.word or (typed_low and entry.name.isupper())  # "map", "who"
    if typed_low and word and not entry.there and any(char.isupper() for char in text[1:]):
        return False
    if context.inside_a_name(span) and not context.quoted(span):
        return False
    if context.around(span, low=typed_low and word):
        return True
    if not entry.there:
        return context.quoted(span) and not typed_low and not word
    if typed_low:
        return not word and not _plain(entry.name)
    return not word or (not context.starts(span) and not entry.bare and not context.goes_on(span))


def _sure(text: str, span: Span, context: Context) -> bool:
    """Whether a name that no table knows can only be an outlet's here."""
    if context.inside_a_name(span):
        return False
    if context.surely(span):
        return True
    return looks_like_media(span.of(text)) and (
        context.around(span) and not context.inside_a_name(span)
    )


def _spread(
    text: str, accepted: list[_Candidate], rest: list[_Candidate], context: Context
) -> None:
    """Take what stands in one list with an outlet: "Fortune, The Verge, and TechCrunch"."""
    waiting = [c for c in rest if not context.inside_a_name(c.span)]
    found = True
    while found:
        found = False
        for candidate in list(waiting):
            if any(context.listed(candidate.span, other.span) for other in accepted) and (
                candidate.span.of(text)[0].isupper()
                or (candidate.entry is not None and candidate.entry.there)
                or not any(map(str.isupper, text[1:]))
            ):
                accepted.append(candidate)
                waiting.remove(candidate)
                found = True


def _mention(text: str, candidate: _Candidate) -> OutletMention:
    entry = candidate.entry
    if entry is None:
        name = candidate.span.of(text)
        return OutletMention(candidate.span, name, (name,), there=False)
    return OutletMention(candidate.span, entry.name, entry.agencies, entry.there)


__all__ = ["OutletMention", "agency_of", "flat", "outlets_in"]
