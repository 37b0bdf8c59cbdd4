"""Ingest: incremental, whole or not at all, careful with removals."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import BusyError, SourceError
from corpus.ingest import BATCH, Report, writing
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine
from tests.commands import attache

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)


class House:
    """A corpus folder and a data folder with an engine."""

    def __init__(self, folder: Path, data_dir: Path) -> None:
        self.folder = folder
        self.data_dir = data_dir
        self.engine = Engine(data_dir, folder, BUNDLED)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def ingest(self, *sources: Path, confirm_removals: bool = False) -> Report:
        return self.engine.ingest(list(sources) or None, now=NOW, confirm_removals=confirm_removals)

    def ids(self) -> list[str]:
        return [article.id for article in self.engine.articles()]

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "ATTACHE_DATA_DIR": str(self.data_dir),
            "ATTACHE_CORPUS_DIR": str(self.folder),
            "ATTACHE_NOW": NOW.isoformat(),
        }


@pytest.fixture
def house(tmp_path: Path, new_data_dir: Callable[[], Path]) -> Iterator[House]:
    folder = tmp_path / "articles"
    folder.mkdir()
    made = House(folder, new_data_dir())
    yield made
    made.engine.close()


def _story(number: int) -> str:
    return (
        f"The minister of Ruritania number {number} met the ambassador of Canada on "
        f"{number % 27 + 1} May 2021. They discussed trade in goods of kind {number}."
    )


def test_unchanged_articles_are_left_alone(house: House) -> None:
    """A second ingest of the same folder changes nothing, not even the version."""
    house.write("a.txt", _story(1))
    house.write("b.txt", _story(2))
    first = house.ingest()
    second = house.ingest()
    assert (first.added, first.unchanged, first.version) == (2, 0, 1)
    assert (second.added, second.unchanged, second.version) == (0, 2, 1)


def test_a_changed_article_replaces_its_old_text(house: House) -> None:
    """The id stays, the words are the new ones, in the catalogue and in answers."""
    house.write("a.txt", _story(1))
    house.ingest()
    house.write("a.txt", _story(1).replace("trade in goods", "fishing quotas"))
    report = house.ingest()
    assert (report.added, report.changed, report.removed) == (0, 1, 0)
    found = house.engine.search("fishing quotas", k=5, today=NOW.date()).found
    assert {item.passage.article_id for item in found} == {"a"}
    assert all("trade in goods" not in item.passage.text for item in found)


def test_an_article_gone_from_the_folder_is_removed(house: House) -> None:
    """One of six may go without asking."""
    for number in range(6):
        house.write(f"{number}.txt", _story(number))
    house.ingest()
    (house.folder / "3.txt").unlink()
    report = house.ingest()
    assert report.removed == 1
    assert house.ids() == ["0", "1", "2", "4", "5"]


def test_many_articles_gone_are_kept_until_confirmed(house: House) -> None:
    """A folder that shrank by more than a fifth removes nothing without a word."""
    for number in range(6):
        house.write(f"{number}.txt", _story(number))
    house.ingest()
    for number in range(2):
        (house.folder / f"{number}.txt").unlink()
    report = house.ingest()
    assert (report.removed, len(house.ids())) == (0, 6)
    assert "--confirm-removals" in report.notices[0]
    assert house.ingest(confirm_removals=True).removed == 2
    assert len(house.ids()) == 4


def test_an_empty_folder_removes_nothing(house: House) -> None:
    """An unmounted disk is not an order to forget."""
    house.write("a.txt", _story(1))
    house.ingest()
    (house.folder / "a.txt").unlink()
    assert house.ingest().removed == 0
    assert house.ids() == ["a"]


def test_a_missing_folder_is_an_error_and_removes_nothing(house: House) -> None:
    """The folder is named; the version in service stays."""
    house.write("a.txt", _story(1))
    house.ingest()
    house.folder.rename(house.folder.with_name("elsewhere"))
    with pytest.raises(SourceError, match="articles"):
        house.ingest()
    assert house.ids() == ["a"]


def test_articles_added_otherwise_are_not_removed_by_the_folder(
    house: House, tmp_path: Path
) -> None:
    """Only what came from the folder goes with it."""
    other = tmp_path / "other.txt"
    other.write_text(_story(99))
    house.write("a.txt", _story(1))
    house.ingest()
    house.ingest(other)
    assert house.ingest().removed == 0
    assert house.ids() == ["a", "other"]


def test_a_file_that_became_unreadable_keeps_its_article(house: House) -> None:
    """Damage is reported; what was known stays."""
    for number in range(6):
        house.write(f"{number}.txt", _story(number))
    house.ingest()
    (house.folder / "3.txt").write_bytes(b"\xff\xfe\xff")
    report = house.ingest()
    assert [failure.source for failure in report.failed] == ["3.txt"]
    assert report.removed == 0
    assert "3" in house.ids()


def test_two_files_of_one_name_are_two_articles(house: House, tmp_path: Path) -> None:
    """A name that is taken by another source never overwrites its article."""
    house.write("a.txt", _story(1))
    house.ingest()
    other = tmp_path / "a.txt"
    other.write_text(_story(2))
    house.ingest(other)
    assert house.ids() == ["a", "a-2"]
    assert house.ingest(other).unchanged == 1


def test_a_given_id_is_kept_and_a_duplicate_is_refused(house: House, tmp_path: Path) -> None:
    """Of two lines with one id the first is taken and the second named."""
    path = tmp_path / "x.jsonl"
    path.write_text(
        "\n".join(json.dumps({"id": "same", "text": _story(n)}) for n in (1, 2)), encoding="utf-8"
    )
    report = house.ingest(path)
    assert house.ids() == ["same"]
    assert [failure.source for failure in report.failed] == [f"{path}#2"]


def test_a_given_id_that_a_file_has_never_loses_the_file(house: House) -> None:
    """The file's article gets another id."""
    house.write("a.txt", _story(1))
    house.ingest()
    house.write("0.md", "---\nid: a\n---\n" + _story(2))
    house.ingest()
    texts = [article.text for article in house.engine.articles()]
    assert any("kind 1" in text for text in texts)
    assert any("kind 2" in text for text in texts)


