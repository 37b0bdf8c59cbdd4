"""Topics of diplomacy and public affairs in a text, by the terms of `data/topics.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from corpus.article import Span
from corpus.words import Word, gap, is_inner, keys, words

_FILE = Path(__file__).parent / "data" / "topics.yaml"
_LANGUAGES = ("vi", "fr", "en")


@dataclass(frozen=True, slots=True)
class TopicMention:
    """One topic: key of topics.yaml, the span of its first mention, and how often it came."""

    key: str
    span: Span
    surface: str
    count: int = 1


class _Term(NamedTuple):
    key: str
    folds: tuple[str, ...]
    marks: tuple[str, ...]
    strict: bool
    acronym: bool


@cache
def _data() -> Mapping[str, Any]:
    import yaml  # noqa: PLC0415  (reading waits until a topic is looked up)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with _FILE.open(encoding="utf-8") as file:
        loaded: Mapping[str, Any] = yaml.load(file, Loader=loader)  # noqa: S506  (a safe loader)
    return loaded


@cache
def _index() -> dict[str, list[_Term]]:
    index: dict[str, list[_Term]] = {}
    for key, entry in _data().items():
        for language in _LANGUAGES:
            for text in entry.get(language, ()):
                found = words(text)
                parts = [keys(word.text) for word in found]
                bare = "".join(word.text for word in found)
                term = _Term(
                    key,
                    tuple(part[0] for part in parts),
                    tuple(part[1] for part in parts),
                    language == "vi" and len(parts) < 4,
                    len(found) == 1 and bare.isupper() and len(bare) < 6,
                )
                index.setdefault(term.folds[0], []).append(term)
    for terms in index.values():
        terms.sort(key=lambda term: -len(term.folds))
    return index


def topic_keys() -> tuple[str, ...]:
    """The keys of all topics, in the order of topics.yaml."""
    return tuple(_data())


def topics_in(text: str) -> list[TopicMention]:
    """Return the topics of `text` in order of first mention, each once with its count."""
    found = words(text)
    index = _index()
    first: dict[str, tuple[int, int]] = {}
    counts: dict[str, int] = {}
    position = 0
    while position < len(found):
        size = 1
        for term in index.get(found[position].fold, ()):
            if _matches(text, found, position, term):
                size = len(term.folds)
                span = (found[position].start, found[position + size - 1].end)
                first.setdefault(term.key, span)
                counts[term.key] = counts.get(term.key, 0) + 1
                break
        position += size
    return [
        TopicMention(key, Span(start, end), text[start:end], counts[key])
        for key, (start, end) in first.items()
    ]


@cache
def beginnings(topics: frozenset[str]) -> frozenset[str]:
    """The folded words that the terms of these topics begin with: without one there is none."""
    return frozenset(
        fold for fold, terms in _index().items() if any(term.key in topics for term in terms)
    )


def _matches(text: str, found: list[Word], position: int, term: _Term) -> bool:
    size = len(term.folds)
    if position + size > len(found):
        return False
    for offset in range(size):
        word = found[position + offset]
        if word.fold != term.folds[offset]:
            return False
        # Accents may be missing from a long term, never other than the term's own.
        if word.marks != term.marks[offset] and (term.strict or word.marks):
            return False
        if term.acronym and not word.text.isupper():
            return False
        if offset and not _joined(gap(text, found[position + offset - 1], word)):
            return False
    return True


def _joined(between: str) -> bool:
    return is_inner(between) or between == ", "


@cache
def display_topic(key: str, locale: str) -> str:
    """Return the topic's name in `locale` (English where that is neither vi, fr nor en)."""
    language = locale.replace("-", "_").partition("_")[0]
    entry = _data().get(key, {})
    language = language if language in _LANGUAGES else "en"
    shown = entry.get("display", {}).get(language) or next(iter(entry.get(language, ())), key)
    return str(shown)
