"""What a person is told when a question cannot be taken."""

from __future__ import annotations

from bot.words import words
from corpus.errors import BusyError
from retrieval.errors import QuestionError, StaleIndexError


def complaint(error: Exception, language: str) -> str:
    """A sentence in the reader's language; an apology for what is not theirs to mend."""
    w = words(language)
    match error:
        case QuestionError(limit=int(limit)):
            return w.gettext("That is too long: at most %(n)d characters, please.") % {"n": limit}
        case QuestionError():
            return w.gettext("I see no question in that. Please ask in words.")
        case StaleIndexError():
            return w.gettext("There is no corpus to answer from yet. An admin can send /ingest.")
        case BusyError():
            return w.gettext("Another ingest is under way. Please try again when it ends.")
        case _:
            return w.gettext("Sorry, that did not work. The error was noted.")
