"""Rules that tell a country from the word or the person that looks like it.

Each rule takes the words around a hit and answers with a verdict: "sure", "weak" (counts only if
the same country is surely named elsewhere in the text) or "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus.gazetteer import Name, personal
from corpus.vietnamese_names import is_surname
from corpus.wordlists import listed
from corpus.words import (
    Word,
    gap,
    has_vietnamese_marks,
    is_shouted,
    is_space,
    is_vietnamese_syllable,
    starts_sentence,
)

Verdict = Literal["sure", "weak", "no"]


@dataclass(slots=True)
class Hit:
    """A name found in the words `first` … `last` (inclusive)."""

    first: int
    last: int
    name: Name


def certain_context(text: str, found: list[Word], hit: Hit) -> bool:
    """Return whether the hit stands alone in brackets: "Đại học Oxford (Anh)"."""
    start, end = found[hit.first].start, found[hit.last].end
    return text[max(0, start - 1) : start] in ("(", "/") and text[end : end + 1] in (")", "/", ",")


def judge(
    text: str,
    found: list[Word],
    hit: Hit,
    neighbours: tuple[bool, bool],
    joined: bool,
    given_names: frozenset[str],
) -> Verdict:
    """Return the verdict on one hit.

    `neighbours` says whether the words left and right belong to other hits, `joined` whether a
    dash or "và" ties the hit to another place, `given_names` the last syllables (folded) of the
    Vietnamese people the text names.
    """
    name = hit.name
    if name.compound:
        return _judge_compound(text, found, hit, neighbours, joined)
    if name.acronym and name.folds[0] in listed("places.shouted_words") and len(name.folds) == 1:
        word = found[hit.first]
        if is_shouted(text, word.start, word.end) and "." not in text[word.start : word.end + 1]:
            return "sure" if joined else "no"
    if name.form == "adjective":
        verdict = _judge_adjective(text, found, hit)
        if verdict != "sure":
            return verdict
    if name.doubtful and name.language == "vi":
        return _judge_vietnamese(text, found, hit, neighbours, joined, given_names)
    if len(name.folds) == 1:
        return _judge_person(text, found, hit, neighbours, joined)
    return "sure"


def _side(text: str, found: list[Word], hit: Hit) -> tuple[Word | None, Word | None]:
    """Return the words that stand directly beside the hit with only a space between."""
    left = found[hit.first - 1] if hit.first else None
    right = found[hit.last + 1] if hit.last + 1 < len(found) else None
    if left is not None and not is_space(gap(text, left, found[hit.first])):
        left = None
    if right is not None and not is_space(gap(text, found[hit.last], right)):
        right = None
    return left, right


def _judge_compound(
    text: str, found: list[Word], hit: Hit, neighbours: tuple[bool, bool], joined: bool
) -> Verdict:
    left, _ = _side(text, found, hit)
    if not joined:
        return "no"
    if hit.name.language == "vi" and left is not None and not neighbours[0]:
        lower = left.text.lower()
        if lower in ("miền", "khu") or (left.capital and lower not in listed("places.office_ends")):
            office = hit.first > 1 and f"{found[hit.first - 2].text} {left.text}".lower() in listed(
                "places.offices"
            )
            return "sure" if office else "no"
    return "sure"


def _judge_adjective(text: str, found: list[Word], hit: Hit) -> Verdict:
    before = found[hit.first - 1] if hit.first else None
    after = found[hit.last + 1] if hit.last + 1 < len(found) else None
    if hit.name.language == "fr":
        if before is not None and before.text.lower() in listed("places.french_learned"):
            if gap(text, before, found[hit.first]).strip():
                return "sure"
            return "no"
        return "sure"
    if after is not None and after.fold in listed("places.after_language"):
        return "no"
    if before is not None and before.fold in listed("places.learned") and hit.name.letters > 3:
        between = gap(text, found[hit.last], after) if after is not None else "."
        if after is None or not is_space(between) or after.fold in listed("places.function"):
            return "no"
    if hit.name.doubtful and starts_sentence(text, found[hit.first].start):
        return "weak"
    return "sure"


def _judge_person(
    text: str, found: list[Word], hit: Hit, neighbours: tuple[bool, bool], joined: bool
) -> Verdict:
    """Judge a one-word name that may be somebody's, or part of a treaty's or a firm's name."""
    fold = hit.name.folds[0]
    word = found[hit.first]
    given, surname = fold in personal("given"), fold in personal("surnames")
    capital = hit.name.form == "capital"
    if _names_brand(text, found, hit):
        return "no"
    if not (given or surname or capital) or joined:
        return "sure"
    left, right = _side(text, found, hit)
    if left is not None and _ends_office(found, hit):
        return "sure"  # "Thủ tướng Israel Benjamin Netanyahu"
    if capital and _names_treaty(found, hit, right):
        return "no"
    if fold == "georgia" and _names_state(found, hit):
        return "no"
    if is_shouted(text, word.start, word.end):
        return "sure"
    verdict: Verdict = "sure"
    if (surname or capital) and left is not None and left.capital and not neighbours[0]:
        opens = starts_sentence(text, left.start) and left.fold in listed("places.no_person")
        short = left.text.isupper() and left.text not in listed("places.ships")
        if not opens and left.text.lower() not in listed("places.no_person") and not short:
            verdict = "no"
    if given and right is not None and right.capital and not neighbours[1]:
        lower = right.text.lower()
        if (
            lower not in listed("places.no_person")
            and not right.text.isupper()
            and not right.text.isdigit()
        ):
            verdict = "no"
    if verdict == "no" and _title_case(text, word.start, word.end):
        return "weak"
    return verdict


