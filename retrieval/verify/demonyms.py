"""Adjectives of countries and regions in languages of which only the names are known.

CLDR names every country in every language and says nothing of "mexicana", "belgische", "usbekisch".
Most such words begin like the name, so a word that begins with as much of a name as no other name
shares may be one; `retrieval/data/demonyms.yaml` has those that do not. This only ever bears out a
place that a statement names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from corpus.gazetteer import cldr, country_codes, data
from corpus.words import fold
from retrieval.tables import table

_STEM = 5
"""Letters that the beginning of a name has at least, if it is not all of it."""

_SHORTEST = 4
_ENDING = 2
"""Letters of a name that an adjective may lack or change."""

_LAND = re.compile(r"(?:i?stan|истан)$")


def has_adjective(code: str, text: str, language: str) -> bool:
    """Whether `text`, folded and in `language`, has an adjective of the place with that code."""
    pattern = _pattern(code, language)
    return pattern is not None and pattern.search(text) is not None


@cache
def _pattern(code: str, language: str) -> re.Pattern[str] | None:
    forms = [
        re.escape(form).replace(r"\*", r"\w*")
        for form in table("demonyms").get(code, {}).get(language, ())
    ]
    if stem := _stems(language).get(code):
        forms.append(re.escape(stem).replace(r"\ ", r"\W?") + r"\w+")
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)") if forms else None


@cache
def _stems(language: str) -> Mapping[str, str]:
    """For each place, as much of the beginning of its name as no other place's name shares."""
    names = {code: _key(cldr(language).get(code, "")) for code in country_codes()}
    for code, entry in data()["regions"].items():
        names[code] = _key(cldr(language).get(entry.get("cldr", ""), ""))
    found = {}
    for code, name in names.items():
        land = _LAND.sub("", name)
        least = len(land) if land != name else max(_STEM, len(name) - _ENDING)
        others = {other for key, other in names.items() if key != code and other != name}
        for size in range(least, len(name) + 1):
            long_enough = size >= _STEM or (size == len(name) >= _SHORTEST)
            if long_enough and not any(other.startswith(name[:size]) for other in others):
                found[code] = name[:size]
                break
    return found


def _key(name: str) -> str:
    """A name as words are compared, without what stands in brackets."""
    return " ".join(re.findall(r"\w+", fold(name.partition(" (")[0])))
