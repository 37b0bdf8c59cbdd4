"""Questions in Telegram and their answers."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from telegram.constants import MessageLimit

from retrieval.answer import Answer, Written
from retrieval.conversation import Turn
from retrieval.engine import Engine
from tests.emulator import Person, Telegram

QUESTIONS = {
    "en": "What did Vietnam and the UK discuss in 2020?",
    "fr": "De quoi le Vietnam et le Royaume-Uni ont-ils parlé en 2020 ?",
    "vi": "Việt Nam và Anh đã trao đổi gì năm 2020?",
}
HEADINGS = {"en": "1 event in 1 article", "fr": "1 événement dans", "vi": "1 sự kiện trong"}
WORDS = "Thứ trưởng Ngoại giao Tô Anh Dũng có cuộc điện đàm với Quốc vụ khanh"


@pytest.mark.parametrize("language", ["en", "fr", "vi"])
async def test_question_is_answered_from_its_article_in_its_own_language(
    language: str, engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """The quotation is the article's, the words around it are the asker's."""
    await serve(engine)
    reply = await person().asks(QUESTIONS[language])
    assert HEADINGS[language] in reply.text
    assert WORDS in reply.text
    assert "[1] VOV5" in reply.text


async def test_answer_is_set_as_quotations_with_folded_sources(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Heading and events bold, quotations as quotations, all sources in one folded one."""
    await serve(engine)
    reply = await person().asks(QUESTIONS["en"])
    assert reply.html.startswith("<b>Vietnam – United Kingdom, 2020: ")
    assert "<b>16 April 2020" in reply.html
    assert "<blockquote>«\xa0Chiều 16/4" in reply.html
    assert reply.html.count("<blockquote expandable>[1] ") == 1


