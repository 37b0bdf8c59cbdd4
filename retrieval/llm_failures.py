"""What a failed call of a language model means, whatever library it went through."""

from __future__ import annotations

from typing import Any, cast

from langchain_core import exceptions

KEY_REFUSED = "key refused"


class CallFailedError(Exception):
    """A call gave no reply. `outcome` is a word or two for the log, `fact` and `advice` for people.

    `transient`: another attempt may succeed; `wait`: the seconds the server asked for before it.
    """

    def __init__(
        self,
        outcome: str,
        fact: str,
        advice: str,
        *,
        transient: bool = False,
        wait: float | None = None,
    ) -> None:
        super().__init__(outcome)
        self.outcome, self.fact, self.advice = outcome, fact, advice
        self.transient, self.wait = transient, wait


def failure_of(error: Exception) -> CallFailedError:
    """What an error of the libraries means.

    LangChain classes those of its own providers; the others are told by their HTTP status or, where
    there is none, by the names that HTTP libraries share.
    """
    status = _status(error)
    response = getattr(error, "response", None)
    match error:
        case exceptions.ModelAuthenticationError() | exceptions.ModelPermissionDeniedError():
            status = status or 401
        case exceptions.ModelNotFoundError():
            status = status or 404
        case exceptions.ModelRateLimitError():
            status = status or 429
        case exceptions.ModelAPIError():
            status = status or 500
        case exceptions.ModelInvalidRequestError() | exceptions.ContextOverflowError():
            status = status or 400
        case exceptions.ModelConnectionError() | exceptions.ModelTimeoutError() | ConnectionError():
            return _unreachable()
        case _ if _is_transport(error):
            return _unreachable()
    if status is None:
        kind = type(error).__name__
        return CallFailedError(
            "unreadable", f"sent what cannot be read ({kind})", "see whether its address is right"
        )
    if status in {401, 403}:
        return CallFailedError(KEY_REFUSED, "refused the key", "check the key and its rights")
    if status == 404:
        return CallFailedError(
            "not found", "is not known there", "check ATTACHE_LLM_MODEL and the server's address"
        )
    if status == 429:
        return CallFailedError(
            "too many requests",
            "refused one more request for now",
            "wait a while, or look at the account's limits",
            transient=True,
            wait=_retry_after(response),
        )
    if status in {408, 409} or status >= 500:
        return CallFailedError(
            "server error", f"failed (HTTP {status})", "try again later", transient=True
        )
    return CallFailedError(
        "rejected", f"rejected the request (HTTP {status})", "choose another model"
    )


def _unreachable() -> CallFailedError:
    return CallFailedError(
        "unreachable",
        "cannot be reached",
        "check the network and that the server runs",
        transient=True,
    )


def _status(error: Exception) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int) and status >= 400:
            return status
    return None


def _is_transport(error: Exception) -> bool:
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"TransportError", "APIConnectionError", "TimeoutException"})


def _retry_after(response: Any) -> float | None:
    headers = cast("dict[str, str]", getattr(response, "headers", None) or {})
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None  # none, or a date: the usual wait
