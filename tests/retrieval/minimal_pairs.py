"""Pairs of statements about the same evidence: one it supports, one wrong in a single fact.

Each line of `data/minimal_pairs.jsonl` is a pair; its fields are those of `Pair`. Some rest on
sentences of the sample corpus, most on sentences written for the purpose, with people who do not
exist. They were written in rounds, `set`: each was judged once before any of it was read, which is
what the check does on sentences it has not seen (docs/how-it-checks.md), and then its failures were
read and rules made on them. No round is untouched any more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("data") / "minimal_pairs.jsonl"
PRESS_FILE = FILE.with_name("press_pairs.jsonl")
"""Two rounds more, whose evidence is as long and winding as the press writes, up to 45 words with
several people, figures and dates each: what the check does not reach yet."""

KINDS = (
    "country",
    "organisation",
    "place",
    "person",
    "number",
    "date",
    "title",
    "direction",
    "negation",
    "modality",
    "attribution",
    "extra",
)
"""What the wrong half changes; "extra" adds a clause that no evidence has."""

SETS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")

PRESS_SETS = ("ninth", "tenth")

MAIN = ("vi", "fr", "en")
"""The languages of the statements; evidence may be in any."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair; languages are ISO 639-1."""

    id: str
    kind: str
    evidence_language: str
    statement_language: str
    evidence: tuple[str, ...]
    right: str
    wrong: str
    set: str

    @property
    def direction(self) -> str:
        """From the evidence's language to the statement's: "vi→en"; "other→en" for a rarer one."""
        told = self.evidence_language if self.evidence_language in MAIN else "other"
        return f"{told}→{self.statement_language}"


def load(file: Path = FILE) -> list[Pair]:
    """All pairs, in the order of the file. Raises TypeError for a line with other fields."""
    return [_pair(json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def _pair(fields: dict[str, Any]) -> Pair:
    return Pair(**{**fields, "evidence": tuple(fields["evidence"])})
