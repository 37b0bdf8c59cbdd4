"""Proper names in a statement, and whether a text has them: folded, in any order, transliterated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.article import Span
from corpus.vietnamese_names import SURNAMES
from corpus.words import Word, fold, gap, is_vietnamese_syllable, starts_sentence, words
from retrieval.tables import table
from retrieval.verify.bodies import spelled_out
from retrieval.verify.quantities import is_unit
from retrieval.verify.small_words import small_words
from retrieval.words import idle_words

_STEM = 4
_NEAR = 3
"""Words that may stand between the words of one name: "Nguyen Thi (Mrs) Lan"."""

_COMMON_ENDS = ("tion", "tions", "ment", "ments", "ness", "ship", "ships", "ities", "ance", "ences")

_CODE = re.compile(r"\b[A-Za-z]{1,8}(?: ?[-‑] ?)?\d{1,4}[A-Za-z]?\b")
_CAPITALISES_NOUNS = frozenset(("de", "lb"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, and the folded words that another text must have."""

    span: Span
    surface: str
    parts: tuple[str, ...]


def find_names(text: str, language: str, taken: Sequence[Span]) -> list[Name]:
    """The names in `text` apart from the places, titles and dates in `taken`.

    A name is a run of capitalised words of which one at least is no common word, or a word with
    digits ("COVID-19", "F-16").
    """
    found = [
        Name(Span(match.start(), match.end()), match.group(), (_code(match.group()),))
        for match in _CODE.finditer(text)
        if not _within(match.start(), taken)
    ]
    if language in _CAPITALISES_NOUNS:
        return found
    codes = [name.span for name in found]
    run: list[Word] = []
    for word in [*words(text), None]:
        free = word is not None and word.capital and not _within(word.start, (*taken, *codes))
        if run and (word is None or not free or not _joins(text, run[-1], word)):
            name = _name(text, run, language)
            if name is not None:
                found.append(name)
            run = []
        if free and word is not None:
            run.append(word)
    return sorted(found, key=lambda name: name.span.start)


def _joins(text: str, left: Word, right: Word) -> bool:
    between = gap(text, left, right)
    if between == ". ":  # "J. Smith", "TP. Hồ Chí Minh"
        return len(left.text) <= 2
    return between in {" ", "-", "\u00a0", "‑", "’", "'"}


def _within(start: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= start < span.end for span in spans)


def _name(text: str, run: list[Word], language: str) -> Name | None:
    if text.isupper():
        return None
    if starts_sentence(text, run[0].start) and _opens(run, language):
        run = run[1:]
    if not run:
        return None
    telling = [word for word in run if not _is_common(word, language)]
    if language == "vi" and all(is_vietnamese_syllable(word.text) for word in run):
        # "Bộ Ngoại giao" has one capital at a time, "Tô Anh Dũng" has them in a row.
        if len(run) == 1:
            return None
        if len(telling) < len(run) and run[0].fold not in SURNAMES and not _is_place(text, run[0]):
            return None
        telling = run
    elif language == "vi":
        telling = [word for word in run if not is_unit(word.fold)]
    if not telling:
        return None
    span = Span(run[0].start, run[-1].end)
    return Name(span, span.of(text), tuple(dict.fromkeys(word.fold for word in telling)))


def _is_place(text: str, first: Word) -> bool:
    """Whether the word before says that a place follows: "ở Bình Dương", "tỉnh Hòa Bình"."""
    before = text[: first.start].split()
    return bool(before) and fold(before[-1]) in small_words("where_vi")


def _opens(run: list[Word], language: str) -> bool:
    """Whether the first word of a sentence has its capital from there: "Both sides", "Chiều nay"."""
    first = run[0]
    if first.fold in idle_words(language) or _is_common(first, language):
        return True
    if language == "vi":
        return len(run) == 1 and not first.text.isupper()
    # "Following", "Asked": no name at the start of a sentence ends so and stands alone.
    return len(run) == 1 and (first.fold.endswith(("ing", "ed")) or language not in ("fr", "en"))


@cache
def _common(language: str) -> frozenset[str]:
    listed = table("capitals")
    chosen = [language] if language in listed else ["en", "fr"]
    return frozenset(fold(word) for each in chosen for word in listed[each].split())


