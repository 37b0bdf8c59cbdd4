"""Questions that readers put to the catalogue: passages by key, what articles tell, people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, bindparam, func, select

from corpus.catalogue import chunks, in_version
from corpus.split import PassageWords, passage_words
from corpus.tables import PassageRow, RevisionRow
from corpus.words import fold

# Made once: a statement takes longer to build than to run.
_PASSAGES = (
    select(
        PassageRow.revision_id,
        RevisionRow.article_id,
        PassageRow.number,
        PassageRow.start,
        PassageRow.end,
        PassageRow.key,
        func.substr(RevisionRow.text, PassageRow.start + 1, PassageRow.end - PassageRow.start),
        RevisionRow.language,
        RevisionRow.title,
    )
    .join(RevisionRow, RevisionRow.id == PassageRow.revision_id)
    .where(PassageRow.key.in_(bindparam("keys", expanding=True)))
)
_TOLD = select(
    RevisionRow.article_id, RevisionRow.title, RevisionRow.outlet, RevisionRow.text
).where(
    in_version(bindparam("version", type_=Integer)),
    RevisionRow.article_id.in_(bindparam("ids", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage of one revision, with its words."""

    revision: int
    article_id: str
    number: int
    start: int
    end: int
    key: str
    text: str
    language: str
    title: str | None

    @property
    def words(self) -> PassageWords:
        """What is indexed for it."""
        return passage_words(self.text, self.title, self.language)


def passages_by_key(
    connection: Connection, revisions: Mapping[str, Collection[int]]
) -> dict[str, list[StoredPassage]]:
    """The passages with these keys, of the revisions named for each."""
    found: dict[str, list[StoredPassage]] = {}
    for chunk in chunks(revisions):
        for row in connection.execute(_PASSAGES, {"keys": chunk}):
            if row.revision_id in revisions[row.key]:
                found.setdefault(row.key, []).append(StoredPassage(*row))
    return found


def told_by(connection: Connection, version: int, article_ids: Collection[str]) -> dict[str, str]:
    """Title, outlet and text of articles, by id."""
    return {
        row.article_id: f"{row.title or ''}\n{row.outlet or ''}\n{row.text}"
        for chunk in chunks(article_ids)
        for row in connection.execute(_TOLD, {"version": version, "ids": chunk})
    }


def people_names(connection: Connection, version: int) -> dict[str, str]:
    """The people of `version` by their folded names."""
    query = select(RevisionRow.people).where(in_version(version))
    names = {person["name"] for people in connection.scalars(query) for person in people}
    return {fold(name): name for name in sorted(names)}
