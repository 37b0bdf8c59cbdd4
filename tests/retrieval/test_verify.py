"""What the check lets through and what it stops, in Vietnamese, French and English."""

from __future__ import annotations

import pytest

from retrieval.embedding import Embedder
from retrieval.space import Space
from retrieval.verify import Checker, Evidence, Verdict, check


@pytest.fixture(scope="module")
def checker(embedder: Embedder) -> Checker:
    """A checker in the space of the bundled model."""
    return Checker(Space(embedder))


def kinds(verdict: Verdict) -> set[str]:
    """The kinds of the problems found."""
    return {problem.partition(":")[0] for problem in verdict.problems}


VI = "Thứ trưởng Tô Anh Dũng đề nghị Pháp hỗ trợ 20 triệu euro cho Việt Nam vào tháng 3/2021."
FR = "Le vice-ministre a promis d'accélérer la livraison des vaccins au Vietnam en juillet."
AGREED = (
    "Hai bộ trưởng nhất trí mở lại đường bay thẳng, tăng cường hợp tác nghề cá ở vịnh, "
    "đồng thời sớm họp nhóm công tác."
)
CONVENU = (
    "Les deux ministres ont convenu de rouvrir la ligne aérienne et de renforcer la coopération "
    "entre les ports."
)
EN = "Kenya said on Friday that it would send 45 observers to Somalia; Uganda declined to comment."

SUPPORTED = [
    (
        "Deputy Minister To Anh Dung asked France for 20 million euros for Vietnam in March 2021.",
        VI,
    ),
    ("Le vice-ministre To Anh Dung a demandé à la France 20 millions d'euros pour le Vietnam.", VI),
    ("The deputy minister promised to speed up deliveries of vaccines to Vietnam in July.", FR),
    ("Thứ trưởng hứa đẩy nhanh việc giao vắc-xin cho Việt Nam trong tháng 7.", FR),
    ("Le Kenya a annoncé vendredi l'envoi de 45 observateurs en Somalie.", EN),
    ("Hôm thứ Sáu, Kenya cho biết sẽ cử 45 quan sát viên tới Somalia.", EN),
    # several things that are agreed
    (
        "The two ministers agreed to reopen the direct air route and strengthen cooperation on "
        "fisheries in the gulf.",
        AGREED,
    ),
    ("The two ministers agreed to strengthen cooperation between the ports.", CONVENU),
    ("Hai bộ trưởng nhất trí tăng cường hợp tác giữa các cảng.", CONVENU),
    # "những nghiên cứu" is a thing, and French "à" does not tell that something was done
    (
        "La ministre s'est dite prête à transmettre ses résultats et à publier ses études sur les "
        "vaccins.",
        "Bộ trưởng cho biết sẵn sàng chuyển các kết quả và công bố những nghiên cứu về vắc-xin.",
    ),
    # what somebody hopes of a disease, a list of fields, where people live
    (
        "La ministre s'est dite prête à partager son expérience contre le Covid-19, et souhaite "
        "que le Japon partage la sienne.",
        "Nữ Bộ trưởng bày tỏ sẵn sàng chia sẻ kinh nghiệm chống Covid-19, mong muốn Nhật Bản "
        "chia sẻ kinh nghiệm.",
    ),
    (
        "Les deux parties ont convenu de coopérer dans les domaines de la défense, de l'éducation "
        "et de la culture.",
        "Hai bên nhất trí hợp tác trên các lĩnh vực quốc phòng, giáo dục, văn hóa.",
    ),
    (
        "Le ministre a demandé à l'Allemagne de faciliter le séjour des citoyens laotiens vivant "
        "en Allemagne.",
        "Bộ trưởng đề nghị Đức tạo thuận lợi cho công dân Lào đang sống tại Đức.",
    ),
]


@pytest.mark.parametrize(("statement", "evidence"), SUPPORTED)
def test_a_faithful_statement_is_supported(checker: Checker, statement: str, evidence: str) -> None:
    """Whatever the languages, what the evidence says passes with a score of one half at least."""
    verdict = checker.check(statement, [Evidence(evidence)])
    assert verdict.supported, verdict.problems
    assert verdict.problems == []
    assert 0.5 <= verdict.score <= 1


