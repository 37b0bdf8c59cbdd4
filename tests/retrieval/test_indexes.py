"""The pools of passages, and what a change of model or a loss does."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.split import PassageWords
from retrieval.embedding import BUNDLED, Embedder, Kind, Reading, Vectors
from retrieval.engine import Engine
from retrieval.errors import DamagedIndexError, StaleIndexError
from retrieval.index import PassageIndex
from retrieval.lexical import LexicalIndex
from retrieval.space import Space
from tests.commands import attache

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)


class Other(Embedder):
    """The same vectors under another name: another model, as far as an index can know."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.fingerprint = "other", "f" * 32
        self.dimension, self.max_tokens = embedder.dimension, embedder.max_tokens

    def encode(self, texts: list[str], kind: Kind) -> Vectors:  # type: ignore[override]
        return self._embedder.encode(texts, kind)

    def read(self, texts: list[str], kind: Kind) -> list[Reading]:  # type: ignore[override]
        return self._embedder.read(texts, kind)

    def count_tokens(self, text: str, kind: Kind = "passage") -> int:
        return self._embedder.count_tokens(text, kind)


def _words(**texts: str) -> dict[str, PassageWords]:
    return {key: PassageWords(text, len(text), "vi") for key, text in texts.items()}


def test_words_are_found_without_accents_and_case(tmp_path: Path) -> None:
    """ "To Anh Dung" finds Tô Anh Dũng."""
    index = LexicalIndex(tmp_path)
    index.add(_words(a="Thứ trưởng Tô Anh Dũng điện đàm", b="Đại sứ Phạm Quang Hiệu họp"))
    assert [key for key, _ in index.search("To Anh Dung", 5)] == ["a"]
    assert [key for key, _ in index.search("DAI SU", 5)] == ["b"]


def test_a_slip_in_a_longer_word_is_forgiven_on_request(tmp_path: Path) -> None:
    """One letter may differ in words of five letters or more."""
    index = LexicalIndex(tmp_path)
    index.add(_words(a="Grigory Karasin promised", b="other words"))
    assert index.search("Karasim", 5) == []
    assert [key for key, _ in index.search("Karasim", 5, slips=True)] == ["a"]


def test_a_key_is_indexed_once(tmp_path: Path) -> None:
    """Adding it again replaces its words."""
    index = LexicalIndex(tmp_path)
    index.add(_words(a="one"))
    index.add(_words(a="two"))
    assert index.search("one", 5) == []
    assert [key for key, _ in index.search("two", 5)] == ["a"]


def test_only_the_asked_keys_are_ranked(tmp_path: Path) -> None:
    """A narrow condition is met before ranking, not after."""
    index = LexicalIndex(tmp_path)
    index.add(_words(**{key: f"trade talks {key}" for key in "abcdef"}))
    assert [key for key, _ in index.search("trade", 5, among=["c"])] == ["c"]


def test_only_the_asked_language_is_ranked(tmp_path: Path) -> None:
    """Words that two languages share do not fill the ranking with the other one."""
    index = LexicalIndex(tmp_path)
    index.add(
        {"a": PassageWords("la visite", 9, "fr"), "b": PassageWords("visite guidée", 13, "vi")}
    )
    assert [key for key, _ in index.search("visite", 5, language="fr")] == ["a"]


def test_every_pool_keeps_what_is_wanted(tmp_path: Path, embedder: Embedder) -> None:
    """What no version needs is forgotten in all of them."""
    space = Space(embedder)
    index = PassageIndex(tmp_path, space)
    index.add(_words(a="thương mại", b="đánh cá"))
    index.keep({"b"})
    assert index.missing(["a", "b"]) == {"a"}
    vector = space.question("thương mại", "vi").vector
    assert [key for key, _ in index.vectors.nearest(vector, 5, "vi")] == ["b"]
    assert index.tokens.get(["a", "b"]).keys == ("b",)
    assert index.lexical.search("thương mại", 5) == []
    index.close()


def test_a_key_that_one_pool_lost_is_missing(tmp_path: Path, embedder: Embedder) -> None:
    """A passage is there when every index has it, or it is indexed again."""
    index = PassageIndex(tmp_path, Space(embedder))
    index.add(_words(a="thương mại", b="đánh cá"))
    for pool in (index.vectors, index.tokens, index.lexical):
        pool.keep({"b"})
        assert index.missing(["a", "b"]) == {"a"}
        index.add(_words(a="thương mại"))
        assert index.missing(["a", "b"]) == set()
    index.close()


