"""Cleaning: page furniture goes, sentences stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean, restore_spaces

STORY = (
    "The two ministers met in the capital on Monday and discussed trade.",
    "They agreed to open a second border crossing before the end of the year.",
    "A joint commission will meet every six months to follow the work.",
)


def _page(*lines: str) -> str:
    return "\n\n".join(lines)


@pytest.mark.parametrize(
    "furniture",
    [
        "Share",
        "Chia sẻ",
        "Partager sur Facebook",
        "Advertisement",
        "Từ khóa: ngoại giao, thương mại",
        "Lire aussi : Le sommet s'achève",
        "Vui lòng nhập bình luận tiếng Việt có dấu",
        "Bình luận",
    ],
)
def test_a_line_of_furniture_is_dropped(furniture: str) -> None:
    """Buttons, prompts and tags go wherever they stand."""
    text = clean(_page("Ministers meet", STORY[0], furniture, STORY[1], STORY[2])).text
    assert text == _page("Ministers meet", *STORY)


def test_a_menu_before_the_story_is_dropped() -> None:
    """A list of headlines above the title is the site's, not the article's."""
    page = "1. Hot topics:\n2. Storm hits the coast\n3. Cup final tonight\n\n" + _page(
        "Ministers meet", *STORY
    )
    assert clean(page).text == _page("Ministers meet", *STORY)


def test_teasers_behind_a_signature_are_dropped() -> None:
    """Nothing of an article follows its agency's signature and a mark of other stories."""
    page = _page(
        "Ministers meet",
        *STORY[:2],
        STORY[2] + "-VNA",
        "See also",
        "Flood in the south",
        "Rivers rose over their banks on Sunday in three provinces, officials said.",
        "Another paragraph about the flood stands here as a teaser with two sentences. Really.",
    )
    assert "flood" not in clean(page).text.lower()


def test_a_box_of_teasers_inside_a_story_does_not_end_it() -> None:
    """Where two whole paragraphs follow each other the story goes on."""
    page = _page(
        "Ministers meet", STORY[0], "Related articles", "Storm hits the coast", STORY[1], STORY[2]
    )
    assert clean(page).text == _page("Ministers meet", *STORY)


def test_a_caption_that_only_repeats_is_dropped_and_news_in_one_is_kept() -> None:
    """A credited line goes when its words stand elsewhere; else only the credit goes."""
    repeating = "The two ministers met in the capital. Photo: AFP"
    telling = "President Okafor inspects the flooded harbour in Lagos. Photo: AFP"
    text = clean(_page("Ministers meet", STORY[0], repeating, telling, *STORY[1:])).text
    assert repeating not in text
    assert "AFP" not in text
    assert "President Okafor inspects the flooded harbour in Lagos" in text


def test_a_numbered_photo_label_is_dropped() -> None:
    """A line that repeats the title with a number labels a photo."""
    title = "Ministers meet in the capital"
    page = _page(title, STORY[0], f"{title} - ảnh 1", f"{title} - 2", *STORY[1:])
    assert clean(page).text == _page(title, *STORY)


def test_the_first_line_is_the_title_only_if_it_looks_like_one() -> None:
    """A dateline or a whole sentence is no title."""
    assert clean(_page("Ministers meet", *STORY)).title == "Ministers meet"
    assert clean(_page("Paris (AFP) - The two ministers met", *STORY)).title is None
    assert clean(_page(*STORY)).title is None


@pytest.mark.parametrize(
    ("damaged", "restored"),
    [
        ("avec lesÉtats-Unis et desÉtats membres", "avec les États-Unis et des États membres"),
        ("củaViệt Nam vớiNga", "của Việt Nam với Nga"),
        ("theUnited States", "the United States"),
        ("in Paris, then inParis", "in Paris, then in Paris"),
    ],
)
def test_a_space_lost_before_a_capital_is_restored(damaged: str, restored: str) -> None:
    """A function word run into a capitalised word is parted."""
    assert restore_spaces(damaged) == restored


