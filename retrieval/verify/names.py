"""Proper names in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.article import Span
from corpus.vietnamese_names import SURNAMES
from corpus.words import Word, fold, gap, is_vietnamese_syllable, starts_sentence, words
from retrieval.tables import table
from retrieval.verify.acts import find_marks
from retrieval.verify.measures import is_unit
from retrieval.verify.small_words import small_words
from retrieval.verify.taken import Taken
from retrieval.words import idle_words

_STEM = 4

_NO_NAME_ENDS = (
    "ing",
    "ed",
    "ly",
    "s",
    "ment",
    "tion",
    "ness",
    "ity",
    "ite",
    "age",
    "ure",
    "ance",
    "ence",
)
_COMMON_ENDS = ("tion", "tions", "ment", "ments", "ness", "ship", "ships", "ities", "ance", "ences")

CODE = re.compile(r"\b[A-Za-z]{1,8}(?: ?[-‑] ?)?\d{1,4}[A-Za-z]?\b")
_CAPITALISES_NOUNS = frozenset(("de", "lb"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, and the folded words that another text must have."""

    span: Span
    surface: str
    parts: tuple[str, ...]


def find_names(text: str, language: str, taken: Taken) -> list[Name]:
    """The names in `text` apart from the places, titles and dates in `taken`.

    A name is a run of capitalised words of which one at least is no common word, or a word with
    digits ("COVID-19", "F-16").
    """
    found = [
        Name(Span(match.start(), match.end()), match.group(), (code_of(match.group()),))
        for match in CODE.finditer(text)
        if not (taken.has(match.start()) or is_unit(match.group()) or _is_counted(match, language))
    ]
    if language in _CAPITALISES_NOUNS:
        return found
    taken = taken.with_more(name.span for name in found)
    run: list[Word] = []
    for word in [*words(text), None]:
        free = word is not None and word.capital and not taken.has(word.start)
        if run and (word is None or not free or not _joins(text, run[-1], word)):
            name = _name(text, run, language)
            if name is not None:
                found.append(name)
            run = []
        if free and word is not None:
            run.append(word)
    return sorted(found, key=lambda name: name.span.start)


def _is_counted(match: re.Match[str], language: str) -> bool:
    """Whether a word with a number is a common word that is counted: "Level-2", "niveau-2"."""
    letters = re.match(r"[A-Za-z]+", match.group())
    return letters is not None and fold(letters.group()) in (*_common(language), *_common("en"))


def _joins(text: str, left: Word, right: Word) -> bool:
    between = gap(text, left, right)
    if between == ". ":  # "J. Smith", "TP. Hồ Chí Minh"
        return len(left.text) <= 2
    return between in {" ", "-", "\u00a0", "‑", "’", "'"}


def _name(text: str, run: list[Word], language: str) -> Name | None:
    if text.isupper():
        return None
    if starts_sentence(text, run[0].start) and _opens(text, run, language):
        run = run[1:]
    if not run or (len(run) == 1 and len(run[0].text) == 1):
        return None
    telling = [word for word in run if not _is_common(word, language)]
    telling = [
        word for number, word in enumerate(run) if word in telling or _leads(run, number, telling)
    ]
    if language == "vi" and all(is_vietnamese_syllable(word.text) for word in run):
        # "Bộ Ngoại giao" has one capital at a time, "Tô Anh Dũng" has them in a row.
        if len(run) == 1 and not _is_addressed(text, run[0]):
            if not telling or not _is_place(text, run[0]):
                return None
            return _as_name(text, run, telling)
        if len(run) == 1:
            return _as_name(text, run, run)
        if len(telling) < len(run) and run[0].fold not in SURNAMES and not _is_place(text, run[0]):
            return None
        telling = run
    elif language == "vi":
        if len(run) > 1 and run[0].fold in _common(language):
            follows = run[1:]  # "Tướng John Smith"
            run = run if is_vietnamese_syllable(follows[0].text) else follows
        telling = [word for word in run if not is_unit(word.text)]
    return _as_name(text, run, telling) if telling else None


def _leads(run: list[Word], number: int, telling: list[Word]) -> bool:
    """Whether a word that is common elsewhere is the first of a Vietnamese name: "To Anh Dung"."""
    word, behind = run[number], run[number + 1 : number + 2]
    return (
        bool(behind)
        and behind[0] in telling
        and is_vietnamese_syllable(word.text)
        and is_vietnamese_syllable(behind[0].text)
        and (is_unit(word.text) or word.fold in SURNAMES or not word.text.isascii())
    )


def _as_name(text: str, run: list[Word], telling: list[Word]) -> Name:
    span = Span(run[0].start, run[-1].end)
    return Name(span, span.of(text), tuple(dict.fromkeys(word.fold for word in telling)))


def _is_addressed(text: str, word: Word) -> bool:
    """Whether a form of address stands before a word: "bà Hạnh"."""
    before = text[max(0, word.start - 8) : word.start].split()
    return bool(before) and before[-1].lower() in small_words("address_vi")


def _is_place(text: str, first: Word) -> bool:
    """Whether the word before says that a place follows: "ở Bình Dương", "tỉnh Hòa Bình"."""
    before = text[max(0, first.start - 16) : first.start].split()
    return bool(before) and fold(before[-1]) in small_words("where_vi")


def _opens(text: str, run: list[Word], language: str) -> bool:
    """Whether the first word of a sentence has its capital from there: "Both sides", "Prices"."""
    first = run[0]
    if first.fold in idle_words(language) or _is_common(first, language):
        return True
    if len(run) > 1:
        return first.fold.endswith("ing") and run[1].text.isupper()  # "Receiving JETRO chairman"
    if language == "vi" and not is_vietnamese_syllable(first.text):
        return False
    if language not in ("fr", "en") or first.text.isupper():
        return not first.text.isupper()
    if first.fold.endswith(_NO_NAME_ENDS) or first.fold in small_words(f"openers_{language}"):
        return True
    # Somebody named by one word does something at once, or has something.
    behind = text[first.end : first.end + 24]
    follows = words(behind)[:1]
    return not (
        behind.startswith(("'s ", "’s ", ","))
        or (bool(follows) and follows[0].fold in small_words("doing") and follows[0].text != "à")
        or bool(find_marks(behind, language)[:1])
    )


@cache
def _common(language: str) -> frozenset[str]:
    listed = table("capitals")
    chosen = [language] if language in listed else ["en", "fr"]
    goods = [form for kind in table("things")["goods"].values() for form in kind.get(language, ())]
    listed_words = [word for each in chosen for word in listed[each].split()]
    return frozenset(map(fold, [*listed_words, *goods]))


def _is_common(word: Word, language: str) -> bool:
    if len(word.fold) == 1 and not word.text.isascii():
        return True
    common = _common(language)
    if is_unit(word.text):
        return True
    if word.fold in common or word.fold in idle_words(language):
        return True
    if language == "vi":
        return False
    if word.fold.endswith(_COMMON_ENDS) and len(word.fold) > 7:
        return True
    if word.fold.endswith("ing") and len(word.fold) > 9:
        return True
    stem = word.fold.removesuffix("s").removesuffix("e")
    return len(stem) >= _STEM and (stem in common or stem + "e" in common)


def code_of(surface: str) -> str:
    """A word with digits as it is compared: "covid19"."""
    return re.sub(r"[-‑ ]", "", fold(surface))


def is_code(surface: str) -> bool:
    """Whether a name is letters that are spelled, or has digits: "USS", "COVID-19"."""
    return surface.isupper() or any(character.isdigit() for character in surface)
