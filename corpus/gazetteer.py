"""The names of countries and regions, read once from CLDR and `data/places.yaml`.

`base()` holds Vietnamese, French and English; `of_language()` holds CLDR's names in one more
language. Both map the folded first word of a name to the names that begin with it, longest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from corpus.words import has_vietnamese_marks, words

Form = Literal["name", "adjective", "capital", "seat"]
Kind = Literal["country", "region", "blocked"]
Index = dict[str, list["Name"]]

MAIN_LANGUAGES = ("vi", "fr", "en")
_FILE = Path(__file__).parent / "data" / "places.yaml"


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a place. `code` is empty for a blocked name, which only hides others."""

    code: str
    kind: Kind
    form: Form
    language: str
    folds: tuple[str, ...]
    marks: tuple[str, ...]
    capitals: tuple[bool, ...]
    doubtful: bool = False
    compound: bool = False
    acronym: bool = False
    letters: int = field(default=0)
    vietnamese: bool = False
    dashed: bool = False


@cache
def data() -> Mapping[str, Any]:
    """Return places.yaml as it stands in the file; raises `yaml.YAMLError` if it is broken."""
    import yaml  # noqa: PLC0415  (reading waits until a name is looked up)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with _FILE.open(encoding="utf-8") as file:
        loaded: Mapping[str, Any] = yaml.load(file, Loader=loader)  # noqa: S506  (a safe loader)
    return loaded


@cache
def cldr(language: str) -> Mapping[str, str]:
    """Return CLDR's territory names in `language`, empty for a language it does not know."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        return dict(Locale.parse(language.replace("-", "_")).territories)
    except (UnknownLocaleError, ValueError):
        return {}


def country_codes() -> list[str]:
    """Return the ISO 3166-1 codes whose names are looked for."""
    unused = set(data()["unused"])
    return [code for code in cldr("en") if len(code) == 2 and code not in unused]


def make_name(code: str, kind: Kind, form: Form, language: str, text: str) -> Name | None:
    """Return `text` with its marks (``?``, ``-``) read, or None if it has no letters."""
    doubtful, compound = text.endswith("?"), text.endswith("-")
    found = words(text.rstrip("?-"))
    if not found:
        return None
    bare = "".join(word.text for word in found)
    return Name(
        code=code,
        kind=kind,
        form=form,
        language=language,
        folds=tuple(word.fold for word in found),
        marks=tuple(word.marks for word in found),
        capitals=tuple(word.capital for word in found),
        doubtful=doubtful,
        compound=compound,
        acronym=bare.isupper() and len(bare) <= 6 and bare.isascii(),
        letters=sum(len(word.fold) for word in found),
        dashed="-" in text.rstrip("?-"),
        vietnamese=any(has_vietnamese_marks(word.text) for word in found),
    )


def french_forms(adjective: str) -> Iterable[str]:
    """Yield the four written forms of a French adjective given in the masculine singular."""
    masculine, _, feminine = adjective.partition("/")
    if not feminine:
        if masculine.endswith(("ien", "éen", "on")):
            feminine = masculine + "ne"
        elif masculine.endswith(("e", "è", "é")):
            feminine = masculine if masculine.endswith("e") else masculine[:-1] + "èe"
        else:
            feminine = masculine + "e"
    yield masculine
    yield feminine
    if not masculine.endswith(("s", "x")):
        yield masculine + "s"
    yield feminine + "s"


def english_forms(demonym: str) -> Iterable[str]:
    """Yield an English demonym and, where it takes one, its plural in -s."""
    yield demonym
    if not demonym.endswith(("ese", "sh", "ch", "s", "men")):
        yield demonym + "s"


def add(index: Index, name: Name | None) -> None:
    if name is not None:
        index.setdefault(name.folds[0], []).append(name)


def _sorted(index: Index) -> Index:
    # Longest first; of two equally long, a place before a blocked name and a plain name before
    # one that needs its context.
    for names in index.values():
        names.sort(key=lambda n: (-len(n.folds), n.kind == "blocked", n.compound, n.doubtful))
    return index


def _clean(name: str) -> str:
    """Return a CLDR name as articles write it: "Myanmar (Burma)" is "Myanmar"."""
    return name.partition(" (")[0]


@cache
def base() -> Index:
    """Return the index of Vietnamese, French and English names, aliases and regions."""
    from corpus.outlets import outlets  # noqa: PLC0415  (it reads a file of names too)

    index: Index = {}
    skipped = set(data()["unused_names"])
    for language in MAIN_LANGUAGES:
        names = cldr(language)
        for code in country_codes():
            if _clean(names[code]) not in skipped:
                add(index, make_name(code, "country", "name", language, _clean(names[code])))
    for kind, group in (("country", "countries"), ("region", "regions")):
        for code, entry in data()[group].items():
            _add_entry(index, code, "country" if kind == "country" else "region", entry)
    for outlet in outlets():
        for text in (outlet.name, *outlet.signs):
            if len(words(text)) > 1:  # "The Japan Times" speaks of no country
                add(index, make_name("", "blocked", "name", "*", text))
    for language, forms in data()["blocked"].items():
        for text in forms:
            add(index, make_name("", "blocked", "name", language, text))
    return _sorted(index)


def _add_entry(index: Index, code: str, kind: Kind, entry: Mapping[str, Any]) -> None:
    for language in MAIN_LANGUAGES:
        for text in entry.get(language, ()):
            add(index, make_name(code, kind, "name", language, text))
        if "cldr" in entry:
            add(index, make_name(code, kind, "name", language, cldr(language)[entry["cldr"]]))
    for text in entry.get("fr_adj", ()):
        for form in french_forms(text):
            add(index, make_name(code, kind, "adjective", "fr", form))
    for text in entry.get("en_adj", ()):
        mark = "?" if text.endswith("?") else ""
        for form in english_forms(text.rstrip("?")):
            add(index, make_name(code, kind, "adjective", "en", form + mark))
    for text in entry.get("capital", ()):
        add(index, make_name(code, kind, "capital", "*", text))
    for text in entry.get("seat", ()):
        add(index, make_name(code, kind, "seat", "*", text))


@cache
def of_language(language: str) -> Index:
    """Return the index of CLDR's names in a language other than the main three."""
    index: Index = {}
    names = cldr(language)
    skipped = set(data()["unused_names"])
    for code in country_codes():
        text = _clean(names.get(code, ""))
        if text and text not in skipped:
            add(index, make_name(code, "country", "name", language, text))
    for text, code in data()["other_languages"].get(language, {}).items():
        kind: Kind = "region" if code in data()["regions"] else "country"
        add(index, make_name(code, kind, "name", language, text))
    for code, entry in data()["regions"].items():
        if text := names.get(entry.get("cldr", ""), ""):
            add(index, make_name(code, "region", "name", language, _clean(text)))
    return _sorted(index)


@cache
def personal(which: Literal["given", "surnames"]) -> frozenset[str]:
    """Return, folded, the place names that people bear as a given name or a surname."""
    return frozenset(text.lower() for text in data()[which])
