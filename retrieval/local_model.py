"""ATTACHE_LLM_MODEL=local: a small model from the package index, run on this machine."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import LanguageModelError
from retrieval.llm import SECONDS, LanguageModel, Sends
from retrieval.llm_open import build, package_advice
from retrieval.llm_place import THIS_MACHINE, Place
from retrieval.local_pieces import QWEN, installed_pieces, join
from retrieval.local_server import LocalServer

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LOCAL = "local"


def open_local(
    data_dir: Path,
    *,
    sends: Sends,
    temperature: float,
    seconds: float = SECONDS,
    threads: int | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> LanguageModel:
    """The local model. Its file is joined and its server started when the first reply is wanted.

    It writes with `threads`, all cores where None. `tell` hears of what takes long.
    """
    file = data_dir / "models" / QWEN.name
    server = LocalServer(file, threads=threads)

    def make() -> BaseChatModel:
        if importlib.util.find_spec("xllamacpp") is None:
            raise LanguageModelError(
                "the local language model needs a package that is not installed; run: "
                f"{package_advice(LOCAL)}"
            )
        join(installed_pieces, file, tell=tell)
        tell("starting the local language model")
        url, key = server.start()
        place = Place(THIS_MACHINE, local=True, url=url)
        return build("openai", file.stem, place, temperature=temperature, seconds=seconds, key=key)

    return LanguageModel(
        make,
        name=LOCAL,
        provider=LOCAL,
        host=THIS_MACHINE,
        local=True,
        sends=sends,
        seconds=seconds,
        on_close=server.stop,
    )
