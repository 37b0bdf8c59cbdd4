"""The people that the bot serves, kept in the catalogue's database."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sqlalchemy import BigInteger, Engine, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from corpus.tables import Base

Role = Literal["admin"]


class PersonRow(Base):
    """One person by Telegram user id, which may need more than 32 bits."""

    __tablename__ = "person_served"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    role: Mapped[str]
    since: Mapped[str]


class People:
    """Who is served, and in which role. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def role_of(self, user_id: int) -> str | None:
        """The stored role, or None for somebody unknown."""
        with Session(self._engine) as session:
            return session.scalar(select(PersonRow.role).where(PersonRow.user_id == user_id))

    def with_role(self, role: Role) -> list[int]:
        """Those who have that role."""
        query = select(PersonRow.user_id).where(PersonRow.role == role)
        with Session(self._engine) as session:
            return list(session.scalars(query))

    def any_admin(self) -> bool:
        """Whether an admin was ever stored."""
        with Session(self._engine) as session:
            return bool(session.scalar(select(exists().where(PersonRow.role == "admin"))))

    def put(self, user_id: int, role: Role, now: dt.datetime) -> None:
        """Store a person, or give them another role."""
        with Session(self._engine) as session, session.begin():
            session.merge(
                PersonRow(user_id=user_id, role=role, since=now.isoformat(timespec="seconds"))
            )
