"""The commands on what is taken in: quarantine, columns, rights and review, as scripts use them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands import attache

TEXT = "The minister of Norway met the ambassador of Ghana in Oslo on 4 May."


class House:
    """A corpus folder, and the command over it."""

    def __init__(self, folder: Path, data_dir: Path) -> None:
        self.folder, self._data_dir = folder, data_dir

    def run(self, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        settings = {
            "ATTACHE_DATA_DIR": str(self._data_dir),
            "ATTACHE_CORPUS_DIR": str(self.folder),
            "ATTACHE_NOW": "2026-01-15T12:00:00Z",
        }
        done = attache(*arguments, settings=settings, folder=self.folder.parent)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    def objects(self, *arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run(*arguments, "--json").stdout.splitlines()]


@pytest.fixture
def house(tmp_path: Path, new_data_dir: Callable[[], Path]) -> House:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT, "utf-8")
    return House(folder, new_data_dir())


def test_a_refused_file_is_listed_until_it_changes(house: House) -> None:
    """Told at each ingest, in the preview, in the status and in a list of its own."""
    (house.folder / "bad.txt").write_bytes(b"")
    (first,) = house.objects("ingest")
    assert (len(first["failed"]), first["quarantined"]) == (1, 0)
    (again,) = house.objects("ingest")
    assert (len(again["failed"]), again["quarantined"]) == (1, 1)
    (preview,) = house.objects("ingest", "--dry-run")
    assert (preview["quarantined"], preview["forecast"]) == (1, None)
    (status,) = house.objects("status")
    assert status["quarantined"] == 1
    (row,) = house.objects("quarantine")
    assert (row["source"], row["error"], row["whole_file"]) == ("bad.txt", "empty", True)
    assert len(row["hash"]) == 64
    assert "not read again" in house.run("ingest").stderr
    assert "reads 1 of them again" in house.run("quarantine", "--retry").stdout
    assert house.objects("quarantine") == []


def test_columns_are_stated_listed_and_forgotten(house: House) -> None:
    """A table that lacks one of them is told at once."""
    table = house.folder / "a.csv"
    table.write_text(f"Betreff,Wortlaut\nFishing,{TEXT}\n", "utf-8")
    (report,) = house.objects("ingest")
    assert "found: Betreff, Wortlaut" in report["failed"][0]["error"]
    wrong = house.run("sources", "add", "a.csv", "--columns", "text=Inhalt", code=2)
    assert "lacks the column “Inhalt”" in wrong.stderr
    (stated,) = house.objects("sources", "add", str(table), "--columns", "text=Wortlaut")
    assert (stated["source"], stated["columns"]) == ("a.csv", {"text": "Wortlaut"})
    (report,) = house.objects("ingest")
    assert (report["added"], report["failed"]) == (1, [])
    assert [each["source"] for each in house.objects("sources", "columns")] == ["a.csv"]
    assert house.objects("sources", "columns", "a.csv", "--forget") == []
    assert "attache ingest" in house.run("sources", "add", str(table), code=2).stderr


def test_rights_are_listed_and_stated(house: House) -> None:
    """For uploads and for what was taken in; anything else is refused."""
    house.run("ingest")
    (uploads,) = house.objects("sources", "rights")
    assert (uploads["source"], uploads["send_whole"], uploads["to_model"]) == (
        "upload",
        False,
        False,
    )
    told = house.run("sources", "rights", "good.txt", "--remote", "off").stdout
    assert told == "good.txt  whole: on  remote: off\n"
    (one,) = house.objects("sources", "rights", "good.txt")
    assert (one["send_whole"], one["to_model"], one["set_by"]) == (True, False, "console")
    (upload,) = house.objects("sources", "rights", "upload")
    assert upload["send_whole"] is False
    assert "no article" in house.run("sources", "rights", "x", "--whole", "on", code=2).stderr
    assert "on or off" in house.run("sources", "rights", "upload", "--whole", "y", code=2).stderr
    assert "rights  source=good.txt" in house.run("audit").stdout


def test_doubtful_dates_are_listed_until_they_are_accepted(house: House) -> None:
    """With the words that they rest on."""
    house.run("ingest")
    (doubt,) = house.objects("review")
    assert (doubt["article"], doubt["reasons"]) == ("good", ["year unknown"])
    assert "4 May" in doubt["event"]["evidence"]
    assert "The year is not stated." in house.run("review").stdout
    assert house.objects("review", "--accept", "good") == []
    assert "no article" in house.run("review", "--accept", "x", code=2).stderr


def test_a_dry_run_says_how_long_it_would_take(house: House) -> None:
    """Measured where no ingest has told yet; and what the years rest on."""
    (preview,) = house.objects("ingest", "--dry-run")
    forecast = preview["forecast"]
    assert (forecast["articles"], forecast["sampled"]) == (1, 1)
    assert forecast["years"] == {"stated": 0, "published": 0, "inferred": 0, "unknown": 1}
    assert 0 < forecast["seconds"] < 60
    assert "Time needed: less than a minute." in house.run("ingest", "--dry-run").stdout
