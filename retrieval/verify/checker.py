"""Hold a statement against the sentences that it cites.

Nothing generated is shown that this does not let through. It looks for what a model gets wrong:
a country, a name, a title, a date, a number, an act that was only proposed or was denied, somebody
else's words; then whether the rest is told in the evidence at all.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from retrieval.embedding import BUNDLED, Embedder, open_embedder
from retrieval.space import Space
from retrieval.verify.acts import LANGUAGES
from retrieval.verify.alignment import Placed, align, placed
from retrieval.verify.bonds import bond_problems
from retrieval.verify.direction import direction_problems
from retrieval.verify.holders import holder_problems
from retrieval.verify.known import opened_by, settled_by, with_known
from retrieval.verify.markup import markup_problems
from retrieval.verify.meaning import meaning_of
from retrieval.verify.rules import fact_problems
from retrieval.verify.scope import act_problems
from retrieval.verify.surroundings import Surroundings
from retrieval.verify.told import Told, language_of, read

SUPPORTED = 0.5
"""The score from which a statement without problems is supported."""

_WITH_PROBLEM = 0.4
"""What is left of the score with each problem: one is enough to stay below `SUPPORTED`."""

_CLOSE = 250
"""Words of evidence up to which what belongs to what is judged."""

_KEPT = 512


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether evidence supports a statement, a score 0…1, and in English what it does not have."""

    supported: bool
    score: float
    problems: list[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a statement rests on, and what is known of them from elsewhere.

    `language` (ISO 639-1) where it is known. `dates`: ISO dates (YYYY-MM-DD, YYYY-MM or YYYY) of
    what the words tell of, such as the year that the article gives. `known_places`: codes of places
    (as in `corpus.countries`) that the article gives for words such as "Anh" at a sentence's start.
    """

    text: str
    language: str | None = None
    dates: tuple[str, ...] = ()
    known_places: tuple[str, ...] = ()


class Checker:
    """Checks statements in the space of one model. Safe to use from several threads."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._kept: dict[tuple[str, str], Placed] = {}
        self._lock = threading.Lock()

    def check(
        self, statement: str, evidence: Sequence[Evidence], language: str | None = None
    ) -> Verdict:
        """The verdict on `statement`, in `language` where it is known. Raises nothing for any text;
        without words, or without evidence, nothing is supported."""
        texts = [each for each in evidence if each.text.strip()]
        if not any(character.isalnum() for character in statement):
            return Verdict(False, 0.0, ["statement: has no words"])
        if not texts:
            return Verdict(False, 0.0, ["evidence: there is none"])
        basis = [
            with_known(read(each.text, each.language), each.dates, each.known_places)
            for each in texts
        ]
        told = read(
            statement, language or language_of(statement, {each.language for each in basis})
        )
        basis = settled_by(told, basis)
        told = opened_by(told, basis)
        places = self._places(basis)
        sought = self._space.question(statement, told.language, "passage")
        held = align(told, sought, list(zip(basis, places, strict=True)))
        problems = list(markup_problems(statement, [each.text for each in texts]))
        problems += fact_problems(told, basis)
        problems += act_problems(told, sought, held)
        if not problems and _is_close_reading(told, basis):
            problems += direction_problems(told, basis)
            problems += holder_problems(told, held)
            problems += bond_problems(Surroundings(told, held))
        meaning = meaning_of(told, sought, held)
        problems += meaning.problems
        reasons = list(dict.fromkeys(problem.shown(statement) for problem in problems))
        score = meaning.score * _WITH_PROBLEM ** len(reasons)
        return Verdict(not reasons and score >= SUPPORTED, round(score, 4), reasons)

    def _places(self, told: Sequence[Told]) -> list[Placed]:
        """Texts in the space; evidence is held against many statements, so they are kept."""
        keys = [(each.text, each.language) for each in told]
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
        missing = [key for key in dict.fromkeys(keys) if key not in known]
        if missing:
            texts, languages = zip(*missing, strict=True)
            read_as = dict(zip(keys, told, strict=True))
            tokens = self._space.passages(texts, languages)
            known |= {
                key: placed(read_as[key], its) for key, its in zip(missing, tokens, strict=True)
            }
            with self._lock:
                if len(self._kept) > _KEPT:
                    self._kept.clear()
                self._kept |= {key: known[key] for key in missing}
        return [known[key] for key in keys]


def _is_close_reading(statement: Told, evidence: Sequence[Told]) -> bool:
    """Whether who does what can be read: in the languages whose grammar the tables have, and where
    the evidence is some sentences and not so long that it says a bit of everything."""
    texts = (statement, *evidence)
    return (
        all(each.language in LANGUAGES for each in texts)
        and sum(len(each.words) for each in evidence) <= _CLOSE
    )


def check(statement: str, evidence: Sequence[str], *, embedder: Embedder | None = None) -> Verdict:
    """Whether `evidence`, sentences in any language, supports `statement`.

    None for `embedder` loads the bundled model, which is unpacked under ``./data`` the first time.
    Raises `EmbeddingError` where that is not possible.
    """
    return _checker(embedder).check(statement, [Evidence(text) for text in evidence])


@cache
def _checker(embedder: Embedder | None) -> Checker:
    return Checker(Space(embedder or open_embedder(BUNDLED, Path("data"))))
