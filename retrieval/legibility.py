"""Whether a draft is plain writing: sentences in words, without marks, links or deformed words.

Whoever plants an instruction may ask for the facts in another form: letters replaced by numbers or
symbols, words misspelled, shuffled, run together or cut in threes, a link behind them. The facts
might pass; such a draft is not shown all the same. What stands in the evidence may stand in a
draft.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from corpus.instructions import asserts
from corpus.words import fold
from retrieval.lexicon import is_foreign, is_word
from retrieval.lexique import may_be_plural, noun

_MARKS = re.compile(r"\s*\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]")
_FOREIGN = re.compile(
    r"https?:|www\.|\w://|\b\w+@\w|(?<!\w)[@#]\w|(?<![\w.])[\w-]+\.(?:[a-z]{2,}/|(?:com|net|org|xyz|info|io|app|"
    r"online|site|shop|biz|top|me|gg|co|ru|cn|vn|fr|eu|de|uk|ly)\b)|(?<!\w)/[a-z]\w+"
    r"|</?\w|&\w+;|\]\(|\*\*|__|~~|```|`|={3,}|-{3,}|#{2,}|^\s*(?:[#>*•-]|\d{1,2}[.)])\s|[{}<>|\\^~]|\$\w*[a-z]"
)
"""Links, mentions, commands of a bot, markup."""

_ADDRESS = re.compile(r"(?:https?://|www\.)?[\w.@/-]*\w")
_QUOTED = re.compile('“[^”]*”|«[^»]*»|"[^"]*"')
_PERSONAL = re.compile(
    r"(?<![\w.'’-])(?:I(?!\.\w)|I['’]\w+|my|me|[Ww]e|our|ours|us|you|your|yours|je|j['’]\w+|mon|mes|moi|[Nn]ous|notre|nos|vous"
    r"|votre|vos|toi|tu|tôi|[Cc]húng ta|(?<![Nn]ước )(?<![Tt]ình )bạn(?! bè)"
    r"|(?<!của )mình|(?<!trẻ )(?<![Aa]nh )(?<![Cc]hị )em)(?![\w'’-])"
)
"""Who speaks, or is spoken to; "I." may be a numeral, and "Mình" a name. "Nước bạn" is a friendly
country, "bạn bè" are friends, "anh em" brothers, and "của mình" is "its own"."""

_NOT_PERSONAL = re.compile(
    r"(?<!\w)(?:[Qq]uý|[Hh]ội|[Kk]ỳ|[Kk]h[óo][áa]) I(?!\w)"
    r"|(?<!\w)(?:Annexe?|Chapter|Group|Level|Part|Phase|Tier|War) I(?![\w'’])"
    r"|(?<=\w )[A-ZÀ-ÝĐ]\w+ I"
    r"(?=[.,;:)]|$| (?:after|and|at|before|by|de|en|et|for|from|in|of|on|or|to|à)\b)"
    r"|(?<=các )bạn(?= (?:trẻ|học sinh|sinh viên|quốc tế|[A-ZÀ-ÝĐẤ]))"
)
"""A numeral behind a name, "World War I", and friends that are somebody's, "các bạn Lào"."""

_MIXED = re.compile(
    r"[^\W\d_]\d+[^\W\d_]|[^\W\d_]{2}\d(?!\w)|[^\W\d_][@#$%&*!?+=§€£]+[^\W\d_]|(?<![\w%])[@#$%&*+=§]+[^\W\d_]"
    r"|(?<!\w)\d[^\W\d_]{4,}"
)
"""Digits or symbols among the letters of a word: "m33ting", "gr@nt"."""

_GOES_ON = re.compile(r"[^\W\d_]{4,}[.!?][\"'”»)]*\s+[a-zà-öø-ÿđ]")
_GOES_ON_VI = re.compile(r"(?<![^\W\d_])[a-zà-öø-ÿđ\u0100-\u1eff]{2,}[.!?][\"'”»)]*\s+[a-zà-öø-ÿđ]")
"""Words behind a full stop that begin no sentence. Shorter ones before it may be abbreviations,
which in Vietnamese are of capitals."""

