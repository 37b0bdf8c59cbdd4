"""`attache serve` as a process."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from retrieval.engine import Engine
from tests.e2e.running import NOW
from tests.emulator import PATIENCE, TOKEN, Person, Telegram

ATTACHE = Path(sys.executable).with_name("attache")


async def _start(engine: Engine, url: str, token: str = TOKEN) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        ATTACHE,
        "serve",
        cwd=engine.corpus_dir,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={
            "PATH": os.environ["PATH"],
            "TELEGRAM_BOT_TOKEN": token,
            "TELEGRAM_API_URL": url,
            "ATTACHE_DATA_DIR": str(engine.data_dir),
            "ATTACHE_CORPUS_DIR": str(engine.corpus_dir),
        },
    )


async def _end(process: asyncio.subprocess.Process) -> tuple[int | None, str, str]:
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def test_process_prints_a_code_serves_and_stops_on_a_signal(
    make_engine: Callable[..., Engine], telegram: Telegram, person: Callable[..., Person]
) -> None:
    """The code from the terminal makes an admin, who is served; SIGTERM ends with status 0."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    process = await _start(engine, telegram.url)
    assert process.stderr is not None
    try:
        async with asyncio.timeout(PATIENCE):
            seen = ""
            while "/start " not in seen:
                seen += (await process.stderr.readline()).decode()
        admin = person(3)
        await admin.asks("/start " + seen.rsplit("/start ", 1)[1].strip())
        assert "16 April 2020" in (await admin.asks("Vietnam and the UK in 2020")).text
        process.send_signal(signal.SIGTERM)
        code, out, err = await _end(process)
    finally:
        if process.returncode is None:
            process.kill()
    assert code == 0
    assert TOKEN not in seen + out + err
    assert "Traceback" not in seen + err


async def test_wrong_token_is_one_line_and_status_one(
    make_engine: Callable[..., Engine], telegram: Telegram
) -> None:
    """The token itself is not repeated."""
    process = await _start(make_engine(), telegram.url, "4242:wrong-token")
    code, out, err = await _end(process)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "does not accept TELEGRAM_BOT_TOKEN" in err
    assert "wrong-token" not in err


async def test_unreachable_server_is_one_line_and_status_one(
    make_engine: Callable[..., Engine], unused_tcp_port: int
) -> None:
    """It names the address that was tried."""
    url = f"http://127.0.0.1:{unused_tcp_port}"
    code, _, err = await _end(await _start(make_engine(), url))
    assert code == 1
    assert err == f"attache: cannot reach {url} (NetworkError)\n"


async def test_token_that_is_revoked_ends_the_process(
    make_engine: Callable[..., Engine], telegram: Telegram
) -> None:
    """A bot that can no longer hear must not look alive."""
    process = await _start(make_engine(), telegram.url)
    await telegram.until(lambda: any(c.method == "setMyCommands" for c in telegram.calls))
    telegram.accepted = "4242:another"
    code, _, err = await _end(process)
    assert code == 1
    assert err.splitlines()[-1].startswith("attache: Telegram does not accept")
    assert TOKEN not in err
    assert "Traceback" not in err