UNSUPPORTED = [
    # another country, name, title, number, date
    ("Deputy Minister To Anh Dung asked Germany for 20 million euros.", VI, "country"),
    ("Deputy Minister To Anh Tuan asked France for 20 million euros.", VI, "name"),
    ("Secretary-General To Anh Dung asked France for 20 million euros.", VI, "title"),
    ("Deputy Minister To Anh Dung asked France for 20 billion euros.", VI, "number"),
    ("Deputy Minister To Anh Dung asked France for 20 million euros in May 2021.", VI, "date"),
    # promised is neither refused nor signed
    ("Le vice-ministre a refusé d'accélérer la livraison des vaccins au Vietnam.", FR, "act"),
    ("Thứ trưởng từ chối đẩy nhanh việc giao vắc-xin cho Việt Nam.", FR, "act"),
    # agreed is not done, also of the second thing that was agreed, nor is it to come
    ("The two ministers have strengthened cooperation on fisheries in the gulf.", AGREED, "act"),
    ("Hai bộ trưởng đã tăng cường hợp tác nghề cá ở vịnh.", AGREED, "act"),
    ("The two ministers have strengthened cooperation between the ports.", CONVENU, "act"),
    (
        "The two ministers agreed to reopen the air route, and have strengthened cooperation on "
        "fisheries in the gulf.",
        AGREED,
        "act",
    ),
    (
        "The two ministers agreed to reopen the air route, and stepped up cooperation on fisheries "
        "in the gulf.",
        AGREED,
        "act",
    ),
    (
        "The two ministers agreed to reopen the air route, and they have strengthened cooperation "
        "on fisheries in the gulf.",
        AGREED,
        "act",
    ),
    ("The two ministers will agree to reopen the direct air route.", AGREED, "act"),
    # what was done is not arranged
    (
        "Thứ trưởng Tô Anh Dũng đã đặt lịch điện đàm với người đồng cấp Pháp.",
        "Thứ trưởng Tô Anh Dũng đã điện đàm với người đồng cấp Pháp.",
        "act",
    ),
    # who spoke by telephone has not met
    (
        "Deputy Minister Tô Anh Dũng met his French counterpart.",
        "Thứ trưởng Tô Anh Dũng đã điện đàm với người đồng cấp Pháp.",
        "act",
    ),
    # denied
    ("The deputy minister never promised to speed up deliveries of vaccines.", FR, "negation"),
    # somebody else's words, and the one for the other
    ("Uganda said on Friday that it would send 45 observers to Somalia.", EN, "actor"),
    ("L'Ouganda a annoncé l'envoi de 45 observateurs en Somalie.", EN, "actor"),
    ("France asked Deputy Minister To Anh Dung for 20 million euros.", VI, "direction"),
]


@pytest.mark.parametrize(("statement", "evidence", "kind"), UNSUPPORTED)
def test_one_wrong_fact_is_enough(
    checker: Checker, statement: str, evidence: str, kind: str
) -> None:
    """A statement that is wrong in one thing is not supported, and the problem says in which."""
    verdict = checker.check(statement, [Evidence(evidence)])
    assert not verdict.supported
    assert kind in kinds(verdict)
    assert verdict.score < 0.5


def test_what_nobody_said_is_not_supported(checker: Checker) -> None:
    """Words about something else have no support, even without a wrong fact in them."""
    verdict = checker.check("The harvest of apples was better than ever.", [Evidence(FR)])
    assert not verdict.supported
    assert verdict.score < 0.5


def test_what_denies_in_both_is_supported(checker: Checker) -> None:
    """A refusal that is denied is the same in two languages; without the denial it is not."""
    evidence = [Evidence("The minister did not rule out a further extension of the talks.")]
    denied = "La ministre n'a pas exclu une nouvelle prolongation des pourparlers."
    said = "La ministre a exclu une nouvelle prolongation des pourparlers."
    assert checker.check(denied, evidence).supported
    assert kinds(checker.check(said, evidence)) == {"negation"}


def test_two_who_say_the_like_are_told_apart(checker: Checker) -> None:
    """Of two numbers and two speakers each has its own, even where a clause leaves words out."""
    evidence = [Evidence("Kenya expects growth of 5 percent this year, whereas Uganda projects 6.")]
    assert checker.check("Uganda projects growth of 6 percent.", evidence).supported is True
    assert not checker.check("Kenya expects growth of 6 percent.", evidence).supported


