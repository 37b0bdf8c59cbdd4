"""What in a text can be mistaken for another of its kind: actors, cities, numbers and dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from corpus.article import Span
from corpus.countries import PlaceMention
from corpus.dates import DateMention
from corpus.words import fold, is_vietnamese_syllable
from retrieval.tables import table
from retrieval.verify.acts import contrast_of
from retrieval.verify.bodies import doing_as
from retrieval.verify.measures import quantity_table
from retrieval.verify.names import Name, is_code
from retrieval.verify.present import city_of, heard
from retrieval.verify.quantities import Quantity
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told

_BIG = 1000
_AT_ONCE = 2
_ENDS = frozenset(",;:.!?")
_GEOGRAPHY = frozenset(
    (
        "africa", "americas", "arctic", "asia", "asia-pacific", "balkans", "baltic", "caribbean",
        "caucasus", "central-africa", "central-america", "central-asia", "east-africa",
        "east-asia", "eastern-europe", "europe", "gulf", "indo-pacific", "latin-america", "mekong",
        "middle-east", "nordic", "north-africa", "north-america", "oceania", "pacific-islands",
        "sahel", "south-america", "south-asia", "southeast-asia", "southern-africa", "west-africa",
        "west-asia", "western-europe",
    )
)  # fmt: skip
"""Regions that do nothing themselves."""

Values = frozenset[Hashable]
_TURNS = frozenset(("change", "comparison", "balance", "trade", "lending", "deal"))
"""Contrasts of which a text may tell both sides, each of somebody else: up here and down there."""

_TO_SOMEBODY = frozenset(
    ("ask", "propose", "promise", "offer", "give", "sell", "refuse", "say", "admit")
)
"""Acts that French does to somebody with "à"."""

_RELATIONS = frozenset(("counterpart", "colleague"))
"""Groups of actors.yaml that say of somebody only that another's office is theirs too."""

_ACTOR, _CITY = "actor", "city"
_NONE: Values = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """Something told: `values` say which (a number, a date, words of a name), `places` and `roles`
    more of an actor. `words` count the words of the text that tell it. A name that may be
    somebody's or a place's is of both `kinds`."""

    kinds: frozenset[str]
    values: Values
    places: Values
    roles: Values
    span: Span
    words: tuple[int, ...]

    @property
    def kind(self) -> str:
        """What it is called in a problem."""
        return min(self.kinds).partition(" ")[0]

    @property
    def is_actor(self) -> bool:
        return _ACTOR in self.kinds

    def is_same(self, other: Fact) -> bool:
        """Whether both are the same as far as both tell: by what they are, else where they belong
        and what their office is."""
        if self.kinds.isdisjoint(other.kinds):
            return False
        if self.values and other.values:
            return bool(self.values & other.values)
        pairs = ((self.places, other.places), (self.roles, other.roles))
        told = [(mine, theirs) for mine, theirs in pairs if mine and theirs]
        return bool(told) and all(mine & theirs for mine, theirs in told)

    def likeness(self, other: Fact) -> int:
        """How tellingly both are the same: by what they are, where they belong, or their office."""
        if self.values & other.values:
            return 3
        return 2 if self.places & other.places else 1

    def is_rival(self, other: Fact) -> bool:
        """Whether both are of a kind, told in the same way, and cannot be the same."""
        if self.kinds.isdisjoint(other.kinds) or self.values & other.values:
            return False
        if self.values:
            return bool(other.values)
        if self.places:
            return bool(other.places) and not self.places & other.places
        return bool(self.roles and other.roles) and not self.roles & other.roles


@lru_cache(maxsize=1024)
def facts_of(told: Told) -> Sequence[Fact]:
    """The actors, cities, codes, numbers and dates of a text, in order."""
    found = [*_cities(told), *_actors(told), *_measured(told)]
    return tuple(sorted((fact for fact in found if fact.words), key=lambda fact: fact.span.start))


def _cities(told: Told) -> Iterator[Fact]:
    for place in told.places:
        if place.form == "capital":
            zone = city_of(place.surface)
            values: Values = frozenset((place.code, zone) if zone else (place.code,))
            yield _fact(told, (_CITY,), values, place.span)
    for name in told.names:
        zone = city_of(name.surface)
        heard_as = map(heard, name.parts)
        values = frozenset((*heard_as, zone) if zone else heard_as)
        if is_code(name.surface):
            yield _fact(told, ("code",), values, name.span)
        elif _is_city(told, name) or (len(name.parts) == 1 and not _is_titled(told, name)):
            yield _fact(told, (_CITY,), values, name.span)


