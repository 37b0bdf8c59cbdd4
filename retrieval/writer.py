"""Ask a language model for the sentences of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import structlog

from retrieval.drafts import Draft, ReportSchema, UnreadableError, read_report, read_sentence
from retrieval.errors import LanguageModelError
from retrieval.glossary import terms_in
from retrieval.llm import LanguageModel
from retrieval.prompts import VERSION, Prompt, Shown, report, rewrite, translate

_PIVOT = "en"
"""Between two other languages a small model goes by way of this one: from Vietnamese straight to
French, one of 1.5 billion parameters loses who hopes what."""

_EMPTY = "empty"
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
        try:
            if _PIVOT not in {shown.language, target} and shown.language != target:
                shown = self._in_english(shown, target)
            prompt = rewrite(shown) if shown.language == target else translate(shown, target)
            yield self._one(prompt, shown)
        except UnreadableError as error:
            _log.info("a draft could not be read", reason=str(error), prompt_version=VERSION)

    def _in_english(self, shown: Shown, target: str) -> Shown:
        """The sentence in English, in which small models are at home, with terms for `target`.

        Nobody sees it: the draft is held against the sentence itself.
        """
        prompt = translate(replace(shown, terms=shown.english), _PIVOT)
        text = self._one(prompt, shown).text
        return replace(shown, text=text, language=_PIVOT, terms=terms_in(text, _PIVOT, target))

    def _one(self, prompt: Prompt, shown: Shown) -> Draft:
        """The one sentence that a prompt on `shown` gives. Raises `UnreadableError`."""
        try:
            words = self.model.reply(
                prompt.system,
                prompt.user,
                purpose="one sentence",
                prompt_version=VERSION,
                max_tokens=_TOKENS + len(shown.text) // _CHARS_PER_TOKEN,
            )
        except LanguageModelError as error:
            if error.outcome != _EMPTY:
                raise
            raise UnreadableError("no sentence") from error  # the next may be answered
        if words.cut_off:
            raise UnreadableError("cut off")
        return read_sentence(words, shown.number, shown.text)

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
