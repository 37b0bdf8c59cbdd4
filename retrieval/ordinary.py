"""Ordinary sentences and questions of all sorts, by which vectors and scores are measured."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from retrieval.embedding import Kind
from retrieval.tables import table

_SECTIONS: dict[Kind, str] = {"passage": "passages", "query": "questions"}


@functools.cache
def ordinary_texts(kind: Kind) -> Mapping[str, tuple[str, ...]]:
    """Texts of one kind by language (ISO 639-1); none is drawn from a corpus."""
    data = table("ordinary")
    return {language: tuple(texts) for language, texts in data[_SECTIONS[kind]].items()}
