"""The conversation in the console."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from bot.complaints import complaint
from bot.render import Line, render
from bot.settings import Settings
from corpus.errors import CorpusError
from retrieval.answer import Answer
from retrieval.conversation import KEPT, Turn, fresh
from retrieval.engine import Engine
from retrieval.errors import QuestionError, RetrievalError
from retrieval.words import question_language

RESET, HELP = "/reset", "/help"
_HELP = (
    "Ask in Vietnamese, French or English; “and in 2021?” goes on from the question before, "
    f"{RESET} forgets it. Ctrl-D ends."
)
SAMPLE_QUESTION = "what did Vietnam and the UK discuss in 2020?"

_STYLES = {
    "heading": "bold",
    "event": "bold cyan",
    "fact": "",
    "written": "",
    "quote": "italic",
    "note": "dim",
    "source": "dim",
}


def converse(engine: Engine, settings: Settings) -> None:
    """Answer line after line until the end of input."""
    console = Console(highlight=False)
    console.print(Text("Attaché", style="bold"))
    console.print(_HELP, style="dim")
    engine.warm_up()
    turns: deque[Turn] = deque(maxlen=KEPT)
    while True:
        try:
            question = console.input("\n[bold]>[/bold] ").strip()
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if question == RESET:
            turns.clear()
            console.print("Forgotten.", style="dim")
        elif question.startswith("/"):
            # Telegram's commands; as questions they would be told to be absent from the corpus.
            if question != HELP:
                console.print(
                    f"{question.split()[0]} is no command here.", style="dim", markup=False
                )
            console.print(_HELP, style="dim")
        elif question:
            _answer(engine, settings, console, question, turns)


def _answer(
    engine: Engine, settings: Settings, console: Console, question: str, turns: deque[Turn]
) -> None:
    """Print the answer and add its turn to `turns`."""
    now = settings.now()
    try:
        answer = _watched(engine, console, question, now, fresh(list(turns), now))
    except (CorpusError, RetrievalError) as error:
        # Whoever sits here can mend what is wrong, so the error itself is shown.
        asked = isinstance(error, QuestionError)
        text = complaint(error, question_language(question)) if asked else str(error)
        console.print(Text(text, style="red"))
        return
    turns.append(Turn.after(answer, settings.now()))
    for line in render(answer):
        _print(console, line)


def _watched(
    engine: Engine, console: Console, question: str, now: dt.datetime, previous: Sequence[Turn]
) -> Answer:
    """The answer, with a sign on a terminal of how far a language model has come."""
    with console.status("…", spinner="dots") as status:
        for number, each in enumerate(
            engine.stream(question, today=now.date(), previous=previous), start=1
        ):
            if isinstance(each, Answer):
                return each
            status.update(f"written and checked: {number}")
    raise AssertionError  # a stream ends with its answer


def _print(console: Console, line: Line) -> None:
    if line.gap:
        console.print()
    console.print(Text(line.text, style=_STYLES[line.style]))
