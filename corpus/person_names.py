"""Reading personal names beside a title: where a name begins, where it ends, what is none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from corpus.countries import PlaceMention
from corpus.titles import match, office_at
from corpus.vietnamese_names import SURNAMES
from corpus.words import Word, gap, has_vietnamese_marks, is_vietnamese_syllable, starts_sentence


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ADDRESS = {
    "vi": _set("ông bà ngài tiến sĩ ts gs pgs giáo sư đồng chí bác"),
    "fr": _set("m mme mmes mlle monsieur madame dr professeur"),
    "en": _set("mr mrs ms miss dr sir dame prof professor madam comrade he she"),
}
# Words of bodies and events: a run of capitals that holds one of them is no person.
_BODIES = _set(
    "council committee commission ministry department office agency federation party parliament assembly senate house "
    "congress court bank university institute academy association union organization organisation group forum summit "
    "conference embassy delegation government republic kingdom state states affairs foreign national international "
    "general defence defense security central people's peoples army navy force forces police board center centre fund "
    "company corporation news agency press times post secretary minister president prime deputy vice chairman ambassador "
    "spokesperson director relations cooperation development trade dialogue meeting day week january february march april may june july "
    "august september october november december monday tuesday wednesday thursday friday saturday sunday covid pandemic "
    "east west north south the a an in on at and but for from with by this that these he she it they we i you his her "
    "their photo vna afp reuters ap source committee's inc ltd street square airport hotel palace prize award"
) | _set(
    "conseil comité commission ministère département bureau agence fédération parti parlement assemblée sénat chambre "
    "congrès cour banque université institut académie association union organisation groupe forum sommet conférence "
    "ambassade délégation gouvernement république royaume état états affaires étrangères nationale national "
    "internationale défense sécurité armée marine police centre fonds société presse secrétaire ministre président "
    "premier première vice commerce santé le la les un une des du de ce cette il elle ils elles nous vous leur son sa en au aux "
    "dans pour avec par sur lors selon après avant janvier février mars avril mai juin juillet août septembre octobre "
    "novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche photo pandémie hôtel palais prix"
)
_BODIES_VI = _set(
    "bộ ủy uỷ ban quốc hội đảng chính phủ tổng phó cục vụ viện sở tỉnh thành trung ương đại sứ văn phòng cơ liên hiệp "
    "hội hiệp công ty tập đoàn ngân hàng trường học bệnh báo đài thông tấn tạp chí nhà nước cộng hòa hoà nhân dân nghị "
    "tòa toà án thanh niên phụ nữ mặt trận tổ chức diễn đàn hội năm tháng ngày chiều sáng tối tại theo trong với và của "
    "các những từ đến sau trước khi việc về cuộc nhân ông bà ngài anh chị hai bên phía ảnh nguồn covid khu vực châu á âu"
)
_PARTICLES = _set("de da di do dos du del della van von der den bin bint ibn al el la le ben ould abu d")
_LINKS = {
    "vi": _set("bộ của tại nước các và kiêm phụ trách thường trực ở về là vùng khu tỉnh thành phố tp cơ quan ban ủy uỷ chính phủ toàn quốc đặc mệnh toàn quyền"),
    "fr": _set("de du des d la le les l à au aux en et pour chargé chargée auprès par près permanent permanente délégué déléguée"),
    "en": _set("of the for to at in and on with responsible charge s"),
}
# Finite verbs and conjunctions: the title has ended and nobody was named.
_BREAKS = {
    "vi": _set(
        "đã đang sẽ có cho gặp tiếp thăm nói phát khẳng nhấn đề bày đánh cùng với cảm mong đến dẫn trao điện họp hội "
        "hoan chúc thông ký dự tham làm được bị không cũng vừa rằng nhằm để khi trong nêu đồng ghi tin yêu chủ chia "
        "trả tuyên kêu bác cam gửi nhận thay tới sang lên xuống vào ra từ như vẫn còn đều nhất trí"
    ),
    "fr": _set(
        "a ont est sont était étaient sera seront avait avaient qui que dont où ne se s lors après avant dans sur avec "
        "mais ou si car comme aussi y il elle ils elles selon afin"
    ),
    "en": _set(
        "is was were are be been has have had will would said says told met meets who which that when where while after "
        "before during about also but or if as by from into he she they it its did does do can could may might"
    ),
}
_BEFORE_OFFICE = {
    "vi": _set("nguyên cựu quyền phó trợ lý tân"),
    "fr": _set("ancien ancienne ex vice nouveau nouvelle actuel actuelle futur future"),
    "en": _set("former ex then acting current new late incoming outgoing visiting vice deputy assistant"),
}
_BETWEEN = {"vi": _set("hiện là"), "fr": _set("le la l les"), "en": _set("the a an his her its current")}


class Reader:
    """A text's words with its places, read for names; `language` is one of the three."""

    def __init__(self, text: str, found: list[Word], language: str, places: list[PlaceMention]) -> None:
        self.text, self.found, self.language = text, found, language
        self._places = places
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
            if gap(self.text, self.found[first - 1], self.found[first]) not in (" ", "-", "\u00a0"):
                break
            place = self.place_at(first - 1)
            adjective = place is not None and self.language == "en" and place.form != "capital"
            if not adjective and self.found[first - 1].text.lower() not in _BEFORE_OFFICE[self.language]:
                break
            first -= 1
        return first

    def is_address(self, index: int) -> bool:
        return self.found[index].text.lower() in _ADDRESS[self.language]

    def is_field(self, index: int) -> bool:
        """Return whether the word ends a portfolio, so that a lone surname may follow."""
        return any(
            (entry := match(self.text, self.found, start, self.language, "portfolio")) is not None
            and start + len(entry.folds) - 1 == index
            for start in range(max(0, index - 5), index + 1)
        )

    def belongs(self, index: int) -> bool:
        """Return whether a word may go on a title, as in "Committee on Foreign Affairs"."""
        word = self.found[index]
        lower = word.text.lower()
        if lower in _LINKS[self.language] or self._is_body(word):
            return True
        if lower in _BREAKS[self.language]:
            return False
        if word.capital or self.is_field(index):
            return True
        window = self.found[max(0, index - 3) : index]
        if self.language == "vi":
            return any(before.capital for before in window)
        return bool(window) and any(b.text.lower() in _LINKS[self.language] for b in window)

    def may_precede_name(self, index: int) -> bool:
        """Return whether a name may stand right after this word, no comma between them."""
        word = self.found[index]
        if word.text.lower() in _LINKS[self.language] and self.language != "vi":
            return False
        if self.place_at(index) is not None or self.is_field(index) or self._is_body(word):
            return True
        return not word.capital

    def _is_body(self, word: Word) -> bool:
        lower = word.text.lower().removesuffix("'s")
        return lower in (_BODIES_VI if self.language == "vi" else _BODIES)

    def _is_name_word(self, index: int) -> bool:
        word = self.found[index]
        if not word.capital or (word.text.isupper() and len(word.text) > 3):
            return False
        if word.text[-1].isdigit() or self.place_at(index) is not None:
            return False
        return not self._is_body(word) or (self.language == "vi" and index > 0 and self._in_run(index))

    def _in_run(self, index: int) -> bool:
        # "Trung", "Hội", "Thanh" are words of bodies and of names: inside a run they go on a name.
        before = self.found[index - 1]
        return before.capital and gap(self.text, before, self.found[index]) in (" ", "\u00a0")

    def name_at(self, index: int, single: bool) -> int | None:
        """Return the last word of the name that begins at `index`; one word only if `single`."""
        if not self._is_name_word(index) or self.found[index].text.isupper() and len(self.found[index].text) > 1:
            return None
        if self.language == "vi" and self._is_body(self.found[index]) and self.found[index].fold not in SURNAMES:
            return None
        if office_at(self.text, self.found, index, self.language) is not None:
            return None
        last = self._run_end(index)
        run = self.found[index : last + 1]
        if any(self._is_body(word) for word in run) and self.language != "vi":
            return None
        if match(self.text, self.found, index, self.language, "portfolio") is not None:
            return None
        if len(run) == 1:
            good = single and len(run[0].text) > 2 and not is_vietnamese_syllable(run[0].text)
            return last if good and not has_vietnamese_marks(run[0].text) else None
        if self.language == "vi" and all(is_vietnamese_syllable(word.text) for word in run):
            return last if run[0].fold in SURNAMES or single else None
        return last

    def _run_end(self, index: int) -> int:
        last = index
        vietnamese = self.found[index].fold in SURNAMES
        while last + 1 < len(self.found) and last - index < 5:
            between = gap(self.text, self.found[last], self.found[last + 1])
            following = self.found[last + 1]
            if between == ". " and len(self.found[last].text) == 1:
                between = " "
            if between not in (" ", "-", "\u00a0", "'", "’", "‑"):
                break
            if self._is_name_word(last + 1):
                if vietnamese and last > index and not is_vietnamese_syllable(following.text):
                    break
                if office_at(self.text, self.found, last + 1, self.language) is not None:
                    break
                last += 1
                continue
            particle = following.fold in _PARTICLES and last + 2 < len(self.found)
            if particle and self._is_name_word(last + 2) and not vietnamese and self.language != "vi":
                if following.text in ("de", "du", "d", "la", "le") and self.place_at(last + 2):
                    break
                last += 2
                continue
            lower_part = between == "-" and not following.capital and last > index
            if lower_part:
                last += 1
                continue
            break
        return last

    def name_before(self, office: int) -> tuple[int, int] | None:
        """Return the name to which the office is set in apposition: "Nigel Adams, Minister …"."""
        last = office - 1
        while last >= 0 and office - last < 4:
            between = gap(self.text, self.found[last], self.found[last + 1])
            if between.strip() in (",", "(", "-", "–", "—") and between != "-":
                break
            ok = self.found[last].text.lower() in _BETWEEN[self.language] or self.place_at(last)
            if not ok or between not in (" ", "’", "'"):
                return None
            last -= 1
        else:
            return None
        if last < 0:
            return None
        first = last
        while first > 0 and last - first < 4 and self._is_name_word(first - 1):
            if gap(self.text, self.found[first - 1], self.found[first]) not in (" ", "-", "\u00a0"):
                break
            first -= 1
        if first == last or not self._is_name_word(last):
            return None
        end = self.name_at(first, single=False)
        if end != last:
            return None
        return first, last

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
            if self.language == "vi" and word.capital and not starts_sentence(self.text, word.start):
                continue
            last = self.name_at(index + 1, single=False)
            if last is not None:
                yield index + 1, last
