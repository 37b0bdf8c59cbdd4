"""Footnotes for python-docx, which has none: the part of the file they stand in, and their marks.

After ECMA-376, part 1, 17.11.
"""

from __future__ import annotations

from typing import Any

_PART = "/word/footnotes.xml"
_SMALL = "18"
"""Half points."""


class Footnotes:
    """The footnotes of one document. `close` before it is saved."""

    def __init__(self, document: Any) -> None:
        from docx.oxml import OxmlElement  # noqa: PLC0415 - only an export needs it
        from docx.oxml.ns import qn  # noqa: PLC0415

        self._element, self._name = OxmlElement, qn
        self._document = document
        self._root = OxmlElement("w:footnotes")
        self._count = 0
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            note = self._new("w:footnote", {"w:type": kind, "w:id": str(number)})
            run = self._under(self._under(note, "w:p"), "w:r")
            self._under(run, f"w:{kind}")
            self._root.append(note)

    def add(self, paragraph: Any, text: str) -> None:
        """A footnote with `text`, its mark at the end of `paragraph`."""
        self._count += 1
        mark = paragraph.add_run()
        mark.font.superscript = True
        mark._r.append(self._new("w:footnoteReference", {"w:id": str(self._count)}))
        note = self._new("w:footnote", {"w:id": str(self._count)})
        inner = self._under(note, "w:p")
        close = {"w:after": "40", "w:line": "240", "w:lineRule": "auto"}
        self._under(self._under(inner, "w:pPr"), "w:spacing", close)
        number = self._under(inner, "w:r")
        raised = self._under(number, "w:rPr")
        self._under(raised, "w:vertAlign", {"w:val": "superscript"})
        self._under(number, "w:footnoteRef")
        run = self._under(inner, "w:r")
        self._under(self._under(run, "w:rPr"), "w:sz", {"w:val": _SMALL})
        words = self._under(run, "w:t")
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = f" {text}"
        self._root.append(note)

    def close(self) -> None:
        """Put the footnotes into the document, if there are any."""
        if not self._count:
            return
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE  # noqa: PLC0415
        from docx.opc.packuri import PackURI  # noqa: PLC0415
        from docx.opc.part import Part  # noqa: PLC0415
        from lxml import etree  # noqa: PLC0415

        blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        owner = self._document.part
        part = Part(PackURI(_PART), CONTENT_TYPE.WML_FOOTNOTES, blob, owner.package)
        owner.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _new(self, name: str, values: dict[str, str] | None = None) -> Any:
        element = self._element(name)
        for key, value in (values or {}).items():
            element.set(self._name(key), value)
        return element

    def _under(self, parent: Any, name: str, values: dict[str, str] | None = None) -> Any:
        element = self._new(name, values)
        parent.append(element)
        return element
