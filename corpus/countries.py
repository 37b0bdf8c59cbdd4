"""Countries and regions named in a text, and how prominent each is.

Names come from CLDR and `data/places.yaml` (see `corpus.gazetteer`). The longest name wins, so
"Nam Sudan" is never Sudan; `corpus.place_guards` drops words and people that look like a country.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from corpus.article import Span
from corpus.gazetteer import MAIN_LANGUAGES, Form, Index, Name, base, cldr, data, of_language
from corpus.place_guards import Hit, Verdict, given_names, judge
from corpus.place_scripts import find_in_scripts, has_other_script, script_languages
from corpus.vietnamese_names import SURNAMES
from corpus.words import (
    Word,
    gap,
    has_vietnamese_marks,
    is_dash,
    is_inner,
    is_shouted,
    is_space,
    starts_sentence,
    words,
)

Role = Literal["actor", "mention"]

_STRENGTH: dict[Form, float] = {"name": 1.0, "adjective": 0.8, "seat": 0.5, "capital": 0.3}
_DATELINE = 0.05
_TITLE, _LEAD, _LEAD_LENGTH = 4.0, 2.0, 400


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One mention of a country or region.

    `code` is ISO 3166-1 alpha-2 for a country, an id of places.yaml for a region. `strength`
    (0…1) says how much the mention tells: a name 1, a capital used as an actor less, a dateline
    next to nothing. `role` is set for questions only.
    """

    code: str
    kind: Literal["country", "region"]
    span: Span
    surface: str
    form: Form = "name"
    strength: float = 1.0
    role: Role | None = None

    @property
    def start(self) -> int:
        return self.span.start

    @property
    def end(self) -> int:
        return self.span.end


def find_places(text: str, language: str | None = None) -> list[PlaceMention]:
    """Return the countries and regions named in `text`, in order.

    `language` (ISO 639-1) adds that language's names to Vietnamese, French and English ones and
    settles which everyday words to beware of; None lets the letters of the text decide.
    """
    found = words(text)
    if language not in MAIN_LANGUAGES and not (language and cldr(language)):
        language = guess_language(found)
    mentions = [
        PlaceMention(
            code, "region" if kind == "region" else "country", Span(start, end), text[start:end]
        )
        for code, kind, _, start, end in (find_in_scripts(text) if has_other_script(text) else ())
    ]
    mentions += _judged(text, found, _hits(text, found, language))
    mentions.sort(key=lambda mention: mention.start)
    return mentions


def guess_language(found: Sequence[Word]) -> str | None:
    """Return "vi" where Vietnamese accents are frequent, "fr" or "en" by their commonest words."""
    sample = found[:400]
    if not sample:
        return None
    if sum(has_vietnamese_marks(word.text) for word in sample) > len(sample) / 8:
        return "vi"
    folds = [word.fold for word in sample]
    french = sum(map(folds.count, ("le", "la", "les", "des", "du", "et", "une", "dans", "au")))
    english = sum(map(folds.count, ("the", "of", "and", "to", "in", "with", "is", "for")))
    if french == english:
        return None
    return "fr" if french > english else "en"


def _hits(text: str, found: list[Word], language: str | None) -> list[Hit]:
    """Return the longest names, left to right, before any rule has judged them."""
    indexes: list[Index] = [base()]
    if language and language not in MAIN_LANGUAGES and language not in script_languages():
        indexes.append(of_language(language))
    hits: list[Hit] = []
    index, count = 0, len(found)
    while index < count:
        fold = found[index].fold
        second = found[index + 1].fold if index + 1 < count else None
        best: Name | None = None
        for names in indexes:
            for name in names.get(fold, ()):
                if best is not None and len(name.folds) <= len(best.folds):
                    break
                if len(name.folds) > 1 and name.folds[1] != second:
                    continue
                if _matches(text, found, index, name, language):
                    best = name
                    break
        if best is None:
            index += 1
            continue
        hits.append(Hit(index, index + len(best.folds) - 1, best))
        index += len(best.folds)
    return hits


def _matches(text: str, found: list[Word], index: int, name: Name, language: str | None) -> bool:
    size = len(name.folds)
    if index + size > len(found):
        return False
    if size > 1:
        for offset in range(1, size):
            if found[index + offset].fold != name.folds[offset]:
                return False
            between = gap(text, found[index + offset - 1], found[index + offset])
            if not is_inner(between):
                return False
            if name.language == "vi" and not name.dashed and not is_space(between):
                return False  # "Trung - Mỹ" is China and America, not "Trung Mỹ"
    part = found[index : index + size]
    return (
        _language_fits(name, language) and _accents_fit(name, part) and _case_fits(text, name, part)
    )


