"""The people and groups that the bot serves, kept in the catalogue's database."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import BigInteger, Engine, delete, exists, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from corpus.tables import Base

Role = Literal["admin", "member", "reader", "removed"]
"""Changes the corpus; asks and sets up; only asks; is not served, in no group either."""

_TOKEN_BYTES = 12
ASKED_EVERY = dt.timedelta(days=1)


class PersonRow(Base):
    """One person by Telegram user id, which may need more than 32 bits."""

    __tablename__ = "person_served"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    role: Mapped[str]
    since: Mapped[str]
    name: Mapped[str | None]


class GroupRow(Base):
    """One group whose members are served in it."""

    __tablename__ = "group_served"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    title: Mapped[str]
    added_by: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[str]


class InvitationRow(Base):
    """One link that makes its first user a member; of the token there is only the digest."""

    __tablename__ = "invitation"

    digest: Mapped[str] = mapped_column(primary_key=True)
    made_by: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[str]


class RequestRow(Base):
    """When admins last heard that a stranger wrote."""

    __tablename__ = "access_request"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[str]


class LockdownRow(Base):
    """There while nobody but admins is served."""

    __tablename__ = "lockdown"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_by: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[str]


@dataclass(frozen=True, slots=True)
class Someone:
    """A person that is known, and since when in this role."""

    id: int
    role: Role
    since: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """A group that is served."""

    id: int
    title: str


class People:
    """Who is served, and in which role. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def role_of(self, user_id: int) -> Role | None:
        """The stored role, or None for somebody unknown."""
        with Session(self._engine) as session:
            row = session.get(PersonRow, user_id)
            return row.role if row else None  # type: ignore[return-value]  # only `put` writes it

    def any_admin(self) -> bool:
        """Whether an admin was ever stored."""
        with Session(self._engine) as session:
            return bool(session.scalar(select(exists().where(PersonRow.role == "admin"))))

    def with_role(self, role: Role) -> list[int]:
        """Those who have that role."""
        query = select(PersonRow.user_id).where(PersonRow.role == role)
        with Session(self._engine) as session:
            return list(session.scalars(query))

    def all(self) -> list[Someone]:
        """Everybody that is known, those who were removed too, the oldest first."""
        query = select(PersonRow).order_by(PersonRow.since, PersonRow.user_id)
        with Session(self._engine) as session:
            return [
                Someone(row.user_id, row.role, row.since, row.name)  # type: ignore[arg-type]
                for row in session.scalars(query)
            ]

    def put(self, user_id: int, role: Role, now: dt.datetime, name: str | None = None) -> None:
        """Store a person, or give them another role."""
        with Session(self._engine) as session, session.begin():
            row = session.get(PersonRow, user_id)
            if row is None:
                row = PersonRow(user_id=user_id, name=name)
                session.add(row)
            row.role, row.since, row.name = role, _written(now), name or row.name

    def groups(self) -> list[Group]:
        """The groups that are served."""
        with Session(self._engine) as session:
            rows = session.scalars(select(GroupRow).order_by(GroupRow.since))
            return [Group(row.chat_id, row.title) for row in rows]

    def has_group(self, chat_id: int) -> bool:
        """Whether that group is served."""
        with Session(self._engine) as session:
            return session.get(GroupRow, chat_id) is not None

    def put_group(self, chat_id: int, title: str, added_by: int, now: dt.datetime) -> None:
        """Serve a group."""
        with Session(self._engine) as session, session.begin():
            session.merge(
                GroupRow(chat_id=chat_id, title=title, added_by=added_by, since=_written(now))
            )

    def drop_group(self, chat_id: int) -> bool:
        """Serve a group no longer; whether it was."""
        with self._engine.begin() as connection:
            found = connection.execute(delete(GroupRow).where(GroupRow.chat_id == chat_id))
            return found.rowcount > 0

    def moved(self, chat_id: int, new: int) -> None:
        """Follow a group that Telegram gave another id."""
        with self._engine.begin() as connection:
            connection.execute(
                update(GroupRow).where(GroupRow.chat_id == chat_id).values(chat_id=new)
            )

    def invite(self, made_by: int, now: dt.datetime, lasts: dt.timedelta) -> str:
        """The token of a new invitation."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(InvitationRow).where(InvitationRow.expires_at < _written(now)))
            session.add(
                InvitationRow(
                    digest=_digest(token), made_by=made_by, expires_at=_written(now + lasts)
                )
            )
        return token

    def take_invitation(self, token: str, now: dt.datetime) -> int | None:
        """Use an invitation up: who made it; None where it is none, used or too old."""
        with Session(self._engine) as session, session.begin():
            row = session.get(InvitationRow, _digest(token))
            if row is None:
                return None
            session.delete(row)
            return row.made_by if row.expires_at >= _written(now) else None

    def asks(self, user_id: int, now: dt.datetime) -> bool:
        """Note that a stranger writes; whether admins should hear of it: once a day."""
        # One statement: of two messages at once only one finds that nobody has heard.
        noted = (
            insert(RequestRow)
            .values(user_id=user_id, at=_written(now))
            .on_conflict_do_update(
                index_elements=[RequestRow.user_id],
                set_={"at": _written(now)},
                where=RequestRow.at <= _written(now - ASKED_EVERY),
            )
        )
        with self._engine.begin() as connection:
            return connection.execute(noted).rowcount == 1

    def unasked(self, user_id: int) -> None:
        """Note that no admin has heard of a stranger after all."""
        with self._engine.begin() as connection:
            connection.execute(delete(RequestRow).where(RequestRow.user_id == user_id))

    def lock(self, made_by: int, now: dt.datetime) -> None:
        """Serve nobody but admins."""
        with Session(self._engine) as session, session.begin():
            session.merge(LockdownRow(id=1, made_by=made_by, since=_written(now)))

    def unlock(self) -> None:
        """Serve everybody again who was served before."""
        with self._engine.begin() as connection:
            connection.execute(delete(LockdownRow))

    def is_locked(self) -> bool:
        """Whether nobody but admins is served."""
        with Session(self._engine) as session:
            return session.get(LockdownRow, 1) is not None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _written(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).isoformat(timespec="seconds")
