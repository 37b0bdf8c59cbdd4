"""Texts that a tokenizer may stumble over, and small tools for the tests of the embedding model."""

from __future__ import annotations

import os
import shutil
import unicodedata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.bundled_model import FOLDER

SENTENCES = [
    "Bộ trưởng Ngoại giao Việt Nam điện đàm với người đồng cấp Anh ngày 12 tháng 3.",
    "Hai bên nhất trí nâng cấp quan hệ lên Đối tác Chiến lược Toàn diện.",
    "Thứ trưởng tiếp Đại sứ nhân dịp kết thúc nhiệm kỳ công tác; ASEAN, UNCLOS 1982.",
    "La ministre déléguée s’est entretenue à Hanoï avec son homologue : « un cap décisif ».",
    "L'œuvre commune, dès l'été 2024, coûterait 3 500 000 €, soit 12½ % du budget.",
    "The two ministers met on the sidelines of the UN General Assembly in New York.",
    "Readout: the Quad's call lasted 45 min. (see https://example.org/a?b=c&d=1#e).",
    "Министр иностранных дел провёл переговоры в Москве 5 июня; стороны договорились.",
    "中国外交部长王毅在北京会见越南代表团，双方就南海问题交换了意见。",
    "越南與日本簽署了「防衛裝備移轉」協定（二〇二四年）。",
    "التقى وزير الخارجية نظيره الفيتنامي في القاهرة يوم الأحد ١٢ مارس.",
    "إِنَّ الْمُفَاوَضَاتِ جَارِيَةٌ ـــ بلا توقف.",
]

ODDITIES = {
    "decomposed Vietnamese": unicodedata.normalize("NFD", SENTENCES[0]),
    "decomposed French": unicodedata.normalize("NFD", SENTENCES[3]),
    "full width": "ＡＳＥＡＮ　２０２４年　（ＵＮ）",
    "full width under an accent": "Ａ\u0301Ｅ\u0308 x²\u0301",
    "ligatures": "ﬁnal oﬃce ﬂag Ǆ ǈ ĳ ﷺ ﻻ\u064e",
    "emoji": "Xin chào 😀 👍🏽 🇻🇳 👩‍👩‍👧 ❤️ ok",
    "signs": "№ 5 ™ ℃ ½ ① Ⅳ … ‥ ㎏ ㍿",
    "zero width": "Việt\u200bNam\ufeff Pa\u200cris\u200d Ha\u00adnoi\u2060",
    "control characters": "a\x01b\x0bc\x7fd\x9fe",
    "tabs and newlines": "dòng một\n\n\tdòng hai\r\ndòng ba\u2028bốn",
    "spaces": "  two  spaces   here\u00a0and\u3000there  ",
    "only spaces": " \t ",
    "empty": "",
    "space mark": "▁a ▁▁ b▁",
    "marks of the model": "</s> x <s> <mask> <pad>",
    "other scripts": "नमस्ते ประเทศไทย 한국어 日本語テスト ｶﾞｷﾞ עברית Ελλάδα ქართული",
    "not in Unicode's letters": "a\ue000b\U0010fffdc",
}

LONG = " ".join(SENTENCES * 8)  # beyond 512 tokens


def cosines(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """Row by row, of vectors of length 1: (n, d), (n, d) → (n,)."""
    result: NDArray[np.float32] = np.sum(left * right, axis=1)
    return result


def linked_copy(model_home: Path, target: Path) -> Path:
    """A copy of the model that shares its files on disk: replace them, never write into them."""
    folder = target / "models" / FOLDER
    shutil.copytree(model_home / "models" / FOLDER, folder, copy_function=os.link)
    return folder


def replace(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)
