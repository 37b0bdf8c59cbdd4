"""What comes while work is being done is done together, and in order."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.batches import Batches


async def test_a_crowd_is_two_batches_and_each_gets_its_own_result() -> None:
    done: list[list[int]] = []
    go = threading.Event()

    def work(numbers: list[int]) -> list[bool]:
        go.wait()
        done.append(numbers)
        return [number % 2 == 0 for number in numbers]

    batches = Batches(work)
    first = asyncio.create_task(batches.put(0))
    await asyncio.sleep(0)
    others = [asyncio.create_task(batches.put(number)) for number in range(1, 50)]
    await asyncio.sleep(0)
    go.set()
    assert await first
    assert await asyncio.gather(*others) == [number % 2 == 0 for number in range(1, 50)]
    assert [number for batch in done for number in batch] == list(range(50))
    assert len(done) <= 3
    await asyncio.to_thread(batches.close)


async def test_an_error_goes_to_its_batch_alone() -> None:
    def work(numbers: list[int]) -> list[bool]:
        if 1 in numbers:
            raise ValueError("one")
        return [True] * len(numbers)

    batches = Batches(work)
    with pytest.raises(ValueError, match="one"):
        await batches.put(1)
    assert await batches.put(2)
    await asyncio.to_thread(batches.close)
