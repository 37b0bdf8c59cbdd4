"""Write the sentences of an answer with a language model, and let through what its sources say.

A draft is held against the sentences it names. What fails is held once against these with their
neighbours in the article, which are cited too where they help. What fails again is not shown: the
quotation stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import structlog

from corpus.article import Article, Span
from corpus.countries import display_name
from corpus.instructions import is_question
from corpus.language import likelihoods
from corpus.split import sentences
from corpus.topics import display_topic
from corpus.words import words
from retrieval.answer import Answer, Citation, EventGroup, Failing, Writing, Written
from retrieval.drafts import Draft
from retrieval.errors import LanguageModelError
from retrieval.french import with_articles, with_french_spelling
from retrieval.french_agreement import with_agreement
from retrieval.glossary import event_dates, glossary
from retrieval.legibility import form_problem, readable
from retrieval.prompts import VERSION, Shown
from retrieval.question import Query
from retrieval.repair import with_accents, with_years
from retrieval.verify import Checker, Evidence, Verdict
from retrieval.words import INTERFACE_LANGUAGES
from retrieval.writer import Writer

_SURELY = 0.35
"""Likelihood from which a sentence is taken to be in the language it was asked for in."""

_ANYTHING = "what happened"
"""What the model hears of a question that says nothing it may know."""

_NAMED = re.compile(r"\s*“.*”", re.DOTALL)

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence of evidence: its number for the model, its citation, its article."""

    number: int
    citation: Citation
    article: Article

    @property
    def span(self) -> Span:
        return Span(self.citation.start, self.citation.end)


def generate(
    answer: Answer,
    writer: Writer,
    checker: Checker,
    kept_back: Collection[str] = (),
) -> Iterator[Written | Writing]:
    """The sentences written for `answer`, each as it passes, then what came of all of it.

    Of the articles `kept_back` (by id) the model is shown nothing, and they stay quoted. Raises
    nothing for what the model does: where it fails, the rest stays quoted.
    """
    target = language_of(answer.query)
    articles = {source.article.id: source.article for source in answer.sources}
    written: list[Written] = []
    failing: list[Failing] = []
    failure: str | None = None
    number = 0
    for group in answer.groups:
        pieces = _pieces(group, articles, number, kept_back)
        number += len(pieces)
        if not pieces:
            continue
        shown = [_shown(piece, target) for piece in pieces]
        drafts = writer.write(shown, target, _asked(answer.query, writer, target))
        try:
            for draft in drafts:
                found = _held(draft, pieces, checker, target)
                if isinstance(found, Failing):
                    failing.append(found)
                    _log.info(
                        "a draft was not shown",
                        score=found.score,
                        problems=found.problems,
                        prompt_version=VERSION,
                    )
                elif not any(found.text == other.text for other in written):
                    written.append(found)
                    _log.info("a statement was written", score=found.score, prompt_version=VERSION)
                    yield found
        except LanguageModelError as error:
            failure = error.outcome
            _log.warning("the answer stays quoted", error=str(error))
            break
    model = writer.model
    yield Writing(model.name, model.host, VERSION, tuple(written), tuple(failing), failure)


def translate(
    citation: Citation, article: Article, target: str, writer: Writer, checker: Checker
) -> Written | None:
    """Cited words in `target` (vi, fr, en), if the model answers and the check lets it through."""
    piece = _Piece(1, citation, article)
    try:
        for draft in writer.write([_shown(piece, target)], target, _ANYTHING):
            found = _held(draft, [piece], checker, target)
            if isinstance(found, Written) and found.citations == (citation,):
                return found
    except LanguageModelError as error:
        _log.warning("no translation", error=str(error))
    return None


def language_of(query: Query) -> str:
    """The language to write in: the question's, English where the check reads no acts in it."""
    return query.language if query.language in INTERFACE_LANGUAGES else "en"


def _pieces(
    group: EventGroup, articles: Mapping[str, Article], before: int, kept_back: Collection[str]
) -> list[_Piece]:
    citations = [quotation.citation for quotation in group.quotations]
    shown = [citation for citation in citations if citation.article not in kept_back]
    return [
        _Piece(before + place, citation, articles[citation.article])
        for place, citation in enumerate(shown, start=1)
    ]


def _shown(piece: _Piece, target: str) -> Shown:
    article = piece.article
    event = article.event
    known = event is not None and not event.start.startswith("--")
    return Shown(
        number=piece.number,
        text=piece.citation.quote,
        language=article.language,
        outlet=article.outlet,
        event=event.start if event is not None and known else None,
        countries=tuple(display_name(code, target) for code in article.countries[:4]),
        terms=glossary(article, piece.span, target),
        english=glossary(article, piece.span, "en"),
    )


