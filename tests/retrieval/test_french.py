"""French as a model leaves it: articles of countries with the right gender, accents put back."""

from __future__ import annotations

import pytest

from retrieval.french import with_articles, with_french_spelling


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Il a demandé à la Royaume-Uni de l'aide.", "Il a demandé au Royaume-Uni de l'aide."),
        ("Ils vivent en Royaume-Uni.", "Ils vivent au Royaume-Uni."),
        ("Ils vivent dans la Royaume-Uni.", "Ils vivent dans le Royaume-Uni."),
        ("La Vietnam est prête.", "Le Vietnam est prête."),
        ("les citoyens de la Vietnam", "les citoyens du Vietnam"),
        ("le ministre de Japon", "le ministre du Japon"),
        ("le chef du Corée du Sud", "le chef de la Corée du Sud"),
        ("une visite au Chine", "une visite à la Chine"),
        ("une visite en États-Unis", "une visite aux États-Unis"),
        ("la Pays-Bas et le Ukraine", "les Pays-Bas et l'Ukraine"),
        ("Il a dit qu'Vietnam est prêt.", "Il a dit que le Vietnam est prêt."),
        ("un accord avec Royaume-Uni", "un accord avec le Royaume-Uni"),
        ("La Etats-Unis et la Émirats", "Les Etats-Unis et les Émirats"),
        ("la Pays de Galles et le Fidji", "le Pays de Galles et les Fidji"),
        ("avec le Fédération de Russie", "avec la Fédération de Russie"),
        ("Il a demandé à Royaume-Uni de l'aide.", "Il a demandé au Royaume-Uni de l'aide."),
    ],
)
def test_a_wrong_article_is_put_right(written: str, right: str) -> None:
    assert with_articles(written) == right


@pytest.mark.parametrize(
    "text",
    [
        "Le Mexique, la Sierra Leone ; au Cambodge, en Iran, de l'Irak, en Chine, à la Thaïlande.",
        "L'ambassadeur de France à Cuba, en Israël et à Singapour ; les Philippines, du Pérou.",
        "La République tchèque ; le partenariat entre Vietnam et Royaume-Uni.",
        "Selon un article repris par Vietnam News, les citoyens vietnamiens sont rentrés.",
        "Réunis à Luxembourg, les ministres ont cité l'accord de Panama et celui du Koweït.",
        "Les Etats-Unis, aux Emirats, à Taiwan, avec Israel, à Haiti, à Gaza, à Curaçao.",
        "À la Barbade, à la Grenade, avec la Dominique, aux Fidji, le Pays de Galles, la RD Congo.",
        "Selon des propos cités par France 24, à Mexico, avec Thailand, à Brunei, avec Türkiye.",
        "Aux îles Marshall, la Confédération suisse, les Territoires palestiniens, en Cisjordanie.",
        "La France d'outre-mer, la Grande-Bretagne et le Timor-Leste.",
    ],
)
def test_right_ones_and_names_of_other_things_stay(text: str) -> None:
    assert with_articles(text) == text


def test_accents_that_a_common_word_lacks_are_put_back() -> None:
    """Of words that are none without them or another language's; "a" and "ou" are words."""
    assert (
        with_french_spelling("la commemoration des mecanismes, de l'education et du marche ou a")
        == "la commémoration des mécanismes, de l'éducation et du marche ou a"
    )


def test_forms_that_french_has_without_accents_stay() -> None:
    """Verbs, rare as they are beside their participles."""
    text = "il expulse, consolide et institue ; il repart, se repartit, pour reformer, et renomme"
    assert with_french_spelling(text) == text


def test_letters_that_may_be_a_participles_or_not_stay() -> None:
    assert with_french_spelling("il declare, les eleves") == "il declare, les eleves"
    assert with_french_spelling("des mecanismes de verite") == "des mécanismes de vérité"


def test_articles_are_contracted_before_nouns() -> None:
    """Not where a verb may follow, of which they are the object."""
    text = "l'essor de le commerce, le prix de les vaccins, à le gouvernement, à les accords"
    right = "l'essor du commerce, le prix des vaccins, au gouvernement, aux accords"
    assert with_french_spelling(text) == right
    for text in ("Il est facile de le faire.", "Il tient à les aider.", "Il vient de le visite."):
        assert with_french_spelling(text) == text


def test_words_are_elided_before_vowels() -> None:
    assert (
        with_french_spelling(
            "la efficacité de une aide que il donne, le onze, la une, le oui, le ou les"
        )
        == "l'efficacité de une aide qu'il donne, le onze, la une, le oui, le ou les"
    )


def test_people_are_called_as_in_french() -> None:
    assert (
        with_french_spelling("Mr. Adams et Mrs Élise Martin ont reçu Ms. Lan ; MRT et Mrauk U")
        == "M. Adams et Mme Élise Martin ont reçu Mme Lan ; MRT et Mrauk U"
    )
