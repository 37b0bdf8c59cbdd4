"""When a digest is due: a time of the day in a zone, on some days of the week."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class Schedule:
    """`days` are days of the week, 0 for Monday; `zone` is an IANA name."""

    time: dt.time
    zone: str
    days: frozenset[int] = EVERY_DAY

    def next_after(self, instant: dt.datetime) -> dt.datetime:
        """The first instant (UTC) after `instant` at which it is due.

        A time that the clock leaves out as it is set forward is due when the clock has passed it;
        one that comes twice is due the first time.
        """
        zone = ZoneInfo(self.zone)
        day = instant.astimezone(zone).date()
        for _ in range(9):
            if day.weekday() in self.days:
                due = self._on(day, zone)
                if due > instant:
                    return due
            day += dt.timedelta(days=1)
        raise ValueError("a schedule needs a day of the week")

    def _on(self, day: dt.date, zone: ZoneInfo) -> dt.datetime:
        # With the offset from before a gap, a time within it lies as far behind the gap: 02:30
        # becomes 03:30. Of two times, `fold` 0 is the first.
        return dt.datetime.combine(day, self.time, zone).astimezone(dt.UTC)