def test_to_buy_is_to_be_sold(checker: Checker) -> None:
    """Who sells and who buys may stand in any order, as long as each does what he does."""
    evidence = [Evidence("Sweden agreed to sell four ships to Norway in June.")]
    assert checker.check("Norway agreed to buy four ships from Sweden in June.", evidence).supported
    wrong = checker.check("Norway agreed to sell four ships to Sweden in June.", evidence)
    assert kinds(wrong) == {"direction"}


def test_each_text_of_the_evidence_supports(checker: Checker) -> None:
    """The parts of a statement may stand in different texts, in different languages."""
    evidence = [Evidence("Hai bên gặp nhau tại Hà Nội ngày 5/6/2021."), Evidence(FR)]
    statement = "In Hanoi, the deputy minister promised to speed up deliveries of vaccines."
    assert checker.check(statement, evidence).supported


def test_a_date_known_of_the_event_is_told(checker: Checker) -> None:
    """The article's year makes of "16/4" the day that a reader needs; another year does not."""
    statement = "On 16 April 2020 the two ministers met in Hanoi."
    text = "Hai bộ trưởng gặp nhau tại Hà Nội ngày 16/4."
    assert checker.check(statement, [Evidence(text, "vi", dates=("2020-04-16",))]).supported
    assert checker.check(statement, [Evidence(text, "vi", dates=("2020",))]).supported
    assert not checker.check(statement, [Evidence(text, "vi", dates=("2019",))]).supported
    assert not checker.check(statement, [Evidence(text, "vi")]).supported


def test_a_place_known_from_the_article_is_told(checker: Checker) -> None:
    """Where the article says which country "nước này" is, the evidence has it."""
    statement = "Chile will reopen its embassy in Vietnam."
    text = "Nước này sẽ mở lại đại sứ quán tại Việt Nam."
    assert "country" in kinds(checker.check(statement, [Evidence(text)]))
    known = Evidence(text, "vi", known_places=("CL",))
    assert "country" not in kinds(checker.check(statement, [known]))


def test_the_public_function_takes_plain_texts(embedder: Embedder) -> None:
    """`check` finds out the languages itself and returns the same verdict each time."""
    first = check(SUPPORTED[0][0], [VI], embedder=embedder)
    assert first.supported
    assert first == check(SUPPORTED[0][0], [VI], embedder=embedder)
    assert isinstance(first.score, float)
    assert not check(UNSUPPORTED[0][0], [VI], embedder=embedder).supported


FIELDS = (
    "Hai bên nhất trí mở rộng hợp tác về thương mại, quốc phòng, giáo dục, nông nghiệp và du lịch."
)


@pytest.mark.parametrize(
    "statement",
    [
        "The two sides agreed to widen cooperation in trade, culture, education, agriculture and "
        "tourism.",
        "The two sides agreed to widen cooperation in trade, foreign policy, education, "
        "agriculture and tourism.",
        "Les deux parties sont convenues d'élargir leur coopération dans le commerce, le maintien "
        "de la paix, l'éducation, l'agriculture et le tourisme.",
        "Hai bên nhất trí mở rộng hợp tác về thương mại, ngoại giao, giáo dục, nông nghiệp và du "
        "lịch.",
    ],
)
def test_a_field_in_place_of_another_is_refused(checker: Checker, statement: str) -> None:
    verdict = checker.check(statement, [Evidence(FIELDS, "vi")])
    assert any(problem.startswith("field") for problem in verdict.problems)


@pytest.mark.parametrize(
    "statement",
    [
        "The two sides agreed to widen cooperation in trade, defence, education, agriculture and "
        "tourism.",
        "The two sides agreed to widen cooperation in trade, education and tourism.",
        "Les deux parties sont convenues d'élargir leur coopération dans le commerce, la défense, "
        "l'éducation, l'agriculture et le tourisme.",
    ],
)
def test_fields_may_be_left_out(checker: Checker, statement: str) -> None:
    assert checker.check(statement, [Evidence(FIELDS, "vi")]).supported


ASKED = "Le ministre a demandé au Japon de soutenir les agriculteurs indonésiens."


@pytest.mark.parametrize(
    ("statement", "right"),
    [
        ("The minister asked Japan to support Indonesian farmers.", True),
        ("The minister called on Indonesia to support Japanese farmers.", False),
        ("The minister urged the Indonesian farmers' support in Japan.", False),
        ("Bộ trưởng đề nghị Nhật Bản hỗ trợ nông dân Indonesia.", True),
        ("Bộ trưởng đề nghị Indonesia hỗ trợ nông dân.", False),
        ("Bộ trưởng đề nghị phía Nhật Bản hỗ trợ nông dân Indonesia.", True),
    ],
)
def test_who_is_asked_stays_who_is_asked(checker: Checker, statement: str, right: bool) -> None:
    assert checker.check(statement, [Evidence(ASKED, "fr")]).supported is right


