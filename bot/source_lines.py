"""One line on an article: outlet, title, event and what dates it, publication, address."""

from __future__ import annotations

from bot import dates, names
from bot.words import words
from corpus.article import Article, Event
from corpus.instructions import is_question

MAX_TITLE = 120
MAX_EVIDENCE = 90


def describe(article: Article, language: str) -> str:
    """One line on an article: outlet, title, event, publication, address."""
    w = words(language)
    outlet = article.outlet or w.gettext("outlet unknown")
    if article.outlet_country:
        outlet += f" ({names.press(article.outlet_country, language)})"
    parts = [f"{outlet}, {short_title(article)}."]
    if article.event is None:
        parts.append(w.gettext("Event: date not stated."))
    else:
        parts.append(
            w.gettext("Event: %(day)s.")
            % {"day": _event_with_evidence(article, article.event, language)}
        )
    published = dates.day(article.published, language) if article.published else None
    parts.append(w.gettext("Published: %(day)s.") % {"day": published or w.gettext("unknown")})
    if article.url:
        parts.append(article.url)
    return " ".join(parts)


def short_title(article: Article) -> str:
    """The title in quotation marks, cut short; the first sentence of one without."""
    if article.title:
        return f"“{_shortened(article.title, MAX_TITLE)}”"
    texts = (span.of(article.text) for span in article.sentences)
    first = next((words for words in texts if not is_question(words)), "")
    return f"“{_shortened(first, MAX_TITLE) or '…'}”"


def _event_with_evidence(article: Article, event: Event, language: str) -> str:
    w = words(language)
    day = dates.event_day(event, language)
    match event.year_basis:
        case "inferred" if event.year_words:
            evidence = _shortened(event.year_words.of(article.text), MAX_EVIDENCE)
            year = event.start[:4]
            short = day.removesuffix(year).rstrip(" ").removesuffix("năm").rstrip(" ")
            return w.gettext("%(day)s [%(year)s: inferred from “%(evidence)s”]") % {
                "day": short,
                "year": year,
                "evidence": evidence,
            }
        case "published":
            return w.gettext("%(day)s [year from the publication date]") % {"day": day}
        case "corrected":
            return w.gettext("%(day)s [corrected]") % {"day": day}
        case None:
            return w.gettext("%(day)s, year not stated") % {"day": day}
        case _:
            return day


def _shortened(text: str, limit: int) -> str:
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