def _asked(query: Query, writer: Writer, target: str) -> str:
    """What the model may know of the question: its words, or only what was understood of it."""
    if writer.model.sees_question:
        return query.subject or query.text
    codes = [*query.named_countries, *(region.code for region in query.conditions.regions)]
    parts = [" – ".join(display_name(code, target) for code in codes)]
    if query.conditions.period:
        period = query.conditions.period
        parts.append(f"{period.start or '…'} / {period.end or '…'}")
    parts.extend(display_topic(key, target) for key in query.topics)
    return "; ".join(part for part in parts if part) or _ANYTHING


def _held(
    draft: Draft,
    pieces: Sequence[_Piece],
    checker: Checker,
    target: str,
) -> Written | Failing:
    """A draft as it may be shown, or why it may not."""
    named = [piece for piece in pieces if piece.number in draft.evidence]
    people = {person.name for piece in named for person in piece.article.people}
    days = [day for piece in named for day in event_dates(piece.article, piece.span)]
    text = with_years(with_accents(readable(draft.text), sorted(people)), days, target)
    if target == "fr":
        text = with_agreement(with_french_spelling(with_articles(text)))
    citations = tuple(piece.citation for piece in named)
    if not _is_in(text, target) or _left_over(text, named, target):
        return Failing(citations, 0.0, ("language: is not the one asked for",))
    evidence = [_evidence(piece.article, piece.span) for piece in named]
    problem = form_problem(text, [each.text for each in evidence], target)
    if problem is not None:
        return Failing(citations, 0.0, (problem,))
    verdict = _verdict(checker, text, evidence, target)
    if verdict.supported:
        return Written(text, citations, verdict.score)
    for beside in _neighbours(named):
        more = [_evidence(piece.article, piece.span) for piece in beside]
        again = _verdict(checker, text, [*evidence, *more], target)
        if again.supported:
            cited = sorted(
                (*citations, *(piece.citation for piece in beside)),
                key=lambda citation: (citation.source, citation.start),
            )
            return Written(text, tuple(cited), again.score)
    return Failing(citations, verdict.score, _reasons(verdict))


def _verdict(checker: Checker, text: str, evidence: Sequence[Evidence], target: str) -> Verdict:
    """The check's verdict on a draft, or on that of its sentences that fails: a few words that no
    source has are little beside a long sentence that is true."""
    whole = checker.check(text, evidence, target)
    parts = [span.of(text) for span in sentences(text, target)]
    if not whole.supported or len(parts) < 2:
        return whole
    verdicts = (checker.check(part, evidence, target) for part in parts)
    return next((each for each in verdicts if not each.supported), whole)


def _reasons(verdict: Verdict) -> tuple[str, ...]:
    """The problems without the words of the draft, which are nobody's to read."""
    return tuple(dict.fromkeys(_NAMED.sub("", problem) for problem in verdict.problems))


def _neighbours(named: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """The sentences before, those behind, and both, of the ones that a draft names."""
    before = [piece for each in named for piece in _beside(each, -1, named)]
    behind = [piece for each in named for piece in _beside(each, +1, named)]
    for pieces in (before, behind):
        if pieces:
            yield pieces
    if before and behind:
        yield [*before, *behind]


def _beside(piece: _Piece, step: int, named: Sequence[_Piece]) -> Iterator[_Piece]:
    article = piece.article
    number = article.sentence_at(piece.citation.start)
    if number is None or not 0 <= number + step < len(article.sentences):
        return
    span = article.sentences[number + step]
    if is_question(span.of(article.text)):
        return
    if any(other.article is article and other.span.start == span.start for other in named):
        return
    source = piece.citation.source
    citation = Citation(source, article.id, span.of(article.text), span.start, span.end)
    yield _Piece(0, citation, article)


def _evidence(article: Article, span: Span) -> Evidence:
    return Evidence(
        span.of(article.text),
        article.language,
        dates=event_dates(article, span),
        # Australia and the African Union have one code: what may be either settles nothing.
        known_places=tuple(
            code
            for code in article.mentioned_in(span)
            if code in article.countries and code not in article.regions
        ),
    )


def _is_in(text: str, language: str) -> bool:
    found = likelihoods(text)
    if not found:
        return False
    return max(found, key=lambda each: found[each])[:2] == language or (
        found.get(language, 0.0) >= _SURELY
    )


def _left_over(text: str, named: Sequence[_Piece], language: str) -> bool:
    """Whether words of the evidence stand there untranslated: two in a row in lower case.

    French and English share too many words to tell.
    """
    if any(piece.article.language in {language, *_SHARING} for piece in named):
        return False
    mine = _pairs(text)
    return any(mine & _pairs(piece.citation.quote) for piece in named)


_SHARING = frozenset(("fr", "en"))


def _pairs(text: str) -> set[tuple[str, str]]:
    return {
        (one.text, other.text)
        for one, other in pairwise(words(text))
        if one.text.islower() and other.text.islower()
    }
