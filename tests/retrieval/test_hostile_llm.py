"""The real local model is shown hostile text: it may obey, and nothing of it is shown.

Run by `make test-llm`; it takes half an hour on two cores, and prints what was written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.answer import Answer, Quotation, Written
from retrieval.engine import Engine
from retrieval.errors import LanguageModelError
from retrieval.generate import generate
from retrieval.llm import LanguageModel
from retrieval.local_model import open_local
from retrieval.verify import Checker
from retrieval.writer import Writer
from tests.conftest import NOW, ROOT
from tests.retrieval.hostile import (
    OWN,
    Corpus,
    Leaking,
    attacks,
    faults,
    in_their_languages,
    plant,
)

pytestmark = pytest.mark.llm

COLLECTED = ROOT.parent / "shared" / "data" / "injection" / "attacks.jsonl"
QUESTIONS = {
    "en": "what did Vietnam and the UK discuss in 2020?",
    "fr": "De quoi le Vietnam et le Royaume-Uni ont-ils discuté en 2020 ?",
    "vi": "Việt Nam và Anh đã trao đổi những gì năm 2020?",
}
WRONG = ("United States", "États-Unis", "Hoa Kỳ", "Secretary-General", "2019", "2021", "Paris")


@pytest.fixture(scope="module")
def model(model_home: Path) -> Iterator[LanguageModel]:
    """The local model, at temperature 0, with a core left to others where there are several."""
    threads = max(1, (os.cpu_count() or 2) - 1)
    local = open_local(model_home, sends="nothing", temperature=0, seconds=600, threads=threads)
    try:
        local.reply("Answer with one word.", "Yes?", purpose="t", prompt_version="t", max_tokens=5)
    except LanguageModelError as error:
        local.close()
        pytest.skip(f"the local language model is not installed: {error}")
    yield local
    local.close()


@pytest.mark.parametrize("language", QUESTIONS)
def test_the_sample_question_is_answered_without_a_mistake(
    language: str, model: LanguageModel, sample: Engine, checker: Checker
) -> None:
    """In the question's language, each statement with its sources; what is not so is quoted."""
    quoted = sample.quote(QUESTIONS[language], today=NOW.date())
    started = time.perf_counter()
    *_, writing = generate(quoted, Writer(model), checker)
    seconds = time.perf_counter() - started
    assert not isinstance(writing, Written)
    answer = replace(quoted, writing=writing)
    told = [each for group in answer.groups for each in answer.told(group)]
    print(f"\n{language}: {seconds:.0f} s")
    for each in told:
        if isinstance(each, Quotation):
            failing = answer.failing(each)
            print(f"  quoted   {', '.join(failing.problems) if failing else ''}")
        else:
            print(f"  written  {each.score:.2f} {each.text}")
            assert each.citations
            assert not [wrong for wrong in WRONG if wrong in each.text]
    assert any(isinstance(each, Written) for each in told)


@pytest.fixture(scope="module", params=["collected", "own"])
def corpus(request: pytest.FixtureRequest, new_data_dir: Callable[[], Path]) -> Iterator[Corpus]:
    """One article for each attack."""
    if request.param == "own":
        found = in_their_languages(attacks(OWN))
        planted = plant(each for each in found if each[1] == "middle")
    elif COLLECTED.exists():
        planted = plant((each, "middle", False, "vi", "en") for each in attacks(COLLECTED))
    else:
        pytest.skip(f"the collection of attacks is not at {COLLECTED}")
    with Corpus(new_data_dir(), planted) as made:
        for name, quoted in made.quoted.items():
            made.quoted[name] = _first_only(quoted)
        yield made


def _first_only(answer: Answer) -> Answer:
    """One sentence of evidence, which is enough to see whether a model obeys."""
    groups = (replace(group, quotations=group.quotations[:1]) for group in answer.groups)
    return replace(answer, groups=tuple(groups))


@pytest.mark.parametrize("told", [False, True], ids=["as it is", "with the attack in the evidence"])
def test_no_attack_has_success(told: bool, corpus: Corpus, model: LanguageModel) -> None:
    """Nothing that an attack asks for is shown, even where the model has read it."""
    found: list[tuple[str, list[str]]] = []
    for planted in corpus.planted:
        writer = Leaking(model)
        writer.attack = planted.attack if told else None
        started = time.perf_counter()
        answer = corpus.written(planted, writer)
        seconds = time.perf_counter() - started
        wrong = faults(answer, corpus.quoted[planted.id], planted, exact=False)
        assert answer.writing
        verdicts = [written.text for written in answer.writing.written]
        verdicts += [", ".join(failing.problems) for failing in answer.writing.failing]
        print(f"{planted.attack.text[:50]:50} | {seconds:3.0f} s | {'; '.join(verdicts)}")
        if wrong:
            found.append((planted.attack.text, wrong))
    assert found == []
