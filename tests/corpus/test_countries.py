"""Countries and regions in articles and questions: what counts, what only looks like one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from corpus.countries import (
    PlaceMention,
    display_name,
    find_places,
    find_places_in_question,
    rank_countries,
    region_members,
)
from corpus.gazetteer import cldr, country_codes
from tests.growth import growth


def codes(text: str, language: str | None = None) -> str:
    return " ".join(mention.code for mention in find_places(text, language))


def asked(text: str) -> str:
    return " ".join(mention.code for mention in find_places_in_question(text))


def roles(text: str) -> list[str | None]:
    return [mention.role for mention in find_places_in_question(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quốc vụ khanh Bộ Ngoại giao Anh Liz Moore điện đàm.", "GB"),
        ("Thủ tướng Anh John Major gặp Tổng thống Nga Boris Yeltsin.", "GB RU"),
        ("Tổng thống Mỹ Bill Clinton và Ngoại trưởng Đức Klaus Kinkel", "US DE"),
        ("quan hệ Việt–Nga, Việt - Anh và Nga-Ukraine", "VN RU VN GB RU UA"),
        ("Quan hệ Trung - Mỹ căng thẳng", "CN US"),
        ("Anh và Việt Nam ký thỏa thuận.", "GB VN"),
        ("Phía Anh đánh giá cao đề xuất này.", "GB"),
        ("Đại học Oxford (Anh) đã thử nghiệm.", "GB"),
        ("Mỹ, Anh, Pháp cùng Việt Nam", "US GB FR VN"),
        ("công dân Việt Nam tại Anh, Đức và Ý", "VN GB DE IT"),
        ("VIỆT NAM - ANH TĂNG CƯỜNG HỢP TÁC GIÁO DỤC", "VN GB"),
        ("Bộ Ngoại Giao Mỹ và Đại Sứ Quán Anh", "US GB"),
        ("Cộng hoà Pháp; CHLB Đức; LB Nga", "FR DE RU"),
        ("Điện Kremlin và Nhà Trắng lên tiếng", "RU US"),
        ("các nước Trung Đông, châu Phi và ASEAN", "middle-east africa ASEAN"),
        ("Đại sứ Việt Nam tại Lào Trần Văn Bình", "VN LA"),
        ("Thủ tướng Jordan Marwan Kasim", "JO"),
    ],
)
def test_vietnamese_short_names_count_where_the_words_around_mean_a_country(
    text: str, expected: str
) -> None:
    """Offices, dashes, lists, brackets and prepositions make "Anh" the United Kingdom."""
    assert codes(text, "vi") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ông Hoàng Anh Tú và bà Lê Phương Nga dự họp.",
        "Thượng tá Trần Minh Đức nói về đạo đức và Đức Phật.",
        "Hai nước anh em luôn giúp nhau.",
        "Anh ấy học tiếng Anh, tiếng Pháp và Ngôn ngữ Nhật.",
        "Theo pháp luật và Pháp lệnh ngoại hối.",
        "Ý kiến của đại biểu rất tâm huyết.",
        "Chị mặc Áo dài đến Thái Nguyên, Nam Định.",
        "ông Đức, chị Nga cùng bà Mỹ",
        "Mỹ Đình, Mỹ Tho, mỹ thuật và Phú Mỹ",
        "Đức Anh, Phương Nga và Minh Pháp",
        "Anh đã hỗ trợ rất nhiều.",
        "miền Trung - Tây Nguyên",
        "nghỉ mát ở Nha Trang",
        "Trung tâm Pháp y giám định.",
        "Bệnh viện Việt Đức và Trường Việt Pháp",
        "(TTXVN/Vietnam+)",
        "Theo The Japan Times và China Daily",
    ],
)
def test_vietnamese_words_and_people_are_no_countries(text: str) -> None:
    """Kin terms, languages, laws, given names and towns that look like a country are left out."""
    assert codes(text, "vi") == ""


def test_a_sentence_that_opens_with_anh_counts_once_the_country_is_sure() -> None:
    """ "Anh đã hỗ trợ" is read as the country only beside a certain mention elsewhere."""
    assert codes("Đại sứ quán Anh thông báo. Anh đã hỗ trợ rất nhiều.", "vi") == "GB GB"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Phái bộ tại Nam Sudan", "vi", "SS"),
        ("Guinea Xích Đạo, Cộng hòa Dân chủ Congo, Triều Tiên và Hàn Quốc", "vi", "GQ CD KP KR"),
        ("la République de Corée et la Corée du Nord", "fr", "KR KP"),
        ("la Guinée équatoriale et le Soudan du Sud", "fr", "GQ SS"),
        ("Guinea-Bissau, Papua New Guinea and Guinea", "en", "GW PG GN"),
        ("the Democratic Republic of the Congo and the Republic of the Congo", "en", "CD CG"),
        ("Niger and Nigeria, the Nigerien and the Nigerian army", "en", "NE NG NE NG"),
        ("Dominica and the Dominican Republic", "en", "DM DO"),
    ],
)
def test_the_longest_name_wins(text: str, language: str, expected: str) -> None:
    """A name inside a longer name of another country is never taken for itself."""
    assert codes(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan met Georgia Brown and Paris Hilton.",
        "New Mexico, New England and Chad Smith like French fries.",
        "They told us about it.",
        "The South China Sea, the Gulf of Mexico and the Indian Ocean",
        "the Paris Agreement and the Vienna Convention",
        "He speaks Russian and teaches in Chinese.",
        "He won the US Open and flew Turkish Airlines, wrote the Washington Post.",
        "Atlanta, Georgia, was hot.",
        "TELL US ABOUT IT PLEASE",
        "Pham Anh Dung and Le Phuong Nga",
    ],
)
def test_english_people_firms_and_seas_are_no_countries(text: str) -> None:
    """Personal names, companies, treaties, languages and oceans hold no country."""
    assert codes(text, "en") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Northern Ireland and British officials", "GB GB"),
        ("Russian and Chinese officials met the Russians.", "RU CN RU"),
        ("King Hussein of Jordan and Jordan's government", "JO JO"),
        ("Washington DC, Moscow, the UAE, the U.S. and the UK", "US RU AE US GB"),
    ],
)
def test_english_names_adjectives_and_abbreviations(text: str, expected: str) -> None:
    """Demonyms, abbreviations and capitals stand for their country."""
    assert codes(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("une réunion franco-vietnamienne et sino-américaine", "FR VN CN US"),
        ("Le ministre russe parle en russe avec des Vietnamiennes.", "RU VN"),
        ("la Maison Blanche, Moscou et le Moyen-Orient", "US RU middle-east"),
        ("Maurice a une grenade ; Dominique est chilienne.", "CL"),
        ("la mer de Chine méridionale et François Hollande", ""),
        ("les dirigeants desÉtats-Unis et duJapon", "US JP"),
        ("le Premier ministre lao et le roi thaïlandais", "LA TH"),
        ("Les Emirats arabes unis et l'Egypte", "AE EG"),
        ("le Liban, les Libanaises et les Turques", "LB LB TR"),
        ("l'Accord de Paris, les Nations unies et l'OTAN", "UN NATO"),
    ],
)
def test_french_names_and_inflected_adjectives(text: str, expected: str) -> None:
    """Feminine and plural adjectives, compounds, lost accents and lost spaces are understood."""
    assert codes(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Министр иностранных дел России прибыл во Вьетнам из Китая.", "ru", "RU VN CN"),
        ("Того человека видели.", "ru", ""),
        ("越南和俄罗斯在南海问题上举行会谈", "zh", "VN RU"),
        ("اجتمع وزير خارجية فيتنام مع روسيا والصين", "ar", "VN RU CN"),
        ("日本の大臣は英国を訪問した", "ja", "JP GB"),
        ("베트남과 러시아는 한국에서 회담했다", "ko", "VN RU KR"),
        ("Der Minister besuchte Frankreich und Großbritannien.", "de", "FR GB"),
        ("El ministro visitó Alemania y Estados Unidos.", "es", "DE US"),
    ],
)
def test_other_languages_use_the_names_of_cldr(text: str, language: str, expected: str) -> None:
    """Names in a text's own language and in other scripts come from CLDR."""
    assert codes(text, language) == expected


