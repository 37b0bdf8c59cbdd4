"""What the local language model writes, how much of it is shown, and how long that takes.

    python -m benchmarks.writing [--runs 20] [--temperature 0.7] [--questions FILE] [--write]

Asks the sample question in three languages again and again, with what chance adds, over the five
sample articles. Printed are every statement that was shown and how often, for people to read:
whether a country, a date, a number, a name or a title is wrong is theirs to say, not the check's
own. Then, by language, how many of the statements shown were written and how many are quotations in
the place of what the check did not let through, and the seconds an answer takes.

`--questions` names JSON Lines of {"language", "question"} to ask instead.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import structlog

from benchmarks.results import circumstances, table, write_section
from retrieval.answer import Answer, Written
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine
from retrieval.errors import LanguageModelError
from retrieval.local_model import open_local
from retrieval.prompts import VERSION

ROOT = Path(__file__).resolve().parents[1]
NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
QUESTIONS = (
    ("en", "what did Vietnam and the UK discuss in 2020?"),
    ("fr", "De quoi le Vietnam et le Royaume-Uni ont-ils discuté en 2020 ?"),
    ("vi", "Việt Nam và Anh đã trao đổi những gì năm 2020?"),
)
SHARE_BAR = "60%"


@dataclass(frozen=True, slots=True)
class Run:
    """One answer: what was written and what is quoted, and the seconds that it took."""

    language: str
    written: tuple[str, ...]
    quoted: int
    problems: tuple[str, ...]
    seconds: float


def run_of(language: str, answer: Answer, seconds: float) -> Run:
    """What came of an answer. Raises `LanguageModelError` where the model did not answer."""
    if answer.writing is None or answer.writing.failure:
        raise LanguageModelError("the language model did not answer; set it up with: make llm")
    told = [each for group in answer.groups for each in answer.told(group)]
    written = tuple(each.text for each in told if isinstance(each, Written))
    problems = tuple(
        (failing.problems or ("low score",))[0].partition(":")[0]
        for failing in answer.writing.failing
    )
    return Run(language, written, len(told) - len(written), problems, seconds)


def measured(runs: Sequence[Run]) -> str:
    """The table by language, and what kept drafts from being shown."""
    rows = []
    for language in [*dict.fromkeys(run.language for run in runs), "all"]:
        chosen = [run for run in runs if language in {run.language, "all"}]
        written = sum(len(run.written) for run in chosen)
        shown = written + sum(run.quoted for run in chosen)
        seconds = np.array([run.seconds for run in chosen])
        rows.append(
            (
                language,
                str(len(chosen)),
                str(shown),
                f"{written / shown:.1%}" if shown else "–",
                SHARE_BAR if language == "all" else "",
                f"{np.median(seconds):.0f} s",
                f"{np.quantile(seconds, 0.95):.0f} s",
            )
        )
    head = ("language", "answers", "statements shown", "written", "bar", "median", "p95")
    problems = Counter(problem for run in runs for problem in run.problems)
    reasons = ", ".join(f"{name} {count}" for name, count in problems.most_common())
    return f"{table(head, rows)}\n\nNot shown, by the first reason: {reasons or 'nothing'}."


def listed(runs: Sequence[Run]) -> str:
    """Every statement shown, by language, the most frequent first."""
    lines = []
    for language in dict.fromkeys(run.language for run in runs):
        counts = Counter(text for run in runs if run.language == language for text in run.written)
        lines += [f"{language} ×{count}  {text}" for text, count in counts.most_common()]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what the local model writes.")
    parser.add_argument("--runs", type=int, default=20, help="how often each question is asked")
    parser.add_argument("--temperature", type=float, default=0.7)
    parser.add_argument("--threads", type=int, help="of the model; none: all cores")
    parser.add_argument("--questions", type=Path, help='JSON Lines of {"language", "question"}')
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    told = circumstances()
    questions = list(QUESTIONS)
    if arguments.questions:
        lines = arguments.questions.read_text("utf-8").splitlines()
        questions = [(each["language"], each["question"]) for each in map(json.loads, lines)]
    model = open_local(
        ROOT / "data",
        sends="nothing",
        temperature=arguments.temperature,
        seconds=600,
        threads=arguments.threads,
        tell=lambda text: print(text, "…", file=sys.stderr),
    )
    runs = []
    with tempfile.TemporaryDirectory(prefix="attache-writing-") as folder:
        data_dir = Path(folder)
        (ROOT / "data/models").mkdir(parents=True, exist_ok=True)
        (data_dir / "models").symlink_to(ROOT / "data/models")
        engine = Engine(data_dir, ROOT / "corpus/articles", BUNDLED, model=model)
        try:
            engine.ingest(None, now=NOW)
            for number in range(arguments.runs):
                for language, question in questions:
                    started = time.perf_counter()
                    answer = engine.ask(question, today=NOW.date())
                    run = run_of(language, answer, time.perf_counter() - started)
                    runs.append(run)
                    print(
                        f"{number + 1} {language}: {len(run.written)} written, "
                        f"{run.quoted} quoted, {run.seconds:.0f} s",
                        file=sys.stderr,
                    )
        except LanguageModelError as error:
            sys.exit(str(error))
        finally:
            engine.close()
            model.close()
    text = "\n\n".join(
        [
            f"{told} Prompts of version {VERSION}, temperature {arguments.temperature:g}.",
            measured(runs),
        ]
    )
    print(f"{listed(runs)}\n\n{text}")
    if arguments.write:
        write_section("writing", f"## Writing\n\n{text}")


if __name__ == "__main__":
    main()
