"""What may be done with the articles of a source: sent whole, shown to a model elsewhere.

Both may be done, but for documents that were sent to the bot, until an admin says otherwise. What
is stated holds for an address that articles were fetched from, for a file or folder, or for all
uploads; of several that fit, each must allow it, but of folders within folders the innermost
counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import Engine, insert, or_, select
from sqlalchemy.orm import Session

from corpus import audit
from corpus.article import Article
from corpus.catalogue import chunks
from corpus.errors import SourceError
from corpus.tables import ArticleSourceRow, RevisionRow, RightRow, SourceRow

UPLOAD = "upload"
"""What documents that were sent to the bot are called together."""

UPLOADS = "uploads"
"""The folder that their sources are named by."""

WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Right:
    """What may be done with the articles of `source`; by whom and when it was stated, if it was."""

    source: str
    send_whole: bool = True
    to_model: bool = True
    set_by: str | None = None
    at: str | None = None


def stated(engine: Engine) -> list[Right]:
    """What holds for uploads, then what was stated for other sources, by name."""
    with engine.connect() as connection:
        rows = connection.execute(select(*RightRow.__table__.c).order_by(RightRow.source))
        known = {row.source: Right(**row._mapping) for row in rows}
    uploads = known.pop(UPLOAD, Right(UPLOAD, send_whole=False, to_model=False))
    return [uploads, *known.values()]


def state(
    engine: Engine,
    source: str,
    *,
    whole: bool | None = None,
    remote: bool | None = None,
    set_by: str,
    now: dt.datetime,
) -> Right:
    """Keep what may be done with the articles of `source`; None leaves a flag as it is.

    Raises `SourceError` for a source that no article came from and that is not looked at.
    """
    if not _is_known(engine, source):
        raise SourceError(
            "%(source)s: no article came from there; give an address as the list of sources has "
            "it, a file or folder that was ingested, or %(upload)s",
            source=source,
            upload=UPLOAD,
            see="attache sources list",
        )
    before = next((each for each in stated(engine) if each.source == source), Right(source))
    right = Right(
        source,
        before.send_whole if whole is None else whole,
        before.to_model if remote is None else remote,
        set_by,
        audit.at(now),
    )
    details = {"source": source, "whole": right.send_whole, "remote": right.to_model}
    with Session(engine) as session, session.begin():
        session.merge(
            RightRow(
                source=source,
                send_whole=right.send_whole,
                to_model=right.to_model,
                set_by=set_by,
                at=audit.at(now),
            )
        )
    audit.note(engine, audit.Entry(audit.at(now), set_by, "rights", details))
    return right


def may_send_whole(engine: Engine, article: Article) -> bool:
    """Whether readers may be sent the whole article."""
    return rights_of(engine, [article])[article.id].send_whole


def kept_from_models(engine: Engine, articles: Collection[Article]) -> frozenset[str]:
    """The ids of those of `articles` that no language model elsewhere may be shown."""
    rights = rights_of(engine, articles)
    return frozenset(article.id for article in articles if not rights[article.id].to_model)


def rights_of(engine: Engine, articles: Collection[Article]) -> dict[str, Right]:
    """What may be done with each of `articles`, by its id."""
    uploads, *others = stated(engine)
    known = {right.source: right for right in others}
    addresses = _addresses(engine, [article.id for article in articles]) if known else {}
    return {
        article.id: _right(article, uploads, known, addresses.get(article.id))
        for article in articles
    }


def _right(
    article: Article, uploads: Right, known: Mapping[str, Right], address: str | None
) -> Right:
    holding = [right for name, right in known.items() if _is_within(article.source, name)]
    found = [max(holding, key=lambda right: len(right.source))] if holding else []
    if _is_within(article.source, UPLOADS) and not found:
        found.append(uploads)
    if address is not None:
        found += [known[address]] if address in known else []
    elif article.source.startswith(WEB):
        # Taken in before addresses were kept: whatever the site's sources forbid is forbidden.
        site = urlsplit(article.source).hostname
        found += [right for name, right in known.items() if urlsplit(name).hostname == site]
    return Right(
        article.source,
        all(right.send_whole for right in found),
        all(right.to_model for right in found),
    )


def _is_within(source: str, name: str) -> bool:
    """Whether `source` is the file, folder or page `name`, or lies in it."""
    return source == name or source.startswith((f"{name.rstrip('/')}/", f"{name}#"))


def _is_known(engine: Engine, source: str) -> bool:
    if source == UPLOAD:
        return True
    below = RevisionRow.source.startswith(f"{source.rstrip('/')}/", autoescape=True)
    inside = RevisionRow.source.startswith(f"{source}#", autoescape=True)
    with engine.connect() as connection:
        return any(
            connection.execute(query.limit(1)).first() is not None
            for query in (
                select(SourceRow.id).where(SourceRow.address == source),
                select(ArticleSourceRow.address).where(ArticleSourceRow.address == source),
                select(RevisionRow.id).where(or_(RevisionRow.source == source, below, inside)),
            )
        )


def note_addresses(engine: Engine, taken: Mapping[str, str]) -> None:
    """Keep the address that each article (by id) was taken from; the first one counts."""
    known = _addresses(engine, list(taken))
    new = [
        {"article_id": article, "address": address}
        for article, address in taken.items()
        if article not in known
    ]
    if new:
        with Session(engine) as session, session.begin():
            session.execute(insert(ArticleSourceRow), new)


def _addresses(engine: Engine, ids: Iterable[str]) -> dict[str, str]:
    query = select(ArticleSourceRow.article_id, ArticleSourceRow.address)
    with engine.connect() as connection:
        return {
            article: address
            for some in chunks(list(ids))
            for article, address in connection.execute(
                query.where(ArticleSourceRow.article_id.in_(some))
            )
        }
