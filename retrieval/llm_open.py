"""Build the chat model that a setting names, with LangChain, and let nothing else see its texts."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from retrieval.errors import LanguageModelError, ModelSettingError
from retrieval.llm_place import Place, hosts_built, is_promised

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

EXTRAS = ("openai", "anthropic", "ollama", "local")
"""The extras of this project; each brings what one kind of model needs."""

_CHATTY = ("openai", "anthropic", "ollama", "httpx", "httpx2", "httpcore", "httpcore2", "langsmith")
"""Below a warning these write what they send. OPENAI_LOG and ANTHROPIC_LOG would let them."""


def split_name(name: str) -> tuple[str, str]:
    """Provider and model of "provider:model".

    Raises `ModelSettingError` for anything else.
    """
    provider, colon, model = name.partition(":")
    provider = provider.strip().replace("-", "_").lower()
    if not colon or not provider.isidentifier() or not model.strip():
        raise ModelSettingError(
            f"ATTACHE_LLM_MODEL: {name!r} names no language model; give provider:model, such as "
            "openai:gpt-4o-mini, anthropic:claude-haiku-4-5 or ollama:qwen3, or: local"
        )
    return provider, model.strip()


def build(
    provider: str,
    model: str,
    place: Place,
    *,
    temperature: float,
    seconds: float,
    key: str | None = None,
) -> BaseChatModel:
    """The model, ready to be asked; `key` None: as the provider's own variable says.

    Raises `LanguageModelError` where its package or key is missing, or where its texts would go
    elsewhere than to `place`.
    """
    untraced()
    if place.local:
        _keep_off_proxies()
    wanted: dict[str, Any] = {"temperature": temperature}
    if place.url is not None:  # said aloud: else LANGSMITH_GATEWAY may lead elsewhere
        wanted["base_url"] = place.url
    if key is not None:
        wanted["api_key"] = key
    if provider == "ollama":
        wanted["client_kwargs"] = {"timeout": seconds}
    else:
        wanted |= {"timeout": seconds, "max_retries": 0}  # who calls it tries again
    name = f"{provider}:{model}"
    try:
        chat = _made(provider, model, wanted, keyless=place.local and provider == "openai")
        if (chat.profile or {}).get("temperature") is False:
            del wanted["temperature"]  # some models refuse to be told; LangChain knows which
            chat = _made(provider, model, wanted, keyless=place.local and provider == "openai")
    except ImportError:
        raise LanguageModelError(f"the language model {name} {_missing(provider)}") from None
    except Exception as error:  # every provider has its own, and they may quote a key
        raise LanguageModelError(_not_ready(name, provider, error)) from None
    _silence()
    for host in hosts_built(chat):
        if not is_promised(host, place):
            raise LanguageModelError(
                f"the language model {name} would send its texts to {host}, not to {place.host}; "
                "look for a variable in the environment that leads it there"
            )
    return chat


def _made(provider: str, model: str, wanted: dict[str, Any], *, keyless: bool) -> BaseChatModel:
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 - takes most of a second

    def make(**more: Any) -> BaseChatModel:
        return cast("BaseChatModel", init_chat_model(model, model_provider=provider, **more))

    try:
        return make(**wanted)
    except ImportError:
        raise
    except Exception:
        if not keyless:
            raise
        # Servers at home rarely ask for a key; the library wants one all the same.
        return make(**wanted, api_key="none")


def untraced() -> None:
    """Take the variables of LangChain's tracing service out of this process's environment.

    They are often inherited from elsewhere, and each can send questions and articles to that
    service, lead calls through its gateway, or fail every call (LANGCHAIN_TRACING).
    """
    for name in list(os.environ):
        if name.startswith("LANGSMITH_") or (
            name.startswith("LANGCHAIN_") and not name.startswith("LANGCHAIN_OPENAI_")
        ):
            del os.environ[name]


def _keep_off_proxies() -> None:
    """A text for a model on this machine must not leave it on the way there."""
    here = "localhost,127.0.0.1,::1,0.0.0.0"
    for name in ("no_proxy", "NO_PROXY"):
        known = os.environ.get(name) or os.environ.get(name.swapcase()) or ""
        if known != "*" and here not in known:
            os.environ[name] = f"{known},{here}" if known else here


def _silence() -> None:
    for name in _CHATTY:
        log = logging.getLogger(name)
        log.setLevel(max(log.level, logging.WARNING))


def package_advice(extra: str) -> str:
    """The command that installs what `extra` brings."""
    pip = Path(sys.executable).with_name("pip")
    return f'{pip if pip.exists() else f"{sys.executable} -m pip"} install "attache[{extra}]"'


def _missing(provider: str) -> str:
    if provider in EXTRAS:
        return f"needs a package that is not installed; run: {package_advice(provider)}"
    return (
        "needs its provider's package for LangChain, which is not installed; usually it is "
        f"langchain-{provider.replace('_', '-')}"
    )


def _not_ready(name: str, provider: str, error: Exception) -> str:
    if "Unsupported provider" in str(error):
        return (
            f"the language model {name}: LangChain knows no provider {provider!r}; its "
            "documentation of init_chat_model lists those it knows"
        )
    return (
        f"the language model {name} cannot be used ({type(error).__name__}); most often its key "
        f"is missing: set {provider.upper()}_API_KEY, or what the provider's documentation says"
    )
