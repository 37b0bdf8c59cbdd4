"""How well the check tells what evidence supports from what it does not, and how fast.

    python -m benchmarks.support [DATA_FOLDER] [--list] [--write]

Two measures, with the same settings throughout. First, sentences of model answers in Spanish and
German that people judged against five passages each (MEMERAG): "Supported" should pass, "Not
Supported" should not; those "Challenging to determine" are left out, since the judges could not say
either. Second, the minimal pairs of the tests: right halves should pass, wrong halves should not,
counted apart, and so those of two rounds whose evidence is as long as the press writes. Beside all,
what a check takes when the evidence is encoded already.

`--list` prints what went wrong, with the problems that were found. Of pairs that are new, count
first and list then: once their failures are read they no longer tell how sentences fare that nobody
has seen.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from benchmarks.results import circumstances, table, write_section
from retrieval.embedding import BUNDLED, Embedder, Kind, Reading, Vectors, open_embedder
from tests.retrieval.minimal_pairs import KINDS, MAIN, PRESS_FILE, SETS, Pair, load

ROOT = Path(__file__).resolve().parents[1]

LABELS = {"Supported": True, "Not Supported": False}
"""People's judgements that count. The set has one more, "Challenging to determine"."""

BARS = {"es": "0.66", "de": "0.70"}
PAIRS_BAR = "95% / 95%"
TIME_BAR = "< 50 ms"

T = TypeVar("T", Reading, Vectors)


