"""A date found in a text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Grain = Literal[
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "season",
    "half-year",
    "year",
    "decade",
    "century",
]
Open = Literal["since", "after", "before", "until"]
Prefer = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that name a day, a period or a recurring date, and what they mean.

    `text` is ``source[start_char:end_char]``. `start` and `end` bound the period, half-open,
    and are None where the year is unknown; then `month` and `day` say what is known, with
    `end_month` and `end_day` (inclusive) for a run of days. `partial`: the words do not state
    the year. `relative`: they count from the reference ("yesterday", "mardi"). `open`: the
    words open the period to one side ("since 2020"); `start` and `end` stay those of the
    named date itself. `grain` is the finest unit named, so a run of days has grain ``day``.
    """

    text: str
    start_char: int
    end_char: int
    start: dt.date | None
    end: dt.date | None
    grain: Grain
    partial: bool
    relative: bool = False
    open: Open | None = None
    month: int | None = None
    day: int | None = None
    end_month: int | None = None
    end_day: int | None = None
