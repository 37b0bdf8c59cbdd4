"""What an admin reads of doubtful articles: which, why, by which words, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render import Line
from bot.source_lines import describe
from bot.words import words
from corpus.article import Article
from corpus.reviews import Doubt, Reason

_LONGEST = 200


def review_lines(doubts: Sequence[Doubt], total: int, language: str) -> list[Line]:
    """The articles by number, each with the reasons and the words that its date rests on."""
    w = words(language)
    if not doubts:
        return [Line(w.gettext("No article waits to be looked at."), "fact")]
    head = w.ngettext(
        "%(n)d article whose date is doubtful.", "%(n)d articles whose dates are doubtful.", total
    )
    lines = [Line(head % {"n": total}, "fact")]
    for number, doubt in enumerate(doubts, start=1):
        lines.append(Line(f"{number}. {describe(doubt.article, language)}", "event", gap=True))
        lines.append(Line(why(doubt.reasons, language), "fact"))
        if evidence := evidence_of(doubt.article):
            lines.append(Line(evidence, "quote"))
        lines.append(Line(doubt.article.id, "note"))
    advice = w.gettext(
        "Press a number where that article is right as it is. Correct another one by the id below "
        "it: /fix ID event 2020-04-16"
    )
    return [*lines, Line(advice, "note", gap=True)]


def why(reasons: Sequence[Reason], language: str) -> str:
    """The reasons in the reader's words."""
    w = words(language)
    told: dict[Reason, str] = {
        "no date": w.gettext("No date of an event is stated."),
        "year unknown": w.gettext("The year is not stated."),
        "year inferred": w.gettext("The year is inferred from other words."),
        "long before": w.gettext(
            "The year is that of the publication, which is more than three months away."
        ),
        "after publication": w.gettext("The event would lie after the publication."),
    }
    return " ".join(told[reason] for reason in reasons)


def evidence_of(article: Article) -> str:
    """The words that gave the date, and those that gave the year."""
    event = article.event
    spans = [span for span in (event.date_words, event.year_words) if span] if event else []
    told = " … ".join(" ".join(span.of(article.text).split()) for span in spans)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST].rstrip()} …"