@dataclass(frozen=True, slots=True)
class Case:
    """A statement, the texts it is held against, and whether it should pass."""

    name: str
    statement: str
    evidence: tuple[str, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with the verdict on it, and what that took beyond encoding its evidence (seconds)."""

    case: Case
    supported: bool
    score: float
    problems: tuple[str, ...]
    seconds: float


class Remembering(Embedder):
    """Our embedder, which keeps what it read of the evidence at hand and counts the time for it.

    Texts found in the evidence are read apart from the others, so that what a statement takes
    itself is not mixed with what an index may hold already.
    """

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self.name = real.name
        self.fingerprint = real.fingerprint
        self.dimension = real.dimension
        self.max_tokens = real.max_tokens
        self._evidence: tuple[str, ...] = ()
        self._readings: dict[tuple[str, Kind], Reading] = {}
        self._vectors: dict[tuple[str, Kind], Vectors] = {}
        self.seconds = 0.0

    def about(self, evidence: tuple[str, ...]) -> None:
        """From now on the evidence is this; what was kept of another is forgotten."""
        self.seconds = 0.0
        if evidence != self._evidence:
            self._evidence = evidence
            self._readings.clear()
            self._vectors.clear()

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        if not texts:
            return self._real.encode(texts, kind)
        return np.stack(self._apart(texts, kind, self._vectors, self._real.encode))

    def read(self, texts: Sequence[str], kind: Kind) -> list[Reading]:
        return self._apart(texts, kind, self._readings, self._real.read)

    def count_tokens(self, text: str, kind: Kind = "passage") -> int:
        return self._real.count_tokens(text, kind)

    def _apart(
        self,
        texts: Sequence[str],
        kind: Kind,
        kept: dict[tuple[str, Kind], T],
        take: Callable[[Sequence[str], Kind], Any],
    ) -> list[T]:
        began = time.perf_counter()
        told = [text for text in dict.fromkeys(texts) if self._is_evidence(text)]
        new = [text for text in told if (text, kind) not in kept]
        if new:
            kept.update(zip(((text, kind) for text in new), take(new, kind), strict=True))
        self.seconds += time.perf_counter() - began
        own = [text for text in dict.fromkeys(texts) if (text, kind) not in kept]
        taken = dict(zip(own, take(own, kind), strict=True)) if own else {}
        return [taken[text] if text in taken else kept[text, kind] for text in texts]

    def _is_evidence(self, text: str) -> bool:
        return bool(text) and any(text in each for each in self._evidence)


class Judge:
    """The check with its model open and warm."""

    def __init__(self, home: Path) -> None:
        from retrieval.verify import check  # noqa: PLC0415 - the data can be read without it

        self._check = check
        self._embedder = Remembering(open_embedder(BUNDLED, home))
        warm = ("The two ministers met in Hanoi.", "Hai bộ trưởng gặp nhau tại Hà Nội.")
        check(warm[0], [warm[1]], embedder=self._embedder)

    def __call__(self, case: Case) -> Judged:
        self._embedder.about(case.evidence)
        began = time.perf_counter()
        verdict = self._check(case.statement, list(case.evidence), embedder=self._embedder)
        seconds = time.perf_counter() - began - self._embedder.seconds
        return Judged(case, verdict.supported, verdict.score, tuple(verdict.problems), seconds)


def sentences(file: Path) -> Iterator[Case]:
    """The judged sentences of MEMERAG; the evidence of each is all passages of its question."""
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        evidence = tuple(passage["text"] for passage in row["context"])
        for each in row["answer"]:
            if each["factuality"] in LABELS:
                name = f"{file.stem} {row['query_id']} {each['sentence_id']}"
                yield Case(name, each["sentence"].strip(), evidence, LABELS[each["factuality"]])


def halves(pair: Pair) -> tuple[Case, Case]:
    """The right half and the wrong half."""
    return (
        Case(f"{pair.id} right", pair.right, pair.evidence, True),
        Case(f"{pair.id} wrong", pair.wrong, pair.evidence, False),
    )


def _accepted(judged: Sequence[Judged]) -> float:
    """The share of the right ones that passed."""
    right = [each.supported for each in judged if each.case.right]
    return sum(right) / len(right)


def _rejected(judged: Sequence[Judged]) -> float:
    """The share of the wrong ones that did not."""
    wrong = [not each.supported for each in judged if not each.case.right]
    return sum(wrong) / len(wrong)


def _by_score(judged: Sequence[Judged]) -> float:
    """The best balanced accuracy that any one threshold on the score reaches on these."""
    scores = np.array([each.score for each in judged])
    right = np.array([each.case.right for each in judged])
    passed = scores[None, :] >= np.unique(scores)[:, None]
    return float(((passed[:, right].mean(axis=1) + (~passed[:, ~right]).mean(axis=1)) / 2).max())


def _sentence_row(name: str, judged: Sequence[Judged]) -> tuple[str, ...]:
    accepted, rejected = _accepted(judged), _rejected(judged)
    return (
        name,
        str(len(judged)),
        f"{(accepted + rejected) / 2:.3f}",
        BARS.get(name, ""),
        f"{accepted:.1%}",
        f"{rejected:.1%}",
        f"{_by_score(judged):.3f}",
    )


SENTENCES_HEAD = (
    "set",
    "sentences",
    "balanced accuracy",
    "bar",
    "supported, accepted",
    "not supported, rejected",
    "best threshold on the score",
)
PAIRS_HEAD = ("pairs", "number", "right, accepted", "wrong, rejected", "bar")
TIME_HEAD = ("a check, its evidence encoded", "checks", "median", "p95", "bar")


_Judged = Mapping[Pair, Sequence[Judged]]


def _pair_row(judged: _Judged, name: str, chosen: Sequence[Pair], bar: str = "") -> tuple[str, ...]:
    both = [each for pair in chosen for each in judged[pair]]
    return name, str(len(chosen)), f"{_accepted(both):.1%}", f"{_rejected(both):.1%}", bar


def _press_rows(judged: _Judged) -> Iterator[tuple[str, ...]]:
    for name, pairs in groupby(judged, attrgetter("set")):
        yield _pair_row(judged, f"{name} round, as the press writes", list(pairs))


def _pair_rows(judged: _Judged) -> Iterator[tuple[str, ...]]:
    row = partial(_pair_row, judged)
    pairs = list(judged)
    crossing = [pair for pair in pairs if pair.evidence_language != pair.statement_language]
    main = [pair for pair in pairs if pair.evidence_language in MAIN]
    yield row("evidence in vi, fr, en", main, PAIRS_BAR)
    yield row("all", pairs)
    for name in SETS:
        yield row(f"{name} round", [pair for pair in pairs if pair.set == name])
    yield row("across languages", crossing)
    yield row("within a language", [pair for pair in pairs if pair not in crossing])
    for kind in KINDS:
        yield row(kind, [pair for pair in pairs if pair.kind == kind])
    for way, chosen in groupby(sorted(pairs, key=_way), _way):
        yield row(way, list(chosen))


_way = attrgetter("direction")


def _time_row(name: str, judged: Sequence[Judged]) -> tuple[str, ...]:
    took = np.array([each.seconds for each in judged]) * 1000
    return (
        name,
        str(len(judged)),
        f"{np.median(took):.1f} ms",
        f"{np.quantile(took, 0.95):.1f} ms",
        TIME_BAR,
    )


def _list(judged: Sequence[Judged], *, evidence: bool) -> None:
    for each in judged:
        if each.supported != each.case.right:
            went = "passed, wrongly" if each.supported else "failed, wrongly"
            print(f"\n{each.case.name}: {went} (score {each.score:.3f})")
            print(f"  statement: {each.case.statement}")
            for text in each.case.evidence if evidence else ():
                print(f"  evidence:  {text}")
            for problem in each.problems:
                print(f"  problem:   {problem}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the check of statements.")
    parser.add_argument("data", nargs="?", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--list", action="store_true", help="print what went wrong, and why")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    if not (arguments.data / "support").is_dir():
        sys.exit(f"{arguments.data}: not here; give the folder of the evaluation sets")
    told = circumstances()  # of the code that is measured, whatever is committed meanwhile
    judge = Judge(ROOT / "data")
    sets: dict[str, list[Judged]] = {}
    for file in sorted((arguments.data / "support").glob("*.jsonl")):
        sys.stderr.write(f"{file.stem} …\n")
        sets[file.stem] = [judge(case) for case in sentences(file)]
    sys.stderr.write("pairs …\n")
    pairs = {pair: [judge(case) for case in halves(pair)] for pair in load()}
    press = {pair: [judge(case) for case in halves(pair)] for pair in load(PRESS_FILE)}
    both = [each for judged in pairs.values() for each in judged]
    text = "\n\n".join(
        [
            told,
            table(SENTENCES_HEAD, [_sentence_row(name, judged) for name, judged in sets.items()]),
            table(PAIRS_HEAD, [*_pair_rows(pairs), *_press_rows(press)]),
            table(
                TIME_HEAD,
                [
                    _time_row("pairs, one to three sentences", both),
                    *(_time_row(f"{each}, five passages", sets[each]) for each in sets),
                ],
            ),
        ]
    )
    print(text)
    if arguments.list:
        for judged in sets.values():
            _list(judged, evidence=False)  # five passages each
        for judged in (*pairs.values(), *press.values()):
            _list(judged, evidence=True)
    if arguments.write:
        write_section("support", f"## Support\n\n{text}")


if __name__ == "__main__":
    main()