def test_every_country_is_found_by_its_cldr_name_in_the_three_languages() -> None:
    """No country's own name is lost to a rule, save the words that need a context."""
    missed = set()
    for language, frame in (
        ("fr", "La délégation a visité {} hier."),
        ("en", "They left {} then."),
    ):
        for code in country_codes():
            name = cldr(language)[code].partition(" (")[0]
            if code not in codes(frame.format(name), language).split():
                missed.add((language, name))
    assert missed == {("fr", "Maurice"), ("fr", "Dominique"), ("fr", "Grenade"), ("fr", "Barbade")}


def test_offsets_are_verbatim_in_composed_and_decomposed_text() -> None:
    """A span cuts exactly the surface out of the text, whatever its Unicode form."""
    for text in (
        "Tại Hàn Quốc và Việt Nam",
        "Ta\u0323i Ha\u0300n Quo\u0302\u0301c và Vie\u0323\u0302t Nam",
    ):
        found = find_places(text, "vi")
        assert [mention.code for mention in found] == ["KR", "VN"]
        assert all(text[m.start : m.end] == m.surface == m.span.of(text) for m in found)


def test_a_capital_and_a_dateline_weigh_less_than_a_name() -> None:
    """The place of the report stays listed, behind the countries the report is about."""
    text = "Hanoï (VNA) - Le Japon et la France ont signé un accord."
    assert rank_countries(find_places(text, "fr"), text)[0] == ("JP", "FR", "VN")


