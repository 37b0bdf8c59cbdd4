"""Ordinary sentences and questions of all sorts, by which vectors and scores are measured."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources

import yaml

from retrieval.embedding import Kind

_SECTIONS: dict[Kind, str] = {"passage": "passages", "query": "questions"}


@functools.cache
def ordinary_texts(kind: Kind) -> Mapping[str, tuple[str, ...]]:
    """Texts of one kind by language (ISO 639-1); none is drawn from a corpus."""
    data = yaml.safe_load((resources.files("retrieval") / "data/ordinary.yaml").read_text("utf-8"))
    return {language: tuple(texts) for language, texts in data[_SECTIONS[kind]].items()}
