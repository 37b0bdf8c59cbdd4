"""Feedback in words."""

from __future__ import annotations

from collections.abc import Mapping

from bot import dates
from bot.feedback import Feedback, Outcome, Reason
from bot.render import Line
from bot.words import words

LONGEST = 1500
"""Characters of an answer that are shown with a complaint."""


def reason_text(reason: Reason, language: str) -> str:
    """What a button says, and a list."""
    w = words(language)
    return {
        "good": w.gettext("Useful"),
        "where-when": w.gettext("Wrong date or country"),
        "not-said": w.gettext("Not what the source says"),
        "missing": w.gettext("Something is missing"),
        "other": w.gettext("Something else"),
    }[reason]


def counts_line(counts: Mapping[str, int], language: str) -> str:
    """ "Useful 12, Wrong date or country 1"."""
    if not counts:
        return words(language).gettext("Nobody has said anything about an answer yet.")
    return ", ".join(
        f"{reason_text(reason, language)} {number}"  # type: ignore[arg-type]
        for reason, number in counts.items()
    )


def complaint_lines(value: Feedback, language: str) -> list[Line]:
    """A complaint with the question and the answer that it is about."""
    w = words(language)
    content = value.content or {}
    day = dates.day(value.at.date(), language)
    version = w.gettext("corpus version %(version)s") % {"version": content.get("version", "?")}
    text = " ".join(str(content.get("answer", "")).split("\n"))
    return [
        Line(f"{reason_text(value.reason, language)} · {day} · {version}", "event"),
        Line(str(content.get("question", "")), "fact"),
        Line(text if len(text) <= LONGEST else text[:LONGEST] + " …", "quote"),
    ]


def outcome_text(outcome: Outcome, question: str, language: str) -> str:
    """What whoever complained hears."""
    w = words(language)
    about = w.gettext("About your question “%(question)s”:") % {"question": question}
    if outcome == "mended":
        told = w.gettext("you were right, and it has been corrected. Thank you. Please ask again.")
    else:
        told = w.gettext("an admin has looked; the answer agrees with its sources, and stays.")
    return f"{about} {told}"
