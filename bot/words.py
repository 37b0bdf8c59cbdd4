"""The interface's words in the reader's language: gettext catalogues, read with Babel."""

from __future__ import annotations

import functools
import gettext
import io
from importlib import resources

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en", "fr", "vi")
"""English words stand in the code; the others have a catalogue under `bot/locales`."""

DEFAULT = "en"


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
    path = resources.files("bot") / f"locales/{language}/LC_MESSAGES/attache.po"
    # Compiled in memory: a catalogue of this size takes milliseconds and cannot be out of date.
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
