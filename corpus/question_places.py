"""Places in a typed question: no accents, no capitals, abbreviations, slips of the finger.

Everything is compared folded. Short words that are also everyday words ("anh", "my", "us") count
only beside another place or after a word that asks for a country. Each place gets a role: "actor"
where the question names it as one who acts, "mention" elsewhere.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from corpus.article import Span
from corpus.countries import PlaceMention, Role, find_places, guess_language, with_role
from corpus.gazetteer import Name, base, data, personal
from corpus.wordlists import listed
from corpus.words import Word, fold, gap, is_dash, is_inner, is_vietnamese_syllable, words


@cache
def _joined_names() -> dict[str, list[Name]]:
    """Return names by their letters run together: "vietnam" for "Viet Nam" and "Vietnam" alike."""
    table: dict[str, list[Name]] = {}
    for names in base().values():
        for name in names:
            if not name.compound or name.language == "vi":
                table.setdefault("".join(name.folds), []).append(name)
    return table


@cache
def _fuzzy_targets() -> dict[str, list[tuple[str, Name]]]:
    """Return the names a slip may stand for, by first letter, none of them short or doubtful."""
    targets: dict[str, list[tuple[str, Name]]] = {}
    for letters, names in _joined_names().items():
        plain = [n for n in names if n.kind != "blocked" and not n.acronym]
        plain = [n for n in plain if not n.doubtful and not n.compound]
        plain = [n for n in plain if n.form == "name"]
        if plain and len(letters) >= 5:
            by_size = {len(name.folds): name for name in plain}
            targets.setdefault(letters[0], []).extend((letters, n) for n in by_size.values())
    return targets


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(fold(str(word)) for word in data()["ordinary"])


def find(text: str, language: str | None = None) -> list[PlaceMention]:
    """Return the places a question names, in order, each with its role."""
    found = words(text)
    language = language or guess_language(found) or _guess_typed(found)
    written = find_places(text, language)
    taken = [
        m
        for m in written
        if (m.surface != m.surface.lower() or m.surface == m.surface.upper())
        and not _shouted_pronoun(text, m)
    ]
    mentions = list(taken)
    index = 0
    lone: list[tuple[int, Name]] = []
    while index < len(found):
        if any(m.start < found[index].end and found[index].start < m.end for m in taken):
            index += 1
            continue
        size, name, doubtful = _at(text, found, index, language)
        if name is not None and name.kind != "blocked":
            if doubtful:
                lone.append((index, name))
            else:
                mentions.append(_mention(text, found, index, size, name))
        index += max(size, 1)
    mentions += _lone(text, found, lone, mentions)
    mentions += _slips(text, found, mentions)
    mentions.sort(key=lambda m: m.start)
    return [with_role(m, _role(text, found, mentions, i)) for i, m in enumerate(mentions)]


def _shouted_pronoun(text: str, mention: PlaceMention) -> bool:
    return mention.surface == "US" and text.isupper()


def _guess_typed(found: list[Word]) -> str | None:
    folds = {word.fold for word in found}
    if folds & listed("questions.vi_signs"):
        return "vi"
    return None


def _mention(text: str, found: list[Word], index: int, size: int, name: Name) -> PlaceMention:
    start, end = found[index].start, found[index + size - 1].end
    strength = {"name": 1.0, "adjective": 0.8, "seat": 0.5, "capital": 0.3}[name.form]
    kind = name.kind if name.kind != "blocked" else "country"
    return PlaceMention(name.code, kind, Span(start, end), text[start:end], name.form, strength)


def _at(
    text: str, found: list[Word], index: int, language: str | None
) -> tuple[int, Name | None, bool]:
    """Return (words, name, doubtful) of the longest name that begins at `index`."""
    table = _joined_names()
    letters = found[index].fold
    windows = [(1, letters)]
    for size in range(2, 8):
        if index + size > len(found):
            break
        if not is_inner(gap(text, found[index + size - 2], found[index + size - 1])):
            break
        letters += found[index + size - 1].fold
        windows.append((size, letters))
    for size, letters in reversed(windows):
        for name in table.get(letters, ()):
            part = found[index : index + size]
            if size > 1 and len(name.folds) == 1 and len(letters) < 7:
                continue  # "an do" is a name of two words; two words are seldom a name of one
            verdict = _acceptable(part, name, letters, language)
            if verdict is not None:
                return size, name, verdict
    return 1, None, False


def _acceptable(part: list[Word], name: Name, letters: str, language: str | None) -> bool | None:
    """Return False for a certain name, True for one that needs its context, None for no name."""
    marks = "".join(sorted("".join(word.marks for word in part)))
    own = "".join(sorted("".join(name.marks)))
    if marks and marks != own and len(letters) < 5:
        return None
    if name.kind == "blocked":
        return False if len(part) > 1 else None
    if len(part) == 1 and letters in listed("questions.vi_lone") and name.language == "vi":
        return True if language in ("vi", None) else None
    if letters == "us" or (letters == "thai" and language == "vi"):
        return True
    if name.compound:
        return None
    if letters == "eu" and language == "fr" and part[0].text.islower():
        return None  # "a eu lieu"; French calls the Union UE
    if letters in listed("questions.short"):
        return False
    if name.acronym or (len(letters) < 5 and name.form != "name"):
        return None
    if name.form == "adjective" and name.language == "fr" and language != "fr":
        return None
    if len(letters) < 5 and (name.doubtful or name.language == "vi" or len(part) == 1):
        return (
            None
            if part[0].text.islower() and len(letters) < 4
            else (None if name.doubtful else False)
        )
    if name.doubtful and name.form == "adjective":
        return None
    if len(part) == 1 and part[0].capital and letters in personal("given") | personal("surnames"):
        return None  # with capitals typed, the careful reading has already decided
    return False


def _lone(
    text: str, found: list[Word], lone: list[tuple[int, Name]], sure: list[PlaceMention]
) -> list[PlaceMention]:
    """Return the doubtful short names that their context confirms."""
    out: list[PlaceMention] = []
    positions = {
        i for i, word in enumerate(found) if any(m.start <= word.start < m.end for m in sure)
    }
    places = positions | {index for index, _ in lone}
    for index, name in lone:
        letters = found[index].fold
        before = found[index - 1].fold if index else ""
        after = found[index + 1].fold if index + 1 < len(found) else ""
        if letters == "us":
            good = _us_is_country(found, index, places)
        elif _pair(text, found, index, {other for other, _ in lone}):
            good = True
        else:
            good = _vietnamese_is_country(
                letters, before, after, index, positions, places, len(found)
            )
        if good:
            out.append(_mention(text, found, index, 1, name))
    return out


def _pair(text: str, found: list[Word], index: int, lone: set[int]) -> bool:
    """Return whether two short names side by side are countries: "quan he my trung"."""
    for left in (index - 1, index):
        if left not in lone or left + 1 not in lone:
            continue
        if is_dash(gap(text, found[left], found[left + 1])):
            return True
        if left and found[left - 1].fold in listed("questions.vi_pair"):
            return True
    return False


def _us_is_country(found: list[Word], index: int, places: set[int]) -> bool:
    before = found[index - 1].fold if index else ""
    after = found[index + 1].fold if index + 1 < len(found) else ""
    if found[index].text == "US":
        return before not in listed("questions.not_us") or after in listed("questions.us_after")
    if before in listed("questions.not_us"):
        return False
    if before == "the" or index - 1 in places:
        return True
    if index == 0:
        return after in listed("questions.us_after") or index + 1 in places
    linked = before in ("and", "between", "vs", "with") and (
        index - 2 in places or index + 2 in places
    )
    return linked or (after in ("and", "vs") and index + 2 in places) or index + 1 in places


def _vietnamese_is_country(
    letters: str, before: str, after: str, index: int, sure: set[int], places: set[int], count: int
) -> bool:
    if before in listed("questions.vi_previous_compound") or (before, letters) == ("dao", "duc"):
        return False
    if after in listed("questions.vi_word_after") and index + 1 not in sure:
        return False
    linked = before in ("va", "voi", "giua", "cung") or after in ("va", "voi", "cung")
    if index - 1 in sure or index + 1 in sure:
        return True
    if linked and ({index - 2, index + 2} & places):
        return True
    if letters in ("anh", "y", "ao", "an", "trung", "viet", "han", "bi", "thai"):
        office = before in ("tuong", "giao", "nuoc", "phia") or (before == "su" and bool(sure))
        if letters == "anh" and index == 0:
            return after in listed("questions.vi_after_anh") or (
                bool(sure) and after in listed("questions.vi_after")
            )
        return letters in ("anh", "han") and (
            office or (bool(sure) and before in listed("questions.vi_before"))
        )
    if before in listed("questions.vi_before"):
        return True
    return index == 0 and (after in listed("questions.vi_after") or count == 1)


def _slips(text: str, found: list[Word], known: list[PlaceMention]) -> list[PlaceMention]:
    """Return places typed with one slip: "vietnm", "rusia", "trung quoocs"."""
    out: list[PlaceMention] = []
    index = 0
    while index < len(found):
        step = 1
        for size in (3, 2, 1):
            part = found[index : index + size]
            if len(part) < size or any(
                m.start < part[-1].end and part[0].start < m.end for m in known
            ):
                continue
            if any(not is_inner(gap(text, a, b)) for a, b in pairwise(part)):
                continue
            name = _slip(part)
            if name is not None:
                out.append(_mention(text, found, index, size, name))
                step = size
                break
        index += step
    return out


def _slip(part: list[Word]) -> Name | None:
    letters = "".join(word.fold for word in part)
    if len(letters) < (5 if len(part) == 1 else 7) or letters in _ordinary():
        return None
    if any(word.marks for word in part) or letters in _joined_names():
        return None
    if len(part) == 1 and is_vietnamese_syllable(letters):
        return None  # "truong" is no slip for a country but a word
    hits: list[Name] = []
    for target, name in _fuzzy_targets().get(letters[0], ()):
        if len(target) < 6 and len(letters) < 6 and len(target) <= len(letters):
            continue  # five letters, one of them wrong, are too little to go by
        if len(part) > 1 and not 0 <= abs(len(name.folds) - len(part)) <= 1:
            continue
        if (len(part) == 1) != (len(name.folds) == 1):
            continue  # "brain" is not "Bra-xin"
        if OSA.distance(letters, target, score_cutoff=1) == 1:
            hits.append(name)
    return hits[0] if hits and len({name.code for name in hits}) == 1 else None


def _role(text: str, found: list[Word], mentions: list[PlaceMention], position: int) -> Role:
    mention = mentions[position]
    inside = [i for i, word in enumerate(found) if mention.start <= word.start < mention.end]
    first, last = (inside[0], inside[-1]) if inside else (0, 0)
    before = first - 1
    while (
        before >= 0
        and found[before].fold in listed("questions.articles")
        and found[before].fold != "nuoc"
    ):
        before -= 1
    previous = found[before].fold if before >= 0 else ""
    after = found[last + 1].fold if last + 1 < len(found) else ""
    if mention.form == "adjective":
        return "mention"
    if previous in listed("questions.locative") and not (
        previous == "a" and "visite" in text.lower()
    ):
        visit = before > 0 and found[before - 1].fold in (
            "visite",
            "visit",
            "trip",
            "voyage",
            "tham",
        )
        return "actor" if visit else "mention"
    if text[mention.end : mention.end + 2].lower() in ("'s", "’s"):
        return "actor"
    if _beside_place(text, mentions, position):
        neighbour_role = _chain_is_locative(found, mentions, position)
        return "mention" if neighbour_role else "actor"
    if previous in listed("questions.about"):
        return "mention"
    if previous == "to" and before and found[before - 1].fold in listed("questions.posted_to"):
        return "mention"
    if previous in listed("questions.partner") or after in listed("questions.acts") or first == 0:
        return "actor"
    return "mention"


def _beside_place(text: str, mentions: list[PlaceMention], position: int) -> bool:
    """Return whether nothing but "and", "with" or a dash stands between two places."""
    mention = mentions[position]
    for other in mentions[max(0, position - 1) : position] + mentions[position + 1 : position + 2]:
        left, right = (mention, other) if mention.start < other.start else (other, mention)
        between = words(text[left.end : right.start])
        if (
            other.form != "adjective"
            and len(between) <= 3
            and all(w.fold in listed("questions.place_links") for w in between)
        ):
            return True
    return False


def _chain_is_locative(found: list[Word], mentions: list[PlaceMention], position: int) -> bool:
    """Return whether the first place of an "A and B" chain follows "in"."""
    if position == 0:
        return False
    start = mentions[position - 1].start
    index = next((i for i, word in enumerate(found) if word.start >= start), 0)
    return index > 0 and found[index - 1].fold in listed("questions.locative")
