"""The interface's words in the reader's language: gettext catalogues, read with Babel."""

from __future__ import annotations

import functools
import gettext
import io
import re
from importlib import resources

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en", "fr", "vi")
"""English words stand in the code; the others have a catalogue under `bot/locales`."""

DEFAULT = "en"


_FRENCH = ((" (?=[:;?!»])", "\N{NO-BREAK SPACE}"), ("(?<=«) ", "\N{NO-BREAK SPACE}"), ("'", "’"))
"""What a French printer would set: a mark at the end of a word is never the first of a line."""


def known_language(code: str | None) -> str:
    """The interface language for a language code: itself where there are words, else English."""
    language = (code or "").lower().replace("_", "-").partition("-")[0]
    return language if language in LANGUAGES else DEFAULT


@functools.cache
def words(language: str) -> gettext.NullTranslations:
    """The catalogue of `language` (any code; English where there is none)."""
    language = known_language(language)
    if language == DEFAULT:
        return gettext.NullTranslations()
    # Compiled in memory: a catalogue of this size takes milliseconds and cannot be out of date.
    compiled = io.BytesIO()
    write_mo(compiled, _catalogue(language, "attache"))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def templates(language: str) -> dict[str, str]:
    """The sentences of the corpus with their places, and what they are in a language other than
    English that has a catalogue."""
    catalogue = _catalogue(language, "corpus")
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def _catalogue(language: str, domain: str) -> Catalog:
    path = resources.files("bot") / f"locales/{language}/LC_MESSAGES/{domain}.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    if language == "fr":
        _set_in_french(catalogue)
    return catalogue


def _set_in_french(catalogue: Catalog) -> None:
    """Put spaces before marks and apostrophes right, however an entry was typed."""
    for message in catalogue:
        if message.id:  # else it is the head
            forms = message.string or ""
            message.string = (
                _printed(forms) if isinstance(forms, str) else tuple(map(_printed, forms))
            )


def _printed(text: str) -> str:
    for typed, printed in _FRENCH:
        text = re.sub(typed, printed, text)
    return text
