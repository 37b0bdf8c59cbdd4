"""The facts of a statement that its evidence does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.verify.addressed import addressed_problems
from retrieval.verify.aides import aide_problems, bare_problems, degree_problems
from retrieval.verify.alone import alone_problems
from retrieval.verify.appositions import apposition_problems
from retrieval.verify.calls import call_problems
from retrieval.verify.counted import number_problems
from retrieval.verify.countries_of import country_problems, where_problems
from retrieval.verify.dated import date_problems
from retrieval.verify.exchanged import exchange_problems
from retrieval.verify.listed import list_problems
from retrieval.verify.magnitudes import magnitude_problems
from retrieval.verify.named import named_problems
from retrieval.verify.offices import title_problems
from retrieval.verify.openings import opening_problems
from retrieval.verify.ordinals import ordinal_problems
from retrieval.verify.problem import Problem
from retrieval.verify.told import Told
from retrieval.verify.venues import seat_problems, venue_problems


def fact_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """What `evidence` lacks: places, organisations, names, titles, dates, numbers, fields."""
    yield from named_problems(statement, evidence)
    yield from title_problems(statement, evidence)
    yield from country_problems(statement, evidence)
    yield from where_problems(statement, evidence)
    yield from aide_problems(statement, evidence)
    yield from degree_problems(statement, evidence)
    yield from bare_problems(statement, evidence)
    yield from date_problems(statement, evidence)
    yield from number_problems(statement, evidence)
    yield from exchange_problems(statement, evidence)
    yield from ordinal_problems(statement, evidence)
    yield from magnitude_problems(statement, evidence)
    yield from addressed_problems(statement, evidence)
    yield from list_problems(statement, evidence)
    yield from opening_problems(statement, evidence)
    yield from apposition_problems(statement)
    yield from alone_problems(statement, evidence)
    yield from venue_problems(statement, evidence)
    yield from seat_problems(statement, evidence)
    yield from call_problems(statement, evidence)
