"""Stories: articles about one event, from any outlet and in any language.

Articles are joined by average linkage (Sokal and Michener, 1958): the two groups whose articles are
most alike on average become one, as long as they are alike enough. Groups that are stories already
are never joined with one another, so that an article that arrives later joins a story or opens one
and leaves the others as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.story_features import Features, When

Matrix = NDArray[np.float32]

ALIKE = 0.475
"""From this on two groups are one story."""

_MEANING, _ANCHORS, _WORDS = 0.5, 0.2, 1.0
_WORDS_LEVEL = 0.5
"""What the same words weigh towards a sum of 1: twins in one language share half of them."""

_EVENTS_APART, _PUBLISHED_APART = 0.1, 0.2
WINDOW = 10
"""Days beyond which two articles are never one story."""

_NEVER = 2.0
_YEAR = 366


def assign(
    new: Sequence[Features],
    known: Sequence[Features],
    stories: Mapping[str, str],
    taken: Collection[str] = (),
) -> dict[str, str]:
    """The story of each of `new`, by article; `stories` has that of each of `known`.

    A story is named after the article that opened it, unless that name is one of `taken`.
    """
    if not new:
        return {}
    every = [*known, *new]
    groups: dict[str, list[int]] = {}
    for place, each in enumerate(known):
        groups.setdefault(stories[each.article], []).append(place)
    members = [*groups.values(), *([len(known) + place] for place in range(len(new)))]
    names = [*groups, *([None] * len(new))]
    joined = _join(similarity(every), members, len(groups))
    found: dict[str, str] = {}
    names_taken = {*stories.values(), *taken}
    for number, places in joined.items():
        mine = [every[place].article for place in places if place >= len(known)]
        if not mine:
            continue
        name = names[number] or _name(mine, names_taken)
        names_taken.add(name)
        found.update(dict.fromkeys(mine, name))
    return found


def _name(articles: Sequence[str], taken: Collection[str]) -> str:
    opened = name = min(articles)
    number = 2
    while name in taken:
        name, number = f"{opened}-{number}", number + 1
    return name


def _join(alike: Matrix, members: list[list[int]], settled: int) -> dict[int, list[int]]:
    """The members of each group that is left, by the number of its first; the first `settled`
    groups are never joined with one another."""
    indicator = np.zeros((len(members), len(alike)), np.float32)
    for number, places in enumerate(members):
        indicator[number, places] = 1 / len(places)
    between = indicator @ alike @ indicator.T
    between[:settled, :settled] = -1
    np.fill_diagonal(between, -1)
    sizes = np.array([len(places) for places in members], np.float32)
    left = dict(enumerate(members))
    while left:
        first, second = sorted(divmod(int(between.argmax()), len(members)))
        if between[first, second] < ALIKE:
            break
        total = sizes[first] + sizes[second]
        row = (sizes[first] * between[first] + sizes[second] * between[second]) / total
        # What either must not be joined with, both must not.
        row[(between[first] <= -1) | (between[second] <= -1)] = -1
        between[first] = between[:, first] = row
        between[second] = between[:, second] = -1
        between[first, first] = -1
        sizes[first] = total
        left[first] = left[first] + left.pop(second)
    return left


def similarity(every: Sequence[Features]) -> Matrix:
    """How alike articles are, (n, n), about 0 for unrelated ones and 1 for the same."""
    meaning = _meaning(every)
    anchors = _cosines([each.anchors for each in every])
    words = _cosines([each.words for each in every])
    languages = np.array([each.language for each in every])
    same = languages[:, None] == languages[None]
    across = (_MEANING * meaning + _ANCHORS * anchors) / (_MEANING + _ANCHORS)
    within = (_MEANING * meaning + _ANCHORS * anchors + _WORDS * words) / (
        _MEANING + _ANCHORS + _WORDS * _WORDS_LEVEL
    )
    alike: Matrix = np.where(same, within, across) - _apart([each.when for each in every])
    return alike.astype(np.float32)


def _meaning(every: Sequence[Features]) -> Matrix:
    dimension = next((len(each.meaning) for each in every if each.meaning is not None), 1)
    vectors = np.zeros((len(every), dimension), np.float32)
    for row, each in zip(vectors, every, strict=True):
        if each.meaning is not None:
            row[:] = each.meaning
    return vectors @ vectors.T


def _cosines(weights: Sequence[Mapping[str, float]]) -> Matrix:
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - reading waits for an ingest

    columns: dict[str, int] = {}
    rows, places, values = [0], [], []
    for each in weights:
        for name, weight in each.items():
            places.append(columns.setdefault(name, len(columns)))
            values.append(weight)
        rows.append(len(places))
    matrix = csr_matrix(
        (np.array(values, np.float32), places, rows), (len(weights), max(len(columns), 1))
    )
    product: Matrix = (matrix @ matrix.T).toarray()
    return product


def _apart(days: Sequence[When]) -> Matrix:
    """What is taken off for days that differ (n, n): two events of a day each are two stories."""
    first, last, published, in_year = (
        np.array([np.nan if (day := getattr(each, name)) is None else day for each in days])
        for name in ("first", "last", "published", "day_of_year")
    )
    yearless = np.array([each.month_day is not None for each in days])
    with np.errstate(invalid="ignore"):
        events = np.fmax(first[:, None] - last[None], first[None] - last[:, None])
        around = np.abs(in_year[:, None] - in_year[None])
        around = np.fmin(around, _YEAR - around)
        events = np.where(yearless[:, None] | yearless[None], around, events)
        reports = np.abs(published[:, None] - published[None])
        off = _EVENTS_APART * np.clip(np.nan_to_num(events - 1), 0, 2) / 2
        off += _EVENTS_APART * 0.3 * (events == 1)
        off += _PUBLISHED_APART * np.clip(np.nan_to_num(reports - 2), 0, 5) / 5
        off += _NEVER * (np.where(np.isnan(events), reports, events) > WINDOW)
    taken_off: Matrix = np.asarray(off, np.float32)
    return taken_off
