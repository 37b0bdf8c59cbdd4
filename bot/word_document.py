"""An answer as a Word document: title, statements with footnotes, sources, corpus version, time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from bot import dates
from bot.answers import ShownAnswer
from bot.footnotes import Footnotes
from bot.telegram_text import clean
from bot.words import words

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MARGIN = 2.2
_LONGEST_NAME = 60


def word_document(answer: ShownAnswer) -> bytes:
    """The document, in the language of the answer."""
    from docx import Document  # noqa: PLC0415 - only an export needs it
    from docx.shared import Cm, Pt  # noqa: PLC0415

    w = words(answer.language)
    document = Document()
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(_MARGIN)
        section.top_margin = section.bottom_margin = Cm(_MARGIN)
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.title = clean(answer.question)
    document.core_properties.author = "Attaché"
    document.core_properties.created = answer.at.replace(tzinfo=None)
    document.add_heading(clean(answer.question), level=1)
    at = f"{dates.day(answer.at.date(), answer.language)}, {answer.at:%H:%M} UTC"
    facts = w.gettext("Answered on %(time)s from version %(version)d of the corpus.")
    document.add_paragraph(facts % {"time": at, "version": answer.version}).runs[0].italic = True
    document.add_paragraph(clean(_head(answer.content["answer"])))
    notes = Footnotes(document)
    for statement in answer.content["statements"]:
        _add(document, notes, answer, statement)
    if answer.sources:
        document.add_heading(w.gettext("Sources"), level=2)
    for source in answer.sources:
        paragraph = document.add_paragraph(f"[{source['n']}] {clean(source['line'])}")
        paragraph.paragraph_format.space_after = Pt(3)
        paragraph.runs[0].font.size = Pt(9.5)
    if answer.content["mode"] == "generated":
        text = w.gettext(
            "Written by a language model and checked sentence by sentence against the sources; "
            "what stands in quotation marks is the sources' own."
        )
        document.add_paragraph(text).runs[0].italic = True
    notes.close()
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def file_name(answer: ShownAnswer) -> str:
    """A name for the document, out of the question."""
    kept = "".join(c if c.isalnum() or c in " -" else " " for c in answer.question)
    return ("-".join(kept.split())[:_LONGEST_NAME].strip("-") or "answer") + ".docx"


def _head(text: str) -> str:
    """What was understood and found; of a refusal, all that was said."""
    return text.partition("\n\n")[0].replace("\n", " ")


def _add(document: Any, notes: Footnotes, answer: ShownAnswer, statement: dict[str, Any]) -> None:
    """A statement: the card of an event as a heading of its own, the rest with footnotes."""
    quoted = statement["verdict"] == "quoted"
    text = clean(statement["text"])
    paragraph = document.add_paragraph()
    if not quoted and not statement["generated"]:
        numbers = sorted({each["source"] for each in statement["citations"]})
        paragraph.add_run(f"{text} {''.join(f'[{n}]' for n in numbers)}").bold = True
        paragraph.paragraph_format.keep_with_next = True
        return
    paragraph.add_run(f"«\xa0{text}\xa0»" if quoted else text).italic = quoted
    for citation in statement["citations"]:
        notes.add(paragraph, _note(answer.sources, citation, with_words=not quoted))


def _note(sources: Sequence[dict[str, Any]], citation: dict[str, Any], *, with_words: bool) -> str:
    """The footnote: the source's number, outlet and title, and the words that are rested on."""
    source = next(each for each in sources if each["n"] == citation["source"])
    named = ", ".join(part for part in (source["outlet"], source["title"]) if part)
    text = f"[{source['n']}] {named}"
    return clean(f"{text}: «\xa0{citation['quote']}\xa0»" if with_words else f"{text}.")
