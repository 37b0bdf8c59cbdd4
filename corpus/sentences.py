"""What the corpus tells people, and keeps: English sentences with places for what they are about.

Their templates stand as literals in the code, from where they are collected for translation; who
shows a sentence in another language finds the template that it was made from.
"""

from __future__ import annotations


def sentence(template: str, **values: object) -> str:
    """`template` with its places, such as %(url)s, filled in."""
    return template % values if values else template
