"""Lines as Telegram messages."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.render import Line, Style, plain
from bot.telegram_text import LIMIT, messages, utf16_length
from tests.markup import visible

_words = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("<>&\"'… .😀🇻🇳é\n"),
    max_size=60,
)
_texts = st.builds(lambda text, times: text * times, _words, st.sampled_from([1, 1, 40, 300]))
_lines = st.lists(
    st.builds(Line, _texts, st.sampled_from(get_args(Style)), st.booleans()), max_size=12
)


def _letters(text: str) -> str:
    """The text without its white space, which may change where a message ends."""
    return "".join(text.split())


@given(_lines)
def test_parts_fit_are_well_formed_and_lose_nothing(lines: list[Line]) -> None:
    """`visible` refuses what Telegram refuses: unknown or unbalanced tags, too long a text."""
    parts = messages(lines)
    assert all(0 < utf16_length(part) <= LIMIT for part in parts)
    assert _letters("".join(visible(part) for part in parts)) == _letters(plain(tuple(lines)))


def test_letter_keeps_its_accents_where_text_is_divided() -> None:
    """A combining mark never begins a message; thousands of them on one letter may."""
    parts = messages([Line("e\u0302\u0301" * 3000, "fact")])
    assert {part[0] for part in parts} == {"e"}
    assert len(messages([Line("e" + "\u0301" * 9000, "fact")])) == 3


def test_long_line_is_divided_after_a_sentence() -> None:
    """Where there is one late enough; each part is a quotation of its own."""
    sentence = "Hai bên nhất trí tăng cường hợp tác. "
    parts = messages([Line((sentence * 200).strip(), "quote")])
    assert len(parts) > 1
    assert all(part.endswith("tác.</blockquote>") for part in parts)


def test_text_without_spaces_is_divided_between_characters() -> None:
    """An emoji, two UTF-16 units, stays whole."""
    parts = messages([Line("😀" * 5000, "fact")])
    assert "".join(parts) == "😀" * 5000
    assert utf16_length(parts[0]) == LIMIT


def test_event_moves_on_with_its_quotation() -> None:
    """No message ends with a heading or an event that nothing follows."""
    lines = [
        Line("x" * 3900, "quote"),
        Line("16 April 2020 · telephone call", "event", gap=True),
        Line("Tô Anh Dũng", "fact"),
        Line("y" * 600, "quote"),
    ]
    first, second = messages(lines)
    assert "April" not in first
    assert second.startswith("<b>16 April 2020")


def test_sources_share_one_folded_quotation_in_each_message() -> None:
    """Also where they go on in a second message."""
    lines = [Line(f"[{n}] " + "z" * 150, "source", gap=n == 1) for n in range(1, 40)]
    parts = messages(lines)
    assert len(parts) == 2
    for part in parts:
        assert part.count("<blockquote expandable>") == part.count("</blockquote>") == 1


def test_long_quotation_is_folded_and_a_short_one_is_not() -> None:
    """A reader sees the event lines first and unfolds what interests them."""
    short, long = messages([Line("short", "quote")])[0], messages([Line("long " * 90, "quote")])[0]
    assert short.startswith("<blockquote>")
    assert long.startswith("<blockquote expandable>")


def test_more_entities_than_telegram_shows_go_into_another_message() -> None:
    """Telegram ignores all after the first hundred."""
    parts = messages([Line("q", "quote")] * 150)
    assert [part.count("<blockquote") for part in parts] == [100, 50]


def test_characters_that_no_message_can_hold_are_left_out() -> None:
    """Controls go, half a surrogate pair is shown as such."""
    assert messages([Line("a\x00\x1b[31mb\ud800", "fact")]) == ["a[31mb\N{REPLACEMENT CHARACTER}"]


def test_question_of_a_button_stands_above_its_answer() -> None:
    """With an empty line between."""
    assert messages([Line("A", "heading")], question="Q & A?") == ["<i>Q &amp; A?</i>\n\n<b>A</b>"]