def _fact(told: Told, kinds: Sequence[str], values: Values, span: Span) -> Fact:
    words = tuple(told.words_in(span)) or _nearest(told, span)
    return Fact(frozenset(kinds), values, _NONE, _NONE, span, words)


def is_where(told: Told, start: int) -> bool:
    """Whether what begins there is a place where something is: "in", "à", "tại" stand before it."""
    number = told.word_at(start) - 1
    if number > 0 and told.words[number].fold in small_words("genitive"):
        number -= 1  # "dans la province de Kon Tum"
    if number < 0 or told.words[number].fold not in small_words("where"):
        return False
    return number == 0 or told.words[number - 1].fold not in small_words("according")


def _visited(told: Told, place: PlaceMention) -> bool:
    """Whether somebody goes to a place: "thăm chính thức Sofia"."""
    number = told.word_at(place.start)
    return any(mark.key == "visit" and 0 < number - mark.last <= _AT_ONCE for mark in told.marks)


def _is_addressed(told: Told, place: PlaceMention) -> bool:
    """Whether something is asked of or given to a place: French "a demandé à New Delhi"."""
    before = told.word_at(place.start) - 1
    return (
        told.language == "fr"
        and before >= 0
        and told.words[before].fold == "a"
        and any(0 < before - mark.last <= 1 and mark.key in _TO_SOMEBODY for mark in told.marks)
    )


def _is_titled(told: Told, name: Name) -> bool:
    """Whether a title stands right before a name."""
    return any(0 <= name.span.start - title.span.end <= 1 for title in told.titles)


def _is_city(told: Told, name: Name) -> bool:
    """Whether a name is a place's: known as one, where a place stands, or two Vietnamese syllables
    that no title or form of address calls somebody."""
    if _is_titled(told, name):
        return False
    if is_where(told, name.span.start):
        return True
    if city_of(name.surface) is not None:
        return not _speaks(told, name)  # "Brussels said"
    if (
        told.language != "vi"
        or len(name.parts) != 2
        or not all(is_vietnamese_syllable(part) for part in name.surface.split())
    ):
        return False
    return told.fold_before(name.span.start) not in small_words("address")


def _speaks(told: Told, name: Name) -> bool:
    """Whether an act of speaking stands right behind a name."""
    behind = told.word_at(name.span.end)
    return any(
        0 <= mark.first - behind < _AT_ONCE and mark.key in table("acts")["speech"]
        for mark in told.marks
    )


def _measured(told: Told) -> Iterator[Fact]:
    before: Quantity | None = None
    for quantity, behind in zip_longest(told.quantities, told.quantities[1:]):
        if quantity.doubtful or quantity.unit == "part":
            continue
        kinds = [f"number {_measure(quantity)}"]
        if quantity.unit is None and behind is not None and behind.unit is not None:
            between = told.text[quantity.span.end : behind.span.start].strip()
            if fold(between) in small_words("to"):
                kinds.append(f"number {behind.unit}")  # "from 3 to 4 percent"
        if quantity.unit is None and before is not None and before.unit is not None:
            kinds.append(f"number {before.unit}")  # "A expects 5 percent, B 6"
        else:
            before = quantity
        yield _fact(told, kinds, frozenset(quantity.values), quantity.span)
    twice = _days_of_two_years(told)
    for date in told.dates:
        span = Span(date.start_char, date.end_char)
        yield _fact(told, (f"date {date.grain}",), _days(date, twice), span)
    for day in told.weekdays:
        yield _fact(told, ("weekday",), frozenset((day.number,)), day.span)
    for mark in told.marks:
        if mark.group == "contrast" and contrast_of(mark.key) in _TURNS:
            yield _fact(told, (contrast_of(mark.key),), frozenset((mark.key,)), mark.span)


def _nearest(told: Told, span: Span) -> tuple[int, ...]:
    """The word beside a number in digits, which is no word itself: the one after, or the one before
    where a clause ends with the number."""
    behind = told.word_at(span.end)
    if not told.words:
        return ()
    if behind == len(told.words):
        return (behind - 1,)
    ends = not _ENDS.isdisjoint(told.text[span.end : told.words[behind].start])
    return (behind - 1,) if ends and behind else (behind,)


