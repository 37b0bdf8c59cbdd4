"""Ask a language model for the sentences of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import structlog

from retrieval.drafts import Draft, ReportSchema, UnreadableError, read_report, read_sentence
from retrieval.llm import LanguageModel
from retrieval.prompts import VERSION, Shown, report, rewrite, translate

_TOKENS = 60
_CHARS_PER_TOKEN = 2
"""A Vietnamese sentence takes a token for two to three characters; French from it rather more."""

_REPORT_TOKENS = 1500

_log = structlog.stdlib.get_logger(__name__)


class Writer:
    """Writes with one model. `one_by_one`: a sentence of evidence at a time, as small ones need."""

    def __init__(self, model: LanguageModel, *, one_by_one: bool | None = None) -> None:
        self.model = model
        self._one_by_one = model.local if one_by_one is None else one_by_one

    def write(self, shown: Sequence[Shown], target: str, asked: str) -> Iterator[Draft]:
        """Drafts in `target` (vi, fr, en) on the evidence of one event, as they are written.

        `asked` is what the model may know of the question. What cannot be read is left out and
        logged. Raises `LanguageModelError` when the model does not answer.
        """
        if self._one_by_one:
            for each in shown:
                yield from self._sentence(each, target)
        else:
            yield from self._report(shown, target, asked)

    def _sentence(self, shown: Shown, target: str) -> Iterator[Draft]:
        prompt = rewrite(shown) if shown.language == target else translate(shown, target)
        words = self.model.reply(
            prompt.system,
            prompt.user,
            purpose="one sentence",
            prompt_version=VERSION,
            max_tokens=_TOKENS + len(shown.text) // _CHARS_PER_TOKEN,
        )
        try:
            if words.cut_off:
                raise UnreadableError("cut off")
            yield read_sentence(words, shown.number, shown.text)
        except UnreadableError as error:
            _log.info("a draft could not be read", reason=str(error), prompt_version=VERSION)

    def _report(self, shown: Sequence[Shown], target: str, asked: str) -> Iterator[Draft]:
        prompt = report(shown, target, asked)
        words = self.model.reply(
            prompt.system,
            prompt.user,
            purpose="one event",
            prompt_version=VERSION,
            max_tokens=_REPORT_TOKENS,
            schema=ReportSchema,
        )
        try:
            yield from read_report(words, [each.number for each in shown])
        except UnreadableError as error:
            _log.info("a draft could not be read", reason=str(error), prompt_version=VERSION)
