"""Refused files: kept with the reason, left alone until they change."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from corpus import plan as planning
from corpus import quarantine
from corpus.catalogue import Catalogue
from corpus.plan import Plan
from corpus.preview import preview
from corpus.quarantine import Refused
from corpus.sources import Document, read

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)


class Desk:
    """A folder and a catalogue, and what one run after the other makes of them."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder = folder
        self.catalogue = catalogue

    def run(self, now: dt.datetime = NOW, sources: list[Path] | None = None) -> Plan:
        """Read as an ingest does, and keep what it keeps."""
        plan = Plan.begin(self.catalogue, self.folder, sources)
        for document in plan.documents:
            list(plan.read(document))
        rows = self.catalogue.engine
        quarantine.keep(rows, plan.quarantine.settled(*plan.refused(), now))
        return plan

    def listed(self) -> list[Refused]:
        return quarantine.refused(self.catalogue.engine)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text("The minister of Norway spoke in Oslo.", "utf-8")
    (folder / "bad.txt").write_bytes(b"\xff\xfa\x00 no text")
    catalogue = Catalogue.open(tmp_path / "data")
    yield Desk(folder, catalogue)
    catalogue.close()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read."""
    seen: list[str] = []

    def noted(document: Document, *stated: Mapping[str, str]) -> object:
        seen.append(document.source)
        return read(document, *stated)

    monkeypatch.setattr(planning, "read", noted)
    return seen


def test_a_refused_file_is_kept_with_its_reason_and_content(desk: Desk) -> None:
    """By the hash of what it holds."""
    plan = desk.run()
    (row,) = desk.listed()
    assert (row.source, row.path) == ("bad.txt", str(desk.folder / "bad.txt"))
    assert "binary file" in row.error
    assert row.digest == hashlib.sha256((desk.folder / "bad.txt").read_bytes()).hexdigest()
    assert row.since == "2026-01-15T00:00:00+00:00"
    assert [failure.source for failure in plan.failures] == ["bad.txt"]
    assert plan.unread == []


def test_it_is_not_read_again_and_still_named(desk: Desk, reads: list[str]) -> None:
    """Neither after a day nor where it was merely touched."""
    desk.run()
    before = desk.listed()
    reads.clear()
    for _ in range(2):
        plan = desk.run(LATER)
        assert [failure.error for failure in plan.failures] == [before[0].error]
        assert [document.source for document in plan.unread] == ["bad.txt"]
        os.utime(desk.folder / "bad.txt", ns=(1, 1))
    assert reads == ["good.txt", "good.txt"]
    assert [(row.source, row.since) for row in desk.listed()] == [("bad.txt", before[0].since)]


def test_it_is_read_once_it_changed(desk: Desk) -> None:
    """And leaves the list where it can be read now."""
    desk.run()
    (desk.folder / "bad.txt").write_text("The ambassador of Ghana replied.", "utf-8")
    plan = desk.run(LATER)
    assert plan.failures == []
    assert desk.listed() == []


def test_another_reason_is_another_entry(desk: Desk) -> None:
    """It changed, and is refused again."""
    desk.run()
    (desk.folder / "bad.txt").write_bytes(b"")
    desk.run(LATER)
    (row,) = desk.listed()
    assert (row.error, row.since) == ("empty", "2026-01-16T00:00:00+00:00")


def test_a_file_that_is_gone_is_no_longer_listed(desk: Desk) -> None:
    """Nobody can mend it."""
    desk.run()
    (desk.folder / "bad.txt").unlink()
    desk.run(LATER)
    assert desk.listed() == []


def test_new_rules_of_reading_try_everything_again(
    desk: Desk, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version may read what this one refuses."""
    desk.run()
    reads.clear()
    monkeypatch.setattr(quarantine, "READING", "another")
    desk.run(LATER)
    assert "bad.txt" in reads


def test_releasing_lets_all_be_read_again(desk: Desk, reads: list[str]) -> None:
    """An admin may want it."""
    desk.run()
    assert quarantine.count(desk.catalogue.engine) == 1
    assert quarantine.release(desk.catalogue.engine, made_by="console", now=NOW) == 1
    reads.clear()
    desk.run(LATER)
    assert "bad.txt" in reads


def test_what_a_machine_may_mend_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    """A file that vanished while it was to be read is tried again."""
    desk.folder.joinpath("bad.txt").unlink()
    gone = Document(tmp_path / "gone.txt", "gone.txt", "gone")
    plan = Plan.begin(desk.catalogue, desk.folder, None)
    plan.documents.append(gone)
    for document in plan.documents:
        list(plan.read(document))
    assert [failure.source for failure in plan.failures] == ["gone.txt"]
    assert plan.quarantine.settled(*plan.refused(), NOW) == []


def test_a_refused_line_does_not_keep_its_file_from_being_read(
    desk: Desk, reads: list[str]
) -> None:
    """It is listed with its file's content, and the other lines are taken each time."""
    (desk.folder / "a#b.jsonl").write_text('{"text": "One."}\nnot json\n', "utf-8")
    desk.run()
    reads.clear()
    desk.run(LATER)
    assert "a#b.jsonl" in reads
    row = next(row for row in desk.listed() if row.source == "a#b.jsonl#2")
    assert (row.file, row.is_whole_file, row.since[:10]) == ("a#b.jsonl", False, "2026-01-15")


def test_a_file_given_by_name_leaves_the_others_listed(desk: Desk, tmp_path: Path) -> None:
    """The list is of all files, whatever one run reads."""
    desk.run()
    (tmp_path / "other.txt").write_bytes(b"")
    desk.run(LATER, [tmp_path / "other.txt"])
    assert {row.source for row in desk.listed()} == {"bad.txt", str(tmp_path / "other.txt")}


def test_a_preview_changes_nothing_of_it(desk: Desk) -> None:
    """It says how many files would not be read."""
    found = preview(desk.catalogue, desk.folder, None)
    assert (len(found.failed), found.quarantined) == (1, 0)
    assert desk.listed() == []
    desk.run()
    found = preview(desk.catalogue, desk.folder, None)
    assert (len(found.failed), found.quarantined, len(found.new)) == (1, 1, 1)
