"""People a text names with their titles, and the titles themselves.

A person is taken only beside a title or a form of address ("ông", "Mr", "Mme"): precision before
recall, because a made-up person in an answer costs more than a missing one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.article import Person, Span
from corpus.countries import PlaceMention, find_places, guess_language
from corpus.person_names import Reader
from corpus.titles import Office, display_title, may_begin, office_at, titles_language
from corpus.wordlists import listed
from corpus.words import fold, gap, words

__all__ = ["TitleMention", "display_title", "find_people", "titles_in"]


_MOST_OFFICES = 4
"""More titles than this before one name are a list of offices, not somebody's."""


@dataclass(frozen=True, slots=True)
class TitleMention:
    """A title in a sentence: keys of titles.yaml, its span, its country, and who bears it there."""

    role: str | None
    portfolio: str | None
    span: Span
    surface: str
    country: str | None = None
    person: str | None = None
    person_span: Span | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A title with the words that belong to it and, if one stands beside it, a name."""

    offices: tuple[Office, ...]
    start: int
    end: int
    name: Span | None
    country: str | None


def find_people(
    text: str, language: str | None = None, places: list[PlaceMention] | None = None
) -> list[Person]:
    """Return the people named with a title or a form of address, in order of first mention.

    Each person comes once, with the fullest title the text gives; `title` is verbatim. `places`
    saves finding them again where the caller has them.
    """
    reader = _reader(text, language, places)
    people: list[Person] = []
    for item in sorted(_all(reader), key=lambda f: f.name.start if f.name else f.start):
        if item.name is not None:
            people.append(_person(text, item))
    for name in (*reader.addressed(), *reader.counterparts()):
        span = Span(reader.found[name[0]].start, reader.found[name[1]].end)
        people.append(Person(span.of(text), None, None, None, span, None))
    people.sort(key=lambda person: person.name_span.start)
    return _merged(people)


def titles_in(text: str, language: str | None = None) -> list[TitleMention]:
    """Return the titles of a sentence in order, each with its country and bearer where adjacent."""
    reader = _reader(text, language, None)
    out: list[TitleMention] = []
    for item in _all(reader):
        last = item.offices[-1]
        for office in item.offices:
            if office.rank != "office" and item.name is None:
                continue
            start, end = reader.found[office.first].start, reader.found[office.last].end
            own = office is item.offices[0]
            out.append(
                TitleMention(
                    office.role,
                    office.portfolio,
                    Span(start, end),
                    text[start:end],
                    item.country if own or (office is last and len(item.offices) == 1) else None,
                    item.name.of(text) if item.name else None,
                    item.name,
                )
            )
    return sorted(out, key=lambda mention: mention.span.start)


def _reader(text: str, language: str | None, places: list[PlaceMention] | None) -> Reader:
    found = words(text)
    known = language if language and language != "und" else guess_language(found)
    language = titles_language(known)
    if places is None:
        places = find_places(text, language)
    return Reader(text, found, language, places)


def _all(reader: Reader) -> Iterator[_Found]:
    """Yield every title, with the name after it, else the name before it."""
    index = 0
    taken: Span | None = None  # the last name that stands behind its title
    while index < len(reader.found):
        office = (
            office_at(reader.text, reader.found, index, reader.language)
            if may_begin(reader.found[index], reader.language)
            else None
        )
        if office is None:
            index += 1
            continue
        item = _with_name_after(reader, office)
        bearer = _bearer_before(reader, office, taken)
        if bearer is not None and (item.name is None or _apart(reader, item)):
            item = _with_titles_after_name(reader, office, bearer)
        yield item
        # "Đại tướng X, Bộ trưởng": who bears a rank may bear an office too.
        if item.name is not None and item.name.start > item.start:
            taken = item.name if any(o.rank == "office" for o in item.offices) else taken
        index = max(item.offices[-1].last, office.last) + 1


def _with_name_after(reader: Reader, office: Office, names: bool = True) -> _Found:
    offices = [office]
    first, position = reader.title_start(office.first), office.last + 1
    country: str | None = None
    comma = False
    end = office.last
    direct = True
    for _ in range(20):
        if position >= len(reader.found):
            break
        between = gap(reader.text, reader.found[position - 1], reader.found[position])
        step = reader.step(between)
        if step == "stop" or (comma and step == "comma") or len(offices) > _MOST_OFFICES:
            break
        comma = comma or step == "comma"
        another = office_at(reader.text, reader.found, position, reader.language)
        if another is not None:
            offices.append(another)
            position, end, comma, direct = another.last + 1, another.last, False, True
            continue
        if reader.is_address(position):
            position += 1
            direct = True
            continue
        bearer = {offices[-1].key, offices[-1].role} & listed("people.lone_surname")
        lone = direct and not comma and bool(bearer)
        name = reader.name_at(position, single=lone)
        if name is not None and not names:
            break
        if name is not None and (direct or comma or reader.may_precede_name(position - 1)):
            span = Span(reader.found[position].start, reader.found[name].end)
            title_end = position - 1
            while reader.is_address(title_end):
                title_end -= 1
            return _found(reader, offices, first, reader.found[title_end].end, span, country)
        beyond = None if comma else _beyond(reader, position, offices[-1].last + 1)
        if beyond is None:
            break
        position, place, direct = beyond
        country = country or place
        end = position - 1 if direct else end
    title_end = reader.found[max(end, office.last)].end
    kept = offices[:1] if len(offices) > 1 else offices
    if len(offices) > 1:
        title_end = reader.found[office.last].end
    return _found(reader, kept, first, title_end, None, country)


def _beyond(reader: Reader, position: int, since: int) -> tuple[int, str | None, bool] | None:
    """Step over a district, a place or a word of the title, which goes on from word `since`.

    Returns (next word, country, whether a name may follow at once), None where the title ends.
    """
    if last := reader.district_end(position):
        return last + 1, None, True
    place = reader.place_at(position)
    if place is not None:
        while position < len(reader.found) and reader.found[position].start < place.end:
            position += 1
        return position, place.code if place.kind == "country" else None, True
    if not reader.belongs(position, since):
        return None
    return position + 1, None, reader.is_field(position)


def _found(
    reader: Reader,
    offices: list[Office],
    first: int,
    end: int,
    name: Span | None,
    country: str | None,
) -> _Found:
    start = reader.found[first].start
    if country is None and first < offices[0].first:
        for index in range(first, offices[0].first):
            place = reader.place_at(index)
            country = place.code if place is not None and place.kind == "country" else country
    end = min(end, name.start) if name and name.start > start else end
    changed = any(reader.changes_office(index) for index in range(first, offices[0].first))
    settled = [_settled(office, country, reader.language) for office in offices]
    if changed:
        settled[0] = replace(settled[0], role=None, portfolio=None)
    if offices[0].key in ("president", "vice-president") and reader.presides_over_body(offices[0]):
        settled[0] = replace(settled[0], role=None, portfolio=None)
    if reader.language == "vi" and offices[0].key in ("chair", "vice-chair"):
        settled[0] = _settled_chair(reader, settled[0], country, end)
    return _Found(tuple(settled), start, end, name, country)


def _settled_chair(reader: Reader, office: Office, country: str | None, end: int) -> Office:
    """Return what "Chủ tịch" stands for: the chair of a body, or some states' president."""
    after = reader.found[office.last + 1 : office.last + 2]
    body = bool(after) and after[0].start < end and reader.place_at(office.last + 1) is None
    if body:
        return office
    president = {"chair": "president", "vice-chair": "vice-president"}[office.key]
    return replace(office, role=president if country in ("CN", "LA", "CU", "VN") else None)


