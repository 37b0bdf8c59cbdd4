"""What is served: versions, counts, models, and the health of the indexes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from bot.allowance import spent_by_all
from bot.deliveries import Deliveries
from bot.limits import Limits
from bot.subscriptions import Subscriptions
from corpus import quarantine
from retrieval.engine import Engine

if TYPE_CHECKING:
    from retrieval.llm import LanguageModel


def status_of(
    engine: Engine,
    access: str,
    model: LanguageModel | None,
    now: dt.datetime,
    limits: Limits,
) -> dict[str, Any]:
    """By name, as `attache status --json` prints it.

    `llm_host` is where the language model's texts go, `llm_sends` what leaves this machine;
    `digests` are counted over the last day, `quarantined` are files that were refused;
    `tokens_today` are those that all people spent since midnight UTC.
    """
    rows = engine.catalogue.engine
    return {
        **engine.status(),
        "llm_model": model.name if model else None,
        "llm_host": model.host if model else None,
        "llm_sends": model.sends if model else None,
        "access": access,
        "questions_per_minute": limits.questions_per_minute,
        "tokens_per_day": limits.tokens_per_day,
        "tokens_today": spent_by_all(rows, now),
        "quarantined": quarantine.count(rows),
        "subscriptions": Subscriptions(rows).count("active"),
        "digests": Deliveries(rows).counts(now),
    }
