"""Agreement in French, which a small model misses: "la traitement", "ont convenus", "leur 10 ans".

Put right is what stands right beside a word whose gender and number the lexicon is sure of:
articles and adjectives before nouns, adjectives said of countries, participles behind "avoir", and
auxiliaries written twice ("a aussi a dit"). Words that may be people's are left alone: "la chef"
may be one. So is whatever may be right: a name, a part of a number, a participle with an object
somewhere before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.countries import find_places
from corpus.titles import match as title_at
from corpus.words import words
from retrieval.french import country_agreement
from retrieval.lexique import (
    Agreement,
    adjective,
    bare_participle,
    is_participle,
    lemma,
    noun,
    of_people,
)
from retrieval.tables import table

_WORD = r"[^\W\d_]+"
_BESIDE = re.compile(rf"(?<![\w'’-])(?P<adjective>{_WORD}) (?=(?P<noun>{_WORD})(?![\w'’-]))")
_BEFORE = re.compile(rf"({_WORD})[ ’']$")
_DETERMINED = re.compile(
    r"(?<![\w'’-])(?P<article>(?:(?:de |à )?l['’] ?|(?:de la|à la|du|des|aux?|les?|la|une?|ce[ts]?"
    rf"|cette|son|sa|ses|leurs?) ))(?P<first>{_WORD})(?![\w'’-])"
    rf"(?= (?P<second>{_WORD})(?![\w'’-])|)"
)
"""An article, in lower case, since "Son", "Du" and "Un" are names of persons too, and what
follows."""

_COUNTED = re.compile(
    r"(?<![\w'’-])(?:et|vingt|trente|quarante|cinquante|soixante|cents?|mille|numéro|article|\d+) $"
)
"""Behind these "un" and "une" are numbers, or parts of them."""

_THEIR = re.compile(
    r"(?<![\w'’-])(leur) (?=(?:[2-9]|\d\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix) "
    rf"(?P<noun>{_WORD})(?![\w'’-]))"
)
_HAVE = re.compile(
    r"(?<![\w'’-])(?P<have>a|ont|avai(?:en)?t|aura(?:ient|it)?|auront|aient|ait|ayant) "
    rf"(?P<done>{_WORD})(?![\w'’-])"
)
_OBJECT = re.compile(
    r"(?<![\w'’-])(?:(?:les?|la|en|nous|vous|se)(?: (?:lui|leur|y|en))? |[lmts]['’](?:y |en )?)$"
    r"|(?<!\w)(?:lesquel|quel|combien)"
    r"|(?<!\w)(?P<that>qu(?:e(?!\w)|['’]))",
    re.IGNORECASE,
)
"""An object before "avoir", which a participle may agree with."""

_ADVERB = (
    rf"(?:aussi|ainsi|bien|déjà|encore|enfin|ensuite|toujours|hier|{_WORD}ment"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)"
)
_SAYS = re.compile(
    r"(?<![\w'’-])(?:(?:a|ont|avai(?:en)?t|aura(?:ient|it)?|auront|ayant)"
    rf"|(?P<be>est|sont|(?:a|ont) été)) (?:{_ADVERB} )?(?P<said>{_WORD})(?: {_ADVERB})?,? $"
)
"""Before "que": "a déclaré", "ont convenu hier", behind which "que" begins what was said."""

_HAVE_AGAIN = re.compile(
    rf"(?<![\w'’-])(?P<first>(?P<have>a|ont|avait|avaient|est|sont) {_ADVERB}) (?P=have)"
    rf"(?= (?P<done>{_WORD})(?![\w'’-]))"
)
_RELATIVE = re.compile(r"(?<!\w)(?:qu(?:i|e)?|dont|où)(?!\w)[^.,;]*$", re.IGNORECASE)
"""A clause whose verb the sentence's own may follow: "ceux qui en ont déjà ont demandé"."""

_IS = re.compile(
    r" (?P<verb>est|était|sera|serait|reste|sont|étaient|seront|seraient|restent) "
    rf"(?:(?:aussi|également|toujours|déjà) )?(?P<adjective>{_WORD})"
    r"(?= (?:à|de|en|pour|dans|avec) | d['’]|[,;.]|$)"
)
_SINGULAR = ("est", "était", "sera", "serait", "reste")
_SUBJECT = re.compile(r"(?:^|(?<![\w'’-])que )(?:le|la|les) $", re.IGNORECASE)
"""The article of a country that is what a sentence or clause is about: "avec le Japon" is not."""

_PRONOUNS = ("le", "la", "les", "l'", "l’", "leur")
_PRONOUN_BEHIND = re.compile(
    r"(?<![\w'’-])(?:qui|je|tu|ils?|elles?|on|nous|vous|ne|me|te|se|lui|y) $", re.IGNORECASE
)
"""Behind these "le", "la" and "les" are pronouns, and a verb follows."""


def with_agreement(text: str) -> str:
    """A French sentence with articles, adjectives and participles that agree."""
    text = text[:1].lower() + text[1:] if (opened := _opens(text)) else text
    text = _BESIDE.sub(_adjective, text)
    text = _DETERMINED.sub(_article, text)
    text = _THEIR.sub(_their, text)
    text = _HAVE_AGAIN.sub(_once, text)
    text = _HAVE.sub(_participle, text)
    text = text[:1].upper() + text[1:] if opened else text
    return _of_countries(text)