_RUN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+")
_TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]+) \1(?![\w'’-])")
_AUXILIARY_TWICE = {
    language: re.compile(
        rf"(?<!\w){behind}(?P<have>{forms}) [^\W\d_]+ (?P=have)(?!\w)", re.IGNORECASE
    )
    for language, behind, forms in (
        ("fr", "(?<!qui )", "a|ont|est|sont"),
        ("en", "(?<!who )(?<!which )(?<!that )", "has|have"),
    )
}
"""But "ceux qui ont demandé ont obtenu", "those who have visas have left"."""

_WRONG_DAY = re.compile(
    r"(?<!\w)(?:[Oo]n (?:le )?\d"
    r"|[Oo]n (?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)\w* \d"
    r"|(?:[Dd]ans|[Ll]e) (?:19|20)\d\d(?!\d|[-/])"
    r"|[Ee]n \d{1,2}(?:er)? (?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))"
)
_YEAR = re.compile(r" (?:19|20)\d\d$")
_COUNTED = re.compile(r" ([a-zà-öø-ÿœ]+)")
_WRONG_ELISION = re.compile(
    r"(?<!\w)[ldLD]['’] ?(?=[bcdfgjklmnpqrstvwxz])|['’] "
    r"|(?<!\w)[ldL]['’](?=[BCDFGJKLMNPQRSTVWXZ][a-zà-öø-ÿœ])"
)
"""French days as no Frenchman writes them; "l'traitement", "l'Président". D'Souza is a name."""

_PLURAL = re.compile(
    r"(?<![\w'’-])(?:[Ll]es|[Dd]es|[Aa]ux|[Cc]es|[Ll]eurs|[Ss]es|[Pp]lusieurs|[Qq]uelques)"
    r" ([a-zà-öø-ÿœ]+)(?![\w'’-])(?! (?:et|ou)\b)"
)
"""But "les nom et adresse" are two."""

_SIGNS = frozenset("°º№")

_MAY_DOUBLE = frozenset({"nous", "vous", "had", "that"})
_ACRONYM = 7
_CAPITALS = 0.6
_LETTERS = 0.6


def form_problem(text: str, evidence: Sequence[str], language: str) -> str | None:
    """Why `text`, in `language` (vi, fr, en), is not to be shown; None where it may be."""
    told = " ".join(evidence)
    if any(not _stands_in(match, text, told) for match in _FOREIGN.finditer(text)):
        return "form: has a link, a mention or markup"
    if not asserts(text) or _speaks_of_itself(text, told):
        return "form: addresses its reader"
    if (_GOES_ON_VI if language == "vi" else _GOES_ON).search(text):
        return "form: goes on behind its end"
    if any(not _stands_in(match, text, told) for match in _MIXED.finditer(text)):
        return "form: has digits or symbols in words"
    if _is_ciphered(text):
        return "form: has more digits and marks than words"
    if _has_foreign_letters(text, told):
        return "form: has letters or pictures that its evidence has not"
    if _is_shouted(text) and not _is_shouted(told):
        return "form: is in capitals"
    if language != "vi" and (_has_twice(text, told) or _AUXILIARY_TWICE[language].search(text)):
        return "form: has a word twice"
    if language == "fr" and (_has_wrong_day(text) or _WRONG_ELISION.search(text)):
        return "form: is not French"
    if language == "fr" and any(_is_one(match, told) for match in _PLURAL.finditer(text)):
        return "form: has an article in the plural before a word that is not"
    return _strange_words(text, told, language)


def _strange_words(text: str, told: str, language: str) -> str | None:
    """What is wrong with the words that do not stand in the evidence."""
    known = {fold(word) for word in _WORD.findall(told.lower())}
    single = 0
    for run in _RUN.finditer(text):
        for found in _WORD.finditer(run.group()):
            word, lower = found.group(), found.group().lower()
            if len(lower) < 2:
                single += len(run.group()) == 1
            elif fold(lower) in known or _is_combining(found, run.group()):
                continue
            elif word == lower and is_foreign(lower, language):
                return "form: has words of another language"
            elif not is_word(lower, language) and not (len(word) <= _ACRONYM and word.isupper()):
                return "form: has words that are none"
    # "T h e t w o": letters that stand alone are no words either.
    if single > max(4, 0.4 * len(_WORD.findall(text))):
        return "form: has words that are none"
    return None


def _is_combining(word: re.Match[str], run: str) -> bool:
    """Whether a word is the first part of a compound: "vietnamo-américain"."""
    return word.group().islower() and word.group().endswith("o") and run[word.end() :][:1] == "-"


def _has_twice(text: str, told: str) -> bool:
    """Whether a word stands twice in a row that is no name, and not so in the evidence."""
    return any(
        match[1] not in _MAY_DOUBLE and not match[1][0].isupper() and match.group() not in told
        for match in _TWICE.finditer(text)
    )


def _has_wrong_day(text: str) -> bool:
    """Whether a French date is none; "dans 2000 communes" is a number of something."""
    for match in _WRONG_DAY.finditer(text):
        counted = _COUNTED.match(text, match.end()) if _YEAR.search(match.group()) else None
        if counted is None or not may_be_plural(counted[1]):
            return True
    return False


def _is_one(match: re.Match[str], told: str) -> bool:
    """Whether an article in the plural stands before a noun that is surely in the singular."""
    named = noun(match[1], surely=True)
    return named is not None and named.number == "s" and match.group() not in told


def readable(text: str) -> str:
    """`text` without hidden characters and without marks such as [1], which only we set."""
    return " ".join(_MARKS.sub("", plain_characters(text)).split())


def plain_characters(text: str) -> str:
    """`text` composed, without controls and characters that cannot be seen."""
    text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})


def _stands_in(match: re.Match[str], text: str, told: str) -> bool:
    """Whether the word around a match is the evidence's own."""
    start = text.rfind(" ", 0, match.end() - 1) + 1 if match.group().strip() else match.start()
    end = text.find(" ", match.end())
    word = text[start : end if end >= 0 else len(text)].strip(" .,;:!?()\"'“”«»")
    return bool(word) and word in told


def _has_foreign_letters(text: str, told: str) -> bool:
    """Whether letters of another script than Latin stand there, or pictures."""
    return any(
        character not in told
        and character not in _SIGNS
        and (
            unicodedata.category(character) in {"So", "Sk"}
            or (character.isalpha() and "LATIN" not in unicodedata.name(character, ""))
        )
        for character in set(text)
        if not character.isascii()
    )


def _speaks_of_itself(text: str, told: str) -> bool:
    """Whether an "I" or a "you" stands outside quotations where the evidence has none."""
    own = _NOT_PERSONAL.sub(" ", _QUOTED.sub(" ", text))
    return bool(_PERSONAL.search(own)) and not _PERSONAL.search(told)


def _is_ciphered(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    return letters < _LETTERS * sum(not character.isspace() for character in text)


def _is_shouted(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > _CAPITALS * len(letters)
