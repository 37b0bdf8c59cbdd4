"""Settings, read once at the start and handed on as plain values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """One field for each line of `.env.example`.

    Raises pydantic's `ValidationError` for a value that cannot be understood.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    attache_access: Literal["closed", "open"] = "closed"
    attache_admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    attache_data_dir: Path = Path("data")
    attache_corpus_dir: Path = Path("corpus/articles")
    attache_embedding_model: str = Field(default="bundled", min_length=1)
    attache_now: dt.datetime | None = None

    @field_validator("attache_admin_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _http(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    def now(self) -> dt.datetime:
        """The present instant, with a zone: `ATTACHE_NOW` where set, else the clock."""
        now = self.attache_now or dt.datetime.now(dt.UTC)
        return now if now.tzinfo else now.replace(tzinfo=dt.UTC)
