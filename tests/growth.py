"""How the time of something grows with its size, as a ratio within one run."""

from __future__ import annotations

import time
from collections.abc import Callable


def growth(run: Callable[[int], object], size: int, times: int) -> float:
    """How many times as long `run` takes at `times` the `size`; the best of three tries each."""

    def seconds(size: int) -> float:
        best = float("inf")
        for _ in range(3):
            began = time.process_time()
            run(size)
            best = min(best, time.process_time() - began)
        return best

    run(size)  # what is read at first use is no growth
    return seconds(times * size) / max(seconds(size), 0.001)
