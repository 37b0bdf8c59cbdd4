"""What the corpus tells, in the reader's language.

Its sentences are English, and kept so: why a document was not taken, what came of a look at a
source. The catalogue `corpus` has the templates that they are made from.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.words import DEFAULT, known_language, templates
from corpus.errors import ToldError

_PLACE = re.compile(r"%\((\w+)\)([sd])")
_INNER = "why"
"""The place of a sentence within a sentence."""

_SEE = re.compile(r"; see: attache [^;]*$")
"""What an error that was kept as a string tells the console alone."""

_BESIDE_URL = re.compile(r"%\(url\)s\s?: ")
"""What is told of an address stands beside the address, at times."""


def reason(told: Exception | str, language: str) -> str:
    """A sentence of the corpus, or an error, in `language`; as it is where no template fits."""
    text = told.told if isinstance(told, ToldError) else _SEE.sub("", str(told))
    language = known_language(language)
    return text if language == DEFAULT else _told(text, language)[0]


def _told(text: str, language: str) -> tuple[str, int]:
    """`text` in `language`, by the template that says most of it; and how much of it none says."""
    best = (text, len(text))
    for template in _templates(language):
        match = template.pattern.fullmatch(text)
        if match is None:
            continue
        values = match.groupdict()
        left = sum(len(value) for name, value in values.items() if name != _INNER)
        if _INNER in values:
            values[_INNER], untold = _told(values[_INNER], language)
            if not template.has_words and untold == len(match[_INNER]):
                continue  # only signs between the words of others: not ours
            left += untold
        if left < best[1]:
            best = (_filled(template.translated, values), left)
    return best


def _filled(translated: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: values[place[1]], translated)


@dataclass(frozen=True, slots=True)
class _Template:
    pattern: re.Pattern[str]
    translated: str
    has_words: bool


@functools.cache
def _templates(language: str) -> list[_Template]:
    found = dict(templates(language))
    for template, translated in templates(language).items():
        if _BESIDE_URL.match(template) and _BESIDE_URL.match(translated):
            short = _BESIDE_URL.sub("", template, count=1)
            found.setdefault(short, _BESIDE_URL.sub("", translated, count=1))
    return [
        _Template(_pattern(template), translated, bool(re.search(r"\w", _PLACE.sub("", template))))
        for template, translated in found.items()
    ]


def _pattern(template: str) -> re.Pattern[str]:
    parts, end = [], 0
    for place in _PLACE.finditer(template):
        value = r"-?\d+" if place[2] == "d" else ".*" if place[1] == _INNER else ".*?"
        parts.append(f"{re.escape(template[end : place.start()])}(?P<{place[1]}>{value})")
        end = place.end()
    return re.compile("".join(parts) + re.escape(template[end:]), re.DOTALL)
