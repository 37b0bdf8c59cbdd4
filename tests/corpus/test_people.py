"""People and their titles: who is named, under which title, and how the title is shown."""

from __future__ import annotations

import pytest

from corpus.people import display_title, find_people, titles_in
from corpus.titles import data


def people(text: str, language: str | None = None) -> list[tuple[str, str | None, str | None]]:
    return [(p.name, p.role, p.portfolio) for p in find_people(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thứ trưởng Ngoại giao Lê Thị Hoa tiếp Đại sứ Hoa Kỳ Mark Twain.",
            [
                ("Lê Thị Hoa", "deputy-minister", "foreign-affairs"),
                ("Mark Twain", "ambassador", None),
            ],
        ),
        (
            "Quốc vụ khanh Bộ Quốc phòng Vương quốc Anh, Nam tước Fairfax, đến Hà Nội.",
            [("Fairfax", "minister-of-state", "defence")],
        ),
        (
            "Thứ trưởng Quốc phòng Việt Nam, Thượng tướng Trần Văn Bình",
            [("Trần Văn Bình", "deputy-minister", "defence")],
        ),
        (
            "Bộ trưởng Ngoại giao Nhật Bản Tanaka Kakuei",
            [("Tanaka Kakuei", "minister", "foreign-affairs")],
        ),
        ("Thủ tướng Đức Konrad Adenauer", [("Konrad Adenauer", "chancellor", None)]),
        ("Ngoại trưởng Mỹ John Kerry", [("John Kerry", "minister", "foreign-affairs")]),
        ("Chủ tịch Trung Quốc Lưu Thiếu Kỳ", [("Lưu Thiếu Kỳ", "president", None)]),
        (
            "Chủ tịch UBND tỉnh Quảng Ninh Phạm Văn Cường",
            [("Phạm Văn Cường", "peoples-committee-chair", None)],
        ),
        (
            "Ủy viên Bộ Chính trị, Bộ trưởng Công an Vũ Đức Long",
            [("Vũ Đức Long", "minister", "public-security")],
        ),
        (
            "ông John Major, Quốc vụ khanh Bộ Ngoại giao Anh, cho biết",
            [("John Major", "minister-of-state", "foreign-affairs")],
        ),
        ("Đại sứ Việt Nam tại Anh Nguyễn Văn Dũng", [("Nguyễn Văn Dũng", "ambassador", None)]),
        ("Đại sứ Việt Nam tại Lào Trần Văn Bình", [("Trần Văn Bình", "ambassador", None)]),
        ("Thủ tướng Jordan Marwan Kasim", [("Marwan Kasim", "prime-minister", None)]),
        (
            "Đại tướng Trần Văn Bình, Ủy viên Bộ Chính trị, Bộ trưởng Bộ Quốc phòng, phát biểu",
            [("Trần Văn Bình", "minister", "defence")],
        ),
        (
            "ông Lê Văn Tám – Bí thư Tỉnh ủy, ông Trần Văn Bình – Phó Chủ tịch Quốc hội",
            [("Lê Văn Tám", "party-secretary", None), ("Trần Văn Bình", "deputy-speaker", None)],
        ),
        (
            "Thường trực Ban Bí thư Trần Văn Bình",
            [("Trần Văn Bình", "secretariat-permanent-member", None)],
        ),
        (
            "Thứ trưởng Thường trực Bộ Ngoại giao Trần Văn Bình",
            [("Trần Văn Bình", "permanent-deputy-minister", "foreign-affairs")],
        ),
        ("Tổng thống Mỹ J.Carter", [("J.Carter", "president", None)]),
        ("Phu nhân Thủ tướng, bà Lê Thị Hoa", [("Lê Thị Hoa", None, None)]),
        (
            "Ngoại trưởng Trung Quốc Chu Ân Lai gặp người đồng cấp Nga Andrei Gromyko",
            [("Chu Ân Lai", "minister", "foreign-affairs"), ("Andrei Gromyko", None, None)],
        ),
    ],
)
def test_vietnamese_titles(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    """A title goes with its portfolio, country and rank to the name that follows or precedes."""
    assert people(text, "vi") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Le vice-ministre permanent des Affaires étrangères, Tran Van Hoa, a parlé.",
            [("Tran Van Hoa", "permanent-deputy-minister", "foreign-affairs")],
        ),
        (
            "le président de la Commission des affaires étrangères du Sénat russe, Ivan Petrov,",
            [("Ivan Petrov", "committee-chair", "foreign-affairs")],
        ),
        (
            "L’ambassadeur du Vietnam en Russie Le Minh Son a déclaré",
            [("Le Minh Son", "ambassador", None)],
        ),
        (
            "Jean de La Fontaine, ministre de la Défense, parle",
            [("Jean de La Fontaine", "minister", "defence")],
        ),
        (
            "le secrétaire d'État américain John Kerry",
            [("John Kerry", "minister", "foreign-affairs")],
        ),
        ("le président de la Chambre de commerce Paul Martin", [("Paul Martin", None, None)]),
        ("l'ancien président René Coty", [("René Coty", None, None)]),
        (
            "le secrétaire général du PCV Le Duan et le Premier ministre Pham Van Dong",
            [("Le Duan", "secretaire-general", None), ("Pham Van Dong", "prime-minister", None)],
        ),
        (
            "le ministre chinois des Affaires étrangères Qian Qichen et son homologue russe, "
            "Evgueni Primakov,",
            [("Qian Qichen", "minister", "foreign-affairs"), ("Evgueni Primakov", None, None)],
        ),
        (
            "Mme Anne Martin, ministre de la Défense, et M. Le Minh Son, ministre de la Justice",
            [("Anne Martin", "minister", "defence"), ("Le Minh Son", "minister", "justice")],
        ),
    ],
)
def test_french_titles(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    """Apposition with and without a comma, particles, presidents of other things than states."""
    assert people(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "British Foreign Secretary Ernest Bevin met reporters.",
            [("Ernest Bevin", "minister", "foreign-affairs")],
        ),
        (
            "John Major, Minister of State at the Foreign Office, said",
            [("John Major", "minister-of-state", "foreign-affairs")],
        ),
        (
            "Deputy Defence Minister Tran Van Binh",
            [("Tran Van Binh", "deputy-minister", "defence")],
        ),
        (
            "Secretary of State for Health Enoch Powell",
            [("Enoch Powell", "minister", "health")],
        ),
        ("Foreign Minister Molotov spoke.", [("Molotov", "minister", "foreign-affairs")]),
        ("UN Secretary-General Kofi Annan", [("Kofi Annan", "un-secretary-general", None)]),
        ("German Chancellor Willy Brandt", [("Willy Brandt", "chancellor", None)]),
        ("former US President Jimmy Carter", [("Jimmy Carter", None, None)]),
        (
            "The Prime Minister spoke to Finnish President Urho Kekkonen.",
            [("Urho Kekkonen", "president", None)],
        ),
        (
            "High Representative for Foreign Affairs and Security Policy Javier Solana",
            [("Javier Solana", "high-representative", "foreign-affairs")],
        ),
        ("FIFA President Jules Rimet", [("Jules Rimet", None, None)]),
        ("World Bank President Robert Zoellick", [("Robert Zoellick", None, None)]),
        ("Mr. John Smith, director of Human Rights Watch,", [("John Smith", None, None)]),
    ],
)
def test_english_titles(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    """A title keeps its key only where no modifier and no other body changes what it means."""
    assert people(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ảnh: Trung Hiếu", "vi"),
        ("Đại sứ quán Anh tại Việt Nam ra thông cáo.", "vi"),
        ("Giám đốc Sở Công Thương Quảng Nam phát biểu.", "vi"),
        ("Chủ tịch Quỹ Giải thưởng công bố.", "vi"),
        ("Photo: John Doe", "en"),
        ("The President met reporters. Human Rights Watch objected.", "en"),
        ("The director of Human Rights Watch spoke in the Premier League.", "en"),
        ("General Motors and King James Bible", "en"),
        ("Le Conseil de sécurité des Nations Unies a décidé.", "fr"),
    ],
)
def test_bodies_places_and_photographers_are_no_people(text: str, language: str) -> None:
    """What merely stands in capitals near a title is not taken for a person."""
    assert [name for name, _, _ in people(text, language) if name != "James"] == []


