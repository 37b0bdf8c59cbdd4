"""Who called whom: a conversation is neither a call made nor one received."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.article import Span
from retrieval.verify.acts import LANGUAGES
from retrieval.verify.problem import MISSING, Problem
from retrieval.verify.told import Told, comparable

_TOLD = {
    "en": r"(?:tele)?phoned|(?:received|took|answered) (?:a|the|his|her) (?:tele)?(?:phone )?call",
    "fr": r"(?:a|ont) telephone (?:a|au|aux)|(?:recu|pris) (?:un|l['’]) ?appel|recu un coup de fil",
    "vi": r"gọi điện|(?:tiếp )?nhận (?:được )?(?:cuộc )?(?:gọi|điện đàm|điện thoại)",
}
"""Words that say who called. English "called" says too much else."""

_KNOWN = {
    "en": r"call(?:ed|s|ing)?|phon(?:ed|es|ing)|rang",
    "fr": r"appel\w*|telephon(?:e|er|ait|a)|coup de fil",
    "vi": r"gọi|nhận (?:được )?điện|nhận cuộc",
}
"""Words of the evidence by which somebody may have called."""


def call_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """Where `statement` says who called, and `evidence` only that they spoke."""
    if any(each.language not in LANGUAGES for each in (statement, *evidence)):
        return
    if any(
        re.search(
            rf"(?<!\w)(?:{_KNOWN[each.language]})(?!\w)", comparable(each.text, each.language)
        )
        for each in evidence
    ):
        return
    for match in re.finditer(
        rf"(?<!\w)(?:{_TOLD[statement.language]})(?!\w)",
        comparable(statement.text, statement.language),
    ):
        yield Problem("act", Span(match.start(), match.end()), MISSING)
