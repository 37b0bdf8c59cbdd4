"""A digest in the reader's words: for each pair of countries its stories, each with its sources."""

from __future__ import annotations

from itertools import groupby

from bot import dates, names
from bot.render import Line, marks_of, quotation_line
from bot.source_lines import describe
from bot.words import words
from retrieval.answer import Source, Written
from retrieval.digest import Digest, StoryNews, pair_of

MOST_OUTLETS = 6
MOST_SOURCES = 3
"""Sources that are listed though nothing of theirs is quoted."""


def digest_lines(digest: Digest) -> tuple[Line, ...]:
    """The whole digest."""
    lines: list[Line] = []
    for pair, stories in groupby(digest.stories, pair_of):
        title = pair_title(pair, digest.language)
        lines.append(Line(title, "heading", gap=True))
        for story in stories:
            lines.extend(story_lines(story, digest.language))
    lines.extend(Line(note, "note", gap=not place) for place, note in enumerate(notes(digest)))
    return tuple(lines)


MOST_NAMED = 8
"""Countries in a heading."""


def pair_title(pair: tuple[str, ...], language: str) -> str:
    """ "Vietnam – United Kingdom"; what names no country stands last under its own words."""
    if not pair:
        return words(language).gettext("No country named")
    if len(pair) <= 2:
        return " – ".join(names.place(code, language) for code in pair)
    listed = ", ".join(names.place(code, language) for code in pair[:MOST_NAMED])
    return f"{listed}, …" if len(pair) > MOST_NAMED else listed


def story_lines(story: StoryNews, language: str) -> tuple[Line, ...]:
    """One story: headline, when and from whom, what is told of it, its sources."""
    answer = story.answer
    lines = [headline_line(story), Line(_facts(story, language), "fact")]
    cited = {_titled(story).n}
    for told in answer.told(answer.groups[0]):
        if isinstance(told, Written):
            lines.append(Line(told.text + marks_of(list(told.citations)), "written"))
            cited.update(citation.source for citation in told.citations)
        else:
            lines.append(quotation_line(told, language))
            cited.add(told.citation.source)
    others = [source.n for source in answer.sources if source.n not in cited]
    shown = cited | set(others[: max(0, MOST_SOURCES - len(cited))])
    lines.extend(
        Line(f"[{source.n}] " + describe(source.article, language), "source")
        for source in answer.sources
        if source.n in shown
    )
    return tuple(lines)


def headline(story: StoryNews) -> str:
    """The title of a story, or the sentence that stands for one."""
    article = _titled(story).article
    return story.title or article.sentences[0].of(article.text)


def headline_line(story: StoryNews) -> Line:
    """The line that a story begins with."""
    return Line(f"{headline(story)} [{_titled(story).n}]", "event", gap=True)


def _titled(story: StoryNews) -> Source:
    """The source that the title is of."""
    sources = story.answer.sources
    return next((each for each in sources if each.article.title == story.title), sources[0])


def _facts(story: StoryNews, language: str) -> str:
    """ "Continuing · 16 April 2020 · 3 articles, 3 outlets (VNA, …), 2 independent"."""
    w = words(language)
    standing = {
        "new": "",
        "continuing": w.gettext("continuing"),
        "corrected": w.gettext("corrected"),
        "late": w.gettext("arrived late"),
    }[story.standing]
    event = story.event
    day = dates.event_day(event, language) if event else w.gettext("date of the event not stated")
    if event is not None and event.precision == "day-unknown-year":
        day = w.gettext("%(day)s, year not stated") % {"day": day}
    return " · ".join(part for part in (standing, day, _count(story, language)) if part)


def _count(story: StoryNews, language: str) -> str:
    w = words(language)
    outlets = ", ".join(story.outlets[:MOST_OUTLETS])
    if len(story.outlets) > MOST_OUTLETS:
        outlets += ", …"
    number = len(story.outlets)
    if number < 2:
        count = len(story.articles)
        text = w.ngettext("%(n)d article", "%(n)d articles", count) % {"n": count}
        return f"{text} ({outlets})" if outlets else text
    text = w.ngettext("%(n)d outlet (%(names)s)", "%(n)d outlets (%(names)s)", number) % {
        "n": number,
        "names": outlets,
    }
    return (
        text
        + ", "
        + w.ngettext("%(n)d independent", "%(n)d independent", story.origins) % {"n": story.origins}
    )


def notes(digest: Digest) -> list[str]:
    """What a reader should know beside the stories."""
    w = words(digest.language)
    found = []
    if digest.bulk:
        found.append(
            w.ngettext(
                "%(n)d older article was added to the corpus at once.",
                "%(n)d older articles were added to the corpus at once.",
                digest.bulk,
            )
            % {"n": digest.bulk}
        )
    for number in digest.restored[-1:]:
        found.append(
            w.gettext("An earlier state of the corpus was brought back (version %(n)d).")
            % {"n": number}
        )
    return found