def _ends_office(found: list[Word], hit: Hit) -> bool:
    """Return whether the two words before end an office or a body, whose country follows."""
    before = " ".join(word.text.lower() for word in found[max(0, hit.first - 2) : hit.first])
    return before in listed("places.offices")


def _names_state(found: list[Word], hit: Hit) -> bool:
    """Return whether the words around "Georgia" speak of a state of the United States."""
    around = found[max(0, hit.first - 1) : hit.first] + found[hit.last + 1 : hit.last + 2]
    return any(word.fold in listed("places.us_state") for word in around)


def _names_brand(text: str, found: list[Word], hit: Hit) -> bool:
    """Return whether the name is part of a firm's, a paper's or a tournament's ("US Open")."""
    left, right = _side(text, found, hit)
    if right is not None and right.capital and right.fold in listed("places.brand_after"):
        return True
    return left is not None and left.capital and left.fold in listed("places.brand_before")


def _names_treaty(found: list[Word], hit: Hit, right: Word | None) -> bool:
    if right is not None and right.capital and right.fold in listed("places.treaty"):
        return True
    back = [found[i] for i in range(max(0, hit.first - 2), hit.first)]
    before = [word.text.lower() for word in back]
    if (
        before
        and before[-1] in ("de", "of")
        and before[0] in listed("places.treaty")
        and back[0].capital
    ):
        return True
    return bool(before) and (
        " ".join(before) in ("hiệp định", "thỏa thuận", "thoả thuận", "công ước", "nghị định")
        or before[-1] in ("thư", "marathon")
    )


def _title_case(text: str, start: int, end: int) -> bool:
    """Return whether the line is a headline with a capital on nearly every long word."""
    left = text.rfind("\n", max(0, start - 200), start) + 1
    right = text.find("\n", end, end + 200)
    line = text[max(left, start - 200) : right if right >= 0 else end + 200]
    long_words = [word for word in line.split() if len(word) > 4 and word[0].isalpha()]
    return len(long_words) >= 4 and all(word[0].isupper() for word in long_words)


def _judge_vietnamese(
    text: str,
    found: list[Word],
    hit: Hit,
    neighbours: tuple[bool, bool],
    joined: bool,
    given_names: frozenset[str],
) -> Verdict:
    left, right = _side(text, found, hit)
    before = left.text.lower() if left is not None else ""
    if _is_word_or_language(found, hit, before, right):
        return "no"
    if certain_context(text, found, hit):
        return "sure"
    previous = found[hit.first - 2].text.lower() if hit.first > 1 else ""
    office = f"{previous} {before}" in listed("places.offices") or (
        left is not None and left.text.isupper() and len(left.text) > 1
    )
    word = found[hit.first]
    if is_shouted(text, word.start, word.end):
        if joined or f"{previous} {before}" in listed("places.offices"):
            return "sure"
        return "weak" if left is None or neighbours[0] else "no"
    if left is not None and left.capital and not neighbours[0] and not office:
        if starts_sentence(text, left.start) and before in listed("places.office_ends"):
            return "sure"  # "Với Nga, …", "Phía Anh …"
        return "no"
    if joined or (before in ("tại", "ở") and _person_follows(text, found, hit)):
        return "sure"
    if right is not None and right.capital and not neighbours[1]:
        verdict = _foreign_name_follows(right, office, starts_sentence(text, word.start))
        if verdict != "sure":
            return verdict
    if office:
        return "sure"
    if starts_sentence(text, word.start) or (left is None and hit.first):
        return "weak"
    if hit.name.folds[0] in given_names:
        return "weak"
    return "sure"


def _person_follows(text: str, found: list[Word], hit: Hit) -> bool:
    """Return whether a whole Vietnamese name follows: "Đại sứ tại Lào Nguyễn Văn An"."""
    part = found[hit.last : hit.last + 4]
    return (
        len(part) > 2
        and is_surname(part[1], "vi")
        and all(word.capital and is_vietnamese_syllable(word.text) for word in part[1:3])
        and all(is_space(gap(text, left, right)) for left, right in pairwise(part[:3]))
    )


def _is_word_or_language(found: list[Word], hit: Hit, before: str, right: Word | None) -> bool:
    """Return whether the words beside rule a country out: "tiếng Anh", "anh Đức", "Anh ngữ"."""
    if before in listed("places.language_before"):
        return True
    if before == "việt" and found[max(0, hit.first - 2)].text.lower() in listed("places.bodies_vi"):
        return True
    if before in listed("places.kin") and len(hit.name.folds) == 1:
        return True
    after = right.text if right is not None else ""
    return after in listed("places.name_after")


def _foreign_name_follows(right: Word, office: bool, opens: bool) -> Verdict:
    """Judge by the capitalised word after: a Vietnamese syllable goes on a Vietnamese name."""
    if has_vietnamese_marks(right.text):
        return "no"
    if is_vietnamese_syllable(right.text):
        return "sure" if office else "no"
    return "weak" if opens and not office else "sure"


def given_names(text: str, found: list[Word], surnames: frozenset[str]) -> frozenset[str]:
    """Return, folded, the last syllables of the text's Vietnamese names ("Nguyễn Phương Nga")."""
    out: set[str] = set()
    index, count = 0, len(found)
    while index < count:
        word = found[index]
        if word.fold in surnames and word.capital:
            end = index
            while (
                end + 1 < count
                and end - index < 4
                and found[end + 1].capital
                and is_space(gap(text, found[end], found[end + 1]))
                and is_vietnamese_syllable(found[end + 1].text)
            ):
                end += 1
            if end > index:
                out.add(found[end].fold)
                index = end
        index += 1
    return frozenset(out)
