"""The JSON that scripts rely on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.feedback import Feedback
from bot.render import Statement, plain, render, statements
from bot.sources import Fetch
from bot.words import known_language
from corpus.article import Article, Event
from corpus.catalogue import Version
from corpus.conditions import Period
from corpus.forecast import Forecast
from corpus.ingest import Report
from corpus.preview import Preview
from corpus.quarantine import Refused
from corpus.reviews import Doubt
from retrieval.answer import Answer, Citation, Source, Writing, Written
from retrieval.digest import Digest, StoryNews
from retrieval.engine import SearchResult
from retrieval.question import Query

Payload = dict[str, Any]


def report(value: Report, seconds: float) -> Payload:
    """What an ingest did."""
    return {
        "version": value.version,
        "added": value.added,
        "changed": value.changed,
        "removed": value.removed,
        "unchanged": value.unchanged,
        "moved": value.moved,
        "failed": [{"source": item.source, "error": item.error} for item in value.failed],
        "quarantined": value.quarantined,
        "notices": list(value.notices),
        "seconds": round(seconds, 3),
    }


def fetch(value: Fetch) -> Payload:
    """What came of looking at sources."""
    return {
        "sources": [
            {
                "id": source.id,
                "address": source.address,
                "result": look.result,
                "failed": look.failed,
            }
            for source, look in value.looks
        ],
        "version": value.report.version if value.report else None,
        "added": value.report.added if value.report else 0,
        "changed": value.report.changed if value.report else 0,
    }


def preview(value: Preview) -> Payload:
    """What an ingest would do."""
    return {
        "new": list(value.new),
        "changed": list(value.changed),
        "removed": list(value.removed),
        "duplicates": list(value.duplicates),
        "unchanged": value.unchanged,
        "moved": value.moved,
        "failed": [{"source": item.source, "error": item.error} for item in value.failed],
        "quarantined": value.quarantined,
        "confirm_removals": value.suspicious,
        "forecast": _forecast(value.forecast),
    }


def _forecast(value: Forecast | None) -> Payload | None:
    """How long an ingest would take, and what the years of its events rest on, by a sample."""
    if value is None:
        return None
    return {
        "articles": value.articles,
        "sampled": value.sampled,
        "years": dict(value.years),
        "seconds": None if value.seconds is None else round(value.seconds, 3),
    }


def refused(value: Refused) -> Payload:
    """One line of `attache quarantine`; `hash` is the SHA-256 of the file's content."""
    return {
        "source": value.source,
        "file": value.path,
        "error": value.error,
        "hash": value.digest,
        "since": value.since,
        "whole_file": value.is_whole_file,
    }


def doubt(value: Doubt) -> Payload:
    """One line of `attache review`; the event's `evidence` are the words that it rests on."""
    article = value.article
    return {
        "article": article.id,
        "title": article.title,
        "reasons": list(value.reasons),
        "event": event(article.event, article.text),
        "published": article.published.isoformat() if article.published else None,
        "arrived": value.arrived,
        "source": article.source,
        "url": article.url,
    }


def version(value: Version) -> Payload:
    """One line of `attache versions`."""
    return {
        "version": value.number,
        "published_at": value.published_at,
        "added": value.added,
        "changed": value.changed,
        "removed": value.removed,
        "made_by": value.made_by,
        "restores": value.restores,
    }


def article(value: Article) -> Payload:
    """One line of `attache articles`."""
    return {
        "id": value.id,
        "title": value.title,
        "outlet": value.outlet,
        "language": value.language,
        "published": value.published.isoformat() if value.published else None,
        "event": event(value.event, value.text),
        "countries": list(value.countries),
        "regions": list(value.regions),
        "people": [{"name": person.name, "title": person.title} for person in value.people],
        "story": value.story,
        "url": value.url,
        "source": value.source,
    }


def event(value: Event | None, text: str) -> Payload | None:
    """An event; `evidence` are the words that gave the date, and those that gave the year."""
    if value is None:
        return None
    spans = [span for span in (value.date_words, value.year_words) if span]
    return {
        "start": value.start,
        "end": value.end,
        "precision": value.precision,
        "year_basis": value.year_basis,
        "kind": value.kind,
        "announced": value.announced,
        "evidence": " … ".join(span.of(text) for span in spans),
    }


def period(value: Period | None) -> Payload | None:
    """Inclusive ISO dates; null where a side is open."""
    return {"start": value.start, "end": value.end} if value else None


def query(value: Query) -> Payload:
    """A question as understood. `countries` are conditions, `preferred` only rank; `inherited`
    names what comes from the turns before, `articles` those that it is held to.
    """
    return {
        "language": value.language,
        "period": period(value.conditions.period),
        "by_publication": value.conditions.by_publication,
        "countries": list(value.conditions.countries),
        "preferred": list(value.preferred),
        "regions": [region.code for region in value.conditions.regions],
        "outlets": list(value.conditions.agencies),
        "articles": list(value.conditions.articles),
        "inherited": list(value.inherited),
    }


