"""How far an act reaches: what is agreed or hoped stands in its clause and in those joined to it.

"The two sides agreed to improve their work, step up trade and to meet again" agrees three things.
"""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.verify.acts import Mark, act
from retrieval.verify.clauses import last_of_clause, parts
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told

_REACH = 8
"""Words after an act or a negation that it may be over."""

_INFINITIVE = ("er", "ir", "dre", "ttre", "faire")
_INFLECTED = ("ed", "s", "ing")


def clause_behind(told: Told, mark: Mark) -> range:
    """The words behind a mark in its clause."""
    return _clause(told, _behind_parenthesis(told, mark.last) + 1, mark)


def joined_clauses(told: Told, mark: Mark) -> Iterator[range]:
    """The clauses under an act that are joined to the one behind it by a comma or "and", and begin
    with a verb in the form that goes on with it."""
    end = next(
        span.end
        for span in reversed(parts(told.text, told.language))
        if span.start <= mark.span.start
    )
    others = [other.first for other in told.marks if _takes_over(other) and other.first > mark.last]
    last = min([*others, told.word_at(end)])
    for number in range(mark.last + 2, last):
        if is_joined(told, number) and _goes_on(told, number):
            yield _clause(told, number, mark)


def _clause(told: Told, first: int, mark: Mark) -> range:
    if first >= len(told.words):
        return range(0)
    # A comma right behind the act ends nothing yet.
    start = first - 1 + (first - 1 > mark.last)
    return range(first, last_of_clause(told, start, _REACH) + 1)


def _behind_parenthesis(told: Told, number: int) -> int:
    """The last word before what goes on behind word `number`: past the second comma of "demanded,
    so far in vain, the release"."""
    words, text = told.words, told.text
    if number + 1 >= len(words) or text[words[number].end : words[number + 1].start].strip() != ",":
        return number
    for inner in range(number + 1, min(number + _REACH, len(words) - 1)):
        if "," in text[words[inner].end : words[inner + 1].start]:
            return inner
    return number


def _takes_over(mark: Mark) -> bool:
    return mark.group == "act" and act(mark.key).over


def is_joined(told: Told, number: int) -> bool:
    """Whether word `number` stands behind a comma or a word such as "and"."""
    if number > 1 and told.words[number - 1].fold in small_words("they"):
        number -= 1
    before, word = told.words[number - 1], told.words[number]
    return before.fold in small_words("going_on") or told.text[before.end : word.start].strip() in (
        ",",
        ";",
    )


def _goes_on(told: Told, number: int) -> bool:
    """Whether a verb begins at word `number` that can stand under what was said before."""
    word = told.words[number].fold
    if told.language == "fr":
        behind = told.words[number + 1].fold if number + 1 < len(told.words) else ""
        return word in ("d", "de", "a") and behind.endswith(_INFINITIVE)
    if told.language == "en" and (word == "to" or word.endswith(_INFLECTED)):
        return word == "to"
    if told.words[number - 1].fold in small_words("at_once_vi"):
        return told.language == "vi" and not any(
            _is_strict(m) for m in told.marks if m.first == number
        )
    return any(
        mark.first == number and (mark.group == "contrast" or _is_loose(mark))
        for mark in told.marks
    )


def _is_strict(mark: Mark) -> bool:
    return mark.group == "act" and not act(mark.key).loose


def _is_loose(mark: Mark) -> bool:
    return mark.group == "act" and act(mark.key).loose
