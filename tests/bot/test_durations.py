"""How long something takes, in words."""

from __future__ import annotations

import pytest

from bot.durations import about


@pytest.mark.parametrize(
    ("seconds", "language", "told"),
    [
        (3, "en", "less than a minute"),
        (61, "en", "about 1 minute"),
        (725, "en", "about 12 minutes"),
        (725, "fr", "environ 12 minutes"),
        (725, "vi", "khoảng 12 phút"),
        (7100, "en", "about 118 minutes"),
        (10_900, "en", "about 3 hours"),
    ],
)
def test_a_duration_is_told_roughly(seconds: float, language: str, told: str) -> None:
    """In minutes up to two hours."""
    assert about(seconds, language) == told
