"""The currencies of today by their names in Vietnamese, French and English, as CLDR has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from corpus.words import fold
from retrieval.tables import table

_LANGUAGES = ("vi", "fr", "en")
_ONE, _MANY = 1, 1000


@cache
def currency_codes() -> frozenset[str]:
    """ISO 4217 codes, in small letters, of what is a country's currency today."""
    from babel.core import get_global  # noqa: PLC0415 - read when a number is looked at
    from babel.numbers import get_territory_currencies  # noqa: PLC0415

    return frozenset(
        code.lower()
        for territory in get_global("territory_currencies")
        for code in get_territory_currencies(territory)
    )


@cache
def currency_forms() -> Mapping[str, str]:
    """What a currency is called, folded, and its code; several codes, with "|" between, where the
    word alone does not tell whose it is: "dinars".
    """
    from babel.numbers import get_currency_name  # noqa: PLC0415 - read when a number is looked at

    idle = frozenset(table("quantities")["no_currencies"])
    codes: dict[str, set[str]] = {}
    for code in currency_codes():
        for language in _LANGUAGES:
            for count in (_ONE, _MANY):
                name = get_currency_name(code.upper(), count=count, locale=language)
                whole = fold(name.partition("(")[0]).strip()
                words = whole.split()
                codes.setdefault(whole, set()).add(code)
                codes.setdefault(words[-1 if language == "en" else 0], set()).add(code)
    return {
        form: "|".join(sorted(those)) for form, those in sorted(codes.items()) if form not in idle
    }
