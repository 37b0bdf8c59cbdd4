"""What the corpus tells, in the reader's language.

Its sentences are English, and kept so: why a document was not taken, what came of a look at a
source. The catalogue `corpus` has the templates that they are made from.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from bot.words import DEFAULT, known_language, templates
from corpus.errors import CorpusError

_PLACE = re.compile(r"%\((\w+)\)([sd])")
_INNER = "why"
"""The place of a sentence within a sentence."""


def reason(told: Exception | str, language: str) -> str:
    """A sentence of the corpus, or an error, in `language`; as it is where no template fits."""
    text = told.told if isinstance(told, CorpusError) else str(told)
    language = known_language(language)
    if language == DEFAULT:
        return text
    for pattern, translated in _patterns(language):
        match = pattern.fullmatch(text)
        if match is not None:
            values = match.groupdict()
            inner = {name: reason(values[name], language) for name in values if name == _INNER}
            return _filled(translated, {**values, **inner})
    return text


def _filled(translated: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: values[place[1]], translated)


@functools.cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Templates as patterns, with their translations: those that say most themselves first."""
    found = sorted(templates(language).items(), key=lambda each: -len(_PLACE.sub("", each[0])))
    return [(_pattern(template), translated) for template, translated in found]


def _pattern(template: str) -> re.Pattern[str]:
    parts, end = [], 0
    for place in _PLACE.finditer(template):
        value = r"\d+" if place[2] == "d" else ".*" if place[1] == _INNER else ".*?"
        parts.append(f"{re.escape(template[end : place.start()])}(?P<{place[1]}>{value})")
        end = place.end()
    return re.compile("".join(parts) + re.escape(template[end:]), re.DOTALL)
