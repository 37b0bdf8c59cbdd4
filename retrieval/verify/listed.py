"""Fields of cooperation in a list, "trade, defence and education", none of which may be exchanged.

The fields are the topics of `corpus.topics`. Between sentences that list nothing they have too many
wordings to be held to; in two lists of the same matter they stand one for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.article import Span
from corpus.topics import TopicMention, topics_in
from retrieval.verify.acts import LANGUAGES
from retrieval.verify.problem import MISSING, Problem
from retrieval.verify.told import Told

_FEWEST = 3
_ITEM = 4  # words of one
_SEPARATOR = re.compile(r",|;|(?<!\w)(?:and|et|và)(?!\w)")
_END = re.compile(r"[.!?:()]")


@dataclass(frozen=True, slots=True)
class _List:
    fields: tuple[TopicMention, ...]
    others: tuple[Span, ...]
    """Items that are no field known."""

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(field.key for field in self.fields)


def list_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The fields that `statement` lists where a list in `evidence` has others."""
    if any(each.language not in LANGUAGES for each in (statement, *evidence)):
        return
    lists = [found for each in evidence for found in _lists(each.text)]
    if not lists:
        return
    told = {topic.key for each in evidence for topic in topics_in(each.text)}
    for said in _lists(statement.text):
        for field in said.fields:
            if field.key not in told:
                yield Problem("field", field.span, MISSING)
                return
        near = max(lists, key=lambda each: len(each.keys & said.keys))
        # One item nobody knows, in place of a field that the evidence has.
        if said.others and not near.others and near.keys - said.keys:
            yield Problem("field", said.others[0], MISSING)
            return


@lru_cache(maxsize=1024)
def _lists(text: str) -> tuple[_List, ...]:
    found: list[_List] = []
    if len(_SEPARATOR.findall(text)) < _FEWEST - 1:
        return ()
    topics = topics_in(text)
    run: list[TopicMention] = topics[:1]
    others: list[Span] = []
    for before, after in pairwise(topics):
        between = _between(text, before, after)
        if between is None:
            found.append(_List(tuple(run), tuple(others)))
            run, others = [], []
        else:
            others += between
        run.append(after)
    found.append(_List(tuple(run), tuple(others)))
    return tuple(each for each in found if len(each.fields) >= _FEWEST)


def _between(text: str, before: TopicMention, after: TopicMention) -> list[Span] | None:
    """The items between two fields of one list; None where they are in none."""
    start, end = before.span.end, after.span.start
    gap = text[start:end]
    separators = list(_SEPARATOR.finditer(gap))
    if not separators or _END.search(gap):
        return None
    bounds = [0, *(place for match in separators for place in match.span()), len(gap)]
    items = [
        Span(start + first, start + last)
        for first, last in zip(bounds[::2], bounds[1::2], strict=True)
    ]
    if any(len(item.of(text).split()) > _ITEM for item in items):
        return None
    return [item for item in items[1:-1] if item.of(text).strip()]
