"""Press passages in any number, each different: open texts recombined under dated, placed leads.

Every passage is an article of its own. Its lead names two countries and a day in 2015 to 2024, so
that conditions on countries and dates have something to meet; what follows are sentences of the
open sets in Vietnamese or English, or, in French, of which the sets have none, sentences from here.
The same number gives the same passage, whatever the size. Each fits into one passage of ours and
into one chunk of the plain pipeline, so that a count of passages means the same for both.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from babel.dates import format_date

from benchmarks.plain import CHUNK_CHARS
from corpus.split import PASSAGE_BYTES, sentences

FIRST_YEAR, LAST_YEAR = 2015, 2024

COUNTRIES = {
    "VN": ("Vietnam", "Việt Nam", "le Vietnam"),
    "JP": ("Japan", "Nhật Bản", "le Japon"),
    "FR": ("France", "Pháp", "la France"),
    "RU": ("Russia", "Nga", "la Russie"),
    "IN": ("India", "Ấn Độ", "l'Inde"),
    "GB": ("the United Kingdom", "Anh", "le Royaume-Uni"),
    "DE": ("Germany", "Đức", "l'Allemagne"),
    "AU": ("Australia", "Australia", "l'Australie"),
    "KR": ("South Korea", "Hàn Quốc", "la Corée du Sud"),
    "CA": ("Canada", "Canada", "le Canada"),
    "LA": ("Laos", "Lào", "le Laos"),
    "KH": ("Cambodia", "Campuchia", "le Cambodge"),
    "TH": ("Thailand", "Thái Lan", "la Thaïlande"),
    "IT": ("Italy", "Italia", "l'Italie"),
    "BR": ("Brazil", "Brazil", "le Brésil"),
    "CU": ("Cuba", "Cuba", "Cuba"),
}
NAMES = {"en": 0, "vi": 1, "fr": 2}

TOPICS = (
    ("trade", "thương mại", "le commerce"),
    ("defence", "quốc phòng", "la défense"),
    ("energy", "năng lượng", "l'énergie"),
    ("fisheries", "thủy sản", "la pêche"),
    ("education", "giáo dục", "l'éducation"),
    ("vaccines", "vắc-xin", "les vaccins"),
    ("tourism", "du lịch", "le tourisme"),
    ("climate change", "biến đổi khí hậu", "le changement climatique"),
    ("agriculture", "nông nghiệp", "l'agriculture"),
    ("maritime security", "an ninh hàng hải", "la sécurité maritime"),
)
_LEADS = {
    "en": (
        "On {day}, the foreign ministers of {a} and {b} held talks on {topic} and agreed to meet "
        "again.",
        "On {day}, the deputy ministers of {a} and {b} discussed {topic} by telephone.",
        "A delegation from {a} was received in {b} on {day}; {topic} was first on the agenda.",
    ),
    "vi": (
        "Ngày {day}, Bộ trưởng Ngoại giao {a} và {b} đã hội đàm về {topic} và nhất trí "
        "sớm gặp lại.",
        "Ngày {day}, Thứ trưởng Ngoại giao {a} và {b} có cuộc điện đàm về hợp tác {topic}.",
        "Ngày {day}, đoàn đại biểu {a} thăm {b}; {topic} là nội dung đầu tiên được trao đổi.",
    ),
    "fr": (
        "Le {day}, les ministres des Affaires étrangères de deux pays, {a} et {b}, ont évoqué "
        "{topic}.",
        "Le {day}, {a} et {b} se sont entretenus par téléphone ; {topic} était au cœur "
        "des échanges.",
    ),
}
_FRENCH = (
    "Les deux parties ont salué la hausse de {n} % de leurs échanges au cours de l'exercice.",
    "Un groupe de travail de {n} experts remettra ses conclusions avant la prochaine session.",
    "Le texte prévoit {n} projets pilotes, dont plusieurs dans les provinces du littoral.",
    "Selon le communiqué, {n} millions d'euros iront à la formation des cadres.",
    "Les négociateurs ont écarté {n} points de désaccord après une nuit de discussions.",
    "Les universités accueilleront {n} boursiers de plus dès la rentrée.",
    "Le porte-parole a rappelé que {n} entreprises attendaient encore une autorisation.",
    "La délégation a visité un port qui traite {n} navires par semaine.",
    "Il a souhaité que les visas soient délivrés en moins de {n} jours.",
    "Les douanes échangeront désormais leurs données sur {n} catégories de produits.",
)
_OUTLETS = {"en": ("Reuters", "BBC"), "vi": ("VOV", "TTXVN"), "fr": ("AFP", "RFI")}
_TRIES = 10  # sentences that may follow the lead, as far as they fit in
_LANGUAGES = ("vi", "en", "vi", "en", "vi", "en", "vi", "en", "fr", "vi")


@dataclass(frozen=True, slots=True)
class Lead:
    """What a passage's own first sentence says of it."""

    language: str
    pair: tuple[str, str]
    day: dt.date
    topic: int