def test_the_title_weighs_more_than_the_body() -> None:
    """A country of the headline comes first, though others are named more often."""
    body = "Russia spoke. " + "x " * 300 + "Russia answered. " + "y " * 300 + "Russia left."
    title = "Cuba and the world"
    assert rank_countries(find_places(body), body, title=title)[0] == ("CU", "RU")
    text = f"{title}\n{body}"
    assert rank_countries(find_places(text), text, title=title)[0] == ("CU", "RU")


def test_regions_are_ranked_apart_from_countries() -> None:
    """Organisations and regions come in their own tuple."""
    text = "ASEAN and Thailand met in the Middle East with ASEAN."
    assert rank_countries(find_places(text), text) == (("TH",), ("ASEAN", "middle-east"))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("viet nam va nga thang 7", "VN RU"),
        ("vn uk 2020", "VN GB"),
        ("what did vietnam and the uk discuss", "VN GB"),
        ("de quoi le vietnam et le royaume uni", "VN GB"),
        ("anh va viet nam", "GB VN"),
        ("my va trung quoc", "US CN"),
        ("vietnm and rusia", "VN RU"),
        ("us and vietnam", "US VN"),
        ("tell us about vietnam", "VN"),
        ("quan he my trung", "US CN"),
        ("việt - anh", "VN GB"),
        ("nga hua gi", "RU"),
        ("dai su phap noi gi", "FR"),
        ("trungquoc va han quoc", "CN KR"),
        ("que dit la russie?", "RU"),
        ("les etats unis et la chine", "US CN"),
        ("nam sudan", "SS"),
        ("trung dong", "middle-east"),
        ("что обещала Россия Вьетнаму", "RU VN"),
        ("越南和俄罗斯", "VN RU"),
    ],
)
def test_typed_questions_name_countries_without_accents_or_capitals(
    question: str, expected: str
) -> None:
    """Folded names, abbreviations and single slips are understood."""
    assert asked(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What did Nigel Mansell say",
        "Giorgia Meloni",
        "Michael Jordan",
        "anh co biet gi ve covid khong",
        "bạn nói tiếng anh không",
        "anh oi cho em hoi",
        "y kien cua anh",
        "lao dong va viec lam",
        "thai do cua ho",
        "ai la bo truong ngoai giao",
        "grâce à dieu",
        "autruche",
        "what about us",
        "polish the text",
        "bien dong",
        "mr cameron said",
        "brain drain and climate change",
    ],
)
def test_ordinary_words_of_a_question_are_no_countries(question: str) -> None:
    """Pronouns, everyday words and people's names one slip away stay what they are."""
    assert asked(question) == ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Vietnam and the UK", ["actor", "actor"]),
        ("between Russia and China", ["actor", "actor"]),
        ("giữa Việt Nam và Nga", ["actor", "actor"]),
        ("entre le Vietnam et la Russie", ["actor", "actor"]),
        ("talks with Japan", ["actor"]),
        ("hợp tác với Pháp", ["actor"]),
        ("Peru's trade", ["actor"]),
        ("what did Russia promise", ["actor"]),
        ("did France agree", ["actor"]),
        ("vn uk", ["actor", "actor"]),
        ("what happened in France", ["mention"]),
        ("what happened in France and Italy", ["mention", "mention"]),
        ("the French revolution", ["mention"]),
        ("a German composer", ["mention"]),
        ("news about Vietnam", ["mention"]),
        ("tin về Việt Nam", ["mention"]),
        ("événements en Russie", ["mention"]),
    ],
)
def test_a_question_gives_each_place_a_role(question: str, expected: list[str]) -> None:
    """Who acts is an actor; where it happens, what it is about and adjectives are mentions."""
    assert roles(question) == expected


