"""The terms of a sentence in another language: titles, places, dates, and words of diplomacy.

They come from the tables that the check reads, so that what the model is told to write is what the
check lets through.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel.dates import format_date

from corpus.article import Article, Span
from corpus.countries import display_name, find_places
from corpus.gazetteer import data
from corpus.people import display_title, titles_in
from retrieval.tables import table

MAX_TERMS = 14
"""A small model loses the sentence behind a longer list."""

_DAY = {"en": "d MMMM y", "fr": "d MMMM y", "vi": "d/M/y"}
_MONTH = {"en": "MMMM y", "fr": "MMMM y", "vi": "'tháng' M/y"}


@dataclass(frozen=True, slots=True)
class Term:
    """Words of the sentence, and what they are in the other language."""

    words: str
    meaning: str


def glossary(article: Article, span: Span, language: str) -> tuple[Term, ...]:
    """The terms of the sentence at `span` of `article`, in `language` (vi, fr or en)."""
    sentence = span.of(article.text)
    return _terms(
        (
            *_dates(article, span, language),
            *_titles(sentence, article.language, language),
            *_places(article, span, language),
            *_phrases(sentence, article.language, language),
        )
    )


def terms_in(text: str, language: str, target: str) -> tuple[Term, ...]:
    """The terms of any text in `language`, in `target`."""
    places = (
        (place.surface, _shown_place(place.code, place.form, target))
        for place in find_places(text, language)
    )
    return _terms((*_titles(text, language, target), *places, *_phrases(text, language, target)))


def _terms(pairs: Iterable[tuple[str, str]]) -> tuple[Term, ...]:
    found: dict[str, str] = {}
    for words, meaning in pairs:
        same = _plain(words) == _plain(meaning)
        if meaning and not same and not any(words in other for other in found):
            found[words] = meaning
    return tuple(Term(words, meaning) for words, meaning in list(found.items())[:MAX_TERMS])


def event_dates(article: Article, span: Span) -> tuple[str, ...]:
    """First and last day (ISO) of the event, where its date stands in the sentence at `span` and
    its year is known."""
    event = article.event
    if event is None or event.start.startswith("--") or event.precision == "year":
        return ()
    if not span.start <= event.date_words.start < span.end:
        return ()
    return tuple(dict.fromkeys((event.start, event.end)))


def _dates(article: Article, span: Span, language: str) -> Iterator[tuple[str, str]]:
    days = event_dates(article, span)
    if not days or article.event is None:
        return
    patterns = _DAY if article.event.precision == "day" else _MONTH
    written = [
        format_date(dt.date.fromisoformat(day), patterns[language], locale=language) for day in days
    ]
    if language == "fr":
        written = [re.sub(r"^1 ", "1er ", each) for each in written]
    yield article.event.date_words.of(article.text), " – ".join(written)


def _titles(sentence: str, language: str, target: str) -> Iterator[tuple[str, str]]:
    if language == target:
        return
    for title in titles_in(sentence, language):
        if title.role:
            yield title.surface, display_title(title.role, title.portfolio, target)


def _places(article: Article, span: Span, target: str) -> Iterator[tuple[str, str]]:
    """Places as the article's own reading has them, which knows when "Anh" is a country."""
    if article.language == target:
        return
    sentence = span.of(article.text)
    by_start = {place.start: place for place in find_places(sentence, article.language)}
    for code, start in article.mentions:
        if span.start <= start < span.end:
            place = by_start.get(start - span.start)
            surface = place.surface if place else _first_word(article.text[start:])
            form = place.form if place else "name"
            before = article.text[span.start : start]
            if _CITIZENS.search(before) and (people := _citizens(code, target)):
                yield f"{_CITIZENS.findall(before)[-1].strip()} {surface}", people
            yield surface, _shown_place(code, form, target)


_CITIZENS = re.compile(r"công dân(?: nước)? $", re.IGNORECASE)


def _citizens(code: str, target: str) -> str:
    """ "công dân Việt Nam": a small model makes citizens in Vietnam of them."""
    adjective = _adjective(code, target)
    if not adjective or target == "en":
        return adjective and f"{adjective} citizens"
    return f"citoyens {adjective}" + ("" if adjective.endswith(("s", "x")) else "s")


def _shown_place(code: str, form: str, target: str) -> str:
    """The country as it is named, or its adjective where the text has that."""
    adjective = _adjective(code, target) if form == "adjective" and target != "vi" else ""
    return adjective or display_name(code, target)


def _adjective(code: str, target: str) -> str:
    """Of a country in English, or in French its masculine; "" where the tables have none."""
    forms = data()["countries"].get(code, {}).get("en_adj" if target == "en" else "fr_adj", ())
    return str(next(iter(forms), "")).rstrip("?").partition("/")[0]


def _first_word(text: str) -> str:
    match = re.match(r"\w+", text)
    return match.group() if match else ""


def _phrases(sentence: str, language: str, target: str) -> Iterator[tuple[str, str]]:
    plain = _plain(sentence)
    taken: list[tuple[int, int]] = []
    for form, meaning in _forms(language, target).items():
        match = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", plain)
        if match and not any(a < match.end() and match.start() < b for a, b in taken):
            taken.append(match.span())
            yield sentence[match.start() : match.end()], meaning


@cache
def _forms(language: str, target: str) -> Mapping[str, str]:
    """The forms of one language, longest first, with the first form of the other."""
    if language == target:
        return {}
    pairs = {
        _plain(form): entry[target][0]
        for entry in table("glossary")
        for form in entry.get(language, ())
        if entry.get(target) and entry.get("from", language) == language
    }
    return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


def _plain(text: str) -> str:
    """`text` in lower case, character for character."""
    return "".join(
        lower if len(lower := character.lower()) == 1 else character
        for character in unicodedata.normalize("NFC", text)
    )
