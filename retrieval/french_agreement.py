"""Agreement in French, which a small model misses: "la traitement", "ont convenus", "leur 10 ans".

Put right is what stands right beside a word whose gender and number the lexicon is sure of:
articles and adjectives before nouns, adjectives said of countries, participles behind "avoir".
Words for people are left alone: "la chef" may be one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.countries import find_places
from corpus.titles import match as title_at
from corpus.words import words
from retrieval.french import country_agreement
from retrieval.lexique import Agreement, adjective, bare_participle, lemma, noun, of_people
from retrieval.tables import table

_WORD = r"[^\W\d_]+"
_BESIDE = re.compile(rf"(?<![\w'’-])(?P<adjective>{_WORD}) (?=(?P<noun>{_WORD})(?![\w'’-]))")
_DETERMINED = re.compile(
    r"(?<![\w'’-])(?P<article>(?:de |à )?l['’] ?|(?:de la|à la|du|des|aux?|les?|la|une?|ce[ts]?"
    rf"|cette|son|sa|ses|leurs?) )(?P<first>{_WORD})(?![\w'’-])"
    rf"(?= (?P<second>{_WORD})(?![\w'’-])|)",
    re.IGNORECASE,
)
_THEIR = re.compile(
    r"(?<![\w'’-])(leur) (?=(?:[2-9]|\d\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix) )",
    re.IGNORECASE,
)
_HAVE = re.compile(
    r"(?<![\w'’-])(?P<have>a|ont|avai(?:en)?t|aura(?:ient|it)?|auront|aient|ait|ayant) "
    rf"(?P<done>{_WORD})(?![\w'’-])"
)
_OBJECT = re.compile(r"(?:(?<![\w'’-])(?:les?|la|en|nous|vous|se) |['’])$|(?<![\w])qu(?:e |['’])")
"""An object before "avoir", which a participle may agree with."""

_CLAUSE = re.compile(r"[,;:.]")
_IS = re.compile(
    r" (?:est|était|sera|serait|sont|étaient|seront|reste|restent) "
    rf"(?:(?:aussi|également|toujours|déjà) )?(?P<adjective>{_WORD})(?![\w'’-])"
)
_PRONOUNS = ("le", "la", "les", "l'", "l’", "leur")
_PRONOUN_BEHIND = re.compile(
    r"(?<![\w'’-])(?:qui|je|tu|ils?|elles?|on|nous|vous|ne|me|te|se|lui|y) $", re.IGNORECASE
)
"""Behind these "le", "la" and "les" are pronouns, and a verb follows."""


def with_agreement(text: str) -> str:
    """French `text` with articles, adjectives and participles that agree."""
    text = _BESIDE.sub(_adjective, text)
    text = _DETERMINED.sub(_article, text)
    text = _THEIR.sub(lambda match: f"{match[1]}s ", text)
    text = _HAVE.sub(_participle, text)
    return _of_countries(text)


def _adjective(match: re.Match[str]) -> str:
    """An adjective before its noun: "nombreux domaines" for "nombreuses domaines"."""
    word, found = match["adjective"], noun(match["noun"])
    if found is None or not _stands_before(word):
        return match.group()
    right = adjective(word.lower(), Agreement(found.gender, ""))
    return f"{_as(word, right)} " if right else match.group()


def _article(match: re.Match[str]) -> str:
    article, first, second = match["article"], match["first"], match["second"]
    pronoun = _PRONOUN_BEHIND.search(match.string[: match.start()])
    # "Le", "la" and "les" before what may be a verb are pronouns.
    found = noun(first, surely=article.strip().lower() in _PRONOUNS)
    named = first
    if found is None and second and _stands_before(first):
        found, named = noun(second), second
    if found is None or pronoun or _is_person(named):
        return match.group()
    right = _right(article.lower(), first, found)
    return match.group() if right is None else _as(article, right) + match.group()[len(article) :]


def _right(article: str, following: str, found: Agreement) -> str | None:
    """The article that agrees, with the space behind it; None where `article` does."""
    article = article.replace("’", "'").replace("' ", "'").rstrip()
    for forms in _articles().values():
        if article not in forms.values():
            continue
        singular = article != forms["p"]
        if not singular or found.number == "p":
            wanted = forms["p"]
        elif following[0].lower() == "h":
            return None  # which is silent in some words and in others not
        elif following[0].lower() in "aeiouâàéèêëîïôûœ":
            wanted = forms[f"{found.gender}v"]
        else:
            wanted = forms[found.gender]
        if wanted == article:
            return None
        return wanted if wanted.endswith("'") else f"{wanted} "
    return None


def _participle(match: re.Match[str]) -> str:
    clause = _CLAUSE.split(match.string[: match.start()])[-1]
    right = None if _OBJECT.search(clause) else bare_participle(match["done"])
    return f"{match['have']} {right}" if right else match.group()


def _of_countries(text: str) -> str:
    """What is said of countries: "le Vietnam est prêt" for "le Vietnam est prête"."""
    for place in reversed(find_places(text, "fr")):
        wanted = country_agreement(place.span.of(text)) if place.form == "name" else None
        said = _IS.match(text, place.span.end)
        if wanted is None or said is None or place.kind != "country":
            continue
        if not re.search(r"(?<![\w'’-])(?:le|la|les) $", text[: place.span.start], re.IGNORECASE):
            continue  # of "du Vietnam" something else is said
        right = adjective(said["adjective"], wanted)
        if right is not None:
            text = text[: said.start("adjective")] + right + text[said.end("adjective") :]
    return text


def _stands_before(word: str) -> bool:
    """Whether an adjective is one of those that stand before their nouns."""
    return lemma(word.lower()) in _lists()["before_nouns"]


def _is_person(word: str) -> bool:
    if word in _lists()["people"] or of_people(word):
        return True
    title = word.capitalize()
    return title_at(title, list(words(title)), 0, "fr", "role") is not None


def _as(word: str, right: str) -> str:
    """`right` with a capital where `word` has one."""
    return right[0].upper() + right[1:] if word[0].isupper() else right


def _articles() -> Mapping[str, Mapping[str, str]]:
    forms: Mapping[str, Mapping[str, str]] = _lists()["articles"]
    return forms


def _lists() -> Mapping[str, Any]:
    """The lists of `retrieval/data/french_agreement.yaml`."""
    lists: Mapping[str, Any] = table("french_agreement")
    return lists
