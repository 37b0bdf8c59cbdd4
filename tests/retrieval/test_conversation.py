"""Follow-up questions: what they take from the turns before, and which questions take nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from retrieval.conversation import FRESH, Turn, follow_up, fresh
from retrieval.question import Query, understand

NOW = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)
OUTLETS = ["VOV5", "Dân trí", "Reuters"]
PEOPLE = {"nigel adams": "Nigel Adams", "grigory karasin": "Grigory Karasin"}

EN = "What did Vietnam and the UK discuss in 2020?"
FR = "De quoi le Vietnam et le Royaume-Uni ont-ils parlé en 2020 ?"
VI = "Việt Nam và Anh đã trao đổi gì năm 2020?"
EN_TOPIC = "What did Russia promise about vaccines in 2021?"
FR_TOPIC = "Que fait le Japon contre le COVID-19 ?"
VI_TOPIC = "Việt Nam và Trung Đông hợp tác gì về thương mại năm 2021?"
EN_NAME = "What did Nigel Adams praise?"
BARE = "livraison de vaccins"


def read(text: str) -> Query:
    return understand(text, today=NOW.date(), outlets=OUTLETS, people=PEOPLE)


def after(*texts: str, articles: tuple[str, ...] = ("a", "b")) -> list[Turn]:
    """The turns of a conversation, every question of which was answered from `articles`."""
    turns: list[Turn] = []
    for text in texts:
        query = follow_up(read(text), turns, read=read).with_all_countries_required()
        turns.append(Turn.of(query, articles, NOW))
    return turns


def asked(text: str, turns: Sequence[Turn]) -> Query:
    return follow_up(read(text), turns, read=read).with_all_countries_required()


def places(query: Query) -> str:
    regions = [region.code for region in query.conditions.regions]
    return " ".join([*query.conditions.countries, *regions])


def years(query: Query) -> str:
    period = query.conditions.period
    if period is None:
        return ""
    start, end = period.start or "", period.end or ""
    whole = start.endswith("-01-01") and end == f"{start[:4]}-12-31"
    return start[:4] if whole else f"{start} {end}"


REPLACING = [
    # the partner is another one, the first named stays; period and topic stay
    (EN, "and with Russia?", "VN RU", "2020", ""),
    (EN, "And Russia?", "VN RU", "2020", ""),
    (EN, "what about Russia?", "VN RU", "2020", ""),
    (EN, "with Russia?", "VN RU", "2020", ""),
    (EN, "How about with ASEAN?", "VN ASEAN", "2020", ""),
    (FR, "et avec la Russie ?", "VN RU", "2020", ""),
    (FR, "Et la Russie ?", "VN RU", "2020", ""),
    (FR, "avec la Russie ?", "VN RU", "2020", ""),
    (FR, "qu'en est-il de la Russie ?", "VN RU", "2020", ""),
    (VI, "và với Nga?", "VN RU", "2020", ""),
    (VI, "còn Nga thì sao?", "VN RU", "2020", ""),
    (VI, "thế còn với Nga?", "VN RU", "2020", ""),
    (VI, "va voi nga", "VN RU", "2020", ""),
    (VI, "con nga thi sao", "VN RU", "2020", ""),
    (VI_TOPIC, "còn với Nga?", "VN RU", "2021", "trade tac"),
    # one country alone changes places with the new one; "with" adds it
    (EN_TOPIC, "and the UK?", "GB", "2021", "vaccines promise"),
    (EN_TOPIC, "and with Vietnam?", "RU VN", "2021", "vaccines promise"),
    (FR_TOPIC, "et la France ?", "FR", "", "covid-19 contre"),
    # both at once
    (EN, "and between France and Germany?", "FR DE", "2020", ""),
    (FR, "et entre la France et l'Allemagne ?", "FR DE", "2020", ""),
    (VI, "còn giữa Pháp và Đức?", "FR DE", "2020", ""),
    # another period
    (EN, "and in 2021?", "VN GB", "2021", ""),
    (EN, "in 2021?", "VN GB", "2021", ""),
    (EN, "2021?", "VN GB", "2021", ""),
    (EN_TOPIC, "and in 2023?", "RU", "2023", "vaccines promise"),
    (FR, "et en 2021 ?", "VN GB", "2021", ""),
    (FR, "et depuis 2022 ?", "VN GB", "2022-01-01 2026-01-15", ""),
    (VI, "và năm 2023?", "VN GB", "2023", ""),
    (VI, "năm 2023 thì sao?", "VN GB", "2023", ""),
    (VI, "con nam 2023", "VN GB", "2023", ""),
    # a month takes its year from before, "the year before" is told from it
    (EN, "and in March?", "VN GB", "2020-03-01 2020-03-31", ""),
    (VI, "còn tháng 2?", "VN GB", "2020-02-01 2020-02-29", ""),
    (EN, "and the year before?", "VN GB", "2019", ""),
    (FR, "et l'année suivante ?", "VN GB", "2021", ""),
    (VI, "còn năm trước đó?", "VN GB", "2019", ""),
    # another subject
    (EN, "and on trade?", "VN GB", "2020", "trade"),
    (EN, "what about the vaccines?", "VN GB", "2020", "vaccines"),
    (EN_TOPIC, "and trade?", "RU", "2021", "trade"),
    (FR, "et sur le commerce ?", "VN GB", "2020", "trade"),
    (FR, "et les vaccins ?", "VN GB", "2020", "vaccines"),
    (VI, "còn về thương mại?", "VN GB", "2020", "trade"),
    (VI, "thế còn vắc-xin thì sao?", "VN GB", "2020", "vaccines"),
    # a person stays where another subject is asked for
    (EN_NAME, "and on trade?", "", "", "trade Nigel Adams"),
    # several at once
    (EN, "and with Russia in 2021?", "VN RU", "2021", ""),
    (FR, "et avec la Russie en 2021 ?", "VN RU", "2021", ""),
    (VI, "còn với Nga năm 2021?", "VN RU", "2021", ""),
    (EN, "Same question for Russia", "VN RU", "2020", ""),
    (EN, "What about the European Union?", "VN EU", "2020", ""),
    (EN, "Thanks! And with Russia?", "VN RU", "2020", ""),
    (FR, "et en matière d'énergie ?", "VN GB", "2020", "energy"),
    (FR, "quid des vaccins ?", "VN GB", "2020", "vaccines"),
    (VI, "còn lĩnh vực giáo dục?", "VN GB", "2020", "education"),
    (VI, "2021 thì sao", "VN GB", "2021", ""),
    (VI, "con my", "VN US", "2020", ""),
    # another language than before
    (EN, "và với Nga?", "VN RU", "2020", ""),
    (VI, "and on trade?", "VN GB", "2020", "trade"),
    (VI, "et en 2021 ?", "VN GB", "2021", ""),
]


@pytest.mark.parametrize(("first", "then", "where", "when", "what"), REPLACING)
def test_fragment_replaces_what_it_names_and_keeps_the_rest(
    first: str, then: str, where: str, when: str, what: str
) -> None:
    """The countries, the period and the subject of the question before, where it names none."""
    query = asked(then, after(first))
    assert places(query) == where
    assert years(query) == when
    assert " ".join([*query.topics, *query.names, *query.words]) == what
    assert query.conditions.articles == ()
    assert query.inherited


ABOUT_THE_EVENT = [
    (EN, "who took part?"),
    (EN, "and who took part?"),
    (EN, "Who attended?"),
    (EN, "where was it?"),
    (EN, "when did it take place?"),
    (EN, "what was agreed?"),
    (EN, "What did they agree on?"),
    (EN, "what else did they say?"),
    (EN, "Who signed the agreement?"),
    (EN, "What did the minister say?"),
    (EN, "tell me more"),
    (EN, "why?"),
    (EN, "what was the outcome of that meeting?"),
    (FR, "qui a participé ?"),
    (FR, "Qui était présent ?"),
    (FR, "où a eu lieu la réunion ?"),
    (FR, "qu'ont-ils décidé ?"),
    (FR, "quel a été le résultat ?"),
    (FR, "quoi d'autre ?"),
    (FR, "qui a pris part a cette rencontre"),
    (VI, "ai tham dự?"),
    (VI, "ai tham du"),
    (VI, "những ai có mặt?"),
    (VI, "cuộc gặp đó diễn ra ở đâu?"),
    (VI, "hai bên đã thống nhất những gì?"),
    (VI, "họ còn nói gì nữa?"),
    (VI, "kết quả ra sao?"),
    (EN, "was there a joint statement?"),
    (EN, "How many agreements were signed?"),
    (EN, "Who else?"),
    (FR, "qui étaient les signataires ?"),
    (FR, "ont-elles signé autre chose ?"),
    (FR, "avec qui ?"),
    (VI, "hai bên nhất trí điều gì?"),
    (VI, "nói rõ hơn"),
    (VI, "ho da ky gi"),
    (EN, "ai tham dự?"),
    (VI, "qui a participé ?"),
    (BARE, "who took part?"),
]


@pytest.mark.parametrize(("first", "then"), ABOUT_THE_EVENT)
def test_question_about_the_event_is_held_to_the_cited_articles(first: str, then: str) -> None:
    """It names nothing of its own, so that whatever they say may answer it."""
    query = asked(then, after(first))
    before = read(first).with_all_countries_required()
    assert query.conditions.articles == ("a", "b")
    assert places(query) == places(before)
    assert query.conditions.period == before.conditions.period
    assert query.asks_nothing_more
    assert "article" in query.inherited


POINTING_BACK = [
    (EN, "What did they discuss in 2021?", "VN GB", "2021", ""),
    (EN, "Did the two countries talk about trade?", "VN GB", "2020", "trade"),
    (EN, "what did they say about the vaccines?", "VN GB", "2020", "vaccines"),
    (EN, "and what was said on trade?", "VN GB", "2020", "trade"),
    (EN_NAME, "What did he say about trade?", "", "", "trade Nigel Adams"),
    (FR, "Qu'ont-ils dit des vaccins ?", "VN GB", "2020", "vaccines"),
    (FR, "De quoi les deux pays ont-ils parlé en 2021 ?", "VN GB", "2021", ""),
    (VI, "hai nước đã ký gì năm 2021?", "VN GB", "2021", ""),
    (VI, "Họ nói gì về thương mại?", "VN GB", "2020", "trade"),
    (VI, "hai nuoc trao doi gi nam 2021", "VN GB", "2021", ""),
]


@pytest.mark.parametrize(("first", "then", "where", "when", "what"), POINTING_BACK)
def test_pronoun_stands_for_who_was_named_before(
    first: str, then: str, where: str, when: str, what: str
) -> None:
    """A whole sentence brings its own subject, and its own period where it names one."""
    query = asked(then, after(first))
    assert places(query) == where
    assert years(query) == when
    assert " ".join([*query.topics, *query.names]) == what
    assert query.conditions.articles == ()


FULL = [
    (EN, "What did France and Germany discuss in 2019?"),
    (EN, "And what did France and Germany discuss in 2019?"),
    (EN, "What is ASEAN doing?"),
    (EN, "What happened in July?"),
    (EN, "Who is the ambassador of Laos in Hanoi?"),
    (EN, "What did Russia promise about its vaccines?"),
    (EN, "Did Japan and Korea say that they would meet?"),
    (EN, "What did Karasin say about his visit?"),
    (EN, "What was signed in 2021?"),
    (EN, "vn uk 2020"),
    (EN, "Nga 2021"),
    (EN, "Russia"),
    (EN, "peacekeeping"),
    (EN, "trade with Russia"),
    (EN, "In 2021, what did Vietnam and Russia discuss?"),
    (EN, "Is it true that vaccines were delivered?"),
    (EN, "what's the latest news?"),
    (EN, "What can you do?"),
    (EN, "thank you"),
    (EN, "hello"),
    (EN, "What is the climate agreement?"),
    (EN, "How many students study abroad?"),
    (EN, "According to Reuters, what did the two sides sign?"),
    (EN, "This year, what did Laos export?"),
    (EN, "visits in 2020"),
    (EN, "agreements"),
    (EN, "in French please"),
    (EN, "Which tools do geologists use to see their data?"),
    (EN, "Other than his discoveries, what was Tesla famous for?"),
    (EN, "Which court argued that the Treaty of Rome was void?"),
    (VI, "Trong năm 2021 Lào xuất khẩu cà phê"),
    (VI, "Con sông nào dài nhất?"),
    (VI, "Họ của người ghi bàn là gì?"),
    (VI, "Toyota cho biết họ sẽ đóng cửa nhà máy khi nào?"),
    (VI, "Lạm phát ảnh hưởng như thế nào?"),
    (FR, "Il y a eu un séisme en Turquie ?"),
    (FR, "livraison de vaccins"),
    (FR, "Que s'est-il passé en juillet ?"),
    (FR, "Que fait le Japon contre le COVID-19 ?"),
    (FR, "Et qu'ont dit la France et l'Allemagne en 2019 ?"),
    (FR, "De quoi la France et la Russie ont-elles parlé ?"),
    (FR, "Où va la France ?"),
    (FR, "Y a-t-il eu des accords sur le climat ?"),
    (FR, "Qui êtes-vous ?"),
    (FR, "Entre la France et l'Allemagne en 2019"),
    (FR, "la coopération décentralisée"),
    (VI, "Ông Phạm Quang Hiệu đã họp với ai?"),
    (VI, "Nam tước Goldie thăm Việt Nam khi nào?"),
    (VI, "Việt Nam và Pháp đã ký gì năm 2019?"),
    (VI, "Còn Việt Nam và Pháp đã ký gì năm 2019?"),
    (VI, "Nga và Trung Quốc: hai bên nói gì?"),
    (VI, "hợp tác đào tạo nghề"),
    (VI, "bạn là ai?"),
    (VI, "tin tức mới nhất"),
    (VI, "viet nam va nga thang 7"),
    (VI, "Đại sứ Lào tại Hà Nội là ai?"),
    (VI, "cảm ơn"),
]


@pytest.mark.parametrize(("first", "then"), FULL)
def test_full_question_inherits_nothing(first: str, then: str) -> None:
    """It is understood as if it were the first."""
    assert follow_up(read(then), after(first), read=read) == read(then)


def test_nothing_is_inherited_without_a_turn_before() -> None:
    """A follow-up that comes first is a question like any other."""
    assert follow_up(read("and with Russia?"), [], read=read) == read("and with Russia?")


def test_chain_of_follow_ups_goes_on_from_what_was_understood_last() -> None:
    """Each turn carries what it took over."""
    turns = after(EN, "and with Russia?", "and in 2021?", "what about the vaccines?")
    assert places(asked("who took part?", turns)) == "VN RU"
    query = asked("and with France?", turns)
    assert (places(query), years(query), query.topics) == ("VN FR", "2021", ("vaccines",))


def test_country_that_the_turns_have_in_common_stays() -> None:
    """Whoever has asked of Vietnam all along still does, though named second."""
    turns = after(
        "What did Vietnam and Russia discuss?", "What did the UK and Vietnam sign in 2020?"
    )
    assert places(asked("and with France?", turns)) == "VN FR"


def test_same_fragment_twice_means_the_same() -> None:
    """As when a message is delivered again."""
    once = asked("and with Russia?", after(EN))
    twice = asked("and with Russia?", after(EN, "and with Russia?"))
    assert once.conditions == twice.conditions


def test_after_a_refusal_its_conditions_are_inherited() -> None:
    """No article was cited; what was asked is still known."""
    turns = after("What did Vietnam and the UK say on trade in 1987?", articles=())
    assert (places(asked("and in 2020?", turns)), asked("and in 2020?", turns).topics) == (
        "VN GB",
        ("trade",),
    )
    query = asked("who took part?", turns)
    assert query.conditions.articles == ()
    assert (years(query), query.topics) == ("1987", ("trade",))


def test_outlets_are_inherited_and_replaced() -> None:
    """As the other conditions are."""
    turns = after("According to Reuters, what did Vietnam and Russia discuss?")
    assert asked("and in 2021?", turns).conditions.agencies == ("Reuters",)
    assert asked("and according to Dân trí?", turns).conditions.agencies == ("Dân trí",)


def test_days_of_publication_stay_so() -> None:
    """ "Published in 2020" and then "with Russia" is still about publication."""
    turns = after("What was published in 2020 about Vietnam and the UK?")
    assert asked("and with Russia?", turns).conditions.by_publication


def test_figures_alone_are_answered_in_the_language_before() -> None:
    """A year belongs to no language."""
    assert asked("2021?", after(FR)).language == "fr"
    assert asked("2021?", after(VI)).language == "vi"


def test_follow_up_is_answered_in_its_own_language() -> None:
    """Changing it midway is no new conversation."""
    assert asked("và với Nga?", after(EN)).language == "vi"


def test_what_was_inherited_is_told() -> None:
    """By kind, for whoever reads the answer."""
    assert asked("and with Russia?", after(EN_TOPIC)).inherited == ("period", "topic")
    assert asked("and in 2023?", after(EN_TOPIC)).inherited == ("countries", "topic")
    assert asked("who took part?", after(EN)).inherited == ("countries", "period", "article")


def test_words_carried_over_are_kept_as_written() -> None:
    """For showing them and for the search by meaning, which reads accents."""
    query = asked("và năm 2023?", after("Việt Nam và Anh nói gì về nghề gốm năm 2020?"))
    assert query.carried == ("nghề", "gốm")
    assert "nghề gốm" in query.subject


def test_subject_of_the_search_is_what_was_understood() -> None:
    """The fragment alone would find what is near to "and with Russia"."""
    query = asked("and with Russia?", after(EN_TOPIC))
    assert "vaccine" in query.subject.lower()
    assert "promise" in query.subject


def test_compound_question_leaves_no_list_of_names() -> None:
    """Its conditions and articles stay; a dozen names would fit nothing else."""
    turn = Turn.of(replace(read(EN), names=("A", "B"), compound=True), ("a",), NOW)
    assert turn.names == ()


def test_turn_survives_being_stored() -> None:
    """As JSON, without the words of the question but those that are inherited."""
    (turn,) = after("What did Nigel Adams say on trade with ASEAN in March 2020?")
    assert Turn.from_json(turn.to_json()) == turn
    assert Turn.from_json("{}") is None
    assert Turn.from_json("no JSON") is None


def test_what_leads_nowhere_is_no_turn() -> None:
    """A refused "thanks" between two questions does not break the thread."""
    assert Turn.of(read("thanks a lot"), (), NOW).carries_nothing
    assert not Turn.of(read(EN), (), NOW).carries_nothing
    assert not Turn.of(read("thanks a lot"), ("a",), NOW).carries_nothing


def test_only_fresh_turns_can_be_followed() -> None:
    """Half an hour and no longer."""
    (turn,) = after(EN)
    assert fresh([turn], NOW + FRESH) == [turn]
    assert fresh([turn], NOW + FRESH + dt.timedelta(seconds=1)) == []