def _measure(quantity: Quantity) -> str:
    unit = None if quantity.unit in quantity_table()["lasting"] else quantity.unit
    return unit or ("big" if quantity.values[0] >= _BIG else "small")


def _days_of_two_years(told: Told) -> Values:
    """The days that a text tells of more than one year: "opened on 1 February 1995, in force since
    1 February 1998"."""
    days = Counter(
        (start.month, start.day)
        for start in {date.start for date in told.dates if date.grain == "day" and date.start}
    )
    return frozenset(day for day, years in days.items() if years > 1)


def _days(date: DateMention, twice: Values) -> Values:
    """A date by its day and month, which the year may be missing from, and with its year."""
    if date.start is not None and date.grain == "day":
        day = date.start.month, date.start.day
        return frozenset((date.start,) if day in twice else (date.start, day))
    return frozenset(((date.start, date.end),) if date.start else ((date.month, date.day),))


# -- Actors


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    kind: str
    values: Values
    person: Span | None = None


def _actors(told: Told) -> Iterator[Fact]:
    """Everybody named, with what stands together taken together: country, title and name."""
    pieces = [
        _Piece(place.span, "place", doing_as(place.code))
        for place in told.places
        if place.code not in _GEOGRAPHY
        and not (
            place.form == "capital"
            and (is_where(told, place.start) or _visited(told, place))
            and not _is_addressed(told, place)
        )
    ]
    pieces += [_Piece(body.span, "place", frozenset((body.key,))) for body in told.bodies]
    pieces += [
        _Piece(name.span, "name", frozenset(map(heard, name.parts)))
        for name in told.names
        if not _is_city(told, name)
        and (not is_code(name.surface) or (name.surface.isalpha() and _speaks(told, name)))
    ]
    pieces += [
        _Piece(title.span, "role", frozenset((title.role,)), title.person_span)
        for title in told.titles
        if title.role
    ]
    pieces += [
        _Piece(ministry.span, "role", frozenset((f"ministry of {ministry.field}",)))
        for ministry in told.ministries
    ]
    pieces += [_Piece(group.span, "role", frozenset((group.key,))) for group in told.groups]
    group: list[_Piece] = []
    last: Fact | None = None
    for piece in [*sorted(pieces, key=lambda piece: piece.span.start), None]:
        if group and (piece is None or not _together(told, group, piece)):
            actor = _actor(told, group)
            # "Organisation of Islamic Cooperation (OIC)" names one twice.
            again = last is not None and actor.is_same(last) and _beside(told, last, actor)
            if not again:
                yield actor
            last, group = actor, []
        if piece is not None:
            group.append(piece)


def _beside(told: Told, left: Fact, right: Fact) -> bool:
    return told.text[left.span.end : right.span.start].strip() in ("(", "-", "–", ",", "[")


def _together(told: Told, group: Sequence[_Piece], piece: _Piece) -> bool:
    last = group[-1]
    if piece.span.start < last.span.end:
        return True
    between = told.text[last.span.end : piece.span.start]
    if any(mark in between for mark in '.;:()"“”«') and between.strip() != ".":
        return False
    if piece.kind != "role" and any(other.kind == piece.kind for other in group):
        return False
    if "," in between and not any(_in_apposition(other, piece) for other in group):
        return False
    tying = small_words("tying")
    return all(
        told.words[number].fold in tying
        for number in told.words_in(Span(last.span.end, piece.span.start))
    )


def _in_apposition(left: _Piece, right: _Piece) -> bool:
    """Whether a comma stands between a name and the title, or the group, of the same person; the
    country of either may stand before it: "L'ambassadrice de Suisse, X"."""
    if left.kind == "role" and right.kind == "name":
        return left.person is None or left.person.start == right.span.start
    if left.kind == "name" and right.kind == "role":
        return right.person is not None and right.person.start == left.span.start
    return False


def _actor(told: Told, group: Sequence[_Piece]) -> Fact:
    def of(kind: str) -> Values:
        return frozenset().union(*(piece.values for piece in group if piece.kind == kind))

    span = Span(group[0].span.start, max(piece.span.end for piece in group))
    words = sorted({number for piece in group for number in told.words_in(piece.span)})
    roles = of("role") - _RELATIONS
    return Fact(frozenset((_ACTOR,)), of("name"), of("place"), roles, span, tuple(words))