def _language_fits(name: Name, language: str | None) -> bool:
    if name.language == "vi":
        # "Anh" or "Trung-" in an English text is a piece of somebody's name.
        return language in ("vi", None) or not (name.doubtful or name.compound)
    if name.language == "fr" and (name.form == "adjective" or name.doubtful):
        return language in ("fr", None)
    if name.language == "en" and name.doubtful and name.form == "name":
        return language != "vi" or name.folds[0] != "lao"
    return True


def _accents_fit(name: Name, part: list[Word]) -> bool:
    """Return whether the accents agree, or were only left off a name long enough to be safe."""
    missing = 0
    for marks, word in zip(name.marks, part, strict=True):
        if marks == word.marks:
            continue
        if word.marks or name.doubtful or name.compound or name.letters < 5:
            return False
        missing += 1
    # "Nha Trang" is not "Nhà Trắng": a Vietnamese name may lack one accent in three syllables.
    return not missing or not name.vietnamese or (missing == 1 and len(part) > 2)


def _case_fits(text: str, name: Name, part: list[Word]) -> bool:
    if name.acronym:
        after = text[part[-1].end : part[-1].end + 1]
        return all(word.text.isupper() for word in part) and not after.isdigit()
    capitals = [word.capital for word in part]
    if name.form == "adjective":
        return name.language == "fr" or capitals[0]
    if not any(name.capitals):
        return True
    if name.language in ("vi", "*") and len(part) <= 2:
        return all(have or not want for have, want in zip(capitals, name.capitals, strict=True))
    if name.kind == "blocked":
        return True
    if name.compound and name.language == "fr":
        return True
    return any(have and want for have, want in zip(capitals, name.capitals, strict=True)) or (
        name.compound and name.language == "en" and is_shouted(text, part[0].start, part[-1].end)
    )


def _judged(text: str, found: list[Word], hits: list[Hit]) -> list[PlaceMention]:
    people = (
        given_names(text, found, SURNAMES)
        if any(hit.name.doubtful for hit in hits)
        else frozenset()
    )
    real = [
        hit
        for hit in hits
        if hit.name.kind != "blocked"
        and text[found[hit.last].end : found[hit.last].end + 1] != "+"  # "Vietnam+"
    ]
    # Two one-syllable names side by side are a person's ("Đức Anh"), so they do not vouch.
    starts = {hit.first for hit in hits if not hit.name.doubtful}
    ends = {hit.last for hit in hits if not hit.name.doubtful}
    verdicts: list[Verdict] = []
    for position, hit in enumerate(real):
        neighbours = (hit.first - 1 in ends, hit.last + 1 in starts)
        joined = _joined(text, found, real, position)
        verdicts.append(judge(text, found, hit, neighbours, joined, people))
    _carry_along_lists(text, found, real, verdicts)
    known = {
        hit.name.code for hit, verdict in zip(real, verdicts, strict=True) if verdict == "sure"
    }
    return [
        _mention(text, found, hit)
        for hit, verdict in zip(real, verdicts, strict=True)
        if verdict == "sure" or (verdict == "weak" and hit.name.code in known)
    ]


def _carry_along_lists(
    text: str, found: list[Word], hits: list[Hit], verdicts: list[Verdict]
) -> None:
    """Make a weak hit sure where a list ties it to a sure one ("Mỹ, Anh, Pháp và Việt Nam")."""
    order = list(range(1, len(hits)))
    for here, there in [(i, i - 1) for i in order] + [(i - 1, i) for i in reversed(order)]:
        if verdicts[here] != "weak" or verdicts[there] != "sure":
            continue
        left, right = (hits[here], hits[there]) if here < there else (hits[there], hits[here])
        between = text[found[left.last].end : found[right.first].start]
        if between.strip() in (",", "và", "and", "et", "cùng", "hay", "hoặc"):
            verdicts[here] = "sure"


