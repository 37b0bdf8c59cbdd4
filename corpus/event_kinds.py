"""Words that name a kind of event, from `corpus/data/event_kinds.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from corpus.article import EventKind, Span


@dataclass(frozen=True, slots=True)
class KindMention:
    """Words that name a kind of event: `span` is in characters of the text searched."""

    kind: EventKind
    span: Span


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    import yaml  # noqa: PLC0415  (reading waits until an event is looked for)

    source = files("corpus").joinpath("data/event_kinds.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load(source)
    return loaded


def kind_terms() -> dict[EventKind, dict[str, list[str]]]:
    """Kind → language → terms, as `corpus/data/event_kinds.yaml` lists them."""
    return {kind: _data()[kind] for kind in get_args(EventKind)}


_WORD = re.compile(r"[^\W_]+(?:['’](?=[^\W_]))?")


def _words(text: str) -> list[tuple[str, int, int]]:
    return [
        (match.group().lower().replace("’", "'"), match.start(), match.end())
        for match in _WORD.finditer(text)
    ]


@cache
def _terms_by_first_word() -> dict[str, list[tuple[tuple[str, ...], EventKind | None]]]:
    found: dict[str, list[tuple[tuple[str, ...], EventKind | None]]] = {}
    named = [*kind_terms().items(), (None, _data()["none"])]
    for kind, languages in named:
        for term in (term for terms in languages.values() for term in terms):
            words = tuple(word for word, _, _ in _words(term))
            found.setdefault(words[0], []).append((words, kind))
            if len(words) > 1:
                # Line breaks lost in extraction glue words together.
                glued = "".join(words)
                found.setdefault(glued, []).append(((glued,), kind))
    for options in found.values():
        options.sort(key=lambda option: -len(option[0]))
    return found


def kinds_in(text: str) -> list[KindMention]:
    """The words in a text that name a kind of event, in order; the longest term wins."""
    words, terms = _words(text), _terms_by_first_word()
    found: list[KindMention] = []
    index = 0
    while index < len(words):
        for parts, kind in terms.get(words[index][0], ()):
            window = words[index : index + len(parts)]
            if tuple(word for word, _, _ in window) == parts:
                if kind is not None:
                    found.append(KindMention(kind, Span(window[0][1], window[-1][2])))
                index += len(parts)
                break
        else:
            index += 1
    return found
