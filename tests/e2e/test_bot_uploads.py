"""Documents that admins send to the bot."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from corpus.catalogue import Catalogue
from corpus.overrides import overrides
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, running
from tests.emulator import Call, Person, Telegram

TEXT = (
    "Talks on fishing in Accra\n\nThe minister of Norway met the ambassador of Ghana in Accra on 5 "
    "May 2021. They agreed to open a fisheries hotline before the end of the summer."
)


async def sends(person: Person, telegram: Telegram, name: str, content: bytes, **more: str) -> None:
    """Send a document of that name."""
    key = f"file-{len(telegram.assets)}"
    telegram.assets[key] = {"data": content}
    size = len(content)
    document = {"file_id": key, "file_unique_id": key, "file_name": name, "file_size": size}
    await telegram.send({"message": person.message(document=document, **more)})


def button(call: Call, text: str) -> str:
    return next(each["callback_data"] for each in call.buttons if each["text"] == text)


async def test_a_document_is_shown_and_taken_in_at_a_button(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """What was understood comes first; nothing is kept of what lay on our disk."""
    engine = make_engine()
    await serve(engine)
    admin = person(ADMIN)
    await sends(admin, telegram, "talks.txt", TEXT.encode())
    (shown,) = await admin.hears()
    assert "Event: 5 May 2021." in shown.text
    assert "English · Ghana · Norway" in shown.text or "English · Norway · Ghana" in shown.text
    assert engine.articles() == []
    await admin.presses(button(shown, "Take it in"), under=shown)
    await admin.sees(shown, "Added: 1;")
    (article,) = engine.articles()
    assert article.source == "uploads/talks.txt"
    assert "fisheries hotline" in article.text
    assert not list((engine.data_dir / "uploads").iterdir())
    answer = await admin.asks("What did Norway and Ghana agree in 2021?")
    assert "The minister of Norway met the ambassador of Ghana" in answer.text


async def test_a_document_may_be_dropped_or_be_none_that_is_read(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    engine = make_engine()
    await serve(engine)
    admin = person(ADMIN)
    await sends(admin, telegram, "../../etc/talks.txt", TEXT.encode())
    (shown,) = await admin.hears()
    await admin.presses(button(shown, "Drop it"), under=shown)
    await admin.sees(shown, "Nothing was changed.")
    await admin.presses(button(shown, "Take it in"), under=shown)
    await admin.sees(shown, "no longer waits")
    for name, content in (("photo.jpg", b"x"), ("bad.pdf", b"no pdf"), ("empty.txt", b"")):
        await sends(admin, telegram, name, content)
        (told,) = await admin.hears()
        assert told.text.startswith("Nothing was changed: ")
        assert name in told.text
        assert "/" not in told.text.removeprefix("Nothing was changed: ").split(":")[0]
    assert engine.articles() == []


async def test_a_field_is_corrected_before_the_document_is_taken_in(
    make_engine: Callable[..., Engine], person: Callable[..., Person], telegram: Telegram
) -> None:
    """The bot is started anew between every two steps: the button, the reply, the taking in."""
    engine, admin = make_engine(), person(ADMIN)
    async with running(telegram, engine):
        await sends(admin, telegram, "talks.txt", TEXT.encode())
        (shown,) = await admin.hears()
    async with running(telegram, engine):
        await admin.taps("Correct a field", "Event date", under=shown)
        (asked,) = await admin.hears()
        assert asked.json("reply_markup")["force_reply"] is True
        assert (
            asked.text.startswith(
                "Event date of “Talks on fishing in Accra” so far: 5 May 2021 (“on 5 May 2021”)."
            )
            or "5 May 2021 (“5 May 2021”)" in asked.text
        )
    async with running(telegram, engine):
        wrong = await admin.asks("in spring", to=asked)
        assert "not a date such as" in wrong.text
        assert wrong.json("reply_markup")["force_reply"] is True
        done = await admin.asks("2021-05-06", to=wrong)
        assert done.text.startswith("Noted")
        preview = await admin.sees(shown, "Event: 6 May 2021 [corrected].")
        assert "Corrected: event date." in preview.text
        assert [each["text"] for each in preview.buttons] == [
            "Take it in", "Drop it", "Correct a field"
        ]  # fmt: skip
    async with running(telegram, engine):
        await admin.taps("Take it in", under=shown)
        await admin.sees(shown, "Added: 1;")
        (article,) = engine.articles()
        assert article.event is not None
        assert (article.event.start, article.event.year_basis) == ("2021-05-06", "corrected")
        trail = await admin.asks("/audit")
        assert f"telegram:{ADMIN} · override" in trail.text
        assert not list((engine.data_dir / "uploads").iterdir())
        answer = await admin.asks("not this any more", to=asked)
        assert "Noted" not in answer.text


async def test_one_of_many_articles_is_chosen_and_all_its_fields_may_be_corrected(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """The list of them has pages; in French."""
    engine, admin = make_engine(), person(ADMIN, "fr")
    await serve(engine)
    towns = ["Accra", "Oslo", "Lima", "Quito", "Cairo", "Rome", "Bern", "Tunis", "Dakar", "Hanoi"]
    many = [
        {"id": f"n{n}", "title": f"Talks {town}", "text": TEXT.replace("Accra", town)}
        for n, town in enumerate(towns)
    ]
    content = "\n".join(json.dumps(each) for each in many)
    await sends(admin, telegram, "many.jsonl", content.encode())
    (shown,) = await admin.hears()
    assert "Talks Hanoi" not in shown.text
    for field, value in (
        ("Pays", "gh, no"),
        ("Média", "Coast Telegraph"),
        ("Titre", "Talks in <b>Hà Nội</b>"),
    ):
        await admin.taps("Corriger un champ", "›", "10. Talks", field, under=shown)
        (asked,) = await admin.hears()
        assert (await admin.asks(value, to=asked)).text.startswith("C’est noté")
    preview = await admin.sees(shown, "Corrigé\u00a0: pays, média, titre.")
    assert "Coast Telegraph" in preview.text
    assert "“Talks in <b>Hà Nội</b>”" in preview.text
    await admin.taps("Intégrer", under=shown)
    await admin.sees(shown, "10")
    articles = {each.id: each for each in engine.articles()}
    assert len(articles) == len(towns)
    assert articles["n9"].title == "Talks in <b>Hà Nội</b>"
    assert articles["n9"].countries == ("GH", "NO")
    assert articles["n9"].outlet == "Coast Telegraph"
    assert articles["n8"].title == "Talks Dakar"


async def test_what_is_gone_or_nobodys_to_correct_is_not_corrected(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """A reply after the document was dropped; buttons and replies of somebody who is no admin."""
    engine, admin = make_engine(), person(ADMIN)
    await serve(engine)
    await sends(admin, telegram, "talks.txt", TEXT.encode())
    (shown,) = await admin.hears()
    await admin.taps("Correct a field", "Title", under=shown)
    (asked,) = await admin.hears()
    await person(5).presses(button(shown, "Correct a field"))
    await telegram.until(lambda: [c for c in telegram.calls if "only an admin" in str(c.fields)])
    for data in ("upload:ask:zz:0:title", "upload:of:../x:0", "upload:fix:", "upload:ask"):
        await admin.presses(data, under=shown)
    await admin.presses(button(shown, "Drop it"), under=shown)
    await admin.sees(shown, "Nothing was changed.")
    late = await admin.asks("Another title", to=asked)
    assert "no longer waits" in late.text
    assert engine.articles() == []


async def test_who_is_no_admin_any_more_corrects_nothing(
    make_engine: Callable[..., Engine], person: Callable[..., Person], telegram: Telegram
) -> None:
    """Though they were asked before."""
    engine, admin = make_engine(), person(ADMIN)
    async with running(telegram, engine):
        await sends(admin, telegram, "talks.txt", TEXT.encode())
        (shown,) = await admin.hears()
        await admin.taps("Correct a field", "Title", under=shown)
        (asked,) = await admin.hears()
    async with running(telegram, engine, admins=(1,)) as desk:
        assert "only an admin" in (await admin.asks("Another title", to=asked)).text
        token = button(shown, "Take it in").rsplit(":", 1)[1]
        upload = await desk.uploads.get(token)
        assert upload.corrected[upload.articles[0].id] == ()


async def test_what_could_not_be_taken_in_waits_as_it_was_corrected(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The disk was full; the next try takes it in."""
    engine, admin = make_engine(), person(ADMIN)
    await serve(engine)
    await sends(admin, telegram, "talks.txt", TEXT.encode())
    (shown,) = await admin.hears()
    await admin.taps("Correct a field", "Title", under=shown)
    (asked,) = await admin.hears()
    await admin.asks("Another title", to=asked)
    with monkeypatch.context() as patch:

        def full(*_: Any, **__: Any) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(Catalogue, "publish", full)
        await admin.taps("Take it in", under=shown)
        told = await admin.sees(shown, "No space left on device")
    assert engine.articles() == []
    assert not overrides(engine.catalogue.engine).values
    await admin.presses(button(told, "Take it in"), under=shown)
    await admin.sees(shown, "Added: 1;")
    assert [each.title for each in engine.articles()] == ["Another title"]


