"""An evaluation as people and scripts read it: a table, Markdown, JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.table import Table

from bot.evaluation import Evaluation, Outcome

REPORT, PICTURE = "evaluation.md", "evaluation.png"
"""The files that `attache eval --output` writes."""

_NONE = "–"


def shares(value: Evaluation) -> list[tuple[str, float | None, str]]:
    """(what, share, of how many) of each figure that is a share."""
    expected = sum(len(item.case.articles) for item in value.answerable)
    questions, refusable = len(value.answerable), len(value.unanswerable)

    def of(share: float | None, count: int) -> str:
        return _NONE if share is None else f"{round(share * count)} of {count}"

    return [
        ("expected articles in the top ten", value.recall, of(value.recall, expected)),
        ("questions with all of them there", value.complete, of(value.complete, questions)),
        ("answers that cite an expected article", value.cited, of(value.cited, questions)),
        ("wrongly refused", value.wrongly_refused, of(value.wrongly_refused, questions)),
        (
            "wrongly answered",
            value.wrongly_answered,
            of(value.wrongly_answered, refusable),
        ),
    ]


def console_table(value: Evaluation) -> Table:
    """The figures for a terminal."""
    table = Table(title=_title(value), title_justify="left")
    table.add_column("measure")
    table.add_column("share", justify="right")
    table.add_column("count", justify="right")
    for what, share, count in shares(value):
        table.add_row(what, _percent(share), count)
    table.add_section()
    table.add_row("seconds to an answer, median", f"{value.median:.2f}", "")
    table.add_row("seconds to an answer, p95", f"{value.p95:.2f}", "")
    return table


def markdown(value: Evaluation) -> str:
    """The whole report, with a line for each question."""
    lines = [
        "# Evaluation",
        "",
        f"{_title(value)}.",
        "",
        f"![The figures as a picture]({PICTURE})",
        "",
        "| measure | share | count |",
        "|---|--:|--:|",
        *(f"| {what} | {_percent(share)} | {count} |" for what, share, count in shares(value)),
        f"| seconds to an answer, median | {value.median:.2f} | |",
        f"| seconds to an answer, p95 | {value.p95:.2f} | |",
        "",
        "## Questions",
        "",
        "| id | question | expected | in the top ten | among the sources | outcome | seconds |",
        "|---|---|---|---|---|---|--:|",
        *(_line(outcome) for outcome in value.outcomes),
    ]
    if value.bad:
        lines += ["", "## Lines left out", ""]
        lines += [f"- line {bad.line}: {_cell(bad.problem)}" for bad in value.bad]
    return "\n".join(lines) + "\n"


def payload(value: Evaluation) -> dict[str, Any]:
    """The JSON of `attache eval`."""
    return {
        "questions": len(value.outcomes),
        "answerable": len(value.answerable),
        "unanswerable": len(value.unanswerable),
        "recall": _rounded(value.recall),
        "complete": _rounded(value.complete),
        "cited": _rounded(value.cited),
        "wrongly_refused": _rounded(value.wrongly_refused),
        "wrongly_answered": _rounded(value.wrongly_answered),
        "seconds": {"median": round(value.median, 3), "p95": round(value.p95, 3)},
        "results": [
            {
                "id": item.case.id,
                "line": item.case.line,
                "question": item.case.question,
                "expected": list(item.case.articles),
                "found": list(item.found),
                "cited": list(item.cited),
                "outcome": item.verdict,
                "seconds": round(item.seconds, 3),
            }
            for item in value.outcomes
        ],
        "bad": [{"line": bad.line, "error": bad.problem} for bad in value.bad],
    }


def write(value: Evaluation, folder: Path, cache: Path) -> None:
    """Put report and picture into `folder`; `cache` is for what the picture's library keeps."""
    from bot.evaluation_picture import draw  # noqa: PLC0415 - its library takes a second

    draw(value, folder / PICTURE, cache)
    (folder / REPORT).write_text(markdown(value), "utf-8")


def _title(value: Evaluation) -> str:
    return (
        f"{len(value.outcomes)} questions: {len(value.answerable)} with expected articles, "
        f"{len(value.unanswerable)} to be refused"
    )


def _line(outcome: Outcome) -> str:
    case = outcome.case
    cells = [
        case.id,
        case.question,
        ", ".join(case.articles) or _NONE,
        ", ".join(outcome.found) or _NONE,
        ", ".join(outcome.cited) or _NONE,
        outcome.verdict,
        f"{outcome.seconds:.2f}",
    ]
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(text: str) -> str:
    """Text that stays in its cell, whatever it holds."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return escaped.replace("<", "&lt;").replace("`", "\\`")


def _percent(share: float | None) -> str:
    return _NONE if share is None else f"{share:.1%}"


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
