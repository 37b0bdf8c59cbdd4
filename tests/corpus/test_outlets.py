"""Finding the outlet of an article."""

from __future__ import annotations

import pytest

from corpus.outlets import byline_length, find_outlet, lookup


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("(VOV5) - Thứ trưởng cũng đề nghị", "VOV5"),
        ("Hanoï (VNA) – Le ministre a reçu", "VNA"),
        ("PARIS (Reuters) - The president said", "Reuters"),
        ("Bài viết.\n(TTXVN/Vietnam+)", "TTXVN/Vietnam+"),
        ("Le ministre a conclu. -VNA", "VNA"),
        ("Bài viết kết thúc.\nTheo VnExpress", "VnExpress"),
        ("Leaders meet\nDiplomatic correspondent, BBC News\nThe leaders met.", "BBC"),
        ("The story ends here.\nSource: CNA/reuters", "CNA"),
    ],
)
def test_dateline_and_signature_name_the_outlet(text: str, name: str) -> None:
    """A sign in brackets before a dash, or alone at the end."""
    outlet = find_outlet(text)
    assert outlet is not None
    assert outlet.name == name


def test_a_mere_mention_is_no_signature() -> None:
    """An outlet that the story speaks of did not write it."""
    assert find_outlet("The minister told Reuters on Monday that talks go on.\nThey do.") is None


def test_the_address_wins() -> None:
    """A page of a known domain is that outlet's."""
    outlet = find_outlet("Text (AFP) - more", "https://www.lemonde.fr/international/a.html")
    assert outlet is not None
    assert outlet.name == "Le Monde"


def test_names_of_one_agency_share_it() -> None:
    """VNA, TTXVN and Vietnam+ are one house."""
    names = ["VNA", "TTXVN", "Vietnam+", "ttxvn/vietnam+"]
    found = [lookup(name) for name in names]
    assert {outlet.agency for outlet in found if outlet} == {"VNA"}


def test_a_byline_is_measured() -> None:
    """What only names the outlet at the start of a sentence is not quoted."""
    assert byline_length("(VOV5) - Thứ trưởng") == len("(VOV5) - ")
    assert byline_length("Thứ trưởng (VOV5) - nói") == 0
