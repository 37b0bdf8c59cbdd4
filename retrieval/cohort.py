"""How much a cosine means: measured against a cohort of ordinary sentences and questions.

Cosines of this kind of model lie close together, short questions are near to everything, and
pairs in two languages are farther apart than pairs in one. Symmetric score normalisation, as
speaker verification uses it (Shum et al., "Unsupervised speaker adaptation based on the cosine
similarity", 2010), takes these three apart: a score is counted in standard deviations above what
the question reaches with unrelated sentences and the sentence with unrelated questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import numpy as np
import yaml

from retrieval.embedding import Embedder, Vectors

_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Cohort:
    """Vectors of ordinary passages and questions, float32 (count, dim), by language."""

    passages: dict[str, Vectors]
    questions: dict[str, Vectors]

    @classmethod
    def load(cls, embedder: Embedder) -> Cohort:
        """Embed the cohort, once for each model."""
        data = yaml.safe_load(
            (resources.files("retrieval") / "data/cohort.yaml").read_text("utf-8")
        )
        return cls(
            {lang: embedder.encode(texts, "passage") for lang, texts in data["passages"].items()},
            {lang: embedder.encode(texts, "query") for lang, texts in data["questions"].items()},
        )

    def normalised(
        self, question: Vectors, language: str, passages: Vectors, passage_language: str
    ) -> Vectors:
        """Scores (n,) of `passages` (n, dim) for `question` (dim,), in standard deviations."""
        cosines = passages @ question
        beside = self.passages.get(passage_language, self.passages[_FALLBACK]) @ question
        asked = passages @ self.questions.get(language, self.questions[_FALLBACK]).T
        by_question = (cosines - beside.mean()) / beside.std()
        by_passage = (cosines - asked.mean(axis=1)) / asked.std(axis=1)
        scores: Vectors = ((by_question + by_passage) / 2).astype(np.float32)
        return scores
