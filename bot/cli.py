"""The `attache` command. Heavy imports wait until a command needs them."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.engine import Engine
    from retrieval.llm import LanguageModel

app = typer.Typer(
    name="attache",
    help="Ask a corpus of press articles: dated, cited answers in the asker's language.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
BatchFile = Annotated[
    str | None,
    typer.Option("--batch", metavar="FILE", help='JSON Lines of {"id", "question"}; - for stdin.'),
]
Question = Annotated[str | None, typer.Argument(metavar="QUESTION", help="The question.")]


_COLLECTED_EVERY = 100_000
"""New objects between two runs of Python's collector. It runs hundreds of times while modules and
tables load, finds nothing, and takes a tenth of a cold start."""


def main() -> None:
    """Run the command; every error is one line on standard error."""
    gc.set_threshold(_COLLECTED_EVERY)
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:  # the last line of defence
        sys.stderr.write(f"attache: {_noted(error)}\n")
        sys.exit(1)


def _noted(error: Exception) -> str:
    """One line on an error that nobody foresaw; its traceback goes to a file."""
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    with tempfile.NamedTemporaryFile(
        "w", prefix="attache-error-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write("".join(traceback.format_exception(error)))
    return f"an error nobody foresaw ({type(error).__name__}); the details are in {file.name}"


@contextmanager
def _errors() -> Iterator[None]:
    """Turn the product's own errors into one line and an exit code."""
    from sqlalchemy.exc import DatabaseError  # noqa: PLC0415

    from corpus.catalogue import unusable  # noqa: PLC0415
    from corpus.errors import CorpusError, SourceError  # noqa: PLC0415
    from retrieval.errors import ModelSettingError, QuestionError, RetrievalError  # noqa: PLC0415

    try:
        yield
    except (SourceError, QuestionError, ModelSettingError) as error:
        _fail(str(error), 2)
    except (CorpusError, RetrievalError) as error:
        _fail(str(error), 1)
    except DatabaseError as error:
        _fail(unusable(_settings().attache_data_dir, error), 1)
    except BrokenPipeError:
        raise  # whoever read our output has had enough; `main` ends quietly
    except OSError as error:
        _fail(f"{error.filename or 'a file'}: {error.strerror or error}", 1)


def _fail(message: str, code: int) -> None:
    typer.echo(f"attache: {message}", err=True)
    raise typer.Exit(code)


def _settings() -> Settings:
    from pydantic import ValidationError  # noqa: PLC0415

    from bot.settings import Settings  # noqa: PLC0415

    try:
        return Settings()
    except UnicodeDecodeError:
        _fail(".env: not UTF-8; save it as UTF-8", 2)
        raise
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "settings"
        _fail(f"{name}: {first['msg']}", 2)
        raise  # for the type checker; _fail never returns


@contextmanager
def _engine(settings: Settings, model: LanguageModel | None = None) -> Iterator[Engine]:
    from bot.app import open_engine  # noqa: PLC0415

    engine = open_engine(settings, model, _tell)
    try:
        yield engine
    finally:
        engine.close()


@contextmanager
def _writing_engine(settings: Settings, *, as_json: bool = False) -> Iterator[Engine]:
    """The engine with the language model of the settings, if there is one."""
    from bot.app import language_model  # noqa: PLC0415

    with (
        language_model(settings, _tell, as_json=as_json) as model,
        _engine(settings, model) as engine,
    ):
        yield engine


def _tell(text: str) -> None:
    typer.echo(f"{text} …", err=True)


@app.command()
def ingest(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SOURCE]...", help="Files or folders to add; none: the corpus folder."
        ),
    ] = None,
    as_json: JsonFlag = False,
    confirm_removals: Annotated[
        bool, typer.Option("--confirm-removals", help="Remove articles even if many are gone.")
    ] = False,
) -> None:
    """Take articles in; with no SOURCE, bring the catalogue in line with the corpus folder."""
    with _errors():
        from bot import payload  # noqa: PLC0415
        from bot.progress import progress_bar  # noqa: PLC0415

        settings = _settings()
        started = time.perf_counter()
        with _engine(settings) as engine, progress_bar() as progress:
            report = engine.ingest(
                sources or None,
                now=settings.now(),
                confirm_removals=confirm_removals,
                on_wait=lambda text: typer.echo(f"attache: {text}", err=True),
                progress=progress,
            )
        seconds = time.perf_counter() - started
        if as_json:
            _print_json(payload.report(report, seconds))
        else:
            typer.echo(
                f"Version {report.version}: {report.added} added, {report.changed} changed, "
                f"{report.removed} removed, {report.unchanged} unchanged, "
                f"{len(report.failed)} failed ({seconds:.1f} s)."
            )
        if not as_json:
            for failure in report.failed:
                typer.echo(f"attache: {failure.source}: {failure.error}", err=True)
        for notice in report.notices:
            typer.echo(f"attache: {notice}", err=True)
        if sources and report.failed and not (report.added + report.changed + report.unchanged):
            raise typer.Exit(2)  # nothing of what was given could be read


