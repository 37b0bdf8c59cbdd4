"""How many date expressions `find_dates` reads exactly, on three open test sets.

    python -m benchmarks.dates [DATA_FOLDER] [--misses]

The folder (default ``../shared/data``) holds ``dates/recognizers.en.jsonl``,
``recognizers.fr.jsonl`` and ``duckling.en.jsonl``. An expression counts as read when a mention
has exactly its interval; where a set gives two readings either counts. Counted are dates of day
grain or coarser, holidays left out. The sets look forward, so ``prefer="future"``.

``strict`` takes the interval as the set has it. ``inclusive`` also accepts a run that includes
its last unit ("2014 to 2018" with 2018) where the set leaves it out: intervals here are half-open
and include the last unit named, as people mean it. ``undisputed`` is strict over the items whose
reading does not hang on a convention; how many were left out for which one is printed after it,
and `benchmarks.date_conventions` says what they are: a range's last unit, week conventions, parts
of periods, counts of units from now, seasons, and "today" where no day is stated.

Where an item's words leave out what opens a date to one side ("2016" in "since 2016"), the
mention's own start and end count, which are those of the date without it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.date_conventions import disputed
from corpus.dates import DateMention, find_dates

Bounds = tuple[dt.date | None, dt.date | None]
_STATED_YEAR = re.compile(r"(?<!\d)(1[0-9]|20|21)\d\d(?!\d)")
_HOLIDAY = re.compile(
    r"easter|p[âa]ques|christmas|no[ëe]l|halloween|labor day|thanksgiving|new year|nouvel an|"
    r"black friday|vendredi noir|patrick|independen|ind[ée]pendance|earth day|jour de la terre|eid|"
    r"juneteenth|freedom day|jubilee|journée internationale|ides|mother|father|valentine|"
    r"memorial|4th of july|cyber|martin luther|boxing|eve\b|arbor|groundhog|carnival|mlk",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Case:
    """One expression: where it stands, and the intervals that count as right."""

    text: str
    start: int
    end: int
    reference: dt.date | None
    answers: list[Bounds]
    run: bool


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value[:10]) if value else None


def _recognizers(path: Path) -> Iterator[Case]:
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        reference = _date(item["reference_time"])
        for result in item["results"]:
            case = _recognizers_case(item["text"], result, reference)
            if case is not None:
                yield case


def _recognizers_case(text: str, result: dict[str, Any], reference: dt.date | None) -> Case | None:
    kind = result["type"].split(".")[-1]
    if kind not in ("date", "daterange") or _HOLIDAY.search(result["text"]):
        return None
    if reference is None and not _STATED_YEAR.search(result["text"]):
        return None
    answers: list[Bounds] = []
    for value in result["values"] or []:
        if value.get("value") == "not resolved":
            continue
        if value.get("value"):
            day = dt.date.fromisoformat(value["value"][:10])
            answers.append((day, day + dt.timedelta(days=1)))
        else:
            answers.append((_date(value.get("start")), _date(value.get("end"))))
    if not answers:
        return None
    timex = str((result["values"] or [{}])[0].get("timex", ""))
    return Case(text, result["start"], result["end"] + 1, reference, answers, timex.startswith("("))


_GRAIN_DAYS = {"day": 1, "week": 7}
_GRAIN_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def _duckling(path: Path) -> Iterator[Case]:
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        grain = item["grain"]
        if item["holiday"] or _HOLIDAY.search(item["text"]):
            continue
        if grain not in (*_GRAIN_DAYS, *_GRAIN_MONTHS):
            continue
        start, end = _date(item["start"]), _date(item["end"])
        if end is None and start is not None:
            if grain in _GRAIN_DAYS:
                end = start + dt.timedelta(days=_GRAIN_DAYS[grain])
            else:
                index = start.year * 12 + start.month - 1 + _GRAIN_MONTHS[grain]
                end = start.replace(year=index // 12, month=index % 12 + 1)
        bounds: Bounds = (start, end)
        if item["open"] == "after":
            bounds = (start, None)
        elif item["open"] == "before":
            bounds = (None, start)
        text = item["text"]
        yield Case(
            text, 0, len(text), _date(item["reference_time"]), [bounds], item["end"] is not None
        )


def _readings(mention: DateMention, run: bool) -> Iterator[Bounds]:
    """What a mention says, opened to its side; with `run`, also without its last unit."""
    start, end = mention.start, mention.end
    if start is None or end is None:
        return
    if mention.open == "since":
        yield start, None
    elif mention.open == "after":
        yield end, None
        yield start, None
    elif mention.open == "before":
        yield None, start
    elif mention.open == "until":
        yield None, end
        yield None, start
    else:
        yield start, end
        if run:
            step = end - dt.timedelta(days=1)
            yield start, step
            if mention.grain in ("month", "quarter"):
                yield start, step.replace(day=1)
            if mention.grain == "quarter":
                yield start, step.replace(day=1, month=(step.month - 1) // 3 * 3 + 1)
            if mention.grain == "year":
                yield start, step.replace(day=1, month=1)


def _is_read(case: Case, language: str, inclusive: bool) -> bool:
    mentions = find_dates(case.text, language, case.reference, "future")
    touching = [m for m in mentions if m.start_char < case.end and m.end_char > case.start]
    named = [
        (m.start, m.end)
        for m in touching
        if m.open and (m.start_char < case.start or m.end_char > case.end)
    ]
    return any(reading in case.answers for reading in named) or any(
        reading in case.answers
        for mention in touching
        for reading in _readings(mention, inclusive and case.run)
    )


@dataclass(frozen=True)
class Row:
    """What one set gave: shares of its items, and what `undisputed` left out."""

    name: str
    count: int
    strict: float
    inclusive: float
    undisputed: float
    left_out: dict[str, int]
    misses: list[str]


def _row(name: str, language: str, cases: list[Case]) -> Row:
    strict = [_is_read(case, language, False) for case in cases]
    inclusive = [_is_read(case, language, True) for case in cases]
    conventions = [
        disputed(case.text[case.start : case.end], case.reference, case.run) for case in cases
    ]
    plain = [ok for ok, which in zip(strict, conventions, strict=True) if which is None]
    return Row(
        name,
        len(cases),
        sum(strict) / len(cases),
        sum(inclusive) / len(cases),
        sum(plain) / len(plain),
        dict(Counter(which for which in conventions if which).most_common()),
        [
            _miss(case, language, which)
            for case, ok, which in zip(cases, strict, conventions, strict=True)
            if not ok
        ],
    )


def _miss(case: Case, language: str, which: str | None) -> str:
    found = [
        (m.text, str(m.start), str(m.end), m.open)
        for m in find_dates(case.text, language, case.reference, "future")
    ]
    wanted = [f"{start or ''}>{end or ''}" for start, end in case.answers]
    words = case.text[case.start : case.end]
    return f"{which or 'plain'}: {words!r} | {case.reference} | {wanted} | {found}"


Reader = Callable[[Path], Iterator[Case]]
SETS: list[tuple[str, str, Reader]] = [
    ("recognizers.en", "en", _recognizers),
    ("recognizers.fr", "fr", _recognizers),
    ("duckling.en", "en", _duckling),
]


def measure(data: Path) -> list[Row]:
    """A row for each set under ``data/dates``."""
    return [
        _row(name, language, list(read(data / "dates" / f"{name}.jsonl")))
        for name, language, read in SETS
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--misses", action="store_true", help="list what was not read")
    arguments = parser.parse_args()
    folder = arguments.data / "dates"
    missing = [f"{name}.jsonl" for name, _, _ in SETS if not (folder / f"{name}.jsonl").is_file()]
    if missing:
        print(f"No {', '.join(missing)} in {folder}.", file=sys.stderr)
        return 2
    print(f"{'set':<16}{'count':>7}{'strict':>9}{'inclusive':>11}{'undisputed':>12}  left out")
    for row in measure(arguments.data):
        left_out = ", ".join(f"{count} {name}" for name, count in row.left_out.items())
        shares = f"{row.strict:>9.3f}{row.inclusive:>11.3f}{row.undisputed:>12.3f}"
        print(f"{row.name:<16}{row.count:>7}{shares}  {sum(row.left_out.values())}: {left_out}")
        if arguments.misses:
            print(*(f"   {miss}" for miss in row.misses), sep="\n")
    megabyte = ("Chiều 16/4, the minister said on 3 May 2020 that trade rose. " * 20_000)[
        :1_000_000
    ]
    began = time.perf_counter()
    find_dates(megabyte, "vi")
    print(f"speed: {1 / (time.perf_counter() - began):.2f} MB/s in one language")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