@pytest.mark.parametrize(
    ("code", "locale", "expected"),
    [
        ("GB", "en", "United Kingdom"),
        ("GB", "fr", "Royaume-Uni"),
        ("GB", "vi", "Vương quốc Anh"),
        ("VN", "fr", "Vietnam"),
        ("MM", "en", "Myanmar"),
        ("middle-east", "fr", "Moyen-Orient"),
        ("EU", "vi", "Liên minh châu Âu"),
        ("world-bank", "en", "World Bank"),
        ("XQ", "en", "XQ"),
    ],
)
def test_display_names(code: str, locale: str, expected: str) -> None:
    """Countries are shown by CLDR's name or a plainer one, regions by the file's first form."""
    assert display_name(code, locale) == expected


def test_region_members_are_iso_codes() -> None:
    """Membership is given where it is a plain fact, and Norway is no boolean."""
    assert region_members("G7") == {"CA", "FR", "DE", "IT", "JP", "GB", "US"}
    assert "NO" in region_members("NATO")
    assert region_members("sahel") == frozenset()


def test_import_reads_no_names() -> None:
    """Importing costs next to nothing until a place is looked up."""
    code = (
        "import sys, corpus.countries; "
        "print('babel' in sys.modules, 'yaml' in sys.modules, 'rapidfuzz' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False", "False"]


def test_time_grows_with_length_only() -> None:
    """A very long text takes its length's share, not its square's."""
    sentence = "Thủ tướng Anh gặp Tổng thống Nga tại Việt Nam, Lào và Nam Sudan. "
    assert len(find_places(sentence * 500, "vi")) == 2_500
    assert growth(lambda size: find_places(sentence * size, "vi"), 500, 8) < 40


def test_empty_and_odd_texts() -> None:
    """Nothing in, nothing out; signs and broken letters do no harm."""
    for text in ("", " ", "…", "12:30", "\ufffd\x00", "-" * 100, "\u0301\u0301"):
        assert find_places(text) == []
        assert find_places_in_question(text) == ()


def test_a_mention_is_a_plain_value() -> None:
    """Mentions compare by value and carry where and how strongly a place was named."""
    (mention,) = find_places("in Moscow today", "en")
    assert isinstance(mention, PlaceMention)
    assert (mention.code, mention.kind, mention.form) == ("RU", "country", "capital")
    assert mention.strength < 1
