"""The words of `data/instructions.yaml` as patterns, each behind words that make it worth trying.

Sentences of the press are judged by the thousand, so that nothing but a look at the first word and
for a few letters is spent on most of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "instructions.yaml"
_FIRST = re.compile(r"[\w']+")
_NAMED = re.compile(r", (?=[^\W\d_a-zà-öø-ÿđ])")


@dataclass(frozen=True, slots=True)
class Patterns:
    """All languages together: an attack may be in any. They match lower case.

    `first` are the words that a command can begin with; `phrases` are patterns by a word that
    stands in what they match.
    """

    first: frozenset[str]
    opening: re.Pattern[str]
    opener: re.Pattern[str]
    behind_comma: re.Pattern[str]
    task: re.Pattern[str]
    reported: re.Pattern[str]
    speaker: re.Pattern[str]
    phrases: Mapping[str, tuple[re.Pattern[str], ...]]

    def speaks_to_a_writer(self, text: str, words: Collection[str]) -> bool:
        """Whether `text`, in lower case and of these `words`, is about an answer and its writer."""
        return any(
            pattern.search(text)
            for word in self.phrases.keys() & words
            for pattern in self.phrases[word]
        )

    def commands(self, clause: str) -> bool:
        """Whether a clause begins with a command, or has one behind its first comma."""
        lower = clause.lower()
        word = _FIRST.match(lower)
        if word is None:
            return False
        known = word.group() in self.first or word.group().endswith("ez") or " sie " in lower
        if known and self.opening.match(lower):
            return True
        if self.opener.match(lower) and self.behind_comma.match(lower):
            return True
        task = self.task.match(lower) if known else None
        if task is None:
            return False
        # "Answering the press, he said …": Vietnamese verbs look the same there.
        reported = self.reported.search(lower, task.end()) or _NAMED.search(clause, task.end())
        return reported is None


@cache
def patterns() -> Patterns:
    """The patterns, made at the first call."""
    import yaml  # noqa: PLC0415 - reading waits until a sentence is judged

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), Loader=loader)  # noqa: S506 - safe
    lists = _lists(data)
    fill = {**{name: _any(words) for name, words in lists.items()}, **data["around"]}

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(_filled(pattern, fill))

    for part in ("english", "noun", "french", "german", "spanish", "commands"):
        fill[part] = f"(?:{_filled(data['clauses'][part], fill)})"
    clauses = data["clauses"]
    openings = [word for name, words in lists.items() if name in _OPENING for word in words]
    openings += re.split(r"[|()?: ]+", "|".join(fill[name] for name in ("requests", "please")))
    openings += [*fill["infinitives"].split("|"), "ne", "n'", "respond", "reply", "write"]
    return Patterns(
        first=frozenset(match.group() for words in openings if (match := _FIRST.match(words))),
        opening=made(clauses["opening"]),
        opener=made(clauses["opener"]),
        behind_comma=made(clauses["behind_comma"]),
        task=made(clauses["task"]),
        reported=made(clauses["reported"]),
        speaker=made(clauses["speaker"]),
        phrases=_by_word(
            (
                lists["machines"] if each["needs"] == "machines" else each["needs"],
                made(each["pattern"]),
            )
            for each in data["phrases"]
        ),
    )


def _by_word(
    phrases: Iterable[tuple[Sequence[str], re.Pattern[str]]],
) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """The patterns by the last part of each word that they need."""
    found: dict[str, tuple[re.Pattern[str], ...]] = {}
    for needs, pattern in phrases:
        for word in {needed.split()[-1].split(".")[-1] for needed in needs}:
            found[word] = (*found.get(word, ()), pattern)
    return found


_OPENING = frozenset(
    "leads verbs_en verbs_fr verbs_es verbs_de nouns_en commands tasks".split()  # noqa: SIM905
)


def _lists(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The lists of words by name; those that come by language are "name_language"."""
    found: dict[str, list[str]] = {}
    for name, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], str):
            found[name] = value
        elif isinstance(value, dict) and name not in {"around", "clauses"}:
            found |= {f"{name}_{language}": words for language, words in value.items()}
    found["leads"] = [
        words for name in list(found) if name[:6] == "leads_" for words in found[name]
    ]
    return found


def _any(words: Iterable[str]) -> str:
    """The words as alternatives, the longest first."""
    return "|".join(re.escape(w).replace(r"\ ", " ") for w in sorted(words, key=len, reverse=True))


def _filled(pattern: str, fill: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda match: fill[match.group(1)], pattern)