def _is_common(word: Word, language: str) -> bool:
    if len(word.fold) == 1 and not word.text.isascii():
        return True
    common = _common(language)
    if is_unit(word.fold):
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


def _code(surface: str) -> str:
    return re.sub(r"[-‑ ]", "", fold(surface))


# -- What a text has


@dataclass(frozen=True, slots=True)
class Present:
    """The words of a text by which names are looked for."""

    folds: tuple[str, ...]
    sounds: tuple[str, ...]
    codes: frozenset[str]
    cities: frozenset[str]

    def has(self, name: Name, *, transliterated: bool) -> bool:
        """Whether all parts of `name` stand close together."""
        if len(name.parts) == 1 and name.parts[0] in self.codes:
            return True
        if self.has_city(name.surface):
            return True
        if name.surface.isupper() and spelled_out(name.surface, self.folds):
            return True
        return _near(name.parts, self.folds) or (
            transliterated and _near([sound(part) for part in name.parts], self.sounds)
        )

    def has_city(self, surface: str) -> bool:
        """Whether the text names the same city, in whatever language."""
        return city_of(surface) in self.cities


@lru_cache(maxsize=256)
def present(text: str) -> Present:
    """What `text` has."""
    found = words(text)
    folds = tuple(_same(word.fold) for word in found)
    plain = [_plain(word.text) for word in found]
    zones = {
        _cities()[name]
        for size in (1, 2, 3)
        for start in range(len(plain) - size + 1)
        if (name := "".join(plain[start : start + size])) in _cities()
    }
    codes = frozenset(_code(match.group()) for match in _CODE.finditer(text))
    letters = frozenset(code.rstrip("0123456789") for code in codes)
    return Present(folds, tuple(sound(word) for word in folds), codes | letters, frozenset(zones))


def _near(parts: Sequence[str], folds: Sequence[str]) -> bool:
    parts = [_same(part) for part in parts]
    if len(parts) == 1:
        return parts[0] in folds
    places = {part: [n for n, word in enumerate(folds) if word == part] for part in parts}
    if not all(places.values()):
        return False
    reach = len(parts) - 1 + _NEAR
    return any(
        all(any(0 <= at - start <= reach for at in places[part]) for part in parts)
        for start in sorted(at for each in places.values() for at in each)
    )


@cache
def _equals() -> Mapping[str, str]:
    return {fold(form): fold(group[0]) for group in table("capitals")["same"] for form in group}


def _same(word: str) -> str:
    return _equals().get(word, word)


_SOUNDS = (
    (re.compile(r"tch|tsch|tsh|ch|sch|sh|x"), "s"),
    (re.compile(r"ou|oo|w"), "u"),
    (re.compile(r"ph|ff"), "f"),
    (re.compile(r"ck|kh|qu|c|q|g(?=h)"), "k"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"z|ts"), "s"),
    (re.compile(r"[f]$"), "v"),
    (re.compile(r"h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=..)e$"), ""),
)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A folded name brought to what French, English and Vietnamese transliterations share:
    "Karassine" and "Karasin", "Poutine" and "Putin"."""
    if len(word) < _STEM:
        return word
    for pattern, into in _SOUNDS:
        word = pattern.sub(into, word)
    return word


def city_of(surface: str) -> str | None:
    """The city that a name stands for, whatever the language, if it is known."""
    return _cities().get(_plain(surface))


def is_code(surface: str) -> bool:
    """Whether a name is letters that are spelled, or has digits: "USS", "COVID-19"."""
    return surface.isupper() or any(character.isdigit() for character in surface)


@cache
def _cities() -> Mapping[str, str]:
    """Cities that CLDR names, as exemplars of time zones, by their names in three languages."""
    from babel import Locale  # noqa: PLC0415 - read when a name is looked up

    named: dict[str, str] = {}
    zones: set[str] = set()
    for language in ("vi", "fr", "en", "es", "de"):
        for zone, entry in Locale.parse(language).time_zones.items():
            zones.add(zone)
            if isinstance(entry, Mapping) and isinstance(entry.get("city"), str):
                named.setdefault(_plain(entry["city"]), zone)
    for zone in zones:
        named.setdefault(_plain(zone.rpartition("/")[2].replace("_", " ")), zone)
    for place in table("cities"):
        for form in place:
            named[_plain(form)] = fold(place[0])
    return named


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", fold(name))
