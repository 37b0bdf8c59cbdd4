"""One event loop for all calls of language models, in a thread of its own.

Only a coroutine can be stopped in the middle, whatever the other side does: a server that sends a
byte now and then never runs into a timeout of the HTTP libraries.
"""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

_Result = TypeVar("_Result")
_STARTING = threading.Lock()


def wait_for(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Run `work` on the loop and return its result. For any thread but the loop's own."""
    with _STARTING:  # the first two calls at once, too, must meet on one loop
        loop = _loop()
    future = asyncio.run_coroutine_threadsafe(work, loop)
    try:
        return future.result()
    except BaseException:  # Ctrl-C, too, must end the call
        future.cancel()
        raise


@functools.cache
def _loop() -> asyncio.AbstractEventLoop:
    # One for the process: the libraries keep connections for the next call, and those belong to
    # the loop that opened them.
    loop = asyncio.new_event_loop()
    loop.set_default_executor(_Daemons())
    threading.Thread(target=loop.run_forever, name="language-model", daemon=True).start()
    return loop


class _Daemons(ThreadPoolExecutor):
    """Runs what cannot be stopped in threads that do not keep the program from ending.

    Providers without asynchronous calls come here; so does the look-up of a host's name.
    """

    def submit(self, fn: Callable[..., _Result], /, *args: Any, **kwargs: Any) -> Future[_Result]:
        future: Future[_Result] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:  # whoever waits is told
                future.set_exception(error)
            else:
                future.set_result(result)

        threading.Thread(target=run, name="language-model-call", daemon=True).start()
        return future
