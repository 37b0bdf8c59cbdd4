"""The interface's words are there in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import bot
from bot.words import DEFAULT, LANGUAGES, words
from corpus.errors import CorpusError, ToldError
from retrieval.errors import RetrievalError

_HOME = Path(bot.__file__).parent
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]")
TRANSLATED = sorted(set(LANGUAGES) - {DEFAULT})
FORMS = {"fr": 2, "vi": 1}
DOMAINS = ("attache", "corpus")


def _used(domain: str) -> set[str | tuple[str, str]]:
    """The messages of the code; a pair where there is a plural."""
    if domain == "attache":
        found = list(extract_from_dir(_HOME, keywords={"gettext": None, "ngettext": (1, 2)}))
    else:
        own = (CorpusError, RetrievalError)
        kinds = [*own, *(kind for each in own for kind in each.__subclasses__())]
        kinds = [kind for kind in kinds if issubclass(kind, ToldError)]
        errors = {each.__name__ for each in kinds}
        keywords = dict.fromkeys(("sentence", *errors))
        packages = (_HOME.parent / name for name in ("bot", "corpus", "retrieval"))
        found = [each for home in packages for each in extract_from_dir(home, keywords=keywords)]
    return {message for _, _, message, _, _ in found}  # type: ignore[misc]


def _catalogue(language: str, domain: str) -> Catalog:
    with (_HOME / f"locales/{language}/LC_MESSAGES/{domain}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _entries(language: str, domain: str) -> list[Message]:
    return [message for message in _catalogue(language, domain) if message.id]


def _forms(message: Message) -> list[str]:
    forms = [message.string] if isinstance(message.string, str) else message.string or []
    return [form or "" for form in forms]


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_has_every_message_of_the_code_and_no_other(language: str, domain: str) -> None:
    """A new message fails here until it is translated; a dropped one until it is removed."""
    assert {
        tuple(m.id) if isinstance(m.id, tuple | list) else m.id for m in _entries(language, domain)
    } == _used(domain)


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_every_entry_is_translated_and_reviewed(language: str, domain: str) -> None:
    """No empty form, none marked fuzzy."""
    for message in _entries(language, domain):
        assert all(_forms(message)), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_those_of_the_code(language: str, domain: str) -> None:
    """In each plural form."""
    for message in _entries(language, domain):
        source = message.id if isinstance(message.id, str) else message.id[0]
        for form in _forms(message):
            assert sorted(_PLACEHOLDER.findall(form)) == sorted(_PLACEHOLDER.findall(source)), form


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_plurals_have_the_forms_of_the_language(language: str, domain: str) -> None:
    """Two in French, where none counts as one; one in Vietnamese."""
    assert _catalogue(language, domain).num_plurals == FORMS[language]
    for message in _entries(language, domain):
        if not isinstance(message.id, str):
            assert len(_forms(message)) == FORMS[language], message.id


@pytest.mark.parametrize(
    ("language", "count", "shown"),
    [
        ("en", 0, "0 articles"),
        ("en", 1, "1 article"),
        ("fr", 0, "0 article"),
        ("fr", 1, "1 article"),
        ("fr", 2, "2 articles"),
        ("vi", 1, "1 bài báo"),
        ("vi", 7, "7 bài báo"),
    ],
)
def test_numbers_take_their_plural(language: str, count: int, shown: str) -> None:
    """As read by the program."""
    form = words(language).ngettext("%(n)d article", "%(n)d articles", count)
    assert form % {"n": count} == shown


def test_unknown_language_falls_back_to_english() -> None:
    """As does a person without a language."""
    assert words("de").gettext("meeting") == "meeting"
    assert words("").gettext("meeting") == "meeting"


def test_french_marks_stay_on_the_line_of_their_word() -> None:
    """Of entries with one form and with two, however they were typed."""
    w = words("fr")
    assert w.gettext("Event: %(day)s.") == "Événement\N{NO-BREAK SPACE}: %(day)s."
    assert w.gettext("No longer kept.") == "N’est plus conservé."
    question = w.gettext("Your question of %(day)s: “%(question)s”")
    assert question.endswith("«\N{NO-BREAK SPACE}%(question)s\N{NO-BREAK SPACE}»")
    events = "Perhaps not in that period (%(period)s): the event's year is not stated."
    two = w.ngettext(events, events.replace("event's year is", "events' years are"), 2)
    assert ")\N{NO-BREAK SPACE}: l’année des événements" in two