async def test_answer_replies_to_the_question_and_shows_no_link_preview(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """In a busy chat one sees which question an answer belongs to."""
    await serve(engine)
    asker = person()
    message_id = await asker.writes(QUESTIONS["en"])
    (reply,) = await asker.hears()
    assert reply.json("reply_parameters")["message_id"] == message_id
    assert reply.json("link_preview_options") == {"is_disabled": True}


async def test_the_bot_shows_that_it_is_writing(
    engine: Engine, serve: Any, person: Callable[..., Person], telegram: Telegram
) -> None:
    """The indicator comes before the answer, which is begun and then whole."""
    await serve(engine)
    await person(9).asks(QUESTIONS["en"])
    methods = [call.method for call in telegram.calls if call.chat == 9]
    assert methods[0] == "sendChatAction"
    assert [each for each in methods if each != "sendChatAction"] == [
        "sendMessage",
        "editMessageText",
    ]


async def test_two_chats_at_once_each_get_their_own_answer(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Ten chats ask at the same time; none gets another's answer."""
    await serve(engine)
    years = {"2020": "16 April 2020", "2023": "29–30 March 2023"}
    people = [(person(100 + n), list(years)[n % 2]) for n in range(10)]
    for one, year in people:
        await one.writes(f"What did Vietnam and the UK discuss in {year}?")
    for one, year in people:
        (reply,) = await one.hears()
        assert years[year] in reply.text


async def test_what_the_corpus_does_not_hold_is_refused(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """A year without an event gets no answer from another year."""
    await serve(engine)
    reply = await person().asks("What did Vietnam and the UK discuss in 1987?")
    assert reply.text.startswith("Not in this corpus.")
    assert WORDS not in reply.html.split("Nearest in the corpus")[0]


async def test_a_refusal_offers_to_search_all_years(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """At a button, with the question above; without the period it is answered."""
    await serve(engine)
    asker = person(192, "fr")
    reply = await asker.asks("De quoi le Vietnam et le Royaume-Uni ont-ils discuté en 1987 ?")
    offered = {each["text"]: each["callback_data"] for each in reply.buttons}
    assert "Chercher dans toutes les années" in offered
    await asker.presses(offered["Chercher dans toutes les années"], under=reply)
    (wider,) = await asker.hears()
    assert wider.text.startswith("De quoi le Vietnam et le Royaume-Uni")
    assert "16 avril 2020" in wider.text
    await asker.presses(offered["Chercher dans tous les pays"], under=reply)
    (other,) = await asker.hears()
    assert "16 avril 2020" not in other.text.partition("Au plus près")[0]


class _Talkative(Engine):
    """Says everything twenty times."""

    def stream(
        self, question: str, *, today: dt.date, previous: Sequence[Turn] = (), **more: Any
    ) -> Iterator[Written | Answer]:
        for name in ("reads", "on_writing"):  # of what a stream does with its answer
            more.pop(name, None)
        answer = super().quote(question, today=today, previous=previous, **more)
        yield dataclasses.replace(answer, groups=answer.groups * 20)


async def test_long_answer_goes_on_in_further_messages(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """Every part is within the limit and ends with a whole line; only the first is a reply."""
    engine = make_engine(_Talkative)
    engine.ingest(None, now=dt.datetime(2024, 6, 1, tzinfo=dt.UTC))
    await serve(engine)
    asker = person()
    await asker.writes(QUESTIONS["vi"])
    parts = await asker.hears(2)
    while "Ngày đăng" not in parts[-1].text:
        parts += await asker.hears()
    assert len(parts) > 3
    assert sum(part.text.count(WORDS) for part in parts) == 20
    for part in parts:
        assert len(part.text.encode("utf-16-le")) // 2 <= MessageLimit.MAX_TEXT_LENGTH
        assert part.text.endswith(("\xa0[1]", "không rõ."))
    assert [bool(part.json("reply_parameters")) for part in parts] == [True] + [False] * (
        len(parts) - 1
    )


async def test_markup_in_an_article_is_shown_as_text(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """A title or a sentence with "<script>" or "&" neither breaks nor changes the message."""
    engine = make_engine()
    (engine.corpus_dir / "odd.txt").write_text(
        "Brazil & Chile <script>alert(1)</script> sign <b>pact\n\n"
        "SANTIAGO, 5 May 2018 – The foreign ministers of Brazil and Chile met on 5 May 2018 in "
        "Santiago and discussed trade & fisheries (< 5 % of GDP) with their delegations.\n",
        "utf-8",
    )
    engine.ingest(None, now=dt.datetime(2024, 6, 1, tzinfo=dt.UTC))
    await serve(engine)
    reply = await person().asks("What did Brazil and Chile discuss in 2018?")
    assert "trade & fisheries (< 5 % of GDP)" in reply.text
    assert "trade &amp; fisheries (&lt; 5 % of GDP)" in reply.html
    assert "<script>" not in reply.html


@pytest.mark.parametrize("text", ["🤝🇻🇳🇬🇧", "?!…", "\u200f\u202e", "\x07\x00"])
async def test_text_without_words_is_told_so(
    text: str, engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Emoji, marks and control characters are no question; the reader's language says so."""
    await serve(engine)
    reply = await person(language="fr").asks(text)
    assert reply.text == "Je n’y vois pas de question. Veuillez la formuler avec des mots."


@pytest.mark.parametrize(
    "text", ["ماذا ناقشت فيتنام وبريطانيا في 2020؟", "Vietnam \x00\x1b[31m UK 2020?", "\ud800 hm?"]
)
async def test_unusual_writing_gets_some_answer(
    text: str, engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Right-to-left text, escape codes and broken characters are questions like others."""
    await serve(engine)
    reply = await person().asks(text)
    assert "did not work" not in reply.text


async def test_too_long_a_question_is_told_the_limit(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """In the question's language."""
    await serve(engine)
    reply = await person().asks("Que se sont dit le Vietnam et la France ? " * 90)
    assert reply.text == "C’est trop long\u00a0: 2000 caractères au plus, s’il vous plaît."


async def test_an_edited_question_is_answered_in_the_place_of_its_answer(
    engine: Engine, serve: Any, person: Callable[..., Person], telegram: Telegram
) -> None:
    """Nothing new is sent, and what stands under the answer is that of the new one."""
    await serve(engine)
    asker = person(190)
    question = await asker.writes("What did Vietnam and the UK discuss in 1987?")
    (answer,) = await asker.hears()
    assert answer.text.startswith("Not in this corpus.")
    await asker.edits(question, "What did Vietnam and the UK discuss in 2020?")
    again = await asker.sees(answer, WORDS)
    assert [each["text"] for each in again.buttons][:1] == ["[1]"]
    await asker.presses(again.buttons[0]["callback_data"], under=answer)
    (evidence,) = await asker.hears()
    assert evidence.text.startswith("[1]")
    assert len(telegram.sent(190)) == 2


async def test_an_edit_of_what_was_never_answered_is_told_so(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(engine)
    asker = person(191, "vi")
    await asker.edits(424242, QUESTIONS["vi"])
    (reply,) = await asker.hears()
    assert reply.text.startswith("Tôi không còn giữ câu trả lời")


async def test_sticker_gets_a_polite_word(
    engine: Engine, serve: Any, person: Callable[..., Person], telegram: Telegram
) -> None:
    """What is not text cannot be a question."""
    await serve(engine)
    asker = person()
    sticker = {
        "file_id": "s",
        "file_unique_id": "s",
        "type": "regular",
        "width": 1,
        "height": 1,
        "is_animated": False,
        "is_video": False,
    }
    await telegram.send({"message": asker.message(sticker=sticker)})
    (reply,) = await asker.hears()
    assert reply.text == "I read text only. Please write your question."


async def test_unknown_command_points_to_help(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """A mistyped command is not taken for a question."""
    await serve(engine)
    assert "/help" in (await person().asks("/hlep")).text


async def test_groups_hear_the_bot_only_when_a_command_is_addressed_to_it(
    engine: Engine, serve: Any, person: Callable[..., Person], telegram: Telegram
) -> None:
    """Talk, pictures and other bots' commands pass in silence."""
    await serve(engine)
    member = person(group=-100200)
    await member.writes(QUESTIONS["en"])
    await member.writes("/help@another_bot")
    await telegram.send({"message": member.message(caption="x", photo=[])})
    await member.writes("/help@attache_test_bot")
    (reply,) = await member.hears()
    assert reply.text.startswith("I answer questions from a corpus")
    assert len(telegram.sent(-100200)) == 1
