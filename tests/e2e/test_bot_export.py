"""/export: the last answer as a Word document."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from retrieval.engine import Engine
from tests.emulator import Person, Telegram

QUESTION = "What did Vietnam and the UK discuss in 2020?"


async def _exported(telegram: Telegram, chat: int) -> bytes:
    def sent() -> bytes | None:
        files = [
            content
            for call in telegram.calls
            if call.method == "sendDocument" and call.chat == chat
            for name, content in call.files
            if name.endswith(".docx")
        ]
        return files[-1] if files else None

    found: bytes = await telegram.until(sent)
    return found


@pytest.mark.parametrize(
    ("language", "question", "sources"),
    [
        ("en", QUESTION, "Sources"),
        ("fr", "De quoi le Vietnam et le Royaume-Uni ont-ils discuté en 2020 ?", "Sources"),
        ("vi", "Việt Nam và Anh đã trao đổi những gì năm 2020?", "Nguồn"),
    ],
)
async def test_the_last_answer_comes_as_a_word_document(
    language: str,
    question: str,
    sources: str,
    engine: Engine,
    serve: Any,
    telegram: Telegram,
    person: Callable[..., Person],
) -> None:
    """With the question for a title, a footnote for each quotation, and the sources."""
    await serve(engine)
    reader = person(921, language)
    answer = await reader.asks(question)
    await reader.writes("/export")
    content = await _exported(telegram, 921)
    document = Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == question
    assert sources in texts
    quotes = re.findall("«\xa0(.+?)\xa0»\xa0\\[", answer.text)
    assert quotes
    assert all(any(quote in text for text in texts) for quote in quotes)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        notes = archive.read("word/footnotes.xml").decode()
    assert notes.count("<w:footnoteRef/>") == len(quotes)


async def test_a_word_processor_opens_it_and_it_fits_on_two_pages(
    engine: Engine,
    serve: Any,
    telegram: Telegram,
    person: Callable[..., Person],
    tmp_path: Path,
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (apt install libreoffice-writer-nogui)")
    await serve(engine)
    reader = person(922)
    await reader.asks(QUESTION)
    await reader.writes("/export")
    file = tmp_path / "answer.docx"
    file.write_bytes(await _exported(telegram, 922))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pages = PdfReader(tmp_path / "answer.pdf").pages
    assert len(pages) <= 2
    text = "".join(page.extract_text() for page in pages)
    assert "Nigel Adams" in text


async def test_before_an_answer_there_is_nothing_to_export(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(engine)
    assert "no answer to export" in (await person(923).asks("/export")).text
