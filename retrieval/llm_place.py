"""Where a language model stands: on this machine, or at a host that is told to people."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from retrieval.errors import ModelSettingError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

THIS_MACHINE = "this machine"

_PUBLIC = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "ollama": "http://127.0.0.1:11434",
}
"""Where the providers' libraries send texts when nothing else is said."""

_ELSEWHERE = ("-cloud", ":cloud")
"""How Ollama's server on this machine marks the models that it hands on to its maker's machines."""


@dataclass(frozen=True)
class Place:
    """Where a model's texts go. `url` is None where only the provider's own library knows it."""

    host: str
    local: bool
    url: str | None


def place_of(provider: str, model: str, url: str | None) -> Place:
    """Where `model` of `provider` stands, if its texts are sent to `url` (None: as usual).

    Raises `ModelSettingError` for an address that is none.
    """
    url = url or _PUBLIC.get(provider)
    if url is None:
        return Place(f"the servers of {provider}", local=False, url=None)
    host = host_of(url)
    if host is None:
        raise ModelSettingError(
            f"the address of the language model's server ({provider}) is none; "
            "it has the form http://host:port/path"
        )
    if not _is_here(host):
        return Place(host, local=False, url=url)
    if provider == "ollama" and model.endswith(_ELSEWHERE):
        return Place("ollama.com", local=False, url=url)
    return Place(THIS_MACHINE, local=True, url=url)


def host_of(url: str) -> str | None:
    """The host of an address, which may lack its scheme as Ollama's does; None where there is none.

    Name and password, if the address has them, are left out.
    """
    try:
        return urlsplit(url if "://" in url else f"http://{url}").hostname
    except ValueError:
        return None


def hosts_built(chat: BaseChatModel) -> set[str]:
    """The hosts that a ready model's clients really write to, as far as they can be seen.

    The libraries take addresses from more variables than their documentation names; what was
    promised is held against what was built.
    """
    found: set[str] = set()
    for name in ("root_async_client", "root_client", "_async_client", "_client"):
        client = getattr(chat, name, None)
        url = getattr(client, "base_url", None) or getattr(
            getattr(client, "_client", None), "base_url", None
        )
        host = host_of(str(url)) if url else None
        if host:
            found.add(host)
    return found


def is_promised(host: str, place: Place) -> bool:
    """Whether a text that goes to `host` goes where `place` says."""
    return place.url is None or host == host_of(place.url) or (place.local and _is_here(host))


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    # 0.0.0.0 is how servers are told to listen everywhere; a client that asks it stays here.
    return address.is_loopback or address.is_unspecified