def test_given_fields_win(house: House, tmp_path: Path) -> None:
    """What the source states is not inferred."""
    path = tmp_path / "x.jsonl"
    fields = {"id": "i", "text": _story(1), "title": "T", "outlet": "O", "published": "2021-06-01"}
    path.write_text(json.dumps(fields | {"language": "fr", "url": "https://example.org/a"}))
    house.ingest(path)
    (article,) = house.engine.articles()
    assert (article.title, article.outlet, article.language, article.url, article.published) == (
        "T",
        "O",
        "fr",
        "https://example.org/a",
        dt.date(2021, 6, 1),
    )


def test_another_process_sees_the_new_version(house: House) -> None:
    """A running reader answers from what another process has published since."""
    house.write("a.txt", _story(1))
    house.ingest()
    assert house.engine.search("goods of kind 2", k=5, today=NOW.date()).version == 1
    house.write("b.txt", _story(2))
    assert attache("ingest", settings=house.environment(), folder=house.folder).returncode == 0
    result = house.engine.search("goods of kind 2", k=5, today=NOW.date())
    assert result.version == 2
    assert result.found[0].passage.article_id == "b"
    assert result.found[0].score > 0


_KILLED = """
import os, signal, sys
from {module} import {owner}
real = {owner}.{method}
calls = 0
def deadly(self, *args, **kwargs):
    global calls
    calls += 1
    if calls == {call} and {before}:
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(self, *args, **kwargs)
    if calls == {call}:
        os.kill(os.getpid(), signal.SIGKILL)
    return result
{owner}.{method} = deadly
sys.argv = ["attache", "ingest"]
from bot.cli import main
main()
"""


