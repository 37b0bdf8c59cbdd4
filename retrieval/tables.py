"""The tables of words in `retrieval/data`, each read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> Any:
    """`retrieval/data/<name>.yaml` as it stands in the file; whoever reads it knows its shape.

    Raises `yaml.YAMLError` if it is broken.
    """
    import yaml  # noqa: PLC0415 - reading waits until a word is looked up

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (resources.files("retrieval") / f"data/{name}.yaml").read_text("utf-8")
    return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader
