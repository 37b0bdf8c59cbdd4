"""How often search finds the right passage first: XQuAD, questions in two languages.

    python benchmarks/xquad.py [DATA_FOLDER]

240 Vietnamese passages are taken in as JSON Lines, each an article; all 1,190 questions are asked
in English and in Vietnamese, with default settings.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
from pathlib import Path

from retrieval.embedding import BUNDLED
from retrieval.engine import Engine

ROOT = Path(__file__).resolve().parents[1]
NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    if not (data / "xquad").is_dir():
        sys.exit(f"{data / 'xquad'}: not here; give the folder of the evaluation sets")
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "passages.jsonl")
        lines = (data / "xquad" / "paragraphs.vi.jsonl").read_text("utf-8").splitlines()
        passages = [json.loads(line) for line in lines]
        corpus.write_text(
            "\n".join(json.dumps({"id": p["ctx_id"], "text": p["text"]}) for p in passages)
        )
        engine = Engine(Path(folder, "data"), Path(folder), BUNDLED)
        engine.ingest([corpus], now=NOW)
        print("questions  passages  right passage first")
        for language in ("en", "vi"):
            questions = [
                json.loads(line)
                for line in (data / "xquad" / f"questions.{language}.jsonl")
                .read_text("utf-8")
                .splitlines()
            ]
            right = 0
            for question in questions:
                found = engine.search(question["question"], k=1, today=NOW.date()).found
                right += bool(found) and found[0].passage.article_id == question["ctx_id"]
            print(f"{language:9}  vi        {right / len(questions):.3f}  of {len(questions)}")
        engine.close()


if __name__ == "__main__":
    main()
