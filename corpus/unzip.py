"""What a zip file may unpack to."""

from __future__ import annotations

import zipfile

from corpus.errors import SourceError

MOST_BYTES = 500_000_000
MOST_FILES = 20_000
_MOST_TIMES = 200  # what text is packed to; more is a bomb
_SMALL = 1_000_000


def check_sizes(archive: zipfile.ZipFile) -> None:
    """Raise `SourceError` for an archive that says it unpacks to too much, or is locked."""
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise SourceError(
            "holds %(files)s files, more than %(most)s",
            files=f"{len(infos):,}",
            most=f"{MOST_FILES:,}",
        )
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise SourceError("unpacks to more than %(most)s bytes", most=f"{MOST_BYTES:,}")
    for info in infos:
        if info.flag_bits & 1:
            raise SourceError("is locked with a password")
        if info.file_size > max(_SMALL, _MOST_TIMES * info.compress_size):
            raise SourceError("unpacks to far more than it is, as no articles do")
