"""Country names in scripts where a word is not simply looked up.

Chinese, Japanese, Thai, Lao, Khmer and Burmese have no spaces: names are found as substrings.
Korean, Arabic, Hebrew, Russian and their neighbours add endings or prefixes to a name; the
endings a name may take are spelled out here, and CLDR gives the name itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.gazetteer import Form, Kind, cldr, country_codes, data

Found = tuple[str, Kind, Form, int, int]

_SCRIPTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # languages, their letters, how the name is embedded
    ("unspaced", "\u3040-\u30ff\u3400-\u9fff", ("ja", "zh", "zh_Hant")),
    ("unspaced", "\u0e00-\u0e7f", ("th",)),
    ("unspaced", "\u0e80-\u0eff", ("lo",)),
    ("unspaced", "\u1780-\u17ff", ("km",)),
    ("unspaced", "\u1000-\u109f", ("my",)),
    ("prefix", "\uac00-\ud7af", ("ko",)),
    ("prefix", "\u0900-\u097f", ("hi",)),
    ("slavic", "\u0400-\u04ff", ("ru", "uk", "bg", "sr")),
    ("semitic", "\u0600-\u06ff", ("ar", "fa", "ur")),
    ("semitic", "\u0590-\u05ff", ("he",)),
    ("plain", "\u0370-\u03ff", ("el",)),
)
_LETTERS = re.compile("[" + "".join(letters for _, letters, _ in _SCRIPTS) + "]")

_SLAVIC_ENDING = "(?:а|у|ом|е|ы|и|ой|ою|ю|я|ей|ем|ею|й|ах|ам|ами|ях|ям|ями|ов|ія|ії|ію|ією|ят|та)?"
_SEMITIC_PREFIX = "(?:[وفה-ת]?[بلكוב]?)"


def has_other_script(text: str) -> bool:
    """Return whether any letter of a script handled here occurs in `text`."""
    return _LETTERS.search(text) is not None


@cache
def script_languages() -> frozenset[str]:
    """Return the languages whose names are found here and not word by word."""
    return frozenset(language for _, _, languages in _SCRIPTS for language in languages)


@cache
def _patterns(kind: str, languages: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return one pattern for all names of the languages, and the code of each written form."""
    codes: dict[str, str] = {}
    skipped = set(data()["unused_names"])
    for language in languages:
        names = cldr(language)
        for code in country_codes():
            name = names.get(code, "").partition(" (")[0].partition("（")[0]
            if len(name) > 1 and name.lower() not in skipped:
                codes.setdefault(name, code)
        for code, entry in data()["regions"].items():
            if region := names.get(entry.get("cldr", "")):
                codes.setdefault(region, code)
        codes.update(data()["other_languages"].get(language, {}))
    table: dict[str, str] = {}
    parts: list[str] = []
    for name in sorted(codes, key=len, reverse=True):
        stem = _slavic_stem(name) if kind == "slavic" else name
        table.setdefault(stem, codes[name])
        parts.append(re.escape(stem))
    body = "|".join(dict.fromkeys(parts))
    if kind == "unspaced":
        return re.compile(f"({body})"), table
    if kind == "prefix":
        return re.compile(rf"(?<!\w)({body})"), table
    if kind == "slavic":
        return re.compile(rf"(?<!\w)({body}){_SLAVIC_ENDING}(?!\w)"), table
    if kind == "semitic":
        return re.compile(rf"(?<!\w){_SEMITIC_PREFIX}({body})(?!\w)"), table
    return re.compile(rf"(?<!\w)({body})(?!\w)"), table


def _slavic_stem(name: str) -> str:
    """Return the part of a Cyrillic name that its case endings leave alone."""
    if name.isupper() or " " in name or "-" in name or len(name) < 4:
        return name
    return name[:-1] if name[-1] in "аяйьыі" else name


def find_in_scripts(text: str) -> Iterator[Found]:
    """Yield (code, kind, form, start, end) of places written in the scripts handled here."""
    regions = data()["regions"]
    for kind, letters, languages in _SCRIPTS:
        if not re.search(f"[{letters}]", text):
            continue
        pattern, table = _patterns(kind, languages)
        for match in pattern.finditer(text):
            code = table[match.group(1)]
            if code:
                place: Kind = "region" if code in regions else "country"
                yield code, place, "name", match.start(1), match.end()
