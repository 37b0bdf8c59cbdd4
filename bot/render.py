"""An answer in the reader's words, as lines that console and Telegram set in their own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot import dates, names
from bot.scope import corpus_scope
from bot.source_lines import describe
from bot.words import known_language, words
from corpus.article import Event, Person
from corpus.people import display_title
from corpus.topics import display_topic
from retrieval.answer import (
    Answer,
    Card,
    Citation,
    EventGroup,
    Failing,
    Quotation,
    Refusal,
    Source,
    Written,
)
from retrieval.question import Query

Style = Literal["heading", "event", "fact", "written", "quote", "note", "source"]


@dataclass(frozen=True, slots=True)
class Line:
    """One statement or remark. `gap` asks for an empty line before it."""

    text: str
    style: Style
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, and the citations it rests on.

    `written` by a language model; or quoted because what it wrote was `failing`.
    """

    text: str
    quoted: bool
    citations: tuple[Citation, ...]
    written: Written | None = None
    failing: Failing | None = None


def plain(lines: tuple[Line, ...]) -> str:
    """The lines as plain text."""
    text = "\n".join(("\n" if line.gap else "") + line.text for line in lines)
    return text.strip("\n")


def render(answer: Answer) -> tuple[Line, ...]:
    """The whole answer in the question's language, English where there are no words for it."""
    language = known_language(answer.query.language)
    if answer.refusal is not None:
        return _refusal(answer, answer.refusal, language)
    lines = [*_carried(answer, language), Line(_coverage(answer, language), "heading")]
    certain = [group for group in answer.groups if group.certain]
    uncertain = [group for group in answer.groups if not group.certain]
    for group in certain:
        lines.extend(_group(answer, group, language))
    if uncertain and answer.query.conditions.period:
        lines.append(Line(_uncertain(answer, uncertain, language), "heading", gap=True))
    for group in uncertain:
        lines.extend(_group(answer, group, language))
    notes = [
        note for note in (_writing_note(answer, language), _language_note(answer, language)) if note
    ]
    lines.extend(Line(note, "note", gap=place == 0) for place, note in enumerate(notes))
    for number, source in enumerate(answer.sources):
        lines.append(Line(_source(source, language), "source", gap=number == 0))
    return tuple(lines)


def statements(answer: Answer) -> list[Statement]:
    """Everything the answer says of the world: each card and each quotation, with citations."""
    language = known_language(answer.query.language)
    found = []
    for group in answer.groups:
        shown = _card(group.card, language, marks=False)
        if any(isinstance(told, Written) for told in answer.told(group)):
            shown = [line for line in shown if line.style == "event"]
        text = " · ".join(line.text for line in shown)
        if text and group.card.citations:
            found.append(Statement(text, False, group.card.citations))
        for told in answer.told(group):
            if isinstance(told, Written):
                found.append(Statement(told.text, False, told.citations, written=told))
            else:
                cited = (told.citation,)
                failing = answer.failing(told)
                found.append(Statement(told.citation.quote, True, cited, failing=failing))
    return found


def understood(query: Query, language: str) -> str:
    """The conditions as understood: "Vietnam – United Kingdom, 2020, VNA"."""
    w = words(language)
    codes = [*query.named_countries, *(region.code for region in query.conditions.regions)]
    parts = [" – ".join(names.place(code, language) for code in codes)]
    if query.conditions.period:
        label = dates.period(query.conditions.period, language)
        if query.conditions.by_publication:
            label = w.gettext("published %(period)s") % {"period": label}
        parts.append(label)
    parts.extend(query.conditions.agencies)
    return ", ".join(part for part in parts if part)


def _carried(answer: Answer, language: str) -> list[Line]:
    """For a question that takes something over from those before: all that was understood."""
    w = words(language)
    query = answer.query
    if not query.inherited:
        return []
    parts = [understood(query, language)]
    parts.extend(display_topic(key, language) for key in query.topics)
    parts.extend(query.names)
    parts.append(" ".join(query.carried))
    if "article" in query.inherited:
        count = len(query.conditions.articles)
        parts.append(
            w.ngettext("in the article cited before", "in the articles cited before", count)
        )
    text = w.gettext("Following on: %(understood)s.")
    return [Line(text % {"understood": ", ".join(part for part in parts if part)}, "note")]


