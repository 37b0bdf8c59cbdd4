"""Settings that go together, and those that cannot be."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

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
