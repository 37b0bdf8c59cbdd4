"""Settings say how much one person may ask for."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.limits import Limits
from bot.settings import Settings


def test_limits_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few questions a minute where nothing is said, and as many tokens as wanted."""
    assert Settings(_env_file=None).limits == Limits(20, 0)
    monkeypatch.setenv("ATTACHE_QUESTIONS_PER_MINUTE", "3")
    monkeypatch.setenv("ATTACHE_TOKENS_PER_DAY", "5000")
    assert Settings(_env_file=None).limits == Limits(3, 5000)
    monkeypatch.setenv("ATTACHE_TOKENS_PER_DAY", "")
    assert Settings(_env_file=None).limits == Limits(3, 0)


def test_a_clock_that_stands_still_limits_no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its minute would never end."""
    monkeypatch.setenv("ATTACHE_NOW", "2026-01-15T12:00:00+00:00")
    assert Settings(_env_file=None).limits == Limits(0, 0)


@pytest.mark.parametrize("name", ["ATTACHE_QUESTIONS_PER_MINUTE", "ATTACHE_TOKENS_PER_DAY"])
def test_a_limit_below_nothing_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "-1")
    with pytest.raises(ValidationError, match=name.lower()):
        Settings(_env_file=None)
