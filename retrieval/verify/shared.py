"""Words that may stand for any of some countries: "Congolese", "dominicain"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from corpus.article import Span
from corpus.countries import PlaceMention
from corpus.words import Word
from retrieval.tables import table
from retrieval.verify.taken import Taken


def find_shared(found: Sequence[Word], taken: Taken) -> Iterator[PlaceMention]:
    """Each such word that is not taken, once as every country that it may stand for."""
    apart = str(table("shared")["apart"]).split()
    for number, word in enumerate(found):
        beside = (*found[max(0, number - 2) : number], *found[number + 1 : number + 2])
        if taken.has(word.start) or any(other.fold in apart for other in beside):
            continue
        for code in _countries().get(word.fold, ()):
            yield PlaceMention(code, "country", Span(word.start, word.end), word.text)


def rivals(codes: frozenset[str]) -> frozenset[str]:
    """The countries that share a word with one of `codes`, and these."""
    return frozenset().union(*(each for each in _countries().values() if codes & set(each)))


@cache
def _countries() -> Mapping[str, Sequence[str]]:
    return {
        form: codes.split()
        for codes, forms in table("shared")["countries"].items()
        for form in forms.split()
    }
