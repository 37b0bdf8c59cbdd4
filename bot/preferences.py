"""What people chose for themselves: the language I speak to them in, and those they read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import JSON, BigInteger, Engine
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.words import DEFAULT
from corpus.tables import Base


class PreferenceRow(Base):
    """One person's choices, null and empty where they made none, and the language of the interface
    that their Telegram had when they last wrote."""

    __tablename__ = "preference"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str | None]
    reads: Mapped[list[str]] = mapped_column(JSON)
    telegram: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Preference:
    """`language` of the interface, None: as Telegram has it. `reads`: languages of articles that
    come first; empty: all alike. `telegram`: the language seen there last, None: never."""

    language: str | None = None
    reads: frozenset[str] = frozenset()
    telegram: str | None = None

    @property
    def speaks(self) -> str:
        """The language to write to them in, unasked."""
        return self.language or self.telegram or DEFAULT


class Preferences:
    """Everybody's choices. Safe to use from several threads; call it outside the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, user_id: int) -> Preference:
        """What that person chose."""
        with Session(self._engine) as session:
            row = session.get(PreferenceRow, user_id)
            if row is None:
                return Preference()
            return Preference(row.language, frozenset(row.reads), row.telegram)

    def put(self, user_id: int, value: Preference) -> None:
        """Keep what that person chose."""
        with Session(self._engine) as session, session.begin():
            session.merge(
                PreferenceRow(
                    user_id=user_id,
                    language=value.language,
                    reads=sorted(value.reads),
                    telegram=value.telegram,
                )
            )
