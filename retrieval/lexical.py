"""Words of passages, found by BM25 (tantivy), without case and accents."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import tantivy

from corpus.split import PassageWords
from retrieval.errors import usable

_ANALYSER = "folded"
_MEMORY = 50_000_000  # bytes the writer may buffer before it writes a segment
_MAX_TERMS = 64  # a question has few; a pasted page must not become a thousand-term query
_CHUNK = 1000
_POSSESSIVE = re.compile(r"['’]s\b|[_'’]")
_SLIP_LENGTH = 5  # letters; shorter words have too many neighbours


class LexicalIndex:
    """A pool of words by key. Written words are durable when `add` returns."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field(
            "key", stored=True, tokenizer_name="raw", index_option="basic", fast=True
        )
        builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("words", tokenizer_name=_ANALYSER, index_option="freq")
        self._schema = builder.build()
        self._folder = folder
        with self._usable():
            self._index = tantivy.Index(self._schema, path=str(folder))
        self._analyser = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.remove_long(60))
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.ascii_fold())
            .build()
        )
        self._index.register_tokenizer(_ANALYSER, self._analyser)
        self._lock = threading.Lock()

    def _usable(self) -> AbstractContextManager[None]:
        return usable(self._folder, ValueError, OSError)

    def reload(self) -> None:
        """See what any process has written since."""
        with self._usable():
            self._index.reload()

    def present(self, keys: Sequence[str]) -> set[str]:
        """Those of `keys` that are in the index."""
        found: set[str] = set()
        with self._usable():
            searcher = self._index.searcher()
            for start in range(0, len(keys), _CHUNK):
                chunk = list(keys[start : start + _CHUNK])
                query = tantivy.Query.term_set_query(self._schema, "key", chunk)
                hits = searcher.search(query, limit=2 * len(chunk), count=False).hits
                found.update(searcher.doc(address)["key"][0] for _, address in hits)
        return found

    def add(self, words: Mapping[str, PassageWords]) -> None:
        """Index `words` by key and commit; a key that is there already is replaced."""
        if not words:
            return
        with self._lock, self._usable():
            writer = self._index.writer(_MEMORY, 1)
            for key, passage in words.items():
                writer.delete_documents_by_term("key", key)
                document = tantivy.Document()
                document.add_text("key", key)
                document.add_text("language", passage.language)
                document.add_text("words", passage.text)
                writer.add_document(document)
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()

    def _term(self, term: str, *, slips: bool) -> Iterator[tantivy.Query]:
        yield tantivy.Query.term_query(self._schema, "words", term)
        # A word that some passage has is no slip; what is near it is another word.
        if slips and len(term) >= _SLIP_LENGTH and not self._knows(term):
            yield tantivy.Query.fuzzy_term_query(self._schema, "words", term, distance=1)

    def _knows(self, term: str) -> bool:
        query = tantivy.Query.term_query(self._schema, "words", term)
        return bool(self._index.searcher().search(query, limit=1, count=False).hits)

    def keep(self, keys: Iterable[str]) -> None:
        """Forget every key but these."""
        wanted = set(keys)
        searcher = self._index.searcher()
        hits = searcher.search(
            tantivy.Query.all_query(), limit=max(1, searcher.num_docs), count=False
        ).hits
        stored = {searcher.doc(address)["key"][0] for _, address in hits}
        if not stored - wanted:
            return
        with self._lock:
            writer = self._index.writer(_MEMORY, 1)
            for key in stored - wanted:
                writer.delete_documents_by_term("key", key)
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()

    def having(self, words: str, limit: int) -> list[str]:
        """Keys of at most `limit` passages that have all of `words`, slips in long ones forgiven.

        A word counts without its possessive; none where `words` has no word at all.
        """
        terms = list(dict.fromkeys(self._analyser.analyze(_POSSESSIVE.sub(" ", words))))
        if not terms:
            return []
        query = tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Must,
                    tantivy.Query.boolean_query(
                        [(tantivy.Occur.Should, form) for form in self._term(term, slips=True)]
                    ),
                )
                for term in terms[:_MAX_TERMS]
            ]
        )
        with self._usable():
            searcher = self._index.searcher()
            hits = searcher.search(query, limit=limit, count=False).hits
            return [searcher.doc(address)["key"][0] for _, address in hits]

    def search(
        self,
        question: str,
        limit: int,
        among: Sequence[str] | None = None,
        *,
        language: str | None = None,
        slips: bool = False,
    ) -> list[tuple[str, float]]:
        """(key, BM25 score) of the best passages for the words of `question`, best first.

        With `among`, only those keys are ranked; with `language`, only its passages. With `slips`,
        longer words that no passage has are found when one letter differs.
        """
        terms = list(dict.fromkeys(self._analyser.analyze(re.sub(r"[_'’]", " ", question))))
        if not terms:
            return []
        words = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, query)
                for term in terms[:_MAX_TERMS]
                for query in self._term(term, slips=slips)
            ]
        )
        allowed = []
        if among is not None:
            allowed.append(tantivy.Query.term_set_query(self._schema, "key", list(among)))
        if language is not None:
            allowed.append(tantivy.Query.term_query(self._schema, "language", language, "basic"))
        if allowed:
            words = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, words),
                    *(
                        (tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0))
                        for query in allowed
                    ),
                ]
            )
        with self._usable():
            searcher = self._index.searcher()
            hits = searcher.search(words, limit=limit, count=False).hits
            return [(searcher.doc(address)["key"][0], float(score)) for score, address in hits]
