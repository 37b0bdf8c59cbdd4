"""What an article is compared by when stories are told apart: words, what stands in any language,
meaning, and days.

Nothing here depends on the other articles of a corpus, so that an article that arrives later is
compared as one that was there from the beginning: how much a word says is by how common it is in
the language (wordfreq), not in the corpus.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Event
from corpus.words import Word, words

_PAIR = 1.5
"""What two neighbouring words weigh beside one."""

_COUNTRY, _NUMBER, _SHORT_NUMBER, _FIRST = 0.5, 1.0, 0.6, 0.3
_SMALLEST = 13  # numbers below are hours, days and counts that any article has
_NUMBERS = re.compile(r"(?<![\w/.,-])\d(?:[\d.,\u00a0\u202f ]*\d)?(?![\w/])")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPENS = re.compile(r"[.!?:;\"“”«»\n]")


@dataclass(frozen=True, slots=True)
class When:
    """The days of an article as ordinals: the event's first and last, and the publication's.

    `month_day` is (month, day) of an event whose year is unknown.
    """

    first: int | None = None
    last: int | None = None
    published: int | None = None
    month_day: tuple[int, int] | None = None

    @property
    def day_of_year(self) -> int | None:
        """Of the event's first day in a leap year, which is all that some dates tell."""
        month_day = self.month_day
        if self.first is not None:
            day = dt.date.fromordinal(self.first)
            month_day = (day.month, day.day)
        return dt.date(2000, *month_day).timetuple().tm_yday if month_day else None


@dataclass(frozen=True, slots=True)
class Features:
    """`words` and `anchors` are vectors of length 1 by feature; `meaning` (dimension,) is one or
    None where there is none."""

    article: str
    language: str
    words: Mapping[str, float]
    anchors: Mapping[str, float]
    meaning: NDArray[np.float32] | None
    when: When


def features(article: Article, meaning: NDArray[np.float32] | None) -> Features:
    """The features of `article`, whose passages mean `meaning` on the whole."""
    text = f"{article.title or ''}. {article.text}"
    found = words(text)
    return Features(
        article.id,
        article.language,
        _unit(_words([word.text.lower() for word in found], article.language)),
        _unit(_anchors(article, text, found)),
        meaning,
        when(article.event, article.published),
    )


def when(event: Event | None, published: dt.date | None) -> When:
    """The days of an article."""
    reported = published.toordinal() if published else None
    if event is None or event.precision not in ("day", "day-unknown-year"):
        return When(published=reported)
    if event.precision == "day-unknown-year":
        month, day = map(int, event.start[2:].split("-"))
        return When(published=reported, month_day=(month, day))
    first, last = (dt.date.fromisoformat(each).toordinal() for each in (event.start, event.end))
    return When(first, last, reported)


def _words(found: list[str], language: str) -> dict[str, float]:
    """Words and pairs of neighbours, with the logarithm of how often they come (Salton and
    Buckley, 1988) times how rare they are."""
    weights = {
        word: (1 + math.log(count)) * _rarity(word, language)
        for word, count in Counter(found).items()
    }
    for (first, second), count in Counter(pairwise(found)).items():
        rarity = _rarity(first, language) + _rarity(second, language)
        weights[f"{first} {second}"] = _PAIR * (1 + math.log(count)) * rarity
    return weights


def _anchors(article: Article, text: str, found: list[Word]) -> dict[str, float]:
    """Countries, numbers and names: what is written alike in every language."""
    weights = {f"country {code}": _COUNTRY for code in article.countries}
    for match in _NUMBERS.finditer(text):
        number = re.sub(r"[ \u00a0\u202f]", "", match.group())
        if text[match.start() - 1 : match.start()] == "/":
            continue
        if _THOUSANDS.fullmatch(number):
            number = re.sub(r"[.,]", "", number)
        number = number.replace(",", ".")
        if _YEAR.fullmatch(number) or (number.isdigit() and int(number) < _SMALLEST):
            continue
        weights[f"number {number}"] = _SHORT_NUMBER if len(number) < 3 else _NUMBER
    for index, word in enumerate(found):
        if not word.text[0].isupper() or len(word.fold) < 2:
            continue
        opens = index == 0 or _OPENS.search(text[found[index - 1].end : word.start])
        rarity = min(1.0, max(0.1, _name_rarity(word.text.lower(), article.language)))
        name = f"name {word.fold}"
        weights[name] = max(rarity * (_FIRST if opens else 1), weights.get(name, 0))
    return weights


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {name: weight / length for name, weight in weights.items() if weight}


@lru_cache(maxsize=100_000)
def _rarity(word: str, language: str) -> float:
    if word.isdigit():
        return 1.0 if len(word) < 3 else 2.0
    return max(0.0, 7.5 - max(_zipf(word, language), 1.0)) / 4


@lru_cache(maxsize=100_000)
def _name_rarity(word: str, language: str) -> float:
    """Little for words that are common and happen to have a capital."""
    return (6.5 - max(_zipf(word, each) for each in {language, "en"})) / 4


def _zipf(word: str, language: str) -> float:
    from wordfreq import zipf_frequency  # noqa: PLC0415 - lists of a second wait for an ingest

    try:
        return float(zipf_frequency(word, language))
    except LookupError:  # of a language that nobody has counted
        return float(zipf_frequency(word, "en"))


def mean(vectors: Iterable[NDArray[np.float32]]) -> NDArray[np.float32] | None:
    """The direction (dimension,) of the mean of `vectors`; None of none."""
    every = list(vectors)
    if not every:
        return None
    middle: NDArray[np.float32] = np.mean(every, axis=0, dtype=np.float32)
    return middle / max(float(np.linalg.norm(middle)), 1e-12)