def test_vectors_of_two_models_never_meet(
    tmp_path: Path,
    new_data_dir: Callable[[], Path],
    embedder: Embedder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With another model the old index is refused, and rebuilt by the next ingest."""
    (tmp_path / "a.txt").write_text("The minister met the ambassador on 5 May 2021 in Paris.")
    data_dir = new_data_dir()
    first = Engine(data_dir, tmp_path, BUNDLED)
    first.ingest(None, now=NOW)
    first.close()
    monkeypatch.setattr("retrieval.engine.open_embedder", lambda *_, **__: Other(embedder))
    engine = Engine(data_dir, tmp_path, "other")
    with pytest.raises(StaleIndexError, match="attache repair"):
        engine.ask("who met the ambassador?", today=NOW.date())
    report = engine.ingest(None, now=NOW)
    assert (report.unchanged, report.version) == (1, 2)
    assert engine.search("ambassador", k=1, today=NOW.date()).found
    engine.close()


def test_before_the_first_ingest_there_is_nothing_to_ask(
    tmp_path: Path, new_data_dir: Callable[[], Path]
) -> None:
    """The error says what to do."""
    engine = Engine(new_data_dir(), tmp_path, BUNDLED)
    with pytest.raises(StaleIndexError, match="attache ingest"):
        engine.ask("anything?", today=NOW.date())
    engine.close()


@pytest.mark.parametrize(
    "damaged",
    ["chroma/chroma.sqlite3", "words/meta.json", "tokens/*.sqlite3"],
    ids=["vectors", "words", "tokens"],
)
def test_a_damaged_index_is_named_with_the_way_out(
    tmp_path: Path, new_data_dir: Callable[[], Path], damaged: str
) -> None:
    """The message names the folder to delete; the next ingest makes it anew."""
    (tmp_path / "a.txt").write_text("The minister met the ambassador on 5 May 2021 in Paris.")
    data_dir = new_data_dir()
    first = Engine(data_dir, tmp_path, BUNDLED)
    first.ingest(None, now=NOW)
    first.close()
    (file,) = data_dir.glob(damaged)
    file.write_bytes(b"\x01garbage" * 4000)
    broken = Engine(data_dir, tmp_path, BUNDLED)
    folder = file.parent
    with pytest.raises(DamagedIndexError, match=str(folder)):
        broken.ask("who met the ambassador?", today=NOW.date())
    broken.close()
    shutil.rmtree(folder)
    # In a process of its own: Chroma remembers the folder it could not open.
    settings = {"ATTACHE_DATA_DIR": str(data_dir), "ATTACHE_CORPUS_DIR": str(tmp_path)}
    assert attache("ingest", settings=settings, folder=tmp_path).returncode == 0
    assert "index: whole" in attache("status", settings=settings, folder=tmp_path).stdout


def test_many_may_ask_at_once(sample: Engine) -> None:
    """More questions in the same moment than the pool of connections would hold."""
    question = "what did Vietnam and the UK discuss in 2020?"
    with ThreadPoolExecutor(40) as pool:
        answers = list(
            pool.map(lambda _: sample.ask(question, today=dt.date(2026, 1, 15)), range(40))
        )
    assert [len(answer.sources) for answer in answers] == [1] * 40


@pytest.fixture
def one_article(
    tmp_path: Path, new_data_dir: Callable[[], Path]
) -> tuple[Path, Callable[[], Engine]]:
    """A data folder with one article, and what opens an engine over it."""
    (tmp_path / "a.txt").write_text("The minister met the ambassador on 5 May 2021 in Paris.")
    data_dir = new_data_dir()

    def opened() -> Engine:
        return Engine(data_dir, tmp_path, BUNDLED)

    engine = opened()
    engine.ingest(None, now=NOW)
    engine.close()
    return data_dir, opened


def test_a_lost_pool_is_named_and_made_anew_for_all_who_read(
    one_article: tuple[Path, Callable[[], Engine]],
) -> None:
    """Who was asked in between looks again once an ingest has brought the passages back."""
    data_dir, opened = one_article
    shutil.rmtree(data_dir / "tokens")
    reading = opened()
    with pytest.raises(StaleIndexError, match="attache repair"):
        reading.ask("who met the ambassador?", today=NOW.date())
    healing = opened()
    assert healing.ingest(None, now=NOW).version == 2
    for engine in (healing, reading):
        assert engine.ask("who met the ambassador in 2021?", today=NOW.date()).sources
        engine.close()


def test_an_engine_warms_up_over_a_corpus_that_it_cannot_serve(
    one_article: tuple[Path, Callable[[], Engine]],
) -> None:
    """The bot starts, so that an ingest can be asked of it; questions say what is wrong."""
    data_dir, opened = one_article
    with sqlite3.connect(data_dir / "catalogue.sqlite3") as connection:
        connection.execute("UPDATE version SET fingerprint = 'another model'")
    engine = opened()
    engine.warm_up()
    with pytest.raises(StaleIndexError):
        engine.ask("who met the ambassador?", today=NOW.date())
    engine.close()
