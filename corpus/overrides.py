"""What admins corrected in articles, and articles that they took out of service.

An override wins over whatever is derived, at every ingest and after every rollback, until it is
taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal, get_args

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from corpus.article import Article, Event, Precision, Span
from corpus.errors import SourceError
from corpus.outlets import lookup
from corpus.split import passage_words
from corpus.tables import OverrideRow

Field = Literal["event", "countries", "outlet", "title", "hidden"]
FIELDS: tuple[Field, ...] = get_args(Field)

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LONGEST = 500
_CODE = 2


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody set a field of an article to."""

    article: str
    field: Field
    value: Any
    made_by: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """Values by article id and field, as they are stored."""

    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def hidden(self) -> frozenset[str]:
        """The articles out of service."""
        return frozenset(key for key, values in self.values.items() if values.get("hidden"))

    def with_these(self, corrections: Iterable[Correction]) -> Overrides:
        """These overrides, and `corrections` over them."""
        values = {article: dict(fields) for article, fields in self.values.items()}
        for each in corrections:
            values.setdefault(each.article, {})[each.field] = each.value
        return Overrides(values)

    def fields_of(self, article_id: str) -> tuple[Field, ...]:
        """The fields of an article that are corrected, in their usual order."""
        values = self.values.get(article_id, {})
        return tuple(name for name in FIELDS if name in values and name != "hidden")

    def applied(self, article: Article) -> Article:
        """The article as corrected."""
        values = self.values.get(article.id)
        if not values:
            return article
        if "title" in values:
            article = _titled(article, values["title"])
        if "outlet" in values:
            known = lookup(values["outlet"])
            article = replace(
                article,
                outlet=known.name if known else values["outlet"],
                agency=known.agency if known else None,
                outlet_country=known.country if known else None,
            )
        if "countries" in values:
            article = replace(article, countries=tuple(values["countries"]))
        if "event" in values:
            article = replace(article, event=_event(values["event"], article.event))
        return article


def _titled(article: Article, title: str) -> Article:
    """The article under another title, which is part of what its passages are found by."""
    passages = tuple(
        replace(
            passage,
            key=passage_words(passage.span.of(article.text), title, article.language).key,
        )
        for passage in article.passages
    )
    return replace(article, title=title, passages=passages)


def known_field(name: str) -> Field:
    """The field of that name that can be corrected. Raises `SourceError` where there is none."""
    for each in FIELDS:
        if each == name and each != "hidden":
            return each
    raise SourceError(
        "“%(field)s” cannot be corrected; one of event, countries, outlet, title", field=name[:40]
    )


def parsed(name: str, text: str) -> Any:
    """The value that an admin's words give a field. Raises `SourceError` where they give none."""
    text = " ".join(text.split())
    known_field(name)
    if name == "countries":
        codes = [code.upper() for code in re.split(r"[,; ]+", text) if code]
        if not codes or not _codes().issuperset(codes):
            raise SourceError("not codes of countries, such as VN,GB: “%(text)s”", text=text[:40])
        return codes
    if name == "event":
        first, _, last = text.partition("/")
        start, end = _bounds(first), _bounds(last or first)
        if start[0] > end[1]:
            raise SourceError("ends before it begins: “%(text)s”", text=text[:40])
        return {"start": start[0], "end": end[1], "precision": start[2]}
    if not text or len(text) > _LONGEST:
        raise SourceError("%(field)s: give 1 to %(most)d characters", field=name, most=_LONGEST)
    return text


@cache
def _codes() -> frozenset[str]:
    """Codes of countries, as CLDR has them."""
    from babel import Locale  # noqa: PLC0415 - only a correction needs it

    territories = Locale.parse("en").territories
    codes = map(str, territories)
    return frozenset(code for code in codes if len(code) == _CODE and code.isalpha())


def _bounds(text: str) -> tuple[str, str, Precision]:
    """First and last day of a date such as 2020, 2020-04 or 2020-04-16."""
    import calendar  # noqa: PLC0415
    import datetime as dt  # noqa: PLC0415

    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        first = dt.date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last = dt.date(year or 0, last_month, day or calendar.monthrange(year or 1, last_month)[1])
    except ValueError:
        raise SourceError(
            "not a date such as 2020-04-16, 2020-04, 2020 or 2020-04-16/2020-04-18: “%(text)s”",
            text=text[:40],
        ) from None
    precision: Precision = "day" if day else "month" if month else "year"
    return first.isoformat(), last.isoformat(), precision


def _event(value: Mapping[str, Any], before: Event | None) -> Event:
    """The corrected event; its words are those that told of the event before, if any did."""
    return Event(
        start=value["start"],
        end=value["end"],
        precision=value["precision"],
        year_basis="corrected",
        kind=before.kind if before else "other",
        announced=before.announced if before else False,
        date_words=before.date_words if before else Span(0, 0),
    )


def overrides(engine: Engine) -> Overrides:
    """All overrides."""
    values: dict[str, dict[str, Any]] = {}
    with Session(engine) as session:
        for row in session.scalars(select(OverrideRow)):
            values.setdefault(row.article_id, {})[row.field] = row.value
    return Overrides(values)


def put(engine: Engine, article_id: str, name: Field, value: Any, *, made_by: str, at: str) -> None:
    """Keep an override, in the place of an earlier one of that field."""
    with Session(engine) as session, session.begin():
        session.merge(
            OverrideRow(article_id=article_id, field=name, value=value, made_by=made_by, at=at)
        )


def take_back(engine: Engine, article_id: str, name: Field) -> bool:
    """Forget an override; whether there was one."""
    condition = (OverrideRow.article_id == article_id) & (OverrideRow.field == name)
    with engine.begin() as connection:
        return connection.execute(delete(OverrideRow).where(condition)).rowcount > 0