@pytest.mark.parametrize(
    ("module", "owner", "method", "call", "before"),
    [
        ("retrieval.vectors", "VectorIndex", "add", 2, True),
        ("retrieval.vectors", "VectorIndex", "add", 1, False),
        ("retrieval.lexical", "LexicalIndex", "add", 2, False),
        ("retrieval.token_store", "TokenStore", "add", 2, False),
        ("corpus.catalogue", "Catalogue", "stage", 2, False),
        ("corpus.catalogue", "Catalogue", "publish", 1, True),
        ("corpus.catalogue", "Catalogue", "publish", 1, False),
        ("retrieval.index", "PassageIndex", "keep", 1, True),
    ],
)
def test_killed_anywhere_the_old_version_stays_and_a_second_ingest_ends_the_work(
    house: House, module: str, owner: str, method: str, call: int, before: bool
) -> None:
    """kill -9 at each step: readers see one whole version, nothing is lost, nothing doubled."""
    house.write("old.txt", _story(500))
    house.ingest()
    for number in range(BATCH + 8):
        house.write(f"n{number:03}.txt", _story(number))
    code = _KILLED.format(module=module, owner=owner, method=method, call=call, before=before)
    run = subprocess.run(
        [sys.executable, "-c", code], env=house.environment(), capture_output=True, check=False
    )
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()
    seen = len(house.ids())
    assert seen in {1, BATCH + 9}
    status = house.engine.status()
    assert status["index"] == "whole"
    report = house.ingest()
    assert report.added == BATCH + 9 - seen
    assert len(house.ids()) == BATCH + 9
    assert house.engine.status()["index"] == "whole"
    result = house.engine.search("goods of kind 17", k=3, today=NOW.date())
    assert result.found[0].passage.article_id == "n017"


def test_lost_indexes_are_rebuilt_from_the_catalogue(house: House) -> None:
    """All search indexes are derived: without them an ingest makes them anew."""
    import shutil  # noqa: PLC0415

    house.write("a.txt", _story(1))
    house.ingest()
    house.engine.close()
    shutil.rmtree(house.data_dir / "chroma")
    shutil.rmtree(house.data_dir / "words")
    shutil.rmtree(house.data_dir / "tokens")
    house.engine = Engine(house.data_dir, house.folder, BUNDLED)
    house.ingest()
    assert house.engine.status()["index"] == "whole"
    assert house.engine.search("goods", k=1, today=NOW.date()).found


def test_a_second_ingest_says_who_holds_the_lock(house: House) -> None:
    """Two writers at once: the second is told by whom and since when."""
    with (
        writing(house.data_dir, wait=True, on_wait=lambda _: None),
        pytest.raises(BusyError, match=f"process {os.getpid()}"),
    ):
        house.engine.ingest(None, now=NOW, wait=False)


def test_a_second_ingest_can_wait_its_turn(house: House) -> None:
    """With patience both ingests do their work, one after the other."""
    house.write("a.txt", _story(1))
    waiting = threading.Event()
    done: list[Report] = []

    def second() -> None:
        done.append(house.engine.ingest(None, now=NOW, on_wait=lambda _: waiting.set()))

    thread = threading.Thread(target=second)
    with writing(house.data_dir, wait=True, on_wait=lambda _: None):
        thread.start()
        assert waiting.wait(30)
        assert not done
    thread.join(60)
    assert done[0].added == 1


def test_questions_are_answered_while_an_ingest_runs(house: House) -> None:
    """Readers keep the old version until the new one is whole."""
    house.write("old.txt", _story(500))
    house.ingest()
    for number in range(BATCH + 8):
        house.write(f"n{number:03}.txt", _story(number))
    versions = set()
    thread = threading.Thread(target=house.ingest)
    thread.start()
    while thread.is_alive():
        result = house.engine.search("trade", k=50, today=NOW.date())
        versions.add((result.version, len({item.passage.article_id for item in result.found}) > 1))
    thread.join()
    assert versions <= {(1, False), (2, True)}
    assert (1, False) in versions