TALK = "Chiều 9/5/2021, tại Trụ sở Bộ Công Thương, Thứ trưởng Lê Hoa Mai điện đàm với Đại sứ Ý."


@pytest.mark.parametrize(
    "statement",
    [
        "Đại hội báo cáo kết quả điện đàm với Đại sứ Ý.",
        "Cô ấy đã điện đàm với Đại sứ Ý.",
        "Quản trị viên đã điện đàm với Đại sứ Ý.",
        "Deputy Minister Deputy Hoa Mai spoke by telephone with the Italian ambassador.",
        "Le vice-ministre Lê Hoa Mai a eu un entretien téléphonique à l'hôpital du ministère.",
        "Lê Hoa Mai spoke by telephone at the embassy with the Italian ambassador.",
    ],
)
def test_who_does_it_and_where_are_those_of_the_evidence(checker: Checker, statement: str) -> None:
    assert {"title", "place"} & kinds(checker.check(statement, [Evidence(TALK, "vi")]))


@pytest.mark.parametrize(
    "statement",
    [
        "Thứ trưởng đã điện đàm với Đại sứ Ý.",
        "Chiều 9/5/2021, Thứ trưởng Lê Hoa Mai đã điện đàm với Đại sứ Ý.",
        "Hai bên đã điện đàm.",
    ],
)
def test_what_the_evidence_calls_them_may_stand(checker: Checker, statement: str) -> None:
    assert not {"title", "place"} & kinds(checker.check(statement, [Evidence(TALK, "vi")]))


def test_what_came_of_it_is_not_told_of_what_was_agreed(checker: Checker) -> None:
    evidence = Evidence("Hai bên nhất trí mở thêm đường bay và cải thiện hợp tác nghề cá.", "vi")
    verdict = checker.check(
        "Les deux parties sont convenues d'ouvrir des lignes aériennes, ce qui a conduit à une "
        "amélioration de leur coopération dans la pêche.",
        [evidence],
    )
    assert not verdict.supported


def test_whose_something_is_must_be_told(checker: Checker) -> None:
    """Where the evidence has it with another country alone; a part that leaves out whose it is, and
    the same word with its country elsewhere, are no other's."""

    def held(statement: str, told: str) -> set[str]:
        return kinds(checker.check(statement, [Evidence(told)]))

    evidence = (
        "Lào sẵn sàng trao đổi kinh nghiệm của Lào trong phòng dịch, mong muốn Chile chia sẻ "
        "nghiên cứu để nâng cao năng lực y tế."
    )
    assert "country" in held(
        "Le Chili aidera à accroître la capacité du Laos en médecine.", evidence
    )
    assert "country" in held(
        "Chile will share research to raise the medical capacity of Laos.", evidence
    )
    parallel = "Brazil muốn mua cá của Lào, còn Chile quan tâm đến hạt điều."
    assert "country" not in held("Chile quan tâm đến hạt điều của Lào.", parallel)
    assert "country" not in held("The experience of Laos was shared.", evidence)


def test_a_sentence_behind_what_was_agreed_is_not_told_as_done(checker: Checker) -> None:
    """A small model cuts a long sentence in two and loses who agreed."""

    def held(statement: str, told: str) -> set[str]:
        return kinds(checker.check(statement, [Evidence(told)]))

    evidence = (
        "Hai bên nhất trí nâng cao hiệu quả các cơ chế hợp tác, đẩy mạnh thương mại, đồng thời "
        "phối hợp chặt chẽ tại các diễn đàn quốc tế."
    )
    agreed = "The two sides agreed to improve their mechanisms and step up trade."
    assert "act" in held(
        f"{agreed} They also coordinated closely at international forums.", evidence
    )
    assert "act" not in held(
        f"{agreed} They also agreed to coordinate closely at international forums.", evidence
    )