def _settled(office: Office, country: str | None, language: str) -> Office:
    """Return the office with the key its country asks for."""
    if (
        language == "vi"
        and office.key == "prime-minister"
        and office.role
        and country in ("DE", "AT")
    ):
        return replace(office, role="chancellor")
    if language == "fr" and office.key == "secretary-of-state" and country == "US":
        return replace(office, role="minister", portfolio="foreign-affairs")
    if office.key == "cabinet-secretary" and office.portfolio and country not in (None, "US", "GB"):
        return replace(office, role="secretary-of-state" if office.role else None, portfolio=None)
    if office.key == "chancellor" and country not in ("DE", "AT"):
        return replace(office, role=None)  # a university has one too
    return office


def _bearer_before(reader: Reader, office: Office, taken: Span | None) -> Span | None:
    """Return the name before the title, unless a title before it has that name already."""
    name = reader.name_before(reader.title_start(office.first))
    if name is None:
        return None
    span = Span(reader.found[name[0]].start, reader.found[name[1]].end)
    return None if taken is not None and taken.end >= span.end else span


def _apart(reader: Reader, item: _Found) -> bool:
    """Return whether a comma parts the title from the name behind it."""
    assert item.name is not None  # noqa: S101  (the caller has looked)
    between = reader.text[item.end : item.name.start]
    return any(sign in between for sign in ",–—") or " - " in between