@pytest.mark.parametrize("of", ["message", "button"])
async def test_others_documents_are_not_read(
    engine: Engine, serve: Any, person: Callable[..., Person], telegram: Telegram, of: str
) -> None:
    await serve(engine)
    reader = person()
    if of == "message":
        await sends(reader, telegram, "talks.txt", TEXT.encode())
        assert "text only" in (await reader.hears())[0].text
    else:
        await reader.presses("upload:take:abc")
        call = await telegram.until(
            lambda: next((c for c in telegram.calls if c.method == "answerCallbackQuery"), None)
        )
        assert "only an admin" in call.fields["text"]


async def test_the_columns_of_a_table_are_stated_in_its_caption(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """They are kept for documents of that name once one is taken in; a remark states none."""
    engine = make_engine()
    await serve(engine)
    admin = person(ADMIN)
    table = f'Rubrik,Wortlaut\nFishing,"{TEXT.replace(chr(10), " ")}"\n'.encode()
    await sends(admin, telegram, "list.csv", table, caption="see https://paper.example/?id=5")
    (refused,) = await admin.hears()
    assert "no column holds texts (found: Rubrik, Wortlaut)" in refused.text
    await sends(admin, telegram, "list.csv", table, caption="text=Inhalt")
    (refused,) = await admin.hears()
    assert "lacks the column “Inhalt”" in refused.text
    await sends(admin, telegram, "list.csv", table, caption="title=Rubrik\ntext=Wortlaut")
    (dropped,) = await admin.hears()
    await admin.presses(button(dropped, "Drop it"), under=dropped)
    await admin.sees(dropped, "Nothing was changed.")
    await sends(admin, telegram, "list.csv", table)
    (refused,) = await admin.hears()
    assert "no column holds texts" in refused.text
    await sends(admin, telegram, "list.csv", table, caption="title=Rubrik, text=Wortlaut")
    (shown,) = await admin.hears()
    assert "Fishing" in shown.text
    assert "Event: 5 May 2021." in shown.text
    await admin.presses(button(shown, "Take it in"), under=shown)
    await admin.sees(shown, "Added: 1;")
    await sends(admin, telegram, "list.csv", table)
    (again,) = await admin.hears()
    assert "Fishing" in again.text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "fr",
            "Rien n’a été modifié\N{NO-BREAK SPACE}: bad.pdf\N{NO-BREAK SPACE}: un PDF endommagé",
        ),
        ("vi", "bad.pdf: tệp PDF bị hỏng"),
    ],
)
async def test_why_a_document_is_refused_is_told_in_the_language_of_the_admin(
    language: str,
    told: str,
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    await serve(make_engine())
    admin = person(ADMIN, language)
    await sends(admin, telegram, "bad.pdf", b"no pdf")
    (refused,) = await admin.hears()
    assert told in refused.text
