"""What part somebody named plays in a clause, by the small words and acts around the name."""

from __future__ import annotations

import unicodedata

from retrieval.tables import table
from retrieval.verify.acts import Mark
from retrieval.verify.facts import Fact, facts_of
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told

_SPEECH_NEAR, _SPEECH_FAR = 8, 14
_INVERTED_NEAR = 6
_AT_ONCE = 3
_APPOSITION = 2
"""Words that may say what somebody is before the name."""


def speech_acts() -> frozenset[str]:
    """Keys of acts that are done by speaking."""
    return frozenset(table("acts")["speech"])


def word_before(told: Told, fact: Fact) -> str:
    """The folded word before a fact, articles left out; "" at the start.

    What belongs to the fact is stepped over: "par son homologue bhoutanais" has "par" before it.
    """
    number = fact.words[0] - 1
    if _is_adjective(told, fact) and not any(
        mark.first <= number <= mark.last for mark in told.marks
    ):
        number -= 1
    number = before_articles(told, number)
    for nearer in range(1, _APPOSITION + 1):
        at = before_articles(told, number - nearer)
        if at >= 0 and told.words[at].fold in small_words("by") and at + nearer <= number:
            if not any(at < mark.first <= number for mark in told.marks):
                return told.words[at].fold  # "par le fonds Skärgård"
            break
    if number > 0 and told.words[number - 1].fold == "doi" and told.words[number].fold == "voi":
        return "against"  # "đối với"
    return told.words[number].fold if number >= 0 else ""


def before_articles(told: Told, number: int) -> int:
    """The number of the last word up to word `number` that is no article; -1 if all are.

    French "à" and "a" are none, though English "a" is.
    """
    while (
        number >= 0
        and told.words[number].fold in small_words("articles")
        and (told.words[number].fold, told.language) != ("a", "fr")
    ):
        number -= 1
    return number


def _is_adjective(told: Told, fact: Fact) -> bool:
    """Whether a fact begins with a French adjective of a country, which stands behind its noun."""
    return told.language == "fr" and any(
        place.form == "adjective" and place.start == fact.span.start for place in told.places
    )


def is_oblique(told: Told, fact: Fact) -> bool:
    """Whether a fact stands after a word such as "in", "to", "with", and is no doer."""
    before = word_before(told, fact)
    return any(before in small_words(kind) for kind in ("oblique", "beside"))


def is_speaker(told: Told, fact: Fact) -> bool:
    """Whether somebody is told to say the rest: "X said", "according to X", ", a déclaré X"."""
    if not fact.is_actor:
        return False
    before = _two_before(told, fact)
    if before & small_words("according"):
        return True
    first, last = fact.words[0], fact.words[-1]
    for mark in told.marks:
        if mark.key not in speech_acts() or is_noun(told, mark):
            continue
        if _may_do(told, last, mark.first):
            return True
        if 0 < first - mark.last <= _INVERTED_NEAR and _is_inverted(told, mark.first):
            return True
    return False


def is_noun(told: Told, mark: Mark) -> bool:
    """Whether the word for an act is a thing and no deed: "the request", "Rome's request"."""
    if told.language == "vi":  # "phía Anh", "nước này" are no articles of what is done
        before = told.words[mark.first - 1].text if mark.first else ""
        return unicodedata.normalize("NFC", before).lower() in small_words("before_noun_vi")
    before = told.words[mark.first - 1].fold if mark.first else ""
    if before == "s":  # of a genitive
        return True
    # French "a" is no article: "a suggéré".
    return before in small_words("articles") and (before, told.language) != ("a", "fr")


def _two_before(told: Told, fact: Fact) -> frozenset[str]:
    first = fact.words[0]
    folds = [word.fold for word in told.words[max(0, first - 4) : first]]
    folds = [fold for fold in folds if fold not in small_words("articles")]
    return frozenset(folds[-2:])


def _may_do(told: Told, last: int, first: int) -> bool:
    """Whether who ends at word `last` may do what begins at word `first`: nobody else stands
    between, nor a comma, unless two enclose something."""
    if not 0 < first - last <= _SPEECH_FAR:
        return False
    if any(last < other.words[0] < first for other in facts_of(told) if other.is_actor):
        return False
    commas = told.text[told.words[last].end : told.words[first].start].count(",")
    # "the minister, X, said": the comma closes what X stands for.
    return commas == 2 or first - last <= (_SPEECH_NEAR, _AT_ONCE)[min(commas, 1)]


def _is_inverted(told: Told, first: int) -> bool:
    """Whether the one who speaks comes after the word for it: it follows a comma or a quotation."""
    number = first
    while number > 0 and told.words[number - 1].fold in small_words("auxiliary"):
        number -= 1
    before = told.text[: told.words[number].start].rstrip()
    return not before or before[-1] in ",\"”»’'"
