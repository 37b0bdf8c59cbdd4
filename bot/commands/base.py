"""What the commands share: the application, its options, settings, and errors as one line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

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


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn the product's own errors into one line and an exit code."""
    from sqlalchemy.exc import DatabaseError  # noqa: PLC0415

    from corpus.database import unusable  # noqa: PLC0415
    from corpus.errors import CorpusError, SourceError  # noqa: PLC0415
    from retrieval.errors import ModelSettingError, QuestionError, RetrievalError  # noqa: PLC0415

    try:
        yield
    except (SourceError, QuestionError, ModelSettingError) as error:
        fail(str(error), 2)
    except (CorpusError, RetrievalError) as error:
        fail(str(error), 1)
    except DatabaseError as error:
        fail(unusable(read_settings().attache_data_dir, error), 1)
    except BrokenPipeError:
        raise  # whoever read our output has had enough; `main` ends quietly
    except OSError as error:
        fail(f"{error.filename or 'a file'}: {error.strerror or error}", 1)


def fail(message: str, code: int) -> NoReturn:
    """Say what is wrong on standard error and end with that exit code."""
    typer.echo(f"attache: {message}", err=True)
    raise typer.Exit(code)


def read_settings() -> Settings:
    """The settings; what is wrong with them ends the command."""
    from pydantic import ValidationError  # noqa: PLC0415

    from bot.settings import Settings  # noqa: PLC0415

    try:
        return Settings()
    except UnicodeDecodeError:
        fail(".env: not UTF-8; save it as UTF-8", 2)
        raise
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "settings"
        fail(f"{name}: {first['msg'].removeprefix('Value error, ')}", 2)
        raise  # for the type checker; _fail never returns


@contextmanager
def opened_engine(settings: Settings, model: LanguageModel | None = None) -> Iterator[Engine]:
    """The engine of these settings, closed at the end."""
    from bot.app import open_engine  # noqa: PLC0415

    engine = open_engine(settings, model, tell)
    try:
        yield engine
    finally:
        engine.close()


@contextmanager
def writing_engine(settings: Settings, *, as_json: bool = False) -> Iterator[Engine]:
    """The engine with the language model of the settings, if there is one."""
    from bot.app import language_model  # noqa: PLC0415

    with (
        language_model(settings, tell, as_json=as_json) as model,
        opened_engine(settings, model) as engine,
    ):
        yield engine


def tell(text: str) -> None:
    """Say that something takes a while."""
    typer.echo(f"{text} …", err=True)


def print_json(value: dict[str, Any]) -> None:
    """Print one line of JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False))
