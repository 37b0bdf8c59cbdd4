"""How many date expressions `find_dates` reads exactly, on three open test sets.

    python benchmarks/dates.py [DATA_FOLDER] [--misses]

The folder (default ``../shared/data``) holds ``dates/recognizers.en.jsonl``,
``recognizers.fr.jsonl`` and ``duckling.en.jsonl``. An expression counts as read when a mention
has exactly its interval; where a set gives two readings either counts. Counted are dates of day
grain or coarser, holidays left out. The sets look forward, so ``prefer="future"``.

``inclusive`` also accepts a run that includes its last unit ("2014 to 2018" with 2018) where the
set leaves it out, which is how people read it; ``strict`` does not.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
        yield Case(text, 0, len(text), _date(item["reference_time"]), [bounds], False)


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
    return any(
        reading in case.answers
        for mention in touching
        for reading in _readings(mention, inclusive and case.run)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--misses", action="store_true", help="list what was not read")
    arguments = parser.parse_args()
    folder = arguments.data / "dates"
    sets = [
        ("recognizers.en", "en", _recognizers),
        ("recognizers.fr", "fr", _recognizers),
        ("duckling.en", "en", _duckling),
    ]
    missing = [name for name, _, _ in sets if not (folder / f"{name}.jsonl").is_file()]
    if missing:
        print(f"No {', '.join(f'{name}.jsonl' for name in missing)} in {folder}.", file=sys.stderr)
        return 2
    print(f"{'set':<16}{'count':>7}{'strict':>9}{'inclusive':>11}")
    for name, language, read in sets:
        cases = list(read(folder / f"{name}.jsonl"))
        strict = sum(_is_read(case, language, False) for case in cases)
        kept = [(case, _is_read(case, language, True)) for case in cases]
        loose = sum(ok for _, ok in kept)
        count = len(cases)
        print(f"{name:<16}{count:>7}{strict / count:>9.3f}{loose / count:>11.3f}")
        if arguments.misses:
            for case, ok in kept:
                if not ok:
                    found = [
                        (m.text, str(m.start), str(m.end), m.open)
                        for m in find_dates(case.text, language, case.reference, "future")
                    ]
                    wanted = [f"{a or ''}>{b or ''}" for a, b in case.answers]
                    words = case.text[case.start : case.end]
                    print(f"   {words!r} | {case.reference} | {wanted} | {found}")
    megabyte = ("Chiều 16/4, the minister said on 3 May 2020 that trade rose. " * 20_000)[
        :1_000_000
    ]
    began = time.perf_counter()
    find_dates(megabyte, "vi")
    print(f"speed: {1 / (time.perf_counter() - began):.2f} MB/s in one language")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
