"""What the corpus tells is told in the reader's language, also what it kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.reasons import reason
from bot.words import templates
from corpus.errors import BusyError, SourceError
from corpus.sentences import sentence
from retrieval.errors import DamagedIndexError, StaleIndexError, usable

URL = "https://paper.example:8080/a(b):c;d?e=“f”"
_PLACE = re.compile(r"%\((\w+)\)([sd])")


@pytest.mark.parametrize("language", ["fr", "vi"])
def test_every_sentence_is_found_whatever_it_is_about(language: str) -> None:
    """Values with signs that sentences have themselves are told from them."""
    for template, translated in templates(language).items():
        if not re.search(r"\w", _PLACE.sub("", template)):
            continue  # says nothing itself
        values = {
            name: 12 if kind == "d" else "x" if name == "why" else URL
            for name, kind in _PLACE.findall(template)
        }
        filled = {name: str(value) for name, value in values.items()}
        expected = _PLACE.sub(lambda place, filled=filled: filled[place[1]], translated)  # type: ignore[misc]
        assert reason(sentence(template, **values), language) == expected


def test_sentences_within_sentences_are_told_too() -> None:
    inner = sentence("has no such date: “%(date)s”", date="31/02/2020")
    outer = sentence("article %(number)d of %(all)d: %(why)s", number=2, all=3, why=inner)
    look = sentence(
        "%(read)d read, %(failed)d failed: %(source)s: %(why)s",
        read=2,
        failed=1,
        source=URL,
        why=outer,
    )
    assert reason(look, "fr") == (
        f"lus\N{NO-BREAK SPACE}: 2, en échec\N{NO-BREAK SPACE}: 1, dont {URL}\N{NO-BREAK SPACE}: "
        "article 2 sur 3\N{NO-BREAK SPACE}: porte une date qui n’existe pas\N{NO-BREAK SPACE}: "
        "«\N{NO-BREAK SPACE}31/02/2020\N{NO-BREAK SPACE}»"
    )


@pytest.mark.parametrize("language", ["fr", "vi"])
def test_every_sentence_is_found_within_every_other(language: str) -> None:
    """However many words of its own the inner one has, whatever it is about."""

    def filled(template: str, **values: str) -> str:
        given = {name: "12" if kind == "d" else URL for name, kind in _PLACE.findall(template)}
        return _PLACE.sub(lambda place: (given | values)[place[1]], template)

    known = templates(language)
    plain = {each: told for each, told in known.items() if "%(why)s" not in each}
    for inner, inner_told in plain.items():
        for outer, outer_told in known.items():
            if "%(why)s" in outer:
                told = reason(filled(outer, why=filled(inner)), language)
                assert told == filled(outer_told, why=filled(inner_told)), (outer, inner)


def test_what_is_told_beside_an_address_is_told_without_it() -> None:
    assert reason("the server answers 404", "fr") == "le serveur répond 404"
    assert reason("2 read, 1 failed: https://x.example/a: the server answers 404", "fr") == (
        "lus\N{NO-BREAK SPACE}: 2, en échec\N{NO-BREAK SPACE}: 1, dont "
        "https://x.example/a\N{NO-BREAK SPACE}: le serveur répond 404"
    )


def test_kept_errors_lose_what_they_tell_the_console() -> None:
    error = SourceError("there is no source %(number)d", number=-1, see="attache sources")
    assert reason(str(error), "fr") == "il n’y a pas de source -1"
    assert reason(str(error), "en") == "there is no source -1"


def test_english_and_what_no_sentence_fits_stay_as_they_are() -> None:
    """As do the words of a library or of the system."""
    assert reason("nothing new", "en") == "nothing new"
    assert reason("nothing new", "de") == "nothing new"
    for text in ("[Errno 28] No space left on device", "[Errno 2] No such file: '/data/x'"):
        assert reason(text, "vi") == text
        assert reason(text, "fr") == text


def test_the_console_alone_is_told_of_its_commands() -> None:
    error = SourceError("there is no article “%(article)s”", article="a1", see="attache articles")
    assert str(error) == "there is no article “a1”; see: attache articles"
    assert reason(error, "en") == "there is no article “a1”"
    assert reason(error, "vi") == "không có bài “a1”"


def test_errors_of_the_indexes_and_who_holds_the_lock_are_told_in_the_readers_language() -> None:
    who = sentence("process %(process)d, since %(since)s", process=12, since="2026-03-01")
    busy = BusyError("another ingest is under way (%(why)s); try again when it ends", why=who)
    assert "(processus 12, depuis 2026-03-01)" in reason(busy, "fr")
    stale = StaleIndexError("the token vectors of the corpus are gone", see="attache repair")
    assert reason(stale, "vi") == "các vector từ của kho bài không còn"
    with pytest.raises(DamagedIndexError) as told, usable(Path("vectors"), KeyError):
        raise KeyError("x")
    assert reason(told.value, "fr").endswith("cet index est inutilisable ('x')")
