"""Reading personal names beside a title: where a name begins, where it ends, what is none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from corpus.countries import PlaceMention
from corpus.titles import Office, match, office_at
from corpus.vietnamese_names import is_surname
from corpus.wordlists import listed
from corpus.words import (
    Word,
    gap,
    has_vietnamese_marks,
    is_space,
    is_vietnamese_syllable,
    starts_sentence,
)


class Reader:
    """A text's words with its places, read for names; `language` is one of the three."""

    def __init__(
        self, text: str, found: list[Word], language: str, places: list[PlaceMention]
    ) -> None:
        self.text, self.found, self.language = text, found, language
        self._places = places
        self._addresses = listed(f"people.address-{language}")
        self._starts = [place.start for place in places]
        self._word_starts = [word.start for word in found]

    def index_at(self, offset: int) -> int:
        return bisect_right(self._word_starts, offset) - 1

    def place_at(self, index: int) -> PlaceMention | None:
        """Return the place that the word belongs to."""
        position = bisect_right(self._starts, self.found[index].start) - 1
        if position >= 0 and self.found[index].start < self._places[position].end:
            return self._places[position]
        return None

    def step(self, between: str) -> Literal["on", "comma", "stop"]:
        """Say whether a title may go on over what stands between two words."""
        if between in (" ", "\u00a0", "", "-", "’", "'", "  ", ". ", "‑") or between == "\n":
            return "on" if between != ". " or self.language != "vi" else "stop"
        if between.strip(" \u00a0") in (",", "-", "–", "—"):
            return "comma"
        return "on" if between.strip() == "" and between.count("\n") < 2 else "stop"

    def title_start(self, index: int) -> int:
        """Return where the title's words begin: before it may stand "British" or "former"."""
        first = index
        while first > 0 and index - first < 3:
            between = gap(self.text, self.found[first - 1], self.found[first])
            place = self.place_at(first - 1)
            dotted = place is not None and between in (".", ". ", ".\u00a0")  # "U.S. President"
            if between not in (" ", "-", "\u00a0") and not dotted:
                break
            adjective = place is not None and self.language == "en" and place.form != "capital"
            if not adjective and self.found[first - 1].text.lower() not in listed(
                f"people.before_office-{self.language}"
            ):
                break
            first -= 1
        return first

    def changes_office(self, index: int) -> bool:
        """Return whether the word before an office makes it another one ("former")."""
        lower = self.found[index].text.lower()
        return lower in listed(f"people.before_office-{self.language}") and lower not in listed(
            "people.same_office"
        )

    def district_end(self, index: int) -> int | None:
        """Return the last word of a Vietnamese province's or city's name that begins here."""
        if self.language != "vi":
            return None
        if self._is_province(index) and self.found[index].capital:
            return index + (2 if self.found[index : index + 3][-1].fold == "minh" else 1)
        if self.found[index].text.lower() not in listed("people.districts"):
            return None
        last = index
        for size, names in ((3, listed("people.long_districts")), (2, None)):
            part = self.found[index + 1 : index + 1 + size]
            known = names is None or " ".join(word.fold for word in part) in names
            if known and len(part) == size and all(word.capital for word in part):
                last = index + size
                break
        return last if last > index else None

    def is_address(self, index: int) -> bool:
        return self.found[index].text.lower() in self._addresses

    def is_field(self, index: int) -> bool:
        """Return whether the word ends a portfolio, so that a lone surname may follow."""
        return any(
            (entry := match(self.text, self.found, start, self.language, "portfolio")) is not None
            and start + len(entry.folds) - 1 == index
            for start in range(max(0, index - 5), index + 1)
        )

    def belongs(self, index: int, since: int) -> bool:
        """Return whether a word may go on a title, as in "Committee on Foreign Affairs".

        `since` is the first word behind the office.
        """
        word = self.found[index]
        lower = word.text.lower()
        if lower in listed(f"people.links-{self.language}") or self._is_body(word):
            return True
        if lower in listed(f"people.breaks-{self.language}"):
            return False
        if word.capital or self.is_field(index):
            return True
        if self.language == "en" and lower.endswith("ed"):
            return False
        if self.language == "vi":
            return any(before.capital for before in self.found[max(0, index - 3) : index])
        window = self.found[max(since, index - 3) : index]
        return bool(window) and any(
            b.text.lower() in listed(f"people.links-{self.language}") for b in window
        )

    def may_precede_name(self, index: int) -> bool:
        """Return whether a name may stand right after this word, no comma between them."""
        word = self.found[index]
        lower = word.text.lower()
        if self.language == "vi":
            if lower in listed("people.not_before_name"):
                return False
        elif lower in listed(f"people.links-{self.language}"):
            return False
        if self.place_at(index) is not None or self.is_field(index) or self._is_body(word):
            return True
        shortened = word.text.isupper() and len(word.text) > 1  # "président du FMI Michel Martin"
        return not word.capital or shortened

    def _is_body(self, word: Word) -> bool:
        lower = word.text.lower().removesuffix("'s")
        return lower in (
            listed("people.bodies_vi") if self.language == "vi" else listed("people.bodies")
        )

    def _is_name_word(self, index: int) -> bool:
        word = self.found[index]
        if not word.capital or (word.text.isupper() and len(word.text) > 3):
            return False
        if word.text[-1].isdigit() or self.place_at(index) is not None:
            return False
        if not self._is_body(word):
            return True
        if self.language == "vi":
            return index > 0 and self._in_run(index)
        return self._surname(index) and self._native_follows(index)

    def _native_follows(self, index: int) -> bool:
        """Return whether a capitalised Vietnamese syllable goes on: "Le Minh", not "Le Conseil"."""
        after = self.found[index + 1 : index + 2]
        return (
            bool(after)
            and after[0].capital
            and is_vietnamese_syllable(after[0].text)
            and self.place_at(index + 1) is None
            and is_space(gap(self.text, self.found[index], after[0]))
        )

    def _surname(self, index: int) -> bool:
        return is_surname(self.found[index], self.language)

    def _is_province(self, index: int) -> bool:
        pair = " ".join(word.fold for word in self.found[index : index + 2])
        return pair in listed("people.provinces")

    def _in_run(self, index: int) -> bool:
        # "Trung", "Hội", "Thanh" are words of bodies and of names: inside a run they go on a name.
        before = self.found[index - 1]
        return before.capital and gap(self.text, before, self.found[index]) in (" ", "\u00a0")

    def name_at(self, index: int, single: bool) -> int | None:
        """Return the last word of the name that begins at `index`; one word only if `single`."""
        word = self.found[index]
        if not self._is_name_word(index) or word.text == "The" or self._is_province(index):
            return None
        if word.text.isupper() and len(word.text) > 1:
            return None
        if office_at(self.text, self.found, index, self.language) is not None:
            return None
        if match(self.text, self.found, index, self.language, "portfolio") is not None:
            return None
        last = self._run_end(index)
        run = self.found[index : last + 1]
        if len(run) == 1:
            good = single and len(word.text) > 2 and not is_vietnamese_syllable(word.text)
            return last if good and not has_vietnamese_marks(word.text) else None
        native = all(is_vietnamese_syllable(part.text) for part in run)
        if self.language == "vi":
            return last if self._fits_vietnamese(index, native) else None
        # "Son" and "An" are French and English words, and Vietnamese given names.
        plain = not any(
            self._is_body(part) and part.fold not in listed("people.particles") for part in run
        )
        return last if plain or (native and self._surname(index)) else None

    def _fits_vietnamese(self, index: int, native: bool) -> bool:
        """Return whether a run of two words or more may be a name in a Vietnamese sentence."""
        if self._surname(index):
            return True
        before = index - 1
        after_place = before >= 0 and self.place_at(before) is not None
        if self._is_body(self.found[index]):
            return False
        if native:
            return after_place  # a foreign leader in Vietnamese spelling: "Singapore Lý Hiển Long"
        if before < 0 or self.is_address(before):
            return True
        return after_place or not self._ends_body(before)

    def _ends_body(self, index: int) -> bool:
        """Return whether the word ends a body's name ("Tập đoàn"), which a firm's name follows."""
        return (
            self._is_body(self.found[index])
            and not self.is_field(index)
            and office_at(self.text, self.found, max(0, index - 1), self.language) is None
        )

    def _run_end(self, index: int) -> int:
        last = index
        vietnamese = self._surname(index)
        while last + 1 < len(self.found) and last - index < 5:
            between = gap(self.text, self.found[last], self.found[last + 1])
            following = self.found[last + 1]
            if between in (".", ". ") and len(self.found[last].text) == 1:
                between = " "
            if between not in (" ", "-", "\u00a0", "'", "’", "‑"):
                break
            syllable = vietnamese and following.capital and is_vietnamese_syllable(following.text)
            if self._is_name_word(last + 1) or (syllable and self.place_at(last + 1) is None):
                if vietnamese and last > index and not is_vietnamese_syllable(following.text):
                    break
                if office_at(self.text, self.found, last + 1, self.language) is not None:
                    break
                last += 1
                continue
            after = last + 1
            while (
                after < len(self.found)
                and after < last + 4
                and self.found[after].fold in listed("people.particles")
            ):
                after += 1
            if (
                after > last + 1
                and after < len(self.found)
                and self._is_name_word(after)
                and not vietnamese
            ):
                last = after
                continue
            lower_part = between == "-" and not following.capital and last > index
            if lower_part:
                last += 1
                continue
            break
        return last

    def _goes_on_before(self, index: int) -> bool:
        """Return whether the word may be part of the name whose next word is known."""
        if self._is_name_word(index):
            return office_at(self.text, self.found, index, self.language) is None
        if self.found[index].fold not in listed("people.particles"):
            return False
        while index > 0 and self.found[index].fold in listed("people.particles"):
            index -= 1
        return self._is_name_word(index)

    def presides_over_body(self, office: Office) -> bool:
        """Return whether a "president" heads a bank or a club rather than a state."""
        index = office.last + 1
        if self.language == "vi":
            return False
        if index + 1 < len(self.found) and self.found[index].fold in ("of", "de", "du", "des", "d"):
            if not is_space(gap(self.text, self.found[index - 1], self.found[index])):
                return False
            while index < len(self.found) and self.found[index].fold in listed("people.of_the"):
                index += 1
            place = self.place_at(index) if index < len(self.found) else None
            return place is None or place.kind != "country"
        before = office.first - 1
        if before < 0 or not is_space(gap(self.text, self.found[before], self.found[office.first])):
            return False
        place = self.place_at(before)
        if place is not None:
            return place.kind != "country"
        word = self.found[before]
        plain = word.fold in listed("people.before_president")
        if word.text.isupper() and len(word.text) > 1:
            return True  # "FIFA President"
        return word.capital and not plain and not starts_sentence(self.text, word.start)

    def name_before(self, office: int) -> tuple[int, int] | None:
        """Return the name to which the office is set in apposition: "John Major, Minister …"."""
        last = office - 1
        while last >= 0 and office - last < 4:
            between = gap(self.text, self.found[last], self.found[last + 1])
            if between.strip() in (",", "(", "-", "–", "—") and between != "-":
                break
            ok = self.found[last].text.lower() in listed(
                f"people.between-{self.language}"
            ) or self.place_at(last)
            if not ok or between not in (" ", "’", "'"):
                return None
            last -= 1
        else:
            return None
        if last < 0:
            return None
        first = last
        while first > 0 and last - first < 4 and self._goes_on_before(first - 1):
            if gap(self.text, self.found[first - 1], self.found[first]) not in (" ", "-", "\u00a0"):
                break
            if self.is_address(first - 1):
                break
            first -= 1
        if first == last and not self._is_name_word(last):
            return None
        if first == last:  # "Baroness Fox, Minister of State": one word, but a title before it
            lone = first > 0 and office_at(self.text, self.found, first - 1, self.language)
            return (first, last) if lone and self.name_at(first, single=True) == last else None
        end = self.name_at(first, single=False)
        if end != last:
            return None
        return first, last

    def counterparts(self) -> Iterator[tuple[int, int]]:
        """Yield (first, last) words of names after "his Russian counterpart," and the like."""
        known = listed(f"people.counterpart-{self.language}")
        before = ""
        for index in range(len(self.found) - 1):
            word = self.found[index].text.lower()
            pair, before = f"{before} {word}", word
            if word not in known and pair not in known:
                continue
            position = index + 1
            while position < len(self.found) and self.place_at(position) is not None:
                position += 1
            if position >= len(self.found):
                continue
            between = gap(self.text, self.found[position - 1], self.found[position])
            if between in (" ", "\u00a0", ", "):
                while position + 1 < len(self.found) and self.is_address(position):
                    position += 1
                last = self.name_at(position, single=False)
                if last is not None:
                    yield position, last

    def addressed(self) -> Iterator[tuple[int, int]]:
        """Yield (first, last) words of names after "ông", "Mr", "Mme" and the like."""
        for index in range(len(self.found) - 1):
            if not self.is_address(index) or self.found[index].text.lower() in ("he", "she", "bác"):
                continue
            between = gap(self.text, self.found[index], self.found[index + 1])
            if between not in (" ", ". ", "\u00a0", ".\u00a0"):
                continue
            word = self.found[index]
            if self.language == "fr" and word.text == "M" and not between.startswith("."):
                continue
            if (
                self.language == "vi"
                and word.capital
                and not starts_sentence(self.text, word.start)
            ):
                continue
            last = self.name_at(index + 1, single=False)
            if last is not None:
                yield index + 1, last