@app.command()
def articles(as_json: JsonFlag = False) -> None:
    """List the articles, one line each."""
    with _errors():
        from bot import payload  # noqa: PLC0415
        from bot.source_lines import describe  # noqa: PLC0415

        with _engine(_settings()) as engine:
            for article in engine.articles():
                if as_json:
                    _print_json(payload.article(article))
                else:
                    places = " ".join((*article.countries, *article.regions))
                    typer.echo(f"{article.id}  {describe(article, 'en')}  {places}")


@app.command()
def search(
    question: Question = None,
    batch: BatchFile = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 10,
    as_json: JsonFlag = False,
) -> None:
    """Find the passages nearest to a question."""
    with _errors():
        from bot import payload  # noqa: PLC0415

        settings = _settings()
        with _engine(settings) as engine:
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
    with _errors():
        from bot import payload  # noqa: PLC0415
        from bot.render import plain, render  # noqa: PLC0415

        settings = _settings()
        with _writing_engine(settings, as_json=as_json or batch is not None) as engine:
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
    with _errors():
        from bot import evaluation, evaluation_report  # noqa: PLC0415
        from bot.progress import progress_bar  # noqa: PLC0415

        settings = _settings()
        cases, bad = evaluation.read_cases(_lines(questions))
        if output is not None and cases:
            output.mkdir(parents=True, exist_ok=True)
        result = evaluation.Evaluation(())
        if cases:
            with _engine(settings) as engine, progress_bar() as progress:
                today = settings.now().date()
                result = evaluation.evaluate(engine, cases, today=today, progress=progress)
        result = result.with_bad(bad)
        for line in result.bad:
            typer.echo(f"attache: {questions}: line {line.line} {line.problem}", err=True)
        if not result.outcomes:
            _fail(f"{questions}: no line holds a question that could be measured", 2)
        if output is not None:
            evaluation_report.write(result, output, settings.attache_data_dir / "matplotlib")
        if as_json:
            _print_json(evaluation_report.payload(result))
        else:
            from rich.console import Console  # noqa: PLC0415

            Console(highlight=False).print(evaluation_report.console_table(result))


@app.command()
def chat() -> None:
    """Converse in the console."""
    with _errors():
        from bot.console import converse  # noqa: PLC0415

        settings = _settings()
        with _writing_engine(settings) as engine:
            converse(engine, settings)


@app.command()
def serve() -> None:
    """Serve the Telegram bot."""
    with _errors():
        from bot.app import serve as serve_bot  # noqa: PLC0415

        settings = _settings()
        if settings.telegram_bot_token is None:
            _fail("TELEGRAM_BOT_TOKEN is not set; ask BotFather for one, or use: attache chat", 2)
        serve_bot(settings)


@app.command()
def start() -> None:
    """Serve Telegram if there is a token, else converse; with no terminal, answer one question."""
    settings = _settings()
    if settings.telegram_bot_token is not None:
        serve()
    elif sys.stdin.isatty():
        chat()
    else:
        from bot.console import SAMPLE_QUESTION  # noqa: PLC0415

        typer.echo(f"> {SAMPLE_QUESTION}\n")
        ask(SAMPLE_QUESTION)


@app.command()
def status(as_json: JsonFlag = False) -> None:
    """Show versions, counts, models and the health of the indexes."""
    with _errors():
        from bot.app import language_model  # noqa: PLC0415
        from bot.status import status_of  # noqa: PLC0415

        settings = _settings()
        with language_model(settings, as_json=as_json) as model, _engine(settings) as engine:
            values = status_of(engine, settings.attache_access, model)
        if as_json:
            _print_json(values)
        else:
            for name, value in values.items():
                typer.echo(f"{name.replace('_', ' ')}: {value}")


def _required(question: str | None) -> str:
    if question is None:
        _fail("a QUESTION or --batch FILE is needed", 2)
    return question or ""


def _answer_all(
    question: str | None, batch: str | None, answered: Callable[[str, Any], dict[str, Any]]
) -> None:
    """Print one JSON line for the question, or one for each line of the batch, in order."""
    from retrieval.errors import QuestionError  # noqa: PLC0415

    if batch is None:
        _print_json(answered(_required(question), None))
        return
    broken = 0
    for number, line in enumerate(_lines(batch), start=1):
        question_id, text, problem = _parsed(line)
        try:
            if text is None:
                raise QuestionError(f"line {number} {problem}")
            _print_json(answered(text, question_id))
        except QuestionError as error:
            broken += 1
            _print_json({"id": question_id, "error": str(error)})
    if broken:
        _fail(f"{batch}: {broken} of the lines could not be answered", 2)


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
        _fail(f"{batch}: cannot be read ({error.strerror})", 2)
    with stream:
        for line in stream:
            yield line.decode("utf-8", "replace")


def _print_json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))