DENIED_ELSEWHERE = [
    (
        "it",
        "L'Italie a signé l'accord.",
        "L'Italia ha firmato l'accordo.",
        "L'Italia non ha firmato l'accordo.",
    ),
    (
        "ru",
        "La Russie a accepté la trêve.",
        "Россия согласилась на перемирие.",
        "Россия не согласилась на перемирие.",
    ),
    (
        "de",
        "Germany signed the agreement with Poland.",
        "Deutschland hat das Abkommen mit Polen unterzeichnet.",
        "Deutschland hat das Abkommen mit Polen nicht unterzeichnet.",
    ),
    (
        "es",
        "Tây Ban Nha đã ký hiệp định.",
        "España firmó el acuerdo.",
        "España no firmó el acuerdo.",
    ),
]


@pytest.mark.parametrize(("language", "statement", "told", "denied"), DENIED_ELSEWHERE)
def test_what_is_denied_in_other_languages_is_denied(
    language: str, statement: str, told: str, denied: str, checker: Checker
) -> None:
    assert "negation" not in kinds(checker.check(statement, [Evidence(told, language)]))
    assert "negation" in kinds(checker.check(statement, [Evidence(denied, language)]))


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Nhật Bản bỏ phiếu thuận nghị quyết.", "Japan voted against the resolution."),
        ("La Chine a voté pour la résolution.", "China abstained on the resolution."),
        ("The party won the election in Ghana.", "Đảng này thua cử ở Ghana."),
        ("The court acquitted the minister.", "Tòa án kết tội bộ trưởng."),
        ("Ngân hàng trung ương tăng lãi suất.", "The central bank left its rate unchanged."),
        ("The government lifted the curfew.", "Le gouvernement a prolongé le couvre-feu."),
        ("A deal is likely this year.", "Khó có khả năng đạt thỏa thuận trong năm nay."),
        # what must be and what may be; all, most and some; before noon and after
        (
            "Member states must report their emissions.",
            "Les États membres peuvent déclarer leurs émissions.",
        ),
        ("Các nước thành viên phải nộp báo cáo.", "Member states may submit a report."),
        ("Companies may pay in euros.", "Các công ty phải trả bằng euro."),
        ("Tất cả các nước ủng hộ sáng kiến.", "Some countries support the initiative."),
        ("Tous les membres ont ratifié l'accord.", "Most members have ratified the agreement."),
        ("Some countries support the initiative.", "Tất cả các nước đều ủng hộ sáng kiến."),
        ("The meeting began at 10 a.m.", "Cuộc họp bắt đầu lúc 10 giờ tối."),
        ("The meeting began at 10 p.m.", "The meeting began at 10 a.m."),
        ("La réunion a commencé à 10 heures du matin.", "The meeting began at 10 p.m."),
    ],
)
def test_what_excludes_another_is_told_apart(
    statement: str, evidence: str, checker: Checker
) -> None:
    assert "contrast" in kinds(checker.check(statement, [Evidence(evidence)]))


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Ukraine joined the European Union.", "Ukraine applied to join the European Union."),
        ("Timor-Leste gia nhập ASEAN.", "Timor-Leste applied for membership of ASEAN."),
        ("La Bosnie a rejoint l'Union.", "Bosnia is a candidate for membership of the Union."),
    ],
)
def test_who_applies_has_not_joined(statement: str, evidence: str, checker: Checker) -> None:
    assert "act" in kinds(checker.check(statement, [Evidence(evidence)]))


@pytest.mark.parametrize(
    ("statement", "evidence", "right"),
    [
        (
            "Laos borrowed one billion dollars from China.",
            "China lent Laos one billion dollars.",
            True,
        ),
        (
            "La Chine a prêté un milliard de dollars au Laos.",
            "Laos borrowed one billion dollars from China.",
            True,
        ),
        (
            "Laos lent China one billion dollars.",
            "China lent Laos one billion dollars.",
            False,
        ),
        (
            "La Zambie a prêté 500 millions de dollars à la Chine.",
            "Zambia borrowed 500 million dollars from China.",
            False,
        ),
        ("Les États membres doivent coopérer.", "Các nước thành viên cần hợp tác.", True),
        ("Several countries support it.", "Một số nước ủng hộ điều đó.", True),
        ("Timor-Leste nộp đơn gia nhập ASEAN.", "Timor-Leste applied to join ASEAN.", True),
    ],
)
def test_the_same_is_said_from_either_side(
    statement: str, evidence: str, right: bool, checker: Checker
) -> None:
    assert checker.check(statement, [Evidence(evidence)]).supported is right
