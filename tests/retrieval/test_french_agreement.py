"""French as a model leaves it: what stands beside a noun, a country or "avoir" agrees."""

from __future__ import annotations

import pytest

from retrieval.french_agreement import with_agreement


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("des recherches sur la traitement", "des recherches sur le traitement"),
        ("contre le pandémie", "contre la pandémie"),
        ("La traitement du communauté", "Le traitement de la communauté"),
        ("au ambassade, au conférence", "à l'ambassade, à la conférence"),
        ("Cette accord et ce réunion", "Cet accord et cette réunion"),
        ("son coopération et sa soutien", "sa coopération et son soutien"),
        ("la promotion de la relations bilatérales", "la promotion des relations bilatérales"),
        ("leur 10 ans de partenariat", "leurs 10 ans de partenariat"),
        ("dans de nombreuses domaines", "dans de nombreux domaines"),
        ("dans nombreuses domaines bilatéraux clés", "dans nombreux domaines bilatéraux clés"),
        ("une délégation de haute niveau", "une délégation de haut niveau"),
        ("la nouveau partenariat", "le nouveau partenariat"),
        ("la visioconférence et la coronavirus", "la visioconférence et le coronavirus"),
        ("Ils ont convenus de se revoir.", "Ils ont convenu de se revoir."),
        ("Les deux parties ont exprimées leur joie.", "Les deux parties ont exprimé leur joie."),
        (
            "Ils ont déclaré que les pays ont convenus de tout.",
            "Ils ont déclaré que les pays ont convenu de tout.",
        ),
        (
            "Ils ont convenu hier que les pays ont exprimées leur joie.",
            "Ils ont convenu hier que les pays ont exprimé leur joie.",
        ),
        ("Il a également a demandé un soutien.", "Il a également demandé un soutien."),
        ("Ils ont aussi ont convenu de tout.", "Ils ont aussi convenu de tout."),
        ("la secteur et la pays", "le secteur et le pays"),
        ("Le Vietnam est prête.", "Le Vietnam est prêt."),
        ("Il a dit que le Vietnam est prête à agir.", "Il a dit que le Vietnam est prêt à agir."),
        ("La Chine est aussi prêt.", "La Chine est aussi prête."),
        ("Les Etats-Unis sont prêt.", "Les Etats-Unis sont prêts."),
        ("Les États-Unis sont prêt.", "Les États-Unis sont prêts."),
    ],
)
def test_what_does_not_agree_is_put_right(written: str, right: str) -> None:
    assert with_agreement(written) == right


@pytest.mark.parametrize(
    "text",
    [
        "Le traitement, la réunion, l'accord, l'ambassade et les relations ; aux hôpitaux, du blé.",
        "À la fois au cours de la semaine et à la suite de la rencontre, à la demande des pays.",
        # Pronouns, not articles.
        "Celui qui la contrôle la place où il le recherche ; elle les mesure.",
        # Women in office, and words that are both.
        "La ministre, la chef de la diplomatie, la juge et une membre ; une après-midi, un livre.",
        # With an object before it, the participle agrees with that.
        "Les accords qu'ils ont conclus, la situation que les pays ont créée, il les a reçues.",
        "Les mesures ont été prises. Les relations sont bonnes. Ils ont des avantages.",
        "Leur coopération, leurs relations, leur 10e anniversaire, leur un an de travail.",
        "L'ambassadeur du Vietnam est prête à partir.",
        # What stands before a country may be what is spoken of, and more than one may be.
        "La coopération avec le Japon est importante. Le président de la Chine est prêt à agir.",
        "Les Philippines sont prêtes. La Grenade est prête. Israel est prête.",
        "Le partenariat avec la Chine est important.",
        "Le Vietnam et la Chine sont prêts.",
        "Le Vietnam et le Laos sont voisins.",
        "La Chine est premier partenaire commercial.",
        "La Chine est fort préoccupée.",
        "Les Philippines sont juste derrière.",
        "La France est maître de sa politique.",
        "Les Fidji sont prêtes à agir.",
        # Names.
        "Le ministre Bui Thanh Son visite la France.",
        "Bui Thanh Son face à la presse, Kim Jong Un visite la Russie, Nguyen Du face au roi.",
        "Pham Le face à la mer. M. Son visite la France.",
        "Son visite la France.",
        # Numbers, dates, and what begins a preposition.
        "vingt et un articles, quarante et un députés, vingt et une provinces, cent un membres",
        "le numéro un face à la crise, et ce suite à la visite, leur 2 septembre, leur 10 mars",
        # Objects that stand before their participles.
        "Les accords de libre-échange que les deux pays ont conclus sont bons.",
        "Les accords de 2019 que les deux pays ont conclus sont bons.",
        "Les accords avec les États-Unis que les pays ont conclus sont bons.",
        "Les accords de l'ASEAN que les pays ont conclus sont bons.",
        "Les accords « ouverts » que les pays ont conclus sont bons.",
        "Les accords signés que les deux pays ont conclus sont bons.",
        "Ceux qui en ont déjà ont demandé plus. Le Vietnam a aussi a priori raison.",
        "Les propositions que M. Macron a présentées sont bonnes.",
        "Les mesures que le Vietnam, pays hôte, a prises sont bonnes.",
        "Les accords que la Chine, la Russie et le Laos ont conclus sont bons.",
        "Il la lui a remise, les leur a présentées, les y a invités.",
        "Quelles mesures ont prises les deux pays ?",
        "Combien de tonnes a exportées le Vietnam ?",
        "La Chine a vue sur la mer.",
        # More people, and words that belong to the one before them.
        "la première membre du comité, la seule sénateur, la leader birmane, la successeur",
        "la capitaine, la numéro deux, une lieutenant, cette champion, sa notaire, la pasteur",
        "la docteur, une sherpa, la doyen, la substitut, une sergent, la gendarme, la vétéran",
        "la monarque, une ténor, la transfuge, sa maître, une mannequin, la défenseur",
        "la brigadier, la théologien, une trappiste, une légionnaire, de la commandant, la baron",
        "la visite la plus récente mardi, la semaine prochaine lundi, des accords récents suite à",
        "le multicoque",
        "Une certaine tension, certaines questions, de grandes villes, un haut niveau.",
    ],
)
def test_what_agrees_stays(text: str) -> None:
    assert with_agreement(text) == text
