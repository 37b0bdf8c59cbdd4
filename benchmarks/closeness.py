"""How well closeness tells a passage that answers from one that does not.

Each question of XQuAD is put to eight passages: once with the right one among them, once with eight
passages from other articles. Prints how often the best sentence passes the threshold of
`retrieval.query_fit`, and how often by the cosine of two vectors at the same share of hits.

    python benchmarks/closeness.py [DATA_FOLDER]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from corpus.split import sentences
from retrieval import token_codes
from retrieval.closeness import Closeness
from retrieval.embedding import BUNDLED, open_embedder
from retrieval.query_fit import FIT_CROSS, FIT_SAME
from retrieval.space import Space

ROOT = Path(__file__).resolve().parents[1]
PAIRS = (("en", "vi"), ("vi", "vi"), ("vi", "en"), ("en", "en"))
EACH = 3  # every third question


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    if not (data / "xquad").is_dir():
        sys.exit(f"{data / 'xquad'}: not here; give the folder of the evaluation sets")
    space = Space(open_embedder(BUNDLED, ROOT / "data"))
    closeness = Closeness(space)
    rng = np.random.default_rng(0)
    print("question passages  pass: right  wrong   by cosine: wrong")
    for asked, told in PAIRS:
        passages = _lines(data / "xquad" / f"paragraphs.{told}.jsonl")
        questions = _lines(data / "xquad" / f"questions.{asked}.jsonl")[::EACH]
        numbers = {passage["ctx_id"]: number for number, passage in enumerate(passages)}
        articles = [passage["ctx_id"].split("p")[0] for passage in passages]
        sentences_of = [
            space.passages(
                [span.of(p["text"]) for span in sentences(p["text"], told)],
                [told] * len(sentences(p["text"], told)),
            )
            for p in passages
        ]
        right: list[tuple[float, float]] = []
        wrong: list[tuple[float, float]] = []
        for question in questions:
            query = space.question(question["question"], asked)
            gold = numbers[question["ctx_id"]]
            others = [n for n in range(len(passages)) if articles[n] != articles[gold]]
            eight = rng.choice(others, 8, replace=False)
            for chosen, scores in ((np.append(eight[:7], gold), right), (eight, wrong)):
                found = [each for number in chosen for each in sentences_of[number]]
                coded = [token_codes.encode(each.vectors) for each in found]
                decoded = [token_codes.decode(each, space.dimension) for each in coded]
                fit = closeness.to(query).by_question(decoded, told)
                fit = (fit + closeness.to(query).by_sentence(decoded)) / 2
                cosines = np.stack([each.mean for each in found]) @ query.vector
                scores.append((float(fit.max()), float(cosines.max())))
        threshold = FIT_SAME if asked == told else FIT_CROSS
        hits, false = np.array(right), np.array(wrong)
        share = (hits[:, 0] >= threshold).mean()
        cosine = np.quantile(hits[:, 1], 1 - share)
        print(
            f"{asked:8} {told:9}        {share:.3f}  {(false[:, 0] >= threshold).mean():.3f}"
            f"              {(false[:, 1] >= cosine).mean():.3f}"
        )


if __name__ == "__main__":
    main()