def search(value: SearchResult, question_id: Any) -> Payload:
    """One line of `attache search`."""
    return {
        "id": question_id,
        "query": query(value.query),
        "results": [
            {
                "rank": rank,
                "article": found.passage.article_id,
                "passage": found.passage.number,
                "text": found.passage.text,
                "language": found.passage.language,
                "score": round(found.score, 6),
                "condition": found.standing,
            }
            for rank, found in enumerate(value.found, start=1)
        ],
    }


def answer(value: Answer, question_id: Any, milliseconds: float) -> Payload:
    """One line of `attache ask`."""
    refusal = value.refusal
    return {
        "id": question_id,
        "question": value.query.text,
        "language": known_language(value.query.language),
        "mode": "generated" if value.writing and value.writing.written else "quoted",
        "abstained": refusal is not None,
        "failed": refusal.failed if refusal else None,
        "answer": plain(render(value)),
        "statements": [_statement(item) for item in statements(value)],
        "writing": _writing(value.writing),
        "sources": [_source(source) for source in value.sources],
        "coverage": {
            "articles": len(value.sources),
            "matching": value.matching,
            "languages": value.languages,
            "period": period(value.query.conditions.period),
            "countries": list(value.query.named_countries),
            "nearest": [item.id for item in refusal.nearest] if refusal else [],
        },
        "query": query(value.query),
        "version": value.version,
        "milliseconds": round(milliseconds, 1),
    }


def digest(value: Digest, since: dt.date | None, until: dt.date) -> Payload:
    """What `attache digest` gives; `since` is null for the last day's arrivals."""
    return {
        "since": since.isoformat() if since else None,
        "until": until.isoformat(),
        "language": value.language,
        "stories": [story(each) for each in value.stories],
        "older_articles_at_once": value.bulk,
        "versions_brought_back": list(value.restored),
    }


def story(value: StoryNews) -> Payload:
    """A story of a digest; `standing` is new, continuing, corrected or late."""
    answer = value.answer
    told = list(answer.told(answer.groups[0]))
    head = answer.groups[0].card
    by_id = {each.id: each for each in value.articles}
    dating = next((by_id[each.article] for each in head.dated), value.articles[0])
    return {
        "story": value.story,
        "title": value.title,
        "standing": value.standing,
        "event": event(head.event, dating.text),
        "countries": list(value.countries),
        "articles": [each.id for each in value.articles],
        "outlets": list(value.outlets),
        "independent_sources": value.origins,
        "summary": [
            {
                "text": each.text if isinstance(each, Written) else each.citation.quote,
                "verdict": "supported" if isinstance(each, Written) else "quoted",
                "citations": [
                    _citation(citation)
                    for citation in (
                        each.citations if isinstance(each, Written) else (each.citation,)
                    )
                ],
            }
            for each in told
        ],
        "writing": _writing(answer.writing),
    }


def feedback(value: Feedback) -> Payload:
    """One line of `attache feedback`; `answer` is null for a compliment."""
    return {
        "at": value.at.isoformat(),
        "reason": value.reason,
        "outcome": value.outcome,
        "answer": value.content,
    }


def told(value: StoryNews, language: str) -> Payload:
    """A story of a digest in the form of an answer, as it is kept when it was shown."""
    shown = story(value)
    cited = value.answer
    return {
        "question": value.title or "",
        "language": language,
        "mode": "generated" if cited.writing and cited.writing.written else "quoted",
        "answer": value.title or "",
        "statements": [
            {**each, "generated": each["verdict"] == "supported"} for each in shown["summary"]
        ],
        "sources": [_source(source) for source in cited.sources],
        "version": cited.version,
    }


def _source(value: Source) -> Payload:
    """An entry of the source list."""
    article = value.article
    return {
        "n": value.n,
        "article": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "language": article.language,
        "published": article.published.isoformat() if article.published else None,
        "event": event(article.event, article.text),
        "url": article.url,
    }


def _statement(value: Statement) -> Payload:
    """A statement; `score` is the check's, of what a language model wrote, and `problems` are what
    kept it from being shown.
    """
    judged = value.written or value.failing
    return {
        "text": value.text,
        "verdict": "quoted" if value.quoted else "supported",
        "generated": value.written is not None,
        "score": judged.score if judged else None,
        "problems": list(value.failing.problems) if value.failing else [],
        "citations": [_citation(citation) for citation in value.citations],
    }


def _writing(value: Writing | None) -> Payload | None:
    """Which language model wrote, by which prompts, and why it stopped where it did."""
    if value is None:
        return None
    return {
        "model": value.model,
        "host": value.host,
        "prompt_version": value.prompt_version,
        "failure": value.failure,
    }


def _citation(value: Citation) -> Payload:
    return {
        "source": value.source,
        "article": value.article,
        "quote": value.quote,
        "start": value.start,
        "end": value.end,
    }
