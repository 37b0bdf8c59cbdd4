"""Settings that go together, those that cannot be, and how much one person may ask for."""

from __future__ import annotations

import pytest
import typer
from pydantic import ValidationError

from bot.commands.base import read_settings
from bot.limits import Limits
from bot.settings import Settings

URL = "https://bot.example.org/telegram/"
SECRET = "a-random_text-of-32-characters-xx"  # noqa: S105


def test_a_webhook_has_an_address_and_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACHE_WEBHOOK_URL", URL)
    monkeypatch.setenv("ATTACHE_WEBHOOK_SECRET", SECRET)
    settings = Settings(_env_file=None)
    assert settings.attache_webhook_url == URL.rstrip("/")
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    ("url", "secret", "told"),
    [
        (URL, "", "is needed with ATTACHE_WEBHOOK_URL"),
        (URL, "short", "16 to 256"),
        (URL, "with spaces and more than sixteen", "16 to 256"),
        ("http://bot.example.org", SECRET, "https://"),
    ],
)
def test_a_webhook_that_cannot_be_says_why(
    url: str, secret: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The secret is not repeated."""
    monkeypatch.setenv("ATTACHE_WEBHOOK_URL", url)
    monkeypatch.setenv("ATTACHE_WEBHOOK_SECRET", secret)
    with pytest.raises(ValidationError) as caught:
        Settings(_env_file=None)
    assert told in caught.value.errors()[0]["msg"]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TELEGRAM_API_URL", "example.org", "must start with http:// or https://"),
        (
            "ATTACHE_ADMIN_IDS",
            "@me",
            "must be Telegram's numbers of people, such as 123456789,987654321",
        ),
    ],
)
def test_the_command_line_names_the_setting_and_what_it_must_be(
    name: str,
    value: str,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In our words alone."""
    monkeypatch.setenv(name, value)
    with pytest.raises(typer.Exit):
        read_settings()
    assert capsys.readouterr().err == f"attache: {name}: {told}\n"


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
