"""What changed under answers, in words for the admin who decides and for those who have them."""

from __future__ import annotations

from collections.abc import Sequence

from bot import dates
from bot.changes import Change, by_place
from bot.render import Line
from bot.words import words

MOST = 10
"""Changes that one message lists; the rest are counted."""

LONGEST = 120


def asking(changes: Sequence[Change], language: str) -> list[Line]:
    """For an admin: how many answers are concerned, and what changed."""
    w = words(language)
    answers = len({change.answer.id for change in changes})
    chats = len(by_place(changes))
    text = w.ngettext(
        "What %(n)d answer cites has changed in the corpus.",
        "What %(n)d answers cite has changed in the corpus.",
        answers,
    ) % {"n": answers}
    where = w.ngettext("It is in %(n)d chat.", "They are in %(n)d chats.", chats) % {"n": chats}
    lines = [Line(f"{text} {where}", "heading")]
    distinct = list({(each.article, each.what): each for each in changes}.values())
    lines.extend(Line(f"– {_what(each, language)}", "fact") for each in distinct[:MOST])
    lines.extend(_rest(len(distinct) - MOST, language))
    lines.append(Line(w.gettext("Shall I tell those who have these answers?"), "note", gap=True))
    return lines


def note(changes: Sequence[Change], language: str) -> list[Line]:
    """For a chat: which of its answers are concerned, and what changed under each."""
    w = words(language)
    lines = [Line(w.gettext("A correction to what I told you"), "heading")]
    answers = {change.answer.id: change.answer for change in changes}
    for answer in list(answers.values())[:MOST]:
        asked = w.gettext("Your question of %(day)s: “%(question)s”") % {
            "day": dates.day(answer.at.date(), language),
            "question": _short(answer.question),
        }
        lines.append(Line(asked, "event", gap=True))
        lines.extend(
            Line(f"– {_what(change, language)}", "fact")
            for change in changes
            if change.answer.id == answer.id
        )
    lines.extend(_rest(len(answers) - MOST, language))
    return lines


def _rest(more: int, language: str) -> list[Line]:
    if more <= 0:
        return []
    text = words(language).ngettext("and %(n)d more", "and %(n)d more", more)
    return [Line(text % {"n": more}, "note")]


def _what(change: Change, language: str) -> str:
    """ "[1] VNA, “Title”: it no longer says «…»."."""
    w = words(language)
    source = next(each for each in change.answer.sources if each["article"] == change.article)
    outlet = source["outlet"] or w.gettext("outlet unknown")
    name = f"[{source['n']}] {outlet}"
    if source["title"]:
        name += f", “{_short(source['title'])}”"
    match change.what:
        case "gone":
            text = w.gettext("%(source)s: this article is no longer in service.")
            return text % {"source": name}
        case "date":
            event = change.served.event if change.served else None
            day = dates.event_day(event, language) if event else w.gettext("not stated")
            text = w.gettext("%(source)s: the date of its event is now %(day)s.")
            return text % {"source": name, "day": day}
        case _:
            quotes = [each.quote for each in change.answer.citations(source["n"])]
            served = change.served.text if change.served else ""
            lost = next((quote for quote in quotes if quote not in served), quotes[0])
            text = w.gettext("%(source)s: it no longer says “%(words)s”.")
            return text % {"source": name, "words": _short(lost)}


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
