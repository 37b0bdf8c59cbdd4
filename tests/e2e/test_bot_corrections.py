"""/fix, /hide and /show over Telegram."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW
from tests.emulator import Person

QUESTION = "What did Vietnam and the UK discuss in 2020?"


async def test_an_article_is_corrected_hidden_and_shown(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """Everybody's answers follow at once."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    await serve(engine)
    admin, reader = person(ADMIN), person()
    before = await reader.asks(QUESTION)
    assert "16 April 2020 (year inferred)" in before.text
    article = next(each for each in engine.articles() if "GB" in each.countries).id
    done = await admin.asks(f"/fix {article} event 2020-04-17")
    assert done.text == "Done. Corpus version 2."
    corrected = await reader.asks(QUESTION)
    assert "17 April 2020" in corrected.text
    assert "[corrected]" in corrected.text
    await admin.asks(f"/hide {article}")
    refused = await reader.asks(QUESTION)
    assert "17 April 2020" not in refused.text
    await admin.asks(f"/show {article}")
    again = await reader.asks(QUESTION)
    assert "17 April 2020" in again.text
    trail = await admin.asks("/audit")
    assert trail.text.count(f"telegram:{ADMIN} · override") == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/fix", "Send /fix, an article’s id"),
        ("/fix a1", "Send /fix, an article’s id"),
        ("/fix a1 colour red", "Nothing was changed: “colour” cannot be corrected"),
        ("/fix a1 event yesterday", "Nothing was changed: not a date such as"),
        ("/fix a1 event 2020", "Nothing was changed: there is no article “a1”"),
        ("/hide", "Send /hide or /show"),
        ("/show a b", "Send /hide or /show"),
        ("/hide a1", "Nothing was changed: there is no article “a1”"),
    ],
)
async def test_what_cannot_be_done_is_explained(
    engine: Engine, serve: Any, person: Callable[..., Person], text: str, said: str
) -> None:
    """What to send, or what is wrong."""
    await serve(engine)
    assert (await person(ADMIN).asks(text)).text.startswith(said)