def _joined(text: str, found: list[Word], hits: list[Hit], position: int) -> bool:
    """Return whether a dash, or "and" with a plain name, ties the hit to the place beside it."""
    hit = hits[position]
    for other in hits[max(0, position - 1) : position] + hits[position + 1 : position + 2]:
        left, right = (hit, other) if hit.first < other.first else (other, hit)
        between = text[found[left.last].end : found[right.first].start]
        if len(between) < 5 and is_dash(between):
            return True
        if not other.name.doubtful and not other.name.compound:
            if between.strip() in ("và", "and", "et", "cùng", "với", "&"):
                return True
            if between in (", ", "、"):
                return True
    return False


def _mention(text: str, found: list[Word], hit: Hit) -> PlaceMention:
    start, end = found[hit.first].start, found[hit.last].end
    if "." in text[start:end] and text[end : end + 1] == "." and hit.name.acronym:
        end += 1  # "U.S."
    strength = _STRENGTH[hit.name.form]
    if _is_dateline(text, start, end):
        strength = _DATELINE
    kind: Literal["country", "region"] = "region" if hit.name.kind == "region" else "country"
    return PlaceMention(
        hit.name.code, kind, Span(start, end), text[start:end], hit.name.form, strength
    )


def _is_dateline(text: str, start: int, end: int) -> bool:
    """Return whether the place only says where the report was filed ("Moscou (VNA) -")."""
    if not starts_sentence(text, start):
        return False
    after = text[end : end + 40]
    bracket = after.find(")")
    if (
        after[:2] == " ("
        and bracket > 0
        and after[bracket + 1 : bracket + 4].strip()[:1] in ("-", "–", "—")
    ):
        return True
    return after[:3] in (" — ", " – ") and start == 0


def rank_countries(
    mentions: Iterable[PlaceMention], text: str = "", title: str | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (countries, regions), each most prominent first.

    A mention in the title weighs four times, one in the lead twice as much as one in the body; a
    name repeated within a sentence's length tells little more than the first. Two equally
    prominent places stand in the order of their first mention. A title that `text` does not open
    with is read for itself.
    """
    weight: dict[tuple[str, str], float] = {}
    title_end = 0
    if title and text.lstrip().startswith(title):
        title_end = text.index(title) + len(title)
    elif title:
        for mention in find_places(title):
            key = (mention.kind, mention.code)
            weight[key] = weight.get(key, 0.0) + _TITLE * mention.strength
    lead_end = title_end + _LEAD_LENGTH
    last: dict[tuple[str, str], int] = {}
    for mention in mentions:
        factor = _TITLE if mention.start < title_end else _LEAD if mention.start < lead_end else 1.0
        key = (mention.kind, mention.code)
        if key in last and mention.start - last[key] < 150:
            factor *= 0.3
        last[key] = mention.start
        weight[key] = weight.get(key, 0.0) + factor * mention.strength
    ranked = sorted(weight, key=lambda key: -weight[key])
    return (
        tuple(code for kind, code in ranked if kind == "country"),
        tuple(code for kind, code in ranked if kind == "region"),
    )


@cache
def display_name(code: str, locale: str) -> str:
    """Return the name of a country or region in `locale`; the code itself where none is known."""
    language = locale.replace("-", "_").partition("_")[0]
    entry = data()["countries"].get(code) or data()["regions"].get(code) or {}
    shown = entry.get("show", {}).get(language)
    if shown:
        return str(shown)
    if code in data()["regions"]:
        forms = entry.get(language) or entry.get("en") or [code]
        return str(forms[0])
    return cldr(language).get(code) or cldr("en").get(code, code)


def region_members(code: str) -> frozenset[str]:
    """Return the ISO codes of a region's members, empty where membership is not a plain fact."""
    return frozenset(data()["regions"].get(code, {}).get("members", ()))


def regions_with(code: str) -> tuple[str, ...]:
    """Return the regions and organisations that a country belongs to."""
    regions = data()["regions"].items()
    return tuple(region for region, entry in regions if code in entry.get("members", ()))


def with_role(mention: PlaceMention, role: Role) -> PlaceMention:
    """Return the mention with its role in a question."""
    return replace(mention, role=role)


@lru_cache(maxsize=64)
def find_places_in_question(text: str, language: str | None = None) -> tuple[PlaceMention, ...]:
    """Return the places a typed question names; see `corpus.question_places`.

    Remembered, since understanding a question asks for them several times.
    """
    from corpus.question_places import find  # noqa: PLC0415  (that module builds on this one)

    return tuple(find(text, language))