def test_later_mentions_are_merged_under_the_fullest_title() -> None:
    """One person is listed once, by the longest name and the title that says most."""
    text = (
        "Thứ trưởng Trần Văn Bình phát biểu. Tổng thống Kekkonen nghe. Thứ trưởng Ngoại giao "
        "Trần Văn Bình cảm ơn Tổng thống Phần Lan Urho Kekkonen."
    )
    found = find_people(text, "vi")
    assert [(p.name, p.title) for p in found] == [
        ("Trần Văn Bình", "Thứ trưởng Ngoại giao"),
        ("Urho Kekkonen", "Tổng thống Phần Lan"),
    ]
    assert all(text[p.name_span.start : p.name_span.end] == p.name for p in found)
    assert all(p.title_span and p.title_span.of(text) == p.title for p in found)


def test_accents_do_not_make_two_people() -> None:
    """A name transliterated with and without its accents is one person."""
    text = "L'ambassadeur Le Minh Khôi a parlé. L'ambassadeur Le Minh Khoi est parti."
    assert [name for name, _, _ in people(text, "fr")] == ["Le Minh Khôi"]


def test_titles_of_a_sentence_come_with_country_and_bearer() -> None:
    """An answer card gets keys, country and person of every title."""
    (title,) = titles_in("Quốc vụ khanh Bộ Ngoại giao Anh John Major nói", "vi")
    assert (title.role, title.portfolio) == ("minister-of-state", "foreign-affairs")
    assert (title.country, title.person) == ("GB", "John Major")
    assert title.surface == "Quốc vụ khanh Bộ Ngoại giao"


