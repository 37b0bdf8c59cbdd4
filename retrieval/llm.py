"""A language model that is asked for a text: time limit, retries, a log without the text.

What it is asked for and what its words mean is decided elsewhere. Whatever goes wrong is a
`LanguageModelError`; an answer is given without the model then.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import stamina
import structlog

from retrieval.errors import LanguageModelError, ModelSettingError
from retrieval.llm_call import Said, ask
from retrieval.llm_failures import KEY_REFUSED, CallFailedError
from retrieval.llm_loop import wait_for
from retrieval.llm_open import build, split_name, untraced
from retrieval.llm_place import THIS_MACHINE, place_of
from retrieval.metering import spent

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from pydantic import BaseModel

Sends = Literal["evidence", "question", "nothing"]

SECONDS = 60.0
"""How long a reply may take, waiting for its turn and further attempts included."""

AT_ONCE = 4
"""Calls of a remote model at the same time; a model on this machine needs all cores for one."""

ATTEMPTS = 3
FIRST_WAIT, LONGEST_WAIT = 0.5, 8.0
"""Seconds before another attempt, unless the server names its own."""

_HOLDS_TO_A_SCHEMA = {"local", "ollama"}
"""Providers whose servers bind any model to a schema; of the others LangChain's profiles tell."""

_log = structlog.stdlib.get_logger(__name__)


class Reply(str):
    """A model's words. `cut_off`: they end where the limit of tokens was, not where they should."""

    cut_off: bool = False


