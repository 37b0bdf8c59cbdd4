"""What a small model gets wrong in French: articles of countries, accents, "Mr." for "M.".

"La Vietnam", "en Royaume-Uni", "les mecanismes" are not to be forwarded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from corpus.countries import display_name, find_places
from corpus.gazetteer import cldr, country_codes, data
from corpus.words import fold
from retrieval.lexicon import accented
from retrieval.lexique import Agreement, noun
from retrieval.tables import table

_BEFORE = re.compile(
    r"(?<![\w'’-])(?:(?P<in>en)|(?P<to>à la|à l['’]|aux?)|(?P<at>à)"
    r"|(?P<of>de la|de l['’]|du|des|de)|(?P<the>l['’]|la|le|les)"
    r"|(?P<bare>qu['’]|que|avec|par|pour))\s?$",
    re.IGNORECASE,
)
_ELIDED = re.compile(
    r"(?<![\w'’-])([LlDdNnSs]|[Qq]u)(?:e|a(?<=[Ll]a)) "
    r"(?=[aeiouâàéèêëîïôûœ])(?!onz|oui|(?:ou|et|une?s?|uns?)(?!\w)|y)"
)
_UNCONTRACTED = re.compile(r"(?<![\w'’-])(de|à) (les?) ([a-zà-öø-ÿœ]+)(?![\w'’-])")
_CONTRACTED = {"de le": "du", "de les": "des", "à le": "au", "à les": "aux"}
_LOWER_WORD = re.compile(r"(?<![^\W\d_])[a-z]{4,}(?![^\W\d_])")
_HONORIFIC = re.compile(r"(?<![^\W\d_])(Mr|Mrs|Ms)(?:\.|\b)\s*(?=[^\W\d_a-z])")
_FORMS = {  # of masculine, feminine, either before a vowel, plural
    "the": {"m": "le ", "f": "la ", "v": "l'", "p": "les "},
    "of": {"m": "du ", "f": "de la ", "v": "de l'", "p": "des "},
    "to": {"m": "au ", "f": "à la ", "v": "à l'", "p": "aux "},
    "in": {"m": "au ", "f": "en ", "v": "en ", "p": "aux "},
}


def with_articles(text: str) -> str:
    """French `text` with the right articles before the names of countries."""
    for place in reversed(find_places(text, "fr")):
        start, end = place.span.start, place.span.end
        before = _BEFORE.search(text[:start])
        name = text[start:end]
        kind = _kind(name)
        # Behind "Vietnam News" and "France 24" stand no countries, "USA" is written either way.
        alone = not re.match(r"[ -][^\W_a-zà-öø-ÿ]", text[end:]) and not name.isupper()
        if place.kind != "country" or place.form != "name" or not (before and kind and alone):
            continue
        if before.group().strip().lower() in ("à", "de") and _key(name) in _capitals():
            continue
        right = _right(before, kind)
        if before.group()[0].isupper():
            right = right[0].upper() + right[1:]
        text = text[: before.start()] + right + text[start:]
    return text


def with_french_spelling(text: str) -> str:
    """French `text` with the accents of common words that lack theirs, words elided or contracted,
    and people called "M." and "Mme"."""
    text = _HONORIFIC.sub(lambda match: "M. " if match[1] == "Mr" else "Mme ", text)
    text = _LOWER_WORD.sub(lambda match: accented(match.group(), "fr"), text)
    text = _UNCONTRACTED.sub(_contracted, text)
    return _ELIDED.sub(lambda match: f"{match[1]}'", text)


def _contracted(match: re.Match[str]) -> str:
    """ "du commerce" for "de le commerce"; not of what may be a verb: "de le faire"."""
    if noun(match[3], surely=True) is None:
        return match.group()
    return f"{_CONTRACTED[f'{match[1]} {match[2]}']} {match[3]}"


def country_agreement(name: str) -> Agreement | None:
    """What agrees with the name of a country; None where its letters do not tell."""
    kind = _kind(name)
    known = {"m": Agreement("m", "s"), "f": Agreement("f", "s"), "p": Agreement("", "p")}
    return known.get(kind or "")


def _right(before: re.Match[str], kind: str) -> str:
    """What should stand in place of the article or preposition `before` a name."""
    role = str(before.lastgroup)
    if role == "bare":
        word = re.sub(r"u['’]$", "ue", before.group().strip())
        return f"{word} {_FORMS['the'][kind]}"
    if before.group().strip().lower() == "de" and kind in {"f", "v"}:
        return before.group()  # "l'ambassadeur de France"
    if role == "at":
        role = "to"
    return _FORMS[role][kind]


def _kind(name: str) -> str | None:
    """Which articles a country's name takes; None where it is no French one, or takes none."""
    whole = _key(name)
    first = whole.split(" ")[0]
    if whole not in _names():
        return None
    kind = _listed().get(whole) or _listed().get(first)
    if kind is not None:
        return None if kind == "without" else kind
    if first[0] in "aeiou":
        return "v"
    return "f" if first.endswith("e") else "m"


def _key(name: str) -> str:
    """A name as it is compared: without accents and hyphens, "Etats Unis" as "États-Unis"."""
    return re.sub(r"[\s-]+", " ", fold(name).replace("’", "'"))


@cache
def _names() -> frozenset[str]:
    """The French names of countries, but for acronyms and those that begin with an article."""
    found: set[str] = set()
    for code in country_codes():
        entry = data()["countries"].get(code, {})
        names = [display_name(code, "fr"), cldr("fr").get(code, ""), *entry.get("fr", ())]
        cities = {_key(city.rstrip("?")) for city in entry.get("capital", ())}
        found.update(
            _key(name.rstrip("?"))
            for name in names
            if name and not name.endswith("-") and not name.isupper() and _key(name) not in cities
        )
    return frozenset(name for name in found if not re.match(r"l['’]|(?:la|les?) ", name))


@cache
def _listed() -> Mapping[str, str]:
    """Kinds by the names, or first words of names, of `retrieval/data/french_articles.yaml`."""
    kinds = {"m": "masculine", "f": "feminine", "p": "plural", "without": "without"}
    return {
        _key(name): kind
        for kind, list_name in kinds.items()
        for name in table("french_articles")[list_name]
    }


@cache
def _capitals() -> frozenset[str]:
    return frozenset(_key(name) for name in table("french_articles")["capitals"])
