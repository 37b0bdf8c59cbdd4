"""Countries, languages, kinds of events and presses by the reader's names for them."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from bot.words import known_language, words
from corpus.countries import display_name
from corpus.gazetteer import data, french_forms


def place(code: str, language: str) -> str:
    """The name of a country or region."""
    return display_name(code, known_language(language))


def language_name(code: str, language: str) -> str:
    """The name of a language: "Vietnamese", "vietnamien", "tiếng Việt"."""
    try:
        name = Locale.parse(code).get_language_name(known_language(language))
    except (UnknownLocaleError, ValueError):
        name = None
    if not name:
        return words(language).gettext("an unknown language")
    # CLDR writes names as they stand in a list; in a sentence the first word is "tiếng".
    return name[0].lower() + name[1:] if known_language(language) == "vi" else name


def kind(key: str, language: str) -> str:
    """The name of a kind of event."""
    w = words(language)
    return {
        "call": w.gettext("telephone call"),
        "meeting": w.gettext("meeting"),
        "visit": w.gettext("visit"),
        "online-meeting": w.gettext("online meeting"),
        "agreement": w.gettext("agreement"),
        "statement": w.gettext("statement"),
        "other": w.gettext("event"),
    }[key]


def press(country: str, language: str) -> str:
    """The press of a country: "Vietnamese press"."""
    language = known_language(language)
    w = words(language)
    entry = data()["countries"].get(country, {})
    english = str(entry.get("en_adj", [""])[0]).rstrip("?")
    if language == "en" and english and not english.endswith("er"):  # "New Zealander" is a person
        return f"{english} press"
    if language == "fr" and entry.get("fr_adj"):
        _, feminine, *_ = french_forms(entry["fr_adj"][0].rstrip("?"))
        return f"presse {feminine}"
    # Translators: the press of a country, named by the country.
    return w.gettext("press of %(country)s") % {"country": place(country, language)}
