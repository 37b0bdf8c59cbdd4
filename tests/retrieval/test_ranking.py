"""The space of token vectors and the order of passages in it, with the real model."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.split import PassageWords
from retrieval import token_codes
from retrieval.embedding import BUNDLED, Embedder
from retrieval.engine import Engine
from retrieval.space import Space
from retrieval.token_store import TokenStore

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)

TWINS = {
    "en": [
        "The port of Marlen reopened on Monday after the storm had closed it for three days.",
        "Farmers near Oskel lost half of their apples to an early frost.",
        "The new tram line carries forty thousand passengers a day.",
    ],
    "fr": [
        "Le port de Marlen a rouvert lundi après trois jours de fermeture à cause de la tempête.",
        "Près d'Oskel, les agriculteurs ont perdu la moitié de leurs pommes à cause du gel.",
        "La nouvelle ligne de tramway transporte quarante mille passagers par jour.",
    ],
    "vi": [
        "Cảng Marlen mở cửa trở lại hôm thứ Hai sau ba ngày đóng cửa vì bão.",
        "Nông dân gần Oskel mất một nửa số táo vì sương giá đến sớm.",
        "Tuyến tàu điện mới chở bốn mươi nghìn hành khách mỗi ngày.",
    ],
}


@pytest.fixture(scope="module")
def space(embedder: Embedder) -> Space:
    return Space(embedder)


@pytest.fixture(scope="module")
def twins(new_data_dir: Callable[[], Path]) -> Iterator[Engine]:
    """The same news in three languages in one store."""
    folder = new_data_dir()
    lines = [
        json.dumps({"id": f"{language}{number}", "text": text, "language": language})
        for language, texts in TWINS.items()
        for number, text in enumerate(texts)
    ]
    (folder / "twins.jsonl").write_text("\n".join(lines), "utf-8")
    engine = Engine(folder, folder, BUNDLED)
    engine.ingest([folder / "twins.jsonl"], now=NOW)
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Why was the harbour closed?", 0),
        ("Pourquoi les récoltes ont-elles été mauvaises ?", 1),
        ("Mỗi ngày có bao nhiêu người đi tàu điện?", 2),
        ("What damaged the fruit?", 1),
        ("Combien de voyageurs prennent le tramway ?", 2),
        ("Vì sao cảng phải đóng cửa?", 0),
    ],
)
def test_the_same_news_in_three_languages_stands_first_together(
    twins: Engine, question: str, number: int
) -> None:
    """Whatever language asks, none crowds the others out."""
    found = twins.search(question, k=3, today=NOW.date()).found
    assert {item.passage.article_id for item in found} == {f"{lang}{number}" for lang in TWINS}


def test_taking_the_language_off_brings_twins_together(space: Space, embedder: Embedder) -> None:
    """Sentences that say the same in two languages are farther ahead of those that do not."""

    def lead(one: np.ndarray, other: np.ndarray) -> float:
        cosines = one @ other.T
        same = cosines.diagonal().mean()
        return float((same - (cosines.sum() - cosines.trace()) / 6) / cosines.std())

    means = {
        lang: np.stack([each.mean for each in space.passages(texts, [lang] * 3)])
        for lang, texts in TWINS.items()
    }
    assert lead(means["en"], means["vi"]) > 1.5
    assert abs((means["en"] @ means["vi"].T).mean()) < 0.3
    raw = {lang: embedder.encode(texts, "passage") for lang, texts in TWINS.items()}
    assert (raw["en"] @ raw["vi"].T).mean() > 0.7


def test_a_language_without_a_mean_of_its_own_is_read_too(space: Space) -> None:
    """It takes the mean of all languages."""
    (german,) = space.passages(["Der Hafen von Marlen ist wieder offen."], ["de"])
    question = space.question("Is the port of Marlen open?", "en")
    best = (question.tokens @ german.vectors.T).max(axis=1) @ question.weights
    (other,) = space.passages(["Die Äpfel sind erfroren."], ["de"])
    assert best > (question.tokens @ other.vectors.T).max(axis=1) @ question.weights


def test_stored_tokens_come_back_in_the_order_asked(space: Space, tmp_path: Path) -> None:
    """With the place of each in the passage; what is not stored is left out."""
    store = TokenStore(tmp_path, "model", space.dimension)
    texts = dict(zip("abc", TWINS["en"], strict=True))
    read = space.passages(list(texts.values()), ["en"] * 3)
    store.add({key: (each, "en") for key, each in zip(texts, read, strict=True)})
    stored = store.get(["c", "missing", "a"])
    assert stored.keys == ("c", "a")
    assert np.diff(stored.first).tolist() == [len(read[2].starts), len(read[0].starts)]
    assert stored.starts[: stored.first[1]].tolist() == read[2].starts.tolist()
    decoded = token_codes.decode(stored.codes[: stored.first[1]], space.dimension)
    each = np.arange(len(decoded))
    cosines = token_codes.nearest(decoded, each, token_codes.sought(read[2].vectors))
    assert cosines.diagonal().mean() > 0.9
    assert np.allclose(store.vectors(["b"]), [read[1].mean], atol=0.02)
    store.close()


def test_words_are_the_same_passage_only_in_one_language() -> None:
    """The space differs by language, so the key does."""
    assert PassageWords("Paris", 5, "fr").key != PassageWords("Paris", 5, "en").key


@pytest.fixture(scope="module")
def theatre(new_data_dir: Callable[[], Path]) -> Iterator[Engine]:
    """Two articles of which one has its day and the other no date at all."""
    folder = new_data_dir()
    texts = {
        "theatre": "The Summer Theatre of Marlen was in operation for eleven years.",
        "harvest": "On 14 July 2021, farmers near Oskel brought the first wheat in.",
    }
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (folder / "theatre.jsonl").write_text("\n".join(lines), "utf-8")
    engine = Engine(folder, folder, BUNDLED)
    engine.ingest([folder / "theatre.jsonl"], now=NOW)
    yield engine
    engine.close()


def test_what_meets_a_condition_by_chance_makes_room(theatre: Engine) -> None:
    """ "Summer" may be a season or a name; July is in summer and says nothing of a theatre."""
    question = "How long was the Summer Theatre in operation?"
    found = theatre.search(question, k=2, today=NOW.date()).found
    assert [item.passage.article_id for item in found] == ["theatre"]
    assert found[0].standing == "unknown"


def test_what_meets_a_condition_stands_before_what_may(theatre: Engine) -> None:
    """However near that is."""
    for question in ("What happened in July 2021?", "Which theatre or farmers in July 2021?"):
        found = theatre.search(question, k=2, today=NOW.date()).found
        assert [item.standing for item in found] == ["met", "unknown"]
