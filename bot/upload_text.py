"""What an admin reads of a document that waits, and of each field that can be corrected in it."""

from __future__ import annotations

from bot import dates, names
from bot.reasons import reason
from bot.render import Line
from bot.source_lines import describe
from bot.uploads import Upload
from bot.words import words
from corpus.article import Article
from corpus.overrides import Field

SHOWN = 5
"""Articles of a document that are shown; the rest are counted."""

FIELDS: tuple[Field, ...] = ("event", "countries", "outlet", "title")
_FIRST_WORDS = 200


def understood(upload: Upload, language: str) -> list[Line]:
    """Title, outlet, language, event with its evidence, countries and first words of each article,
    and what was corrected. Of many those that were corrected are shown before others."""
    w = words(language)
    lines = [Line(upload.name, "heading")]
    ranked = sorted(upload.articles, key=lambda each: not upload.corrected.get(each.id))
    shown = {each.id for each in ranked[:SHOWN]}
    for article in upload.articles:
        if article.id not in shown:
            continue
        lines.append(Line(describe(article, language), "event", gap=True))
        facts = [names.language_name(article.language, language)]
        facts.extend(names.place(code, language) for code in article.countries[:4])
        lines.append(Line(" · ".join(facts), "fact"))
        fields = upload.corrected.get(article.id, ())
        if fields:
            told = ", ".join(field_name(field, language) for field in fields)
            lines.append(Line(w.gettext("Corrected: %(fields)s.") % {"fields": told}, "fact"))
        lines.append(Line(f"{_first_words(article)} …", "quote"))
    more = len(upload.articles) - SHOWN
    if more > 0:
        text = w.ngettext("and %(n)d more article", "and %(n)d more articles", more)
        lines.append(Line(text % {"n": more}, "note", gap=True))
    for failure in upload.failed[:SHOWN]:
        lines.append(Line(f"{failure.source}: {reason(failure.error, language)}", "note"))
    text = w.gettext("What is wrong can be corrected now, or later with /fix.")
    lines.append(Line(text, "note", gap=True))
    return lines


def field_name(field: Field, language: str) -> str:
    """The name of a field within a sentence."""
    w = words(language)
    return {
        "event": w.gettext("event date"),
        "countries": w.gettext("countries"),
        "outlet": w.gettext("outlet"),
        "title": w.gettext("title"),
    }[field]


def name_of(article: Article) -> str:
    """Its title, or its first words."""
    return article.title or _first_words(article)


def question(article: Article, field: Field, language: str) -> str:
    """What the field has now and on which words that rests, and how to reply with what is right."""
    w = words(language)
    match field:
        case "event":
            now = _event(article, language)
            asked = w.gettext(
                "Reply with the right date: 2020-04-16, 2020-04, 2020 or 2020-04-16/2020-04-18."
            )
        case "countries":
            every = (f"{names.place(code, language)} ({code})" for code in article.countries)
            now = ", ".join(every) or w.gettext("none")
            asked = w.gettext("Reply with the right codes, the most important first: VN,GB.")
        case "outlet":
            now = article.outlet or w.gettext("outlet unknown")
            asked = w.gettext("Reply with the right name.")
        case _:
            now = name_of(article)
            asked = w.gettext("Reply with the right title.")
    told = w.gettext("%(field)s of “%(title)s” so far: %(now)s.") % {
        "field": field_name(field, language),
        "title": name_of(article),
        "now": now,
    }
    return f"{told[0].upper()}{told[1:]}\n{asked}"


def _event(article: Article, language: str) -> str:
    """The event's date, and the words that gave it."""
    w = words(language)
    event = article.event
    if event is None:
        return w.gettext("date of the event not stated")
    day = dates.event_day(event, language)
    if event.year_basis == "corrected":
        return w.gettext("%(day)s [corrected]") % {"day": day}
    spans = [event.date_words, *([event.year_words] if event.year_words else [])]
    told = [" ".join(span.of(article.text).split()) for span in spans]
    told = [f"“{evidence}”" for evidence in dict.fromkeys(told) if evidence]
    return f"{day} ({', '.join(told)})" if told else day


def _first_words(article: Article) -> str:
    return " ".join(article.text.split())[:_FIRST_WORDS]
