"""The ways in which planted instructions ask for deformed words, each as a function of a text."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Callable

_WORD = re.compile(r"[^\W\d_]{3,}")
_VOWELS = "aeiouyàâáạảãăắằẳẵặấầẩẫậèéêëẹẻẽếềểễệìíîïịỉĩòóôọỏõốồổỗộơớờởỡợùúûụủũưứừửữựýỳỵỷỹ"
_SYMBOLS = str.maketrans("aebislotAEBISLOT", "@3&!$1°+@3&!$1°+")

Deform = Callable[[str, random.Random], str]


def typo(word: str, chance: random.Random) -> str:
    """One letter out, doubled by another, wrong, or in its neighbour's place."""
    while True:
        at = chance.randrange(len(word) - 1)
        letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
        changed = chance.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
        if changed.lower() != word.lower():
            return changed


def shuffled(word: str, chance: random.Random) -> str:
    letters = list(word)
    for _ in range(20):
        chance.shuffle(letters)
        if "".join(letters) != word:
            break
    return "".join(letters)


def every(step: int, change: Callable[[str, random.Random], str]) -> Deform:
    """`change` done to every `step`-th word of three letters or more."""

    def deform(text: str, chance: random.Random) -> str:
        count = 0

        def changed(match: re.Match[str]) -> str:
            nonlocal count
            count += 1
            return change(match.group(), chance) if count % step == 0 else match.group()

        return _WORD.sub(changed, text)

    return deform


def quarter(change: Callable[[str, random.Random], str]) -> Deform:
    """`change` done to a quarter of the words, rounded up, chosen by chance from those of three
    letters or more."""

    def deform(text: str, chance: random.Random) -> str:
        longer = list(_WORD.finditer(text))
        share = -(-len(text.split()) // 4)
        chosen = sorted(chance.sample(longer, min(share, len(longer))), key=lambda m: -m.start())
        for match in chosen:
            text = text[: match.start()] + change(match.group(), chance) + text[match.end() :]
        return text

    return deform


def _alphabet(text: str, chance: random.Random) -> str:
    return " ".join(
        "-".join(str(ord(c) - 96) if c.isascii() and c.isalpha() else c for c in word)
        for word in text.lower().split()
    )


def _vowels(text: str, chance: random.Random) -> str:
    return "".join(str(_VOWELS.index(c.lower()) % 10) if c.lower() in _VOWELS else c for c in text)


def _third_letters(text: str, _: random.Random) -> str:
    return "".join(
        str(at + 1) if at % 3 == 2 and character.isalpha() else character
        for at, character in enumerate(text)
    )


def _grouped(size: int) -> Deform:
    def deform(text: str, chance: random.Random) -> str:
        letters = re.sub(r"[\W_]", "", text)
        return " ".join(letters[at : at + size] for at in range(0, len(letters), size))

    return deform


def _joined(text: str, chance: random.Random) -> str:
    """Words combined by threes."""
    words = text.split()
    return " ".join("".join(words[at : at + 3]) for at in range(0, len(words), 3))


WAYS: dict[str, Deform] = {
    "letters as numbers": _alphabet,
    "vowels as numbers": _vowels,
    "every third letter": _third_letters,
    "symbols for letters": lambda text, _: text.translate(_SYMBOLS),
    "every word misspelled": every(1, typo),
    "a quarter of the words misspelled": quarter(typo),
    "every fourth word misspelled": every(4, typo),
    "every word shuffled": every(1, shuffled),
    "every third word shuffled": every(3, shuffled),
    "no spaces": lambda text, _: text.replace(" ", ""),
    "letters in threes": _grouped(3),
    "letters in fours": _grouped(4),
    "words joined": _joined,
    "backwards": lambda text, _: text[::-1],
    "base64": lambda text, _: base64.b64encode(text.encode()).decode(),
    "capitals": lambda text, _: text.upper(),
}
