"""What a statement tells of somebody alone, and its evidence does not: "only Kenya"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.verify.acts import LANGUAGES
from retrieval.verify.problem import Problem
from retrieval.verify.told import Told

_NE_QUE = re.compile(r"\bn(?:e\s|['’])[^.;:!?]{1,60}?\bqu(?:e\b|['’])")
"""French has two words for it, apart: "n'a été signé que par"."""


def alone_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The word by which a statement tells something of one alone, where no text of `evidence`,
    in the languages whose words for it are known, has one."""
    if all(each.language in LANGUAGES and not _is_alone(each) for each in evidence):
        for mark in statement.marks:
            if mark.key == "only":
                yield Problem("contrast", mark.span, "is not told of it alone in the evidence")
                return


def _is_alone(told: Told) -> bool:
    return any(mark.key == "only" for mark in told.marks) or (
        told.language == "fr" and _NE_QUE.search(told.plain) is not None
    )