def _opens(text: str) -> bool:
    """Whether `text` begins with an article that is a name of nobody."""
    return text.startswith(("Le ", "La ", "L'", "L’", "Les ", "Une ", "Cette ", "Cet ", "Ce "))


def _adjective(match: re.Match[str]) -> str:
    """An adjective before its noun: "nombreux domaines" for "nombreuses domaines"."""
    word, named = match["adjective"], match["noun"]
    found = _noun(named, match.string[match.end("noun") :])
    if found is None or not _stands_before(word) or _may_be_person(named, found):
        return match.group()
    before = _BEFORE.search(match.string[: match.start()])
    if before and (before[1] in _lists()["degrees"] or noun(before[1])):
        return match.group()  # and belongs to the word before it
    right = adjective(word, Agreement(found.gender, ""))
    return f"{right} " if right else match.group()


def _article(match: re.Match[str]) -> str:
    article, first, second = match["article"], match["first"], match["second"]
    before, behind = match.string[: match.start()], match.string[match.end("first") :]
    # "Le", "la" and "les" before what may be a verb are pronouns.
    found = _noun(first, behind, surely=article.strip() in _PRONOUNS)
    named = first
    if found is None and second and _stands_before(first):
        found, named = _noun(second, match.string[match.end("second") :]), second
    if found is None or _PRONOUN_BEHIND.search(before) or _may_be_person(named, found):
        return match.group()
    if article in {"un ", "une "} and (found.number == "p" or _COUNTED.search(before)):
        return match.group()
    right = _right(article, first, found)
    return match.group() if right is None else right + match.group()[len(article) :]


def _right(article: str, following: str, found: Agreement) -> str | None:
    """The article that agrees, with the space behind it; None where `article` does."""
    article = article.replace("’", "'").replace("' ", "'").rstrip()
    for forms in _articles().values():
        if article not in forms.values():
            continue
        singular = article != forms["p"]
        if not singular or found.number == "p":
            wanted = forms["p"]
        elif following[0] == "h":
            return None  # which is silent in some words and in others not
        elif following[0] in "aeiouâàéèêëîïôûœ":
            wanted = forms[f"{found.gender}v"]
        else:
            wanted = forms[found.gender]
        if wanted == article:
            return None
        return wanted if wanted.endswith("'") else f"{wanted} "
    return None


def _their(match: re.Match[str]) -> str:
    found = noun(match["noun"])
    return f"{match[1]}s " if found and found.number == "p" else match.group()


def _participle(match: re.Match[str]) -> str:
    for each in _OBJECT.finditer(match.string[: match.start()]):
        if not (each["that"] and _says(match.string[: each.start()])):
            return match.group()
    right = bare_participle(match["done"])
    return f"{match['have']} {right}" if right else match.group()


def _says(before: str) -> bool:
    """Whether a verb stands before "que" that says what follows, and no noun that it may be of."""
    match = _SAYS.search(before)
    if match is None or not is_participle(match["said"]):
        return False
    return match["be"] is None or bare_participle(match["said"]) == match["said"]


def _once(match: re.Match[str]) -> str:
    """An auxiliary written again behind its adverb: "a également a demandé"."""
    relative = _RELATIVE.search(match.string[: match.start()])
    return match.group() if relative or not is_participle(match["done"]) else match["first"]


def _of_countries(text: str) -> str:
    """What is said of countries: "le Vietnam est prêt" for "le Vietnam est prête"."""
    for place in reversed(find_places(text, "fr")):
        wanted = country_agreement(place.span.of(text)) if place.form == "name" else None
        said = _IS.match(text, place.span.end)
        if wanted is None or said is None or place.kind != "country":
            continue
        if (wanted.number == "s") != (said["verb"] in _SINGULAR):
            continue
        if not _SUBJECT.search(text[: place.span.start]) or noun(said["adjective"]):
            continue
        right = adjective(said["adjective"], wanted)
        if right is not None:
            text = text[: said.start("adjective")] + right + text[said.end("adjective") :]
    return text


def _noun(word: str, behind: str, *, surely: bool = False) -> Agreement | None:
    """What agrees with a noun; None where it is the end of a locution ("face à") or no noun."""
    following = re.match(r" (à|aux?|de)(?!\w)| d['’]", behind)
    if word in _lists()["calendar"] or (following and word in _lists()["locutions"]):
        return None
    return noun(word, surely=surely)


def _stands_before(word: str) -> bool:
    """Whether an adjective is one of those that stand before their nouns."""
    return lemma(word) in _lists()["before_nouns"]


def _may_be_person(word: str, found: Agreement) -> bool:
    """Whether a woman may be called by a noun with `found`, whose adjectives then are feminine."""
    if found.gender != "m":
        return False
    word = word.removesuffix("s") if found.number == "p" else word
    if word in _lists()["people"] or of_people(word):
        return True
    if word not in _lists()["things"] and not word.endswith("ment"):
        if word.endswith(tuple(_lists()["people_end"])):
            return True
        feminine = noun(f"{word}ne") if word.endswith("on") else None
        if feminine is not None and feminine.gender == "f":
            return True
    title = word.capitalize()
    return title_at(title, list(words(title)), 0, "fr", "role") is not None


def _articles() -> Mapping[str, Mapping[str, str]]:
    forms: Mapping[str, Mapping[str, str]] = _lists()["articles"]
    return forms


def _lists() -> Mapping[str, Any]:
    """The lists of `retrieval/data/french_agreement.yaml`."""
    lists: Mapping[str, Any] = table("french_agreement")
    return lists
