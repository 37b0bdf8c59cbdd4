"""Titles of office in a text, as keys that can be shown in another language.

`data/titles.yaml` gives the words. A title that a modifier changes ("former president", "Phó
Trưởng đoàn") keeps its words and loses its key: a wrong title is worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from corpus.gazetteer import base
from corpus.wordlists import listed
from corpus.words import Word, gap, is_inner, keys, words

_FILE = Path(__file__).parent / "data" / "titles.yaml"
_LANGUAGES = ("vi", "fr", "en")


class Entry(NamedTuple):
    """One written form of a role or a portfolio, as folded words."""

    folds: tuple[str, ...]
    marks: tuple[str, ...]
    key: str
    kind: str  # "role" or "portfolio"
    role: str | None
    portfolio: str | None
    rank: str  # "office", "rank" or "noble"
    capital: bool


@dataclass(frozen=True, slots=True)
class Office:
    """A role found in the words `first` … `last`, with its portfolio; keys are None if unsure.

    `unchanged` is the role and the portfolio that the words have without any modifier.
    """

    first: int
    last: int
    role: str | None
    portfolio: str | None
    rank: str
    key: str
    unchanged: tuple[str | None, str | None]


@cache
def data() -> Mapping[str, Any]:
    """Return titles.yaml as it stands in the file."""
    import yaml  # noqa: PLC0415  (reading waits until a title is looked up)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with _FILE.open(encoding="utf-8") as file:
        loaded: Mapping[str, Any] = yaml.load(file, Loader=loader)  # noqa: S506  (a safe loader)
    return loaded


@cache
def _index(language: str) -> dict[str, list[Entry]]:
    index: dict[str, list[Entry]] = {}

    def add(
        text: str, key: str, kind: str, role: str | None, portfolio: str | None, rank: str
    ) -> None:
        parts = [keys(word.text) for word in words(text)]
        folds = tuple(part[0] for part in parts)
        capital = len(folds) == 1 and folds[0] in listed("titles.need_capital") and language != "fr"
        entry = Entry(folds, tuple(p[1] for p in parts), key, kind, role, portfolio, rank, capital)
        index.setdefault(folds[0], []).append(entry)

    portfolios = data()["portfolios"]
    for key, role in data()["roles"].items():
        as_role, as_portfolio = role.get("as", (key, None))
        for text in role.get(language, ()):
            add(text, key, "role", as_role, as_portfolio, role.get("class", "office"))
    for key, portfolio in portfolios.items():
        for text in portfolio.get(language, ()):
            add(text, key, "portfolio", None, key, "office")
        if language == "en":
            for before in portfolio.get("en_before", ()):
                for prefix, suffix, role_key in _ENGLISH_OFFICES:
                    add(f"{prefix} {before} {suffix}", key, "role", role_key, key, "office")
    for key, houses in data()["houses"].items():
        for house in (*houses["any"], *houses[language]):
            add(house, key, "house", key, None, "office")
            for form in _PRESIDING[language]:
                add(form.format(house), key, "role", key, None, "office")
    for entries in index.values():
        entries.sort(key=lambda entry: (-len(entry.folds), entry.kind != "role"))
    return index


_ENGLISH_OFFICES = (
    ("", "Minister", "minister"),
    ("Deputy", "Minister", "deputy-minister"),
    ("Vice", "Minister", "deputy-minister"),
    ("Permanent Deputy", "Minister", "permanent-deputy-minister"),
    ("", "Secretary", "minister"),
    ("Secretary of", "", "minister"),
    ("Secretary of the", "", "minister"),
    ("Secretary for", "", "minister"),
    ("Deputy Minister of", "", "deputy-minister"),
)
_PRESIDING = {
    "vi": ("Chủ tịch {}",),
    "fr": tuple(
        f"{head} {article} {{}}"
        for head in ("président", "présidente", "speaker")
        for article in ("du", "de la", "de l'", "de")
    ),
    "en": ("{} Speaker", "{} President", "{} Chairman", "{} Chairwoman", "{} Chairperson"),
}
"""How whoever presides over a house of parliament is called, beside "Speaker of …"."""

_HOUSE_FAR = 4
"""Words between "of" and a house: "Speaker of the South African"."""

_NO_HOUSE = ("committee", "subcommittee", "commission", "caucus", "group")

_CHANGES_AFTER = {
    "vi": ("đắc cử", "lâm thời", "quán", "danh dự"),
    "fr": ("élu", "élue", "par intérim", "sortant", "adjoint", "adjointe", "honoraire"),
    "en": ("elect", "designate", "emeritus"),
}


def titles_language(language: str | None) -> str:
    """Return which of the three word lists serves a text: English where there is none."""
    return language if language in _LANGUAGES else "en"


def match(text: str, found: list[Word], index: int, language: str, kind: str) -> Entry | None:
    """Return the longest role or portfolio that begins at word `index`."""
    for entry in _index(language).get(found[index].fold, ()):
        size = len(entry.folds)
        if entry.kind != kind or index + size > len(found):
            continue
        part = found[index : index + size]
        if any(word.fold != want for word, want in zip(part, entry.folds, strict=True)):
            continue
        if any(not _inner(gap(text, a, b)) for a, b in pairwise(part)):
            continue
        if language == "vi" and any(w.marks != m for w, m in zip(part, entry.marks, strict=True)):
            continue
        if any(w.marks and w.marks != m for w, m in zip(part, entry.marks, strict=True)):
            continue
        if entry.capital and not part[0].capital:
            continue
        return entry
    return None


def may_begin(word: Word, language: str) -> bool:
    """Return whether some role or portfolio begins with `word`."""
    return word.fold in _index(language)


@cache
def role_words(language: str) -> frozenset[str]:
    """Return the folded words of which the roles of a language are made."""
    return frozenset(
        fold
        for entries in _index(language).values()
        for entry in entries
        if entry.kind == "role"
        for fold in entry.folds
    )


def _inner(between: str) -> bool:
    return is_inner(between) or between in (", ", "&", " & ")


def office_at(text: str, found: list[Word], index: int, language: str) -> Office | None:
    """Return the office that begins at word `index`, with the portfolio that follows it."""
    entry = match(text, found, index, language, "role")
    if entry is None:
        return None
    last = index + len(entry.folds) - 1
    after = text[found[last].end : found[last].end + 14].lower().lstrip(" -\u00a0")
    if entry.key == "prime-minister" and after.startswith("league"):
        return None
    changed = any(after.startswith(word) for word in _CHANGES_AFTER[language])
    if " ".join(word.fold for word in found[max(0, index - 2) : index]) in listed("people.spouse"):
        return None
    if language == "vi" and after.startswith("quán"):
        return None  # "Đại sứ quán" is the embassy
    if entry.key == "emir" and after.startswith("quốc"):
        return None  # "Tiểu vương quốc" is the emirate
    if language == "vi" and text[max(0, found[index].start - 9) : found[index].start].lower() == (
        "hội đồng "
    ):
        return None  # "Hội đồng Bộ trưởng" is a council of ministers
    before = found[index - 1] if index else None
    if before is not None and is_inner(gap(text, before, found[index])):
        lower = before.text.lower()
        changed = (
            changed
            or lower in listed(f"titles.changes-{language}")
            or (language == "vi" and lower == "lý")
        )
    house = _house_after(text, found, last) if language == "en" else None
    if house is not None and entry.key in ("president", "chair", "speaker"):
        entry, last = entry._replace(role=house[0].role, key=house[0].key), house[1]
    portfolio, end = _portfolio_after(text, found, last, language)
    if portfolio is None:
        portfolio = entry.portfolio
        if entry.key == "cabinet-secretary" and after.startswith("for "):
            portfolio = None
    role = None if changed else entry.role
    return Office(
        index,
        max(last, end),
        role,
        portfolio if role else None,
        entry.rank,
        entry.key,
        (entry.role, portfolio),
    )


def _house_after(text: str, found: list[Word], last: int) -> tuple[Entry, int] | None:
    """Return the house that an English office presides over, with its last word: "Chairman of
    Vietnam's National Assembly"."""
    if found[last + 1 : last + 2] and found[last + 1].fold != "of":
        return None
    for position in range(last + 2, min(last + 3 + _HOUSE_FAR, len(found))):
        entry = match(text, found, position, "en", "house")
        if entry is not None:
            end = position + len(entry.folds) - 1
            behind = (word.fold for word in found[end + 1 : end + 2 + _HOUSE_FAR])
            return None if any(word in _NO_HOUSE for word in behind) else (entry, end)
        if found[position].fold not in ("the", "s", *base()):
            return None
    return None


