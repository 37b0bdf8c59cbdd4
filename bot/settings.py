"""Settings, read once at the start and handed on as plain values."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.limits import Limits

_DOTENV = ".env"
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # of which Telegram takes any from one on
_OURS = ("ATTACHE_", "TELEGRAM_")


class Settings(BaseSettings):
    """One field for each line of `.env.example`, and the addresses of language models' servers.

    Raises pydantic's `ValidationError` for a value that cannot be understood.
    """

    model_config = SettingsConfigDict(
        env_file=_DOTENV, env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    attache_access: Literal["closed", "open"] = "closed"
    attache_admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    attache_data_dir: Path = Path("data")
    attache_corpus_dir: Path = Path("corpus/articles")
    attache_embedding_model: str = Field(default="bundled", min_length=1)
    attache_llm_model: str = ""
    attache_llm_sends: Literal["evidence", "question", "nothing"] = "evidence"
    attache_llm_temperature: float = Field(default=0.0, ge=0, le=2)
    attache_llm_timeout: float = Field(default=60.0, gt=0, le=3600)
    attache_llm_threads: int | None = Field(default=None, ge=1)
    attache_fetch_private: bool = False
    attache_questions_per_minute: int = Field(default=20, ge=0, le=6000)
    attache_tokens_per_day: int = Field(default=0, ge=0)
    attache_inline: bool = False
    attache_keep_days: int = Field(default=30, ge=1, le=3650)
    attache_webhook_url: str = ""
    attache_webhook_secret: SecretStr | None = Field(default=None, validate_default=True)
    attache_webhook_listen: str = Field(default="127.0.0.1", min_length=1)
    attache_webhook_port: int = Field(default=8443, ge=1, le=65535)
    attache_health_port: int | None = Field(default=None, ge=1, le=65535)
    attache_now: dt.datetime | None = None

    # The providers' own variables; which of two counts is as in their libraries.
    openai_api_base: str | None = None
    openai_base_url: str | None = None
    anthropic_api_url: str | None = None
    anthropic_base_url: str | None = None
    ollama_host: str | None = None

    @field_validator("attache_llm_model")
    @classmethod
    def _stripped(cls, value: str) -> str:
        return value.strip()

    @field_validator("attache_admin_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            parts = frozenset(part.strip() for part in value.split(",") if part.strip())
            if not all(part.isdecimal() for part in parts):
                raise ValueError(
                    "must be Telegram's numbers of people, such as 123456789,987654321"
                )
            return parts
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _http(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    @field_validator("attache_webhook_url")
    @classmethod
    def _https(cls, value: str) -> str:
        if value and not value.startswith("https://"):
            raise ValueError("must start with https://")
        return value.rstrip("/")

    @field_validator("attache_webhook_secret")
    @classmethod
    def _unguessable(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None and info.data.get("attache_webhook_url"):
            raise ValueError("is needed with ATTACHE_WEBHOOK_URL")
        if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("must be 16 to 256 of the characters A-Z a-z 0-9 _ -")
        return value

    def model_url(self, provider: str) -> str | None:
        """The address of a provider's server where a variable names one."""
        return {
            "openai": self.openai_api_base or self.openai_base_url,
            "anthropic": self.anthropic_api_url or self.anthropic_base_url,
            "ollama": self.ollama_host,
        }.get(provider)

    @property
    def limits(self) -> Limits:
        """What one person may ask for. With a clock that stands still no minute ever ends."""
        a_minute = self.attache_questions_per_minute if self.attache_now is None else 0
        return Limits(a_minute, self.attache_tokens_per_day)

    def now(self) -> dt.datetime:
        """The present instant, with a zone: `ATTACHE_NOW` where set, else the clock."""
        now = self.attache_now or dt.datetime.now(dt.UTC)
        return now if now.tzinfo else now.replace(tzinfo=dt.UTC)


def share_with_providers() -> None:
    """Put the lines of `.env` that are not ours where language models' libraries look for keys.

    What the environment has already stays.
    """
    for name, value in dotenv_values(_DOTENV, encoding="utf-8").items():
        if value and not name.upper().startswith(_OURS):
            os.environ.setdefault(name, value)


def provider_keys() -> list[str]:
    """The keys of language models' providers, for the log to hide."""
    return [value for name, value in os.environ.items() if name.endswith("_API_KEY") and value]
