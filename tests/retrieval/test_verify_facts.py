"""Facts in Vietnamese, French and English: the same however written, and others are told apart."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
import yaml
from num2words import CONVERTER_CLASSES  # type: ignore[import-untyped]

from retrieval.verify.known import settled_by
from retrieval.verify.rules import fact_problems
from retrieval.verify.told import read

LANGUAGES = ("vi", "fr", "en")
RENDERINGS = yaml.safe_load(
    (Path(__file__).with_name("data") / "renderings.yaml").read_text("utf-8")
)


def kinds(statement: str, *evidence: str) -> set[str]:
    """The kinds of facts of a statement that its evidence does not have."""
    told = read(statement)
    basis = settled_by(told, [read(each) for each in evidence])
    return {problem.kind for problem in fact_problems(told, basis)}


@pytest.mark.parametrize("rendering", RENDERINGS, ids=lambda rendering: rendering[2])
def test_a_faithful_rendering_has_the_facts_of_its_evidence(rendering: list[str]) -> None:
    """Numbers, dates, titles and names agree after normalisation, from each language to each."""
    told = [read(text, language) for text, language in zip(rendering, LANGUAGES, strict=True)]
    for statement, evidence in permutations(told, 2):
        assert not list(fact_problems(statement, [evidence])), (statement.text, evidence.text)


WRONG = [
    # a building that the evidence does not have
    (
        "Il l'a appelé à l'entrepôt des Affaires étrangères.",
        "Tại Trụ sở Bộ Ngoại giao, ông đã điện đàm.",
        "place",
    ),
    (
        "Ils ont vu l'ambassadeur à la résidence.",
        "Họ gặp Đại sứ tại trụ sở Liên hợp quốc.",
        "place",
    ),
    # currencies, by their names in CLDR
    ("Haiti received 500 million dollars.", "Haïti a reçu 500 millions de gourdes.", "number"),
    ("Ghana spent 30 million euros.", "Ghana spent 30 million cedis.", "number"),
    ("Le projet coûte 3 milliards de birrs.", "Dự án trị giá 3 tỷ shilling.", "number"),
    ("Egypt pays 500 million pounds.", "L'Égypte verse 500 millions d'euros.", "number"),
    ("It costs 40 million HTG.", "Cela coûte 40 millions de dollars.", "number"),
    ("The deal is worth 300 million pesos.", "Nó trị giá 300 triệu real Brazil.", "number"),
    # one who is not told of alone
    ("Only Kenya sent troops to Somalia.", "Kenya sent troops to Somalia.", "contrast"),
    ("Seule la Norvège a payé.", "Na Uy đã trả tiền.", "contrast"),
    ("Chỉ Kenya gửi quân tới Somalia.", "Le Kenya a envoyé des troupes en Somalie.", "contrast"),
    # two people are not one; a name is not made from several
    ("John Adams met the press.", "John Smith et Paul Adams ont rencontré la presse.", "name"),
    ("John Adams was there.", "John Smith met Paul Adams there.", "name"),
    ("Trần Văn Hùng đã dự họp.", "Trần Văn Nam, Lê Hùng đã dự họp.", "name"),
    ("M. Karim Diallo a signé.", "Karim Traoré, Issa Diallo et M. Musa l'ont signé.", "name"),
    ("Maria Lopez a signé.", "Maria Garcia (Cuba), Ana Lopez (Chile) signed.", "name"),
    # one city of a country for another
    ("Les ministres se sont réunis à Jérusalem.", "The ministers met in Tel Aviv.", "place"),
    ("Hội nghị diễn ra tại Dubai.", "La conférence a eu lieu à Abou Dhabi.", "place"),
    ("The court sat in Amsterdam.", "Phiên tòa diễn ra tại La Haye.", "place"),
    ("Talks were held in Abidjan.", "Les pourparlers ont eu lieu à Yamoussoukro.", "place"),
    # a run that ends otherwise, or is a day; the other side of a day; a day counted from today
    ("Hội chợ diễn ra từ ngày 10 đến 15/6.", "The fair ran from 10 to 25 June 2024.", "date"),
    ("The visit lasts from 5 to 9 July.", "La visite a eu lieu le 5 juillet 2021.", "date"),
    (
        "La production a augmenté de janvier à mars.",
        "Sản lượng tăng từ tháng 1 đến tháng 6.",
        "date",
    ),
    ("The law is in force since 2015.", "Luật có hiệu lực đến năm 2015.", "date"),
    ("It entered into force before 1 March 2020.", "It did so after 1 March 2020.", "date"),
    ("L'an dernier, les exportations ont chuté.", "Năm nay, xuất khẩu giảm.", "date"),
    ("He came a year ago.", "He came a week ago.", "date"),
    # currencies, measures, scales
    ("It lends 500 million dollars.", "It lends 500 million riyals.", "number"),
    ("Viện trợ 300 triệu euro.", "The aid is 300 million kroner.", "number"),
    ("Cấp 30 triệu USD.", "Il verse 30 millions de dollars australiens.", "number"),
    ("It costs US$3 billion.", "It costs HK$3 billion.", "number"),
    ("A loan of 5 crore rupees.", "A loan of 5 lakh rupees.", "number"),
    ("It sells 3 million litres.", "It sells 3 million barrels.", "number"),
    # a territory, or a part, is not the country
    ("France signed the agreement with Fiji.", "French Polynesia signed with Fiji.", "country"),
    ("La France a signé.", "La Guyane française a signé.", "country"),
    ("Samoa signed the treaty.", "American Samoa signed the treaty.", "country"),
    ("The UK government approved it.", "The Scottish government approved it.", "country"),
    # one chamber, one force for another
    ("Le Sénat du Brésil a adopté la loi.", "Hạ viện Brazil đã thông qua luật.", "group"),
    ("The US Senate passed it.", "La Chambre des représentants américaine l'a adopté.", "group"),
    ("Quân đội Kenya bắt 12 người.", "Kenyan police arrested 12 people.", "group"),
    ("The Greek navy stopped the boat.", "Les garde-côtes grecs ont arrêté le bateau.", "group"),
    # the wrong way round
    ("Poverty fell from 12% to 9%.", "Poverty went from 9% to 12%.", "number"),
    ("L'inflation est passée de 5 % à 3 %.", "Lạm phát từ 3% lên 5%.", "number"),
    ("Exports rose to 30 tonnes from 20.", "Exports fell from 30 tonnes to 20.", "number"),
    ("Vụ nổ làm 30 người chết và 12 người bị thương.", "12 morts et 30 blessés.", "number"),
    ("The army killed 12 rebels and wounded 30.", "It killed 30 and wounded 12.", "number"),
    ("120 in favour and 80 against.", "80 phiếu thuận và 120 phiếu chống.", "number"),
    # the first or the third; a half or a fifth
    ("This is the first visit of the King.", "Đây là chuyến thăm thứ ba của Nhà vua.", "number"),
    ("C'est la première visite du roi.", "This is the king's second visit.", "number"),
    ("The second largest importer.", "The third largest importer.", "number"),
    ("Half of the exports went there.", "20% of the exports went there.", "number"),
    # a part of a country is not the country
    ("L'Écosse a signé.", "Anh đã ký kết.", "country"),
    ("England asked for time.", "Le Royaume-Uni a demandé du temps.", "country"),
    # titles that are one letter, or one word, away from those of the evidence
    ("Thủ trưởng cho biết sẽ ký.", "Thứ trưởng cho biết sẽ ký.", "title"),
    ("Đại diện trưởng cho biết sẽ ký.", "Thứ trưởng cho biết sẽ ký.", "title"),
    ("Người đứng đầu cho biết sẽ ký.", "Thứ trưởng cho biết sẽ ký.", "title"),
    ("Ông gặp Quốc vụ Bộ Ngoại giao.", "Ông gặp Quốc vụ khanh Bộ Ngoại giao.", "title"),
    ("Trưởng Thứ trưởng cho biết sẽ ký.", "Thứ trưởng cho biết sẽ ký.", "title"),
    # somebody else's country, though the evidence names it
    ("Thứ trưởng Anh đề nghị hỗ trợ.", "Thứ trưởng đề nghị Anh hỗ trợ.", "title"),
    ("The British minister asked for time.", "Le ministre a demandé du temps à Londres.", "title"),
    ("Le ministre japonais a téléphoné.", "Bộ trưởng điện đàm với Đại sứ Nhật Bản.", "title"),
    # a rank that stands by itself
    ("Đại tướng đề nghị hỗ trợ.", "Thứ trưởng đề nghị hỗ trợ.", "title"),
    ("The general asked for help.", "The deputy minister asked for help.", "title"),
    ("La secrétaire a demandé de l'aide.", "Thứ trưởng đề nghị hỗ trợ.", "title"),
    ("Đại biểu cũng đề nghị hỗ trợ.", "Thứ trưởng cũng đề nghị hỗ trợ.", "title"),
    # whose minister somebody is does not say where they met
    (
        "Minister Lindh met Minister Novak in Spain.",
        "Bộ trưởng Tây Ban Nha Lindh gặp Bộ trưởng Chile Novak.",
        "place",
    ),
    (
        "La ministre Lindh a rencontré la ministre Novak en Espagne.",
        "Minister Lindh of Spain met Minister Novak of Chile.",
        "place",
    ),
    # so many years of something, where the number counts something else
    ("Les deux ans du partenariat.", "Hai nước kỷ niệm 10 năm quan hệ đối tác.", "number"),
    ("Hai nước kỷ niệm hai năm quan hệ.", "Hai nước kỷ niệm 10 năm quan hệ.", "number"),
    # a degree that nobody has; a surname that is a word elsewhere
    ("Dr. Lê Hoa Mai signed.", "Bà Lê Hoa Mai đã ký.", "title"),
    ("Giáo sư Lê Hoa Mai đã ký.", "Mrs Lê Hoa Mai signed.", "title"),
    ("Mr Ton Anh Minh signed.", "Ông Tô Anh Minh đã ký.", "name"),
    ("Minister Thê Anh Minh signed.", "Bộ trưởng Tô Anh Minh đã ký.", "name"),
    # somebody who stands by who is in office
    ("Trợ lý Bộ trưởng Tài chính đã ký.", "Bộ trưởng Tài chính đã ký.", "title"),
    ("Le représentant du président a signé.", "The president signed.", "title"),
    ("The wife of the president spoke.", "Le président a parlé.", "title"),
    # ministries and professions
    ("The Ministry of Finance signed.", "Bộ Công Thương đã ký.", "organisation"),
    ("Le ministère de la Santé a signé.", "The finance ministry signed.", "organisation"),
    ("Farmers met the minister.", "Bộ trưởng gặp các nhà báo.", "group"),
    # an accent is all that tells two Vietnamese names apart
    ("Bộ trưởng Phan Thế Vĩnh phát biểu.", "Bộ trưởng Phan Thế Vinh phát biểu.", "name"),
    # another's deputy is no deputy minister
    ("Deputy Minister Lan Vo opened it.", "Deputy Mayor Lan Vo opened it.", "title"),
    # part of another name, with a common word between
    ("Le Hoai Trung spoke.", "Trưởng ban Trung ương Lê Hoài Nam phát biểu.", "name"),
    # a million is no billion, a decimal comma no thousands mark
    ("The loan is 20 million euros.", "Khoản vay 20 tỷ euro.", "number"),
    ("Le prêt est de 20 milliards d'euros.", "Khoản vay 20 triệu euro.", "number"),
    ("Exports grew 33.5 percent.", "Xuất khẩu tăng 35,3%.", "number"),
    ("Sáu nước đã ký.", "Seven countries signed.", "number"),
    ("Fewer than 300 people came.", "Plus de 300 personnes sont venues.", "number"),
    ("The bridge is 45 kilometres long.", "Le pont coûte 45 euros.", "number"),
    # dates
    ("They met on 16 May 2020.", "Hai bên gặp nhau ngày 16/4/2020.", "date"),
    ("Ils se sont vus le 16 avril 2021.", "Hai bên gặp nhau ngày 16/4/2020.", "date"),
    ("Hội nghị diễn ra hôm thứ Ba.", "La conférence s'est tenue jeudi.", "date"),
    # places and organisations
    ("Hoa Kỳ mới công bố chiến lược.", "Chiến lược vừa được Anh công bố.", "country"),
    ("Austria will help.", "L'Australie aidera.", "country"),
    ("The WTO welcomed the plan.", "Tổ chức Y tế Thế giới hoan nghênh kế hoạch.", "region"),
    ("L'UNICEF a salué le projet.", "Tổ chức Y tế Thế giới hoan nghênh dự án.", "organisation"),
    ("He spoke in Hanoi.", "Il a parlé à Hué, au Vietnam.", "place"),
    # people and their titles
    ("Minister Tran Van Binh spoke.", "Bộ trưởng Trần Văn Bình An phát biểu.", ""),
    ("Minister Tran Van Hoa spoke.", "Bộ trưởng Trần Văn Bình phát biểu.", "name"),
    ("Le ministre Tran Van Binh a parlé.", "Thứ trưởng Trần Văn Bình phát biểu.", "title"),
    ("Secretary-General To Anh Dung spoke.", "Thứ trưởng Tô Anh Dũng phát biểu.", "title"),
    ("The health minister spoke.", "Bộ trưởng Tài chính phát biểu.", "title"),
]


@pytest.mark.parametrize(("statement", "evidence", "kind"), WRONG)
def test_another_fact_is_found_out(statement: str, evidence: str, kind: str) -> None:
    """A fact that the evidence does not have is a problem of its kind, and the only one."""
    assert kinds(statement, evidence) == ({kind} if kind else set())


def test_a_capital_stands_for_its_government_and_not_for_another_city() -> None:
    """ "Moscow" says what Russia says; but who was in Kazan was not in Moscow."""
    assert not kinds("Moscow refused.", "Nga từ chối.")
    assert kinds("They met in Moscow.", "Hai bên gặp nhau ở Kazan, Nga.") == {"place"}


def test_a_doubtful_word_is_a_country_when_the_statement_says_so() -> None:
    """ "Anh" supports the United Kingdom and never the United States."""
    evidence = "Anh đã hỗ trợ trong quá trình triển khai."
    assert not kinds("The United Kingdom helped.", evidence)
    assert kinds("The United States helped.", evidence) == {"country"}


def test_a_day_without_a_year_takes_it_from_the_evidence() -> None:
    """ "16/4" beside "10 May 2020" is in 2020; a year alone counts only where no day has one."""
    days = "Hội nghị họp ngày 16/4, sau cuộc gặp ngày 10/3/2020; dự án bắt đầu năm 2014."
    assert not kinds("The meeting was on 16 April 2020.", days)
    assert kinds("The meeting was on 16 April 2014.", days) == {"date"}


def test_any_language_is_read() -> None:
    """Whatever language is told or found out, numbers in it are read or left aside."""
    for language in (*CONVERTER_CLASSES, "und", "xx", "zh-Hant", ""):
        assert read("Año 2021: 15 personas, vingt et un, two.", language).quantities


def test_a_ministry_is_known_by_its_field_in_any_language_and_in_a_list() -> None:
    """ "Bộ Tài chính" is the finance ministry; plurals and lists name several."""
    assert not kinds("The finance ministry signed.", "Bộ Tài chính đã ký.")
    assert not kinds("The ministries of Defence and Justice met.", "Bộ Quốc phòng, Bộ Tư pháp họp.")
    fields = [each.field for each in read("Bộ Y tế, Quốc phòng và Tư pháp họp.").ministries]
    assert fields == ["health", "defence", "justice"]


def test_names_in_another_alphabet_are_compared_as_they_sound() -> None:
    """In Cyrillic and Greek, whatever the case; another name is not there."""
    russian = "Министр Сигурд Халворсен выступил в Астане."
    assert not kinds("Minister Sigurd Halvorsen spoke in Astana.", russian)
    assert "name" in kinds("Minister Sigurd Lindqvist spoke in Astana.", russian)
    assert not kinds("Kyriakos Mitsotakis spoke.", "Ο Κυριάκος Μητσοτάκης μίλησε.")


def test_until_tells_when_and_denies_nothing() -> None:
    """ "Did not open until 2014" and "opened in 2014" say the same; "has not opened" does not."""
    assert not any(m.group == "not" for m in read("It did not open until March 2014.").marks)
    assert any(m.group == "not" for m in read("It did not open in March 2014.").marks)


def test_who_stands_by_somebody_in_office_is_told_in_the_evidence() -> None:
    """In any of the languages; a word that only looks like one when folded is none."""
    assert not kinds("The assistant to the president signed.", "L'assistant du président a signé.")
    assert not kinds("Phu nhân Tổng thống phát biểu.", "L'épouse du président a parlé.")
    assert not kinds("Còn Bộ trưởng Tài chính đã ký.", "The finance minister signed.")
    assert not kinds(
        "Son représentant, le ministre des Finances, a signé.", "Bộ trưởng Tài chính đã ký."
    )


def test_where_something_is_done_may_be_told_beside_whose_minister_it_is() -> None:
    """In or out of the sentence with the title."""
    evidence = "Bộ trưởng Tây Ban Nha Lindh gặp Bộ trưởng Chile Novak tại Tây Ban Nha."
    assert not kinds("Minister Lindh met Minister Novak in Spain.", evidence)
    assert not kinds("The minister lives in Spain.", "La ministre espagnole vit en Espagne.")


def test_who_did_it_may_be_told_without_a_title() -> None:
    """By a small word, a name, a country, or as the evidence has it."""
    evidence = "Thứ trưởng Lê Minh đề nghị Lào hỗ trợ. Thứ trưởng đề nghị giúp."
    for doer in ("Ông", "Phía Việt Nam", "Ông Minh", "Thứ trưởng", "Đại diện phía ta"):
        assert not kinds(f"{doer} đề nghị Lào hỗ trợ.", evidence) - {"country", "name"}
    assert not kinds("Ngư dân đề nghị hỗ trợ.", "Bộ trưởng nói. Ngư dân đề nghị hỗ trợ.")


def test_a_part_of_a_country_is_told_by_its_own_name() -> None:
    """In any language; a title that stands by itself, and growth, are no halves of titles."""
    assert not kinds("Scotland signed.", "L'Écosse a signé.")
    assert not kinds("Bắc Ireland đã ký.", "Northern Ireland signed.")
    assert not kinds("Ông gặp Quốc vụ khanh.", "Ông gặp Quốc vụ khanh Bộ Ngoại giao.")
    assert not kinds("Kinh tế tăng trưởng chậm.", "Kinh tế phát triển chậm.")
    assert not kinds("Người đứng đầu phát biểu.", "Bộ trưởng phát biểu.")


def test_whose_minister_somebody_is_may_stand_in_other_words() -> None:
    """Beside the title, as an adjective, or where "its" and "counterpart" stand for the country."""
    assert not kinds(
        "Thứ trưởng Anh đề nghị hỗ trợ.", "The British deputy minister asked for help."
    )
    assert not kinds("The Ghanaian minister spoke.", "Ghana's minister of trade spoke.")
    assert not kinds("Le ministre ghanéen a parlé.", "Ghana praised the port; its minister spoke.")
    assert not kinds(
        "The Togolese minister spoke.", "Le ministre ghanéen et son homologue togolais."
    )


def test_a_degree_is_told_in_any_language() -> None:
    """And a surname that is a word elsewhere belongs to its name."""
    assert not kinds("Dr Lê Hoa Mai signed.", "TS. Lê Hoa Mai đã ký.")
    assert not kinds("Mr To Anh Minh signed.", "Ông Tô Anh Minh đã ký.")


def test_a_rank_or_a_span_of_time_in_the_evidence_is_told() -> None:
    """In any language; "general" may be no rank."""
    assert not kinds("The general asked for help.", "Trung tướng đề nghị hỗ trợ.")
    assert not kinds("The general election was called.", "Le scrutin a été convoqué.")
    assert not kinds("Two years passed.", "Les deux pays ont attendu deux ans, puis 10 ans.")
    assert not kinds("Hai nước kỷ niệm mười năm quan hệ.", "The two countries marked 10 years.")


def test_a_title_between_two_names_needs_its_article_in_french() -> None:
    """Without it the title reads as that of the name before."""
    evidence = "Thứ trưởng Lê Minh điện đàm với Quốc vụ khanh Karl Roth."
    wrong = "Au téléphone du vice-ministre Lê Minh, ministre d'État Karl Roth a discuté."
    right = "Au téléphone du vice-ministre Lê Minh, le ministre d'État Karl Roth a discuté."
    assert "title" in kinds(wrong, evidence)
    assert "title" not in kinds(right, evidence)


def test_headquarters_are_a_ministrys_and_no_ministers() -> None:
    """Unless the evidence has it so."""
    evidence = "Tại Trụ sở Bộ Ngoại giao, Thứ trưởng Lê Minh điện đàm với Bộ trưởng Karl Roth."
    wrong = "Au siège du ministre Karl Roth, le vice-ministre Lê Minh a eu un entretien."
    assert "place" in kinds(wrong, evidence)
    assert "place" in kinds("They spoke at the headquarters of the Minister.", evidence)
    assert "place" not in kinds("Au siège du ministère des Affaires étrangères.", evidence)
    assert "place" not in kinds(wrong, "Rencontre au siège du ministre Karl Roth.")


def test_a_committee_is_a_body_of_the_evidence() -> None:
    """Whatever sort of body it is called there."""
    evidence = "Anh giúp nâng cao năng lực y tế cộng đồng."
    wrong = "Le Royaume-Uni aide à renforcer la capacité du comité de santé."
    assert "organisation" in kinds(wrong, evidence)
    assert "organisation" not in kinds(wrong, "Anh giúp nâng cao năng lực của Ủy ban Y tế.")
    assert "organisation" not in kinds("The committee met.", "La commission s'est réunie.")


def test_who_called_is_told_only_where_the_evidence_tells_it() -> None:
    """A conversation has two ends."""
    spoke = "Thứ trưởng Lê Minh có cuộc điện đàm với Bộ trưởng Karl Roth."
    assert "act" in kinds("Thứ trưởng Lê Minh tiếp nhận cuộc điện đàm với Karl Roth.", spoke)
    assert "act" in kinds("Deputy Minister Lê Minh received a phone call from Karl Roth.", spoke)
    assert "act" in kinds("Le vice-ministre Lê Minh a téléphoné à Karl Roth.", spoke)
    assert "act" not in kinds("Le vice-ministre Lê Minh a eu un entretien.", spoke)
    called = "Bộ trưởng Karl Roth gọi điện cho Thứ trưởng Lê Minh."
    assert "act" not in kinds("Le ministre Karl Roth a téléphoné à Lê Minh.", called)


def test_the_autumn_of_a_year_is_no_fifth() -> None:
    assert "number" not in kinds("It was the first talk.", "Mùa thu năm ấy hai bên hội đàm.")
    assert "number" in kinds("It was the first talk.", "Đó là cuộc hội đàm thứ năm của hai bên.")
