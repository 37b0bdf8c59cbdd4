"""A source's words in their paragraph, for Telegram."""

from __future__ import annotations

import re

from bot import dates
from bot.evidence import Evidence, where
from bot.render import Line
from bot.source_lines import describe
from bot.telegram_text import marked, messages
from bot.words import words
from corpus.article import Article

AROUND = 600
"""Characters of the paragraph that are shown on each side of the words cited."""

_PARAGRAPH = re.compile(r"\n\s*")


def evidence_text(found: Evidence, translation: str | None = None) -> str:
    """The message: source, paragraph with the cited words marked, translation, what changed."""
    language = found.answer.language
    w = words(language)
    head = f"[{found.number}] "
    head += describe(found.article, language) if found.article else w.gettext("No longer kept.")
    parts = [*messages([Line(head, "source")]), marked(*_in_paragraph(found))]
    notes = []
    if translation is not None:
        notes.append(Line(w.gettext("Machine translation, checked:"), "note", gap=True))
        notes.append(Line(translation, "written"))
    if found.standing == "changed":
        text = w.gettext("The article has changed since: it no longer says this.")
        notes.append(Line(text, "note", gap=True))
    elif found.standing == "gone":
        text = w.gettext("This article is no longer in service.")
        notes.append(Line(text, "note", gap=True))
    return "\n".join([*parts, *messages(notes)])


def _in_paragraph(found: Evidence) -> tuple[str, str, str]:
    """(before, cited, after) of the paragraph that the words stand in, each end cut at a word."""
    cited = found.cited
    place = where(found.article, cited) if found.article else None
    if found.article is None or place is None:
        return "", cited.quote, ""
    text, (start, end) = found.article.text, place
    breaks = list(_PARAGRAPH.finditer(text))
    begin = max((each.end() for each in breaks if each.end() <= start), default=0)
    stop = min((each.start() for each in breaks if each.start() >= end), default=len(text))
    before, after = text[begin:start], text[end:stop]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return before, text[start:end], after


def whole_article(article: Article, language: str) -> tuple[bytes, str]:
    """The article as a text file, UTF-8 with the mark that editors on Windows look for, and a name
    for it."""
    w = words(language)
    facts = [article.outlet or w.gettext("outlet unknown")]
    if article.event is not None:
        day = dates.event_day(article.event, language)
        facts.append(w.gettext("Event: %(day)s.") % {"day": day})
    if article.published is not None:
        day = dates.day(article.published, language)
        facts.append(w.gettext("Published: %(day)s.") % {"day": day})
    head = [article.title or "", " · ".join(facts), article.url or ""]
    text = "\n".join(part for part in head if part) + f"\n\n{article.text}\n"
    name = re.sub(r"[^\w.-]+", "-", article.title or article.id).strip("-.")[:60] or "article"
    return text.encode("utf-8-sig"), f"{name}.txt"
