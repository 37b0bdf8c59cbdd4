"""Indexes made whole again, and copies of everything taken and brought back while it is used."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.conversations import Place
from bot.subscriptions import Subscription, Subscriptions
from corpus.errors import CatalogueError, SourceError
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine
from retrieval.upkeep import back_up, override, repair_indexes, restore
from tests.commands import attache

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
QUESTION = "who met the ambassador?"


@pytest.fixture
def engine(tmp_path: Path, new_data_dir: Callable[[], Path]) -> Iterator[Engine]:
    """Two articles in version 1."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("The minister met the ambassador on 5 May 2021 in Paris.")
    (folder / "b.txt").write_text("The president opened a bridge on 6 June 2022 in Accra.")
    made = Engine(new_data_dir(), folder, BUNDLED)
    made.ingest(None, now=NOW)
    yield made
    made.close()


def told(engine: Engine) -> list[str]:
    answer = engine.ask(QUESTION, today=NOW.date())
    return [each.citation.quote for each in answer.quotations()]


@pytest.mark.parametrize("lost", ["chroma", "words", "tokens"])
def test_what_is_lost_of_the_indexes_is_made_anew(engine: Engine, lost: str) -> None:
    before = told(engine)
    engine.close()
    shutil.rmtree(engine.data_dir / lost)
    again = Engine(engine.data_dir, engine.corpus_dir, BUNDLED)
    done = repair_indexes(again, now=NOW)
    assert done.healed
    assert done.version.number == 2
    assert told(again) == before
    assert not repair_indexes(again, now=NOW).healed
    again.close()


@pytest.mark.parametrize(
    "damaged", ["chroma/chroma.sqlite3", "words/meta.json", "tokens/*.sqlite3"]
)
def test_what_is_damaged_is_made_anew_by_one_command(engine: Engine, damaged: str) -> None:
    engine.close()
    (file,) = engine.data_dir.glob(damaged)
    file.write_bytes(b"\x01garbage" * 4000)
    settings = {
        "ATTACHE_DATA_DIR": str(engine.data_dir),
        "ATTACHE_CORPUS_DIR": str(engine.corpus_dir),
    }

    def run(*command: str) -> str:
        done = attache(*command, settings=settings, folder=engine.data_dir)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert f"Made anew: {file.parent.name}." in run("repair")
    assert "index: whole" in run("status")
    assert "The minister met the ambassador" in run("ask", QUESTION)


def test_nothing_can_be_repaired_before_there_is_a_corpus(
    tmp_path: Path, new_data_dir: Callable[[], Path]
) -> None:
    engine = Engine(new_data_dir(), tmp_path, BUNDLED)
    with pytest.raises(SourceError, match="attache ingest"):
        repair_indexes(engine, now=NOW)
    engine.close()


def test_a_backup_brings_everything_back_while_others_read(
    engine: Engine, tmp_path: Path, new_data_dir: Callable[[], Path]
) -> None:
    """Articles, corrections, versions and subscriptions; who reads sees it at once."""
    override(engine, "a", "outlet", "Right Herald", now=NOW)
    subscriptions = Subscriptions(engine.catalogue.engine)
    subscriptions.put(Subscription(Place(5), 5, "fr", "Europe/Paris"))
    reader = Engine(engine.data_dir, engine.corpus_dir, BUNDLED)
    before, versions = told(reader), len(engine.versions())
    file = tmp_path / "copy.attache"
    assert back_up(engine, file) == file.stat().st_size
    (engine.corpus_dir / "a.txt").write_text("The minister met nobody at all on 7 May 2021.")
    (engine.corpus_dir / "c.txt").write_text("A third article on 8 August 2023 in Rome.")
    engine.ingest(None, now=NOW)
    override(engine, "b", "hidden", True, now=NOW)
    subscriptions.drop(1)
    assert told(reader) != before
    version = restore(engine, file, now=NOW)
    assert version.number > versions + 2
    for each in (reader, engine):
        assert told(each) == before
        assert [article.id for article in each.articles()] == ["a", "b"]
    assert engine.articles()[0].outlet == "Right Herald"
    assert engine.status()["index"] == "whole"
    assert [each.language for each in subscriptions.of(Place(5))] == ["fr"]
    reader.close()
    # In a folder that never saw it, too.
    other = Engine(new_data_dir(), engine.corpus_dir, BUNDLED)
    restore(other, file, now=NOW)
    assert told(other) == before
    assert other.status()["index"] == "whole"
    other.close()


def test_a_backup_is_never_written_over(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "there"
    file.write_text("mine")
    with pytest.raises(CatalogueError, match="is there already"):
        back_up(engine, file)
    assert file.read_text() == "mine"
    with pytest.raises(CatalogueError, match="cannot be written"):
        back_up(engine, tmp_path / "nowhere" / "copy")


@pytest.mark.parametrize("content", [None, b"", b"no database", "other", "cut"])
def test_what_is_no_backup_changes_nothing(
    engine: Engine, tmp_path: Path, content: bytes | str | None
) -> None:
    before = told(engine)
    file = tmp_path / "copy"
    if content == "other":
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE revision (id)")
    elif content == "cut":
        back_up(engine, file)
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif isinstance(content, bytes):
        file.write_bytes(content)
    with pytest.raises(CatalogueError):
        restore(engine, file, now=NOW)
    assert told(engine) == before
    assert not list(engine.data_dir.glob("restore-*"))