def _with_titles_after_name(reader: Reader, office: Office, name: Span) -> _Found:
    """Return the titles that follow a name: "Trần Văn A, Ủy viên Bộ Chính trị, Bộ trưởng …"."""
    offices = [office]
    item = _bare(reader, office)
    end = item.end
    country = item.country
    while len(offices) < _MOST_OFFICES:
        last = _body_end(reader, reader.index_at(end - 1))
        if last is None:
            break
        another = office_at(reader.text, reader.found, last + 1, reader.language)
        if another is None:
            break
        more = _with_name_after(reader, another)
        if more.name is not None and not _apart(reader, more):
            break
        offices.append(another)
        follower = _bare(reader, another)
        end, country = follower.end, country or follower.country
    return _found(reader, offices, reader.title_start(office.first), end, name, country)


def _body_end(reader: Reader, last: int) -> int | None:
    """Return the last word before a comma, over a body's name: "Phó Bí thư Quân ủy Trung ương,"."""
    for index in range(last, min(last + 6, len(reader.found) - 1)):
        between = gap(reader.text, reader.found[index], reader.found[index + 1])
        if between == ", ":
            return index
        if between != " " or (reader.language == "vi" and not _goes_on(reader, index + 1)):
            return None
    return None


def _goes_on(reader: Reader, index: int) -> bool:
    lower = reader.found[index].text.lower()
    return lower not in listed("people.breaks-vi") and not reader.is_address(index)


def _bare(reader: Reader, office: Office) -> _Found:
    """Return the title that begins with `office`, whatever name may follow it."""
    return _with_name_after(reader, office, names=False)


def _person(text: str, item: _Found) -> Person:
    assert item.name is not None  # noqa: S101  (the caller has looked)
    office = next((o for o in item.offices if o.rank == "office" and o.role), None)
    office = office or next((o for o in item.offices if o.role), item.offices[0])
    title = text[item.start : item.end].rstrip(" ,-–—:\u00a0")
    span = Span(item.start, item.start + len(title))
    return Person(item.name.of(text), title, office.role, office.portfolio, item.name, span)


def _weight(person: Person) -> tuple[bool, bool, int]:
    return person.role is not None, person.portfolio is not None, len(person.title or "")


def _merged(people: list[Person]) -> list[Person]:
    """Return one entry per person, in order of first mention, under the fullest title."""
    best: dict[str, Person] = {}
    by_word: dict[str, list[str]] = {}
    for person in people:
        parts = [word.fold for word in words(person.name)]
        full = " ".join(parts)
        key = full if full in best else _same_person(full, by_word)
        if key is None:
            key = full
            best[key] = person
            for part in {parts[-1], *parts[1:]}:
                by_word.setdefault(part, []).append(key)
            continue
        old = best[key]
        fuller = person if _weight(person) > _weight(old) else old
        longest = max(
            (old.name, person.name), key=lambda name: (len(fold(name)), len(name.encode()))
        )
        if len(fold(longest).split()) > len(fold(fuller.name).split()):
            # The fullest name and the fullest title stand apart: the name's own place is shown.
            named = old if old.name == longest else person
            fuller = replace(fuller, name=named.name, name_span=named.name_span)
        best[key] = fuller
    return list(best.values())


def _same_person(key: str, by_word: dict[str, list[str]]) -> str | None:
    """Return the known key that names the same person: the one name ends in the other."""
    known = by_word.get(key.rpartition(" ")[2], ())
    matches = [other for other in known if other.endswith(" " + key) or key.endswith(" " + other)]
    return matches[0] if len(matches) == 1 else None