@pytest.mark.parametrize(
    "words", ["iPad", "YouTube", "McDonald", "eBay", "LeBron", "inDrive", "DuPont", "deLonghi"]
)
def test_names_with_a_capital_inside_stay(words: str) -> None:
    """Brands and surnames are spelt as they are."""
    assert restore_spaces(f"He likes {words} a lot.") == f"He likes {words} a lot."


@given(st.text(max_size=400))
def test_cleaning_any_text_gives_plain_text(text: str) -> None:
    """No input breaks it, and no control character is left."""
    cleaned = clean(text).text
    assert not [c for c in cleaned if ord(c) < 32 and c != "\n"]
    assert clean(cleaned, title="").text.strip() == cleaned.strip() or cleaned


@given(
    st.lists(
        st.text(alphabet="abc déÉ việt.,", min_size=60, max_size=200).map(
            lambda s: "Word " + " ".join(s.split()) + " ends here."
        ),
        min_size=3,
        max_size=6,
    )
)
def test_whole_sentences_are_never_dropped(paragraphs: list[str]) -> None:
    """Paragraphs of prose come through as they are."""
    assert clean(_page(*paragraphs)).text == restore_spaces(_page(*paragraphs))


def test_section_names_and_a_time_stamp_stand_above_the_title() -> None:
    """The headline is the first line that is neither; the stamp stays, it may tell the year."""
    stamp = "Thứ tư, 6/7/2022, 11:45 (GMT+7)"
    cleaned = clean(_page("Thời sự", stamp, "Ministers meet", *STORY))
    assert cleaned.title == "Ministers meet"
    assert cleaned.text == _page(stamp, "Ministers meet", *STORY)


@pytest.mark.parametrize(
    "line",
    [
        ">> Ministers to meet again",
        "bur-abc/def",
        "3 min read",
        "Copy link thành công",
        "Temps de lecture 4 min.",
        "Our Standards: The Principles",
        "Image source, PA Media",
        "Lire la suite",
    ],
)
def test_links_and_desk_marks_are_dropped(line: str) -> None:
    """Cross-references, the desk's initials and labels of the page are not part of the story."""
    assert clean(_page("Ministers meet", STORY[0], line, *STORY[1:])).text == _page(
        "Ministers meet", *STORY
    )


@pytest.mark.parametrize(
    "credit",
    ["© Jean Dupont / AFP", "REUTERS/Jane Doe", "JEAN DUPONT / AFP", "— VNA/VNS Photo Văn An"],
)
def test_an_agency_behind_a_caption_is_a_credit(credit: str) -> None:
    """The credit goes, a caption that tells news stays."""
    caption = "President Okafor inspects the flooded harbour in Lagos."
    text = clean(_page("Ministers meet", STORY[0], f"{caption} {credit}", *STORY[1:])).text
    assert caption.rstrip(".") in text
    assert credit not in text


def test_markup_left_in_a_text_goes_and_its_words_stay() -> None:
    """Headings, bold, links, pictures and tags leave their words behind."""
    page = (
        "# Ministers meet\n**The two** ministers&nbsp;met in [the capital](https://a.example/b) on "
        "Monday.\n![a](https://a.example/c.jpg)\n<p>They spoke about <b>trade</b>.</p>"
    )
    assert clean(page).text == _page(
        "Ministers meet",
        "The two ministers met in the capital on Monday.",
        "They spoke about trade.",
    )


def test_teasers_behind_the_authors_name_go() -> None:
    """Behind the name that signs a story, even whole paragraphs belong to others."""
    page = _page(
        "Ministers meet", *STORY, "Thu Trang", "Tin liên quan", STORY[0] + " Again.", STORY[1]
    )
    assert clean(page).text == _page("Ministers meet", *STORY, "Thu Trang")