def _coverage(answer: Answer, language: str) -> str:
    w = words(language)
    events = sum(1 for group in answer.groups if group.in_period)
    mentions = sum(quotation.in_period for quotation in answer.quotations())
    count = len(answer.sources)
    spoken = ", ".join(
        names.language_name(code, language)
        if len(answer.languages) == 1
        else f"{names.language_name(code, language)} {number}"
        for code, number in answer.languages.items()
    )
    articles = w.ngettext("%(n)d article", "%(n)d articles", count) % {"n": count}
    if events:
        text = w.ngettext(
            "%(n)d event in %(articles)s (%(languages)s)",
            "%(n)d events in %(articles)s (%(languages)s)",
            events,
        ) % {"n": events, "articles": articles, "languages": spoken}
    elif mentions:
        text = w.ngettext(
            "no event, but %(n)d sentence on that period, in %(articles)s (%(languages)s)",
            "no event, but %(n)d sentences on that period, in %(articles)s (%(languages)s)",
            mentions,
        ) % {"n": mentions, "articles": articles, "languages": spoken}
    else:
        text = w.gettext("nothing that is certain; %(articles)s (%(languages)s)") % {
            "articles": articles,
            "languages": spoken,
        }
    conditions = understood(answer.query, language)
    if conditions:
        found = {"understood": conditions, "found": text}
        text = w.gettext("%(understood)s: %(found)s.") % found
    else:
        text = f"{text[0].upper()}{text[1:]}."
    if answer.one_side:
        press = names.press(answer.one_side, language)
        text += " " + w.gettext("%(press)s only.") % {"press": press[0].upper() + press[1:]}
    shown = len({q.citation.article for g in answer.groups if g.certain for q in g.quotations})
    if answer.matching > shown:
        text += " " + w.ngettext(
            "%(n)d more article meets the conditions.",
            "%(n)d more articles meet the conditions.",
            answer.matching - shown,
        ) % {"n": answer.matching - shown}
    return text


def _uncertain(answer: Answer, groups: list[EventGroup], language: str) -> str:
    w = words(language)
    period = answer.query.conditions.period
    assert period is not None  # noqa: S101 - only called with one
    if answer.query.conditions.by_publication:
        return w.gettext(
            "Perhaps not in that period (%(period)s): the date of publication is not known."
        ) % {"period": dates.period(period, language)}
    if any(group.card.event is None for group in groups):
        return w.gettext(
            "Perhaps not in that period (%(period)s): the date of an event is not stated."
        ) % {"period": dates.period(period, language)}
    return w.ngettext(
        "Perhaps not in that period (%(period)s): the event's year is not stated.",
        "Perhaps not in that period (%(period)s): the events' years are not stated.",
        len(groups),
    ) % {"period": dates.period(period, language)}


def _group(answer: Answer, group: EventGroup, language: str) -> list[Line]:
    """The event, and what is told of it.

    Where sentences tell it in the reader's language, the line of terms found in the sources has
    nothing to add.
    """
    told = list(answer.told(group))
    written = any(isinstance(each, Written) for each in told)
    lines = [line for line in _card(group.card, language) if not written or line.style == "event"]
    lines[0] = Line(lines[0].text, lines[0].style, gap=True)
    for each in told:
        if isinstance(each, Written):
            lines.append(Line(each.text + marks_of(list(each.citations)), "written"))
        else:
            lines.append(quotation_line(each, language))
    return lines


def _card(card: Card, language: str, *, marks: bool = True) -> list[Line]:
    """The event line, and the line of people and topics."""
    w = words(language)
    head = []
    cited: list[Citation] = []
    head.append(event_label(card.event, language))
    cited.extend(card.dated)
    if card.kind:
        head.append(names.kind(card.kind[0], language))
        cited.append(card.kind[1])
    if card.places:
        head.append(" – ".join(names.place(code, language) for code, _ in card.places))
        cited.extend(citation for _, citation in card.places)
    lines = [Line(" · ".join(head) + (marks_of(cited) if marks else ""), "event")]
    facts = [_person(person, language) for person, _ in card.people]
    if card.topics:
        topics = ", ".join(display_topic(key, language) for key, _ in card.topics)
        facts.append(w.gettext("on: %(topics)s") % {"topics": topics})
    if facts:
        cited = [citation for _, citation in (*card.people, *card.topics)]
        lines.append(Line(" · ".join(facts) + (marks_of(cited) if marks else ""), "fact"))
    return lines


def event_label(event: Event | None, language: str) -> str:
    """When an event was, and how that is known."""
    w = words(language)
    if event is None:
        return w.gettext("date of the event not stated")
    label = dates.event_day(event, language)
    if event.precision == "day-unknown-year":
        label = w.gettext("%(day)s, year not stated") % {"day": label}
    elif event.year_basis == "inferred":
        label = w.gettext("%(day)s (year inferred)") % {"day": label}
    if event.announced:
        label = w.gettext("announced for %(day)s") % {"day": label}
    return label


def _person(person: Person, language: str) -> str:
    """Title and name: the title in the reader's language where it is known, else as printed."""
    if person.role:
        return f"{display_title(person.role, person.portfolio, language)} {person.name}"
    return f"{person.title} {person.name}" if person.title else person.name