def lead(number: int) -> Lead:
    """The lead of passage `number`."""
    rng = np.random.default_rng([1, number])
    codes = list(COUNTRIES)
    a, b = rng.choice(len(codes), 2, replace=False)
    days = (dt.date(LAST_YEAR, 12, 31) - dt.date(FIRST_YEAR, 1, 1)).days
    return Lead(
        _LANGUAGES[number % len(_LANGUAGES)],
        (codes[a], codes[b]),
        dt.date(FIRST_YEAR, 1, 1) + dt.timedelta(days=int(rng.integers(days + 1))),
        int(rng.integers(len(TOPICS))),
    )


def articles(count: int, data: Path) -> Iterator[dict[str, Any]]:
    """The first `count` articles, as lines of a `.jsonl` source."""
    pools = {"vi": _sentences(data, "vi"), "en": _sentences(data, "en")}
    for number in range(count):
        yield _article(number, pools)


def narrow_questions(size: int, count: int) -> list[str]:
    """Questions for two countries in a year, each met by some of the first `size` articles."""
    asked = []
    for place in range(count):
        known = lead((place * size // count + place) % size)
        a, b = (COUNTRIES[code][NAMES[known.language]] for code in known.pair)
        words = {
            "en": "What did {a} and {b} discuss in {year}?",
            "vi": "{a} và {b} đã trao đổi những gì năm {year}?",
            "fr": "De quoi {a} et {b} ont-ils parlé en {year} ?",
        }[known.language]
        asked.append(words.format(a=a, b=b, year=known.day.year))
    return asked


def broad_questions(count: int) -> list[str]:
    """Questions on a subject since a year that nine articles in ten meet."""
    asked = []
    for place in range(count):
        language = ("en", "vi", "fr")[place % 3]
        words = {
            "en": "What has been said about {topic} since {year}?",
            "vi": "Từ năm {year} đến nay, các nước đã nói gì về {topic}?",
            "fr": "Qu'a-t-on dit sur {topic} depuis {year} ?",
        }[language]
        topic = TOPICS[place % len(TOPICS)][NAMES[language]]
        asked.append(words.format(topic=topic, year=FIRST_YEAR + 1))
    return asked


def open_questions(data: Path, count: int) -> list[str]:
    """Questions of XQuAD, in English and Vietnamese by turns, evenly from the whole set."""
    sets = [lines(data / "xquad" / f"questions.{language}.jsonl") for language in ("en", "vi")]
    step = len(sets[0]) // count
    return [str(sets[place % 2][place * step]["question"]) for place in range(count)]


def _article(number: int, pools: dict[str, Sequence[str]]) -> dict[str, Any]:
    known = lead(number)
    language = known.language
    rng = np.random.default_rng([2, number])
    a, b = (COUNTRIES[code][NAMES[language]] for code in known.pair)
    topic = TOPICS[known.topic][NAMES[language]]
    leads = _LEADS[language]
    words = {"day": _day(known.day, language), "a": a, "b": b, "topic": topic}
    text = leads[int(rng.integers(len(leads)))].format(**words)
    title = f"{a} – {b}: {topic}"
    pool = pools.get(language, _FRENCH)
    for place in rng.choice(len(pool), _TRIES, replace=False):
        sentence = pool[place]
        if language == "fr":
            sentence = sentence.format(n=int(rng.integers(3, 98)))
        longer = f"{text} {sentence}"
        if len(longer.encode()) <= PASSAGE_BYTES and len(f"{title}\n{longer}") <= CHUNK_CHARS:
            text = longer
    outlets = _OUTLETS[language]
    return {
        "id": f"p{number:06}",
        "title": title,
        "text": text,
        "outlet": outlets[number % len(outlets)],
        "published": (known.day + dt.timedelta(days=1)).isoformat(),
        "language": language,
    }


def _day(day: dt.date, language: str) -> str:
    if language == "vi":
        return f"{day.day}/{day.month}/{day.year}"
    return format_date(day, "d MMMM y", locale=language)


def _sentences(data: Path, language: str) -> Sequence[str]:
    """All sentences of the open sets in a language that are neither scraps nor very long."""
    texts = [item["text"] for item in lines(data / "xquad" / f"paragraphs.{language}.jsonl")]
    if language == "vi":
        stories = lines(data / "stories_vi" / "articles.jsonl")
        texts += [f"{item['lead']}\n{item['body']}" for item in stories]
    else:
        texts += [item["fact"] for item in lines(data / "news_en" / "passages.jsonl")]
    found = (
        " ".join(span.of(text).split()) for text in texts for span in sentences(text, language)
    )
    return [sentence for sentence in dict.fromkeys(found) if 40 <= len(sentence) <= 350]


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
