"""What people chose for themselves: the language I speak to them in, and those they read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import JSON, BigInteger, Engine
from sqlalchemy.orm import Mapped, Session, mapped_column

from corpus.tables import Base


class PreferenceRow(Base):
    """One person's choices; null and empty where they made none."""

    __tablename__ = "preference"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str | None]
    reads: Mapped[list[str]] = mapped_column(JSON)


@dataclass(frozen=True, slots=True)
class Preference:
    """`language` of the interface, None: as Telegram has it. `reads`: languages of articles that
    come first; empty: all alike."""

    language: str | None = None
    reads: frozenset[str] = frozenset()


class Preferences:
    """Everybody's choices. Safe to use from several threads; call it outside the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, user_id: int) -> Preference:
        """What that person chose."""
        with Session(self._engine) as session:
            row = session.get(PreferenceRow, user_id)
            return Preference(row.language, frozenset(row.reads)) if row else Preference()

    def put(self, user_id: int, value: Preference) -> None:
        """Keep what that person chose."""
        with Session(self._engine) as session, session.begin():
            session.merge(
                PreferenceRow(user_id=user_id, language=value.language, reads=sorted(value.reads))
            )