def _portfolio_after(
    text: str, found: list[Word], last: int, language: str
) -> tuple[str | None, int]:
    """Return (portfolio key, last word) where at most four linking words tie one to the office."""
    position = last + 1
    links = listed(f"titles.links-{language}")
    for step in range(5):
        if position >= len(found) or not _close(gap(text, found[position - 1], found[position])):
            return None, last
        entry = match(text, found, position, language, "portfolio")
        if entry is not None and (step or language != "fr" or found[position].capital):
            own = match(text, found, position, language, "role")
            if own is not None and len(own.folds) > len(entry.folds):
                return None, last  # "Member of Parliament and Defence Minister"
            return entry.portfolio, position + len(entry.folds) - 1
        word = found[position].text.lower()
        # "le ministre chinois des Affaires étrangères"
        linking = word in links or (language == "fr" and step < 2 and _demonym(found[position]))
        if not linking and not (step and word in ("thường", "trực")):
            return None, last
        position += 1
    return None, last


def _demonym(word: Word) -> bool:
    return any(name.form == "adjective" for name in base().get(word.fold, ()))


def _close(between: str) -> bool:
    return between in (" ", "\u00a0", "’", "'", "-", "", "  ") or (
        between.strip() == "" and "\n\n" not in between
    )


# What ties a field to an office that is not simply a minister's.
_LINKED = {
    "vi": {"of": "", "for": "Bộ ", "on": "", "ministry": "Bộ "},
    "fr": {"of": "", "for": "chargé ", "on": "", "ministry": "du ministère "},
    "en": {"of": "", "for": "for ", "on": "on ", "ministry": "of the Ministry "},
}


def display_title(role: str | None, portfolio: str | None, locale: str) -> str:
    """Return the title in `locale`, "" where no title there is known to mean the same.

    ``display_title("deputy-minister", "foreign-affairs", "fr")`` is "vice-ministre des Affaires
    étrangères".
    """
    language = locale.replace("-", "_").partition("_")[0]
    if language not in _LANGUAGES:
        language = "en"
    entry = data()["roles"].get(role or "")
    if entry is None:
        return ""
    shown = _shown(entry, language)
    field = data()["portfolios"].get(portfolio or "")
    if not shown or field is None:
        return shown
    name = _shown(field, "vi") if language == "vi" else str(field["of"][language])
    link = entry.get("link", "ministry")
    if language == "en" and link in ("for", "on"):
        name = name.removeprefix("of ")
    return f"{shown} {_LINKED[language][link]}{name}"


def _shown(entry: Mapping[str, Any], language: str) -> str:
    special = entry.get("display", {}).get(language)
    forms = entry.get(language) or ()
    return str(special or (forms[0] if forms else ""))
