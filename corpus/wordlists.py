"""Lists of everyday words from `data/context.yaml`, read when first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "context.yaml"


@cache
def _data() -> dict[str, dict[str, str]]:
    import yaml  # noqa: PLC0415  (reading waits until a list is needed)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with _FILE.open(encoding="utf-8") as file:
        loaded: dict[str, dict[str, str]] = yaml.load(file, Loader=loader)  # noqa: S506  (safe)
    return loaded


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of the list "section.name"; raises `KeyError` for a list that is not there.

    Entries are separated by semicolons where one of them holds a space, else by spaces.
    """
    section, _, key = name.partition(".")
    text = _data()[section][key]
    return frozenset(part.strip() for part in (text.split(";") if ";" in text else text.split()))
