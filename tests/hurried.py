"""An event loop whose clock jumps to the next thing that waits: minutes pass at once, in order."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

_Result = TypeVar("_Result")


class _Hurried(selectors.DefaultSelector):
    """Waits for nothing, and says that it has waited."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        self.now += timeout or 0.0
        return super().select(timeout if timeout is None else 0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._hurried = _Hurried()
        super().__init__(self._hurried)

    def time(self) -> float:
        return self._hurried.now


def run(main: Coroutine[Any, Any, _Result]) -> _Result:
    """Run what uses no threads and no network."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(main)