def quotation_line(quotation: Quotation, language: str) -> Line:
    """A quoted sentence with its mark."""
    # No-break spaces keep the marks with the words.
    text = f"«\xa0{quotation.citation.quote}\xa0»\xa0[{quotation.citation.source}]"
    if quotation.in_period:
        text += " " + words(language).gettext("(dated in the sentence itself)")
    return Line(text, "quote")


def marks_of(citations: list[Citation]) -> str:
    """ " [1] [2]": the sources of citations."""
    numbers = sorted({citation.source for citation in citations})
    return "".join(f" [{number}]" for number in numbers)


def _writing_note(answer: Answer, language: str) -> str | None:
    """What a language model did for this answer."""
    w = words(language)
    if answer.writing is None:
        return None
    if answer.writing.written:
        text = w.gettext(
            "Written by a language model (%(model)s) and checked sentence by sentence against the "
            "sources; what stands in quotation marks is the sources' own."
        ) % {"model": answer.writing.model}
        if answer.writing.failure:
            text += " " + w.gettext("The model stopped answering; the rest is quoted.")
        return text
    if answer.writing.failure:
        return w.gettext("The language model did not answer: the sources are quoted.")
    return w.gettext(
        "Nothing that the language model wrote could be confirmed: the sources are quoted."
    )


def _language_note(answer: Answer, language: str) -> str | None:
    w = words(language)
    foreign = [code for code in answer.languages if code != language]
    if not foreign or answer.writing is not None:
        return None
    spoken = ", ".join(names.language_name(code, language) for code in foreign)
    if len(answer.sources) == 1:
        text = w.gettext("The only source is in %(language)s; no translation is configured.")
    elif len(foreign) == len(answer.languages):
        text = w.gettext("The sources are in %(language)s; no translation is configured.")
    else:
        text = w.gettext("Some sources are in %(language)s; no translation is configured.")
    return (
        text % {"language": spoken}
        + " "
        + w.gettext(
            "The lines above the quotations name terms found in them; they are not a translation."
        )
    )


def _source(source: Source, language: str) -> str:
    return f"[{source.n}] " + describe(source.article, language)


def _refusal(answer: Answer, refusal: Refusal, language: str) -> tuple[Line, ...]:
    w = words(language)
    conditions = understood(answer.query, language)
    if refusal.failed == "corpus":
        return (
            Line(w.gettext("The corpus is empty: there is nothing to answer from."), "heading"),
        )
    lines = [*_carried(answer, language), Line(w.gettext("Not in this corpus."), "heading")]
    lines.append(Line(_reason(answer, refusal, conditions, language), "fact"))
    scope = corpus_scope(answer.extent, language)
    scope += " " + w.gettext("That says nothing about whether it happened.")
    lines.append(Line(scope, "note"))
    if refusal.nearest:
        lines.append(Line(w.gettext("Nearest in the corpus:"), "heading", gap=True))
        lines.extend(
            Line("– " + describe(article, language), "source") for article in refusal.nearest
        )
    return tuple(lines)


def _reason(  # noqa: PLR0912 - a branch for each reason
    answer: Answer, refusal: Refusal, conditions: str, language: str
) -> str:
    w = words(language)
    query = answer.query
    codes = [*query.named_countries, *(region.code for region in query.conditions.regions)]
    places = " – ".join(names.place(code, language) for code in codes)
    period = dates.period(query.conditions.period, language) if query.conditions.period else ""
    outlets = ", ".join(query.conditions.agencies)
    match refusal.failed:
        case "period":
            if outlets or query.names or query.conditions.by_publication:
                text = w.gettext("No article that meets the rest is of that period: %(period)s.")
            elif places:
                text = w.gettext(
                    "No article on %(places)s is about an event in that period: %(period)s."
                )
            else:
                text = w.gettext("No article is about an event in that period: %(period)s.")
        case "together":
            text = w.gettext("No single article mentions all of these: %(names)s.")
        case "countries" if period or outlets:
            text = w.gettext("No article that meets the rest is about %(places)s.")
        case "countries":
            text = w.gettext("No article is about %(places)s.")
        case "outlets":
            text = w.gettext("No article that meets the rest is from %(outlets)s.")
        case "names":
            text = w.gettext("No article found mentions: %(names)s.")
        case "conditions":
            text = w.gettext("No article meets all of this at once: %(understood)s.")
        case _:
            if conditions:
                text = w.gettext("What it has on %(understood)s does not speak of what you ask.")
            else:
                text = w.gettext("Nothing in it speaks of what you ask.")
    return text % {
        "places": places,
        "period": period,
        "outlets": outlets,
        "names": ", ".join(refusal.missing_names),
        "understood": conditions,
    }