class LanguageModel:
    """A chat model behind one method, for any thread.

    `name` is what the setting says, `host` where its texts go, for people to read. `sends` is what
    leaves this machine: nothing at all with a `local` model, whatever the model is shown.
    `sees_question`: whether the person's own words may be shown to it.
    """

    def __init__(
        self,
        make: Callable[[], BaseChatModel],
        *,
        name: str,
        provider: str,
        host: str,
        local: bool,
        sends: Sends = "evidence",
        seconds: float = SECONDS,
        at_once: int | None = None,
        first_wait: float = FIRST_WAIT,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        """`make` is called at the first reply; what it raises then is a `LanguageModelError`.

        Raises `ModelSettingError` where nothing may leave this machine and the model is elsewhere.
        """
        if sends == "nothing" and not local:
            raise ModelSettingError(
                f"ATTACHE_LLM_SENDS=nothing, but the language model {name} is at {host}; set "
                "ATTACHE_LLM_MODEL to a model on this machine (local, or one of ollama), or "
                "ATTACHE_LLM_SENDS to evidence or question"
            )
        self.name, self.provider, self.host, self.local = name, provider, host, local
        self.sends: Sends = "nothing" if local else sends
        self.sees_question = local or sends == "question"
        self._make, self._on_close = make, on_close
        self._chat: BaseChatModel | None = None
        self._making = threading.Lock()
        self._seconds, self._first_wait = seconds, first_wait
        self._turns = asyncio.Semaphore(at_once or (1 if local else AT_ONCE))
        self._holds_to_schema: bool | None = None
        self.key_refused: bool | None = None
        """Whether the key was refused when it was last looked at; None before that."""

    @classmethod
    def of(cls, chat: BaseChatModel, **options: Any) -> LanguageModel:
        """Around a chat model that is there already; `options` as of the constructor."""
        usual = {"provider": "given", "host": THIS_MACHINE, "local": True}
        return cls(lambda: chat, **{"name": type(chat).__name__, **usual, **options})

    def reply(
        self,
        system: str,
        user: str,
        *,
        purpose: str,
        prompt_version: str,
        max_tokens: int,
        schema: type[BaseModel] | None = None,
    ) -> Reply:
        """The model's words on `user`, under the instruction `system`.

        A model that can be held to a schema is held to `schema`, and its words are JSON then, cut
        off perhaps. They are not looked at here.

        Raises `LanguageModelError` when there are none, at the latest after the time limit.
        """
        started = time.perf_counter()
        said, outcome = None, "stopped"
        try:
            chat = self._ready()
            started = time.perf_counter()
            said = wait_for(self._patiently(chat, system, user, max_tokens, schema))
            outcome = "cut off" if said.cut_off else "replied"
        except CallFailedError as failure:
            outcome = failure.outcome
            if outcome == "unreachable":
                self._chat = None  # made anew for the next call: a local server may have died
            # Not chained: the libraries' errors quote keys and texts, and tracebacks are logged.
            raise LanguageModelError(
                f"the language model {self.name} at {self.host} {failure.fact}; {failure.advice}",
                outcome=outcome,
            ) from None
        except LanguageModelError as error:
            outcome = error.outcome
            raise
        finally:
            if said or outcome == KEY_REFUSED:
                self.key_refused = said is None
            (_log.info if said else _log.warning)(
                "language model asked",
                purpose=purpose,
                prompt_version=prompt_version,
                provider=self.provider,
                model=self.name,
                host=self.host,
                tokens_in=said.tokens_in if said else None,
                tokens_out=said.tokens_out if said else None,
                seconds=round(time.perf_counter() - started, 3),
                outcome=outcome,
            )
        spent(said.tokens_in, system + user)
        spent(said.tokens_out, said.text)
        reply = Reply(said.text)
        reply.cut_off = said.cut_off
        return reply

    def close(self) -> None:
        """Let go of what runs for this model alone."""
        self._on_close()

    def _ready(self) -> BaseChatModel:
        with self._making:  # who comes meanwhile waits for the same one
            if self._chat is None:
                untraced()
                self._chat = self._make()
                able = (self._chat.profile or {}).get("structured_output", False)
                self._holds_to_schema = able or self.provider in _HOLDS_TO_A_SCHEMA
            return self._chat

    async def _patiently(
        self,
        chat: BaseChatModel,
        system: str,
        user: str,
        max_tokens: int,
        schema: type[BaseModel] | None,
    ) -> Said:
        """Ask when it is our turn, again where that may help, within the time limit."""
        failure: CallFailedError | None = None
        try:
            async with asyncio.timeout(self._seconds), self._turns:
                async for attempt in stamina.retry_context(
                    on=_again,
                    attempts=ATTEMPTS,
                    timeout=None,
                    wait_initial=self._first_wait,
                    wait_max=LONGEST_WAIT,
                ):
                    with attempt:
                        try:
                            return await self._held(chat, system, user, max_tokens, schema)
                        except CallFailedError as error:
                            failure = error
                            raise
        except TimeoutError:
            pass
        raise failure or CallFailedError(
            "timed out",
            f"did not answer within {self._seconds:g} seconds",
            "try again, or raise ATTACHE_LLM_TIMEOUT",
        )

    async def _held(
        self,
        chat: BaseChatModel,
        system: str,
        user: str,
        max_tokens: int,
        schema: type[BaseModel] | None,
    ) -> Said:
        """Ask once, with the schema where the model takes one."""
        if schema is None or not self._holds_to_schema:
            return await ask(chat, system, user, max_tokens)
        try:
            return await ask(chat, system, user, max_tokens, schema)
        except CallFailedError as failure:
            if failure.outcome != "rejected":
                raise
        # A server may carry a known model's name and not its abilities.
        said = await ask(chat, system, user, max_tokens)
        self._holds_to_schema = False
        return said


def open_model(
    name: str,
    *,
    sends: Sends,
    temperature: float,
    seconds: float = SECONDS,
    url_of: Callable[[str], str | None] = lambda _: None,
) -> LanguageModel:
    """The model "provider:model", as LangChain's `init_chat_model` knows them; made when needed.

    `url_of` gives the address of a provider's server where it is not the usual one.

    Raises `ModelSettingError`.
    """
    provider, model = split_name(name)
    place = place_of(provider, model, url_of(provider))
    return LanguageModel(
        lambda: build(provider, model, place, temperature=temperature, seconds=seconds),
        name=f"{provider}:{model}",
        provider=provider,
        host=place.host,
        local=place.local,
        sends=sends,
        seconds=seconds,
    )


def _again(error: Exception) -> bool | float:
    if not isinstance(error, CallFailedError) or not error.transient:
        return False
    return True if error.wait is None else error.wait