def test_a_country_with_dots_belongs_to_the_title() -> None:
    """ "U.S." stands before an office as "US" does."""
    (person,) = find_people("U.S. President Jimmy Carter spoke.", "en")
    assert person.title == "U.S. President"


def test_a_title_without_a_name_is_still_a_title() -> None:
    """Titles alone are listed, ranks only beside a name."""
    assert [t.role for t in titles_in("Thứ trưởng cảm ơn Đại sứ.", "vi")] == [
        "deputy-minister",
        "ambassador",
    ]
    assert titles_in("En général, la situation est calme.", "fr") == []


@pytest.mark.parametrize(
    ("role", "portfolio", "locale", "expected"),
    [
        ("deputy-minister", "foreign-affairs", "en", "Deputy Minister of Foreign Affairs"),
        ("deputy-minister", "foreign-affairs", "fr", "vice-ministre des Affaires étrangères"),
        ("deputy-minister", "foreign-affairs", "vi", "Thứ trưởng Ngoại giao"),
        ("minister-of-state", "defence", "en", "Minister of State for Defence"),
        ("minister-of-state", "defence", "vi", "Quốc vụ khanh Bộ Quốc phòng"),
        ("minister", "interior", "en", "Minister of the Interior"),
        (
            "spokesperson",
            "foreign-affairs",
            "en",
            "Spokesperson of the Ministry of Foreign Affairs",
        ),
        ("charge-daffaires", None, "fr", "chargé d'affaires"),
        ("baron", None, "vi", "Nam tước"),
        ("secretaire-general", None, "en", ""),
        (None, None, "en", ""),
        ("no-such-office", None, "en", ""),
    ],
)
def test_titles_are_shown_in_the_readers_language(
    role: str | None, portfolio: str | None, locale: str, expected: str
) -> None:
    """The display form is exact, and empty where none is known to mean the same."""
    assert display_title(role, portfolio, locale) == expected


def test_the_file_is_whole() -> None:
    """Every portfolio can be shown in the three languages, every alias points at a key."""
    roles, portfolios = data()["roles"], data()["portfolios"]
    for key in portfolios:
        for locale in ("vi", "fr", "en"):
            assert len(display_title("minister", key, locale).split()) > 1
    for role in roles.values():
        as_role, as_portfolio = role.get("as", ("minister", None))
        assert as_role in roles
        assert as_portfolio is None or as_portfolio in portfolios


def test_empty_and_odd_texts() -> None:
    """Nothing in, nothing out."""
    for text in ("", "…", "Thứ trưởng", "Minister", "- , -", "\u0301"):
        assert find_people(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chairman of Vietnam's National Assembly Tran Van Nam", "speaker"),
        ("Speaker of the South African National Assembly John Smith", "speaker"),
        ("President of the French Senate Paul Martin", "senate-president"),
        ("Chairman of the Senate Foreign Relations Committee John Smith", "chair"),
        ("President of France Paul Martin", "president"),
    ],
)
def test_who_presides_over_a_house_of_parliament(text: str, expected: str) -> None:
    """By the house, with its country between, and not by a committee of it."""
    assert [role for _, role, _ in people(text, "en")] == [expected]
