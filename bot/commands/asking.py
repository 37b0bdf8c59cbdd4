"""Commands that ask: search, ask, eval and chat."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.base import (
    JsonFlag,
    app,
    fail,
    one_line_errors,
    opened_engine,
    print_json,
    read_settings,
    writing_engine,
)

BatchFile = Annotated[
    str | None,
    typer.Option("--batch", metavar="FILE", help='JSON Lines of {"id", "question"}; - for stdin.'),
]
Question = Annotated[str | None, typer.Argument(metavar="QUESTION", help="The question.")]


@app.command()
def search(
    question: Question = None,
    batch: BatchFile = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 10,
    as_json: JsonFlag = False,
) -> None:
    """Find the passages nearest to a question."""
    with one_line_errors():
        from bot import payload  # noqa: PLC0415

        settings = read_settings()
        with opened_engine(settings) as engine:
            today = settings.now().date()

            def found(text: str, question_id: Any) -> dict[str, Any]:
                return payload.search(engine.search(text, k=k, today=today), question_id)

            if batch is not None or as_json:
                _answer_all(question, batch, found)
                return
            result = engine.search(_required(question), k=k, today=today)
            for rank, item in enumerate(result.found, start=1):
                passage = item.passage
                typer.echo(f"{rank}. {passage.article_id} ({item.standing}) {passage.text}\n")


@app.command()
def ask(question: Question = None, batch: BatchFile = None, as_json: JsonFlag = False) -> None:
    """Answer a question from the sources, each sentence with its citation."""
    with one_line_errors():
        from bot import payload  # noqa: PLC0415
        from bot.render import plain, render  # noqa: PLC0415

        settings = read_settings()
        with writing_engine(settings, as_json=as_json or batch is not None) as engine:
            today = settings.now().date()

            def answered(text: str, question_id: Any) -> dict[str, Any]:
                started = time.perf_counter()
                answer = engine.ask(text, today=today)
                milliseconds = 1000 * (time.perf_counter() - started)
                return payload.answer(answer, question_id, milliseconds)

            if batch is not None or as_json:
                _answer_all(question, batch, answered)
                return
            typer.echo(plain(render(engine.ask(_required(question), today=today))))


@app.command("eval")
def evaluate(
    questions: Annotated[
        str,
        typer.Argument(
            metavar="QUESTIONS",
            help='JSON Lines of {"id"?, "question", "articles": [id, ...]}, or of {"question", '
            '"nothing": true} for what must be refused; - for stdin.',
        ),
    ],
    as_json: JsonFlag = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FOLDER", help="Also write a report and a picture."),
    ] = None,
) -> None:
    """Judge the corpus by questions whose articles you know."""
    with one_line_errors():
        from bot import evaluation, evaluation_report  # noqa: PLC0415
        from bot.progress import progress_bar  # noqa: PLC0415

        settings = read_settings()
        cases, bad = evaluation.read_cases(_lines(questions))
        if output is not None and cases:
            output.mkdir(parents=True, exist_ok=True)
        result = evaluation.Evaluation(())
        if cases:
            with opened_engine(settings) as engine, progress_bar() as progress:
                today = settings.now().date()
                result = evaluation.evaluate(engine, cases, today=today, progress=progress)
        result = result.with_bad(bad)
        for line in result.bad:
            typer.echo(f"attache: {questions}: line {line.line} {line.problem}", err=True)
        if not result.outcomes:
            fail(f"{questions}: no line holds a question that could be measured", 2)
        if output is not None:
            evaluation_report.write(result, output, settings.attache_data_dir / "matplotlib")
        if as_json:
            print_json(evaluation_report.payload(result))
        else:
            from rich.console import Console  # noqa: PLC0415

            Console(highlight=False).print(evaluation_report.console_table(result))


@app.command()
def chat() -> None:
    """Converse in the console."""
    with one_line_errors():
        from bot.console import converse  # noqa: PLC0415

        settings = read_settings()
        with writing_engine(settings) as engine:
            converse(engine, settings)


def _required(question: str | None) -> str:
    if question is None:
        fail("a QUESTION or --batch FILE is needed", 2)
    return question or ""


def _answer_all(
    question: str | None, batch: str | None, answered: Callable[[str, Any], dict[str, Any]]
) -> None:
    """Print one JSON line for the question, or one for each line of the batch, in order."""
    from retrieval.errors import QuestionError  # noqa: PLC0415

    if batch is None:
        print_json(answered(_required(question), None))
        return
    broken = 0
    for number, line in enumerate(_lines(batch), start=1):
        question_id, text, problem = _parsed(line)
        try:
            if text is None:
                raise QuestionError(f"line {number} {problem}")
            print_json(answered(text, question_id))
        except QuestionError as error:
            broken += 1
            print_json({"id": question_id, "error": str(error)})
    if broken:
        fail(f"{batch}: {broken} of the lines could not be answered", 2)


def _parsed(line: str) -> tuple[Any, str | None, str]:
    """(id, question, what is wrong) of a line; None for a question that is not there."""
    if not line.strip():
        return None, None, "is empty"
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return None, None, "is not JSON"
    if not isinstance(fields, dict) or not isinstance(fields.get("question"), str):
        question_id = fields.get("id") if isinstance(fields, dict) else None
        return question_id, None, 'has no "question"'
    return fields.get("id"), fields["question"], ""


def _lines(batch: str) -> Iterator[str]:
    try:
        stream = sys.stdin.buffer if batch == "-" else Path(batch).open("rb")  # noqa: SIM115
    except OSError as error:
        fail(f"{batch}: cannot be read ({error.strerror})", 2)
    with stream:
        for line in stream:
            yield line.decode("utf-8", "replace")
