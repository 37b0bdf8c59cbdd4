"""What a language model wrote, read strictly: what cannot be read is no statement."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MAX_CHARS = 700
"""A longer statement is none."""

_TIMES_LONGER = 2.5
"""One sentence becomes at most so many times as long in another language."""

_LABEL = re.compile(
    r"^\W{0,3}(?:translation|sentence|answer|english|french|vietnamese|traduction|phrase|français|"
    r"câu|bản dịch|tiếng việt)[^:\n]{0,20}:\s*",
    re.IGNORECASE,
)
_QUOTES = "\"“”«»'‘’ \u00a0"


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that a model wrote, and the numbers of the evidence that it names. Unchecked."""

    text: str
    evidence: tuple[int, ...]


class StatementSchema(BaseModel):
    """One statement."""

    model_config = ConfigDict(extra="ignore", strict=True)

    text: str = Field(description="one short statement")
    evidence: list[int] = Field(description="the numbers of the sentences that it rests on")


class ReportSchema(BaseModel):
    """The statements of an answer."""

    model_config = ConfigDict(extra="ignore", strict=True)

    statements: list[StatementSchema]


class UnreadableError(Exception):
    """The words hold no statement in the form that was asked for."""


def read_sentence(words: str, number: int, source: str) -> Draft:
    """The one sentence that a model made of `source`.

    Raises `UnreadableError` for nothing, for several lines, for far more than was asked.
    """
    lines = [line.strip() for line in words.strip().splitlines() if line.strip()]
    if len(lines) != 1:
        raise UnreadableError("no sentence" if not lines else "several lines")
    text = _clean(lines[0])
    if not text or len(text) > min(MAX_CHARS, _TIMES_LONGER * len(source) + 40):
        raise UnreadableError("no sentence" if not text else "too long")
    return Draft(text, (number,))


def read_report(words: str, numbers: Collection[int]) -> list[Draft]:
    """The statements of a report on the evidence `numbers`.

    A statement without evidence, or with evidence that was not given, is left out. Raises
    `UnreadableError` where there is no such JSON.
    """
    try:
        found = ReportSchema.model_validate(json.loads(_json(words)))
    except (ValueError, ValidationError, RecursionError) as error:
        raise UnreadableError("not the JSON asked for") from error
    return [
        Draft(text, tuple(dict.fromkeys(each.evidence)))
        for each in found.statements
        if each.evidence
        and set(each.evidence) <= set(numbers)
        and 0 < len(text := _clean(each.text)) <= MAX_CHARS
        and "\n" not in text
    ]


def _json(words: str) -> str:
    """The JSON object, out of the fence that many models put around it."""
    fenced = re.fullmatch(r"\s*```(?:json)?\s*(.*?)\s*```\s*", words, re.DOTALL)
    return fenced.group(1) if fenced else words


def _clean(text: str) -> str:
    text = _LABEL.sub("", text.strip())
    if text[:1] in _QUOTES and text[-1:] in _QUOTES:
        text = text.strip(_QUOTES)
    return " ".join(text.split())
