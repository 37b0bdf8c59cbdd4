"""The `attache` command: every error is one line on standard error, never a traceback."""

from __future__ import annotations

import gc
import os
import sys

from bot.commands import asking, corpus, digest, serving, sources, upkeep  # noqa: F401 - they add their commands
from bot.commands.base import app

_COLLECTED_EVERY = 100_000
"""New objects between two runs of Python's collector. It runs hundreds of times while modules and
tables load, finds nothing, and takes a tenth of a cold start."""


_OURS_ALONE = 0o077
"""What nobody but the account may do with what we write: it holds people's ids and questions."""


def main() -> None:
    """Run the command; every error is one line on standard error."""
    os.umask(_OURS_ALONE)
    gc.set_threshold(_COLLECTED_EVERY)
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:  # the last line of defence
        sys.stderr.write(f"attache: {_noted(error)}\n")
        sys.exit(1)


def _noted(error: Exception) -> str:
    """One line on an error that nobody foresaw; its traceback goes to a file."""
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    with tempfile.NamedTemporaryFile(
        "w", prefix="attache-error-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write("".join(traceback.format_exception(error)))
    return f"an error nobody foresaw ({type(error).__name__}); the details are in {file.name}"
