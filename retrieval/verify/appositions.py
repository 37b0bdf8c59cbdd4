"""French titles that read as those of the name before them, and are of the one behind.

"Lê Minh, ministre d'État Karl Roth a discuté" makes a minister of Lê Minh; "le ministre d'État" is
what a reader needs there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from retrieval.verify.problem import Problem
from retrieval.verify.told import Told


def apposition_problems(statement: Told) -> Iterator[Problem]:
    """The titles of a French statement that stand between two names without an article."""
    if statement.language != "fr":
        return
    for one, other in pairwise(statement.titles):
        if one.person_span is None or other.person_span is None:
            continue
        names = one.person_span.end <= other.span.start < other.person_span.start
        if names and statement.text[one.person_span.end : other.span.start].strip() == ",":
            yield Problem("title", other.span, "reads as that of the name before it")
