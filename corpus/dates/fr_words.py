"""The French words that dates are made of. Accents are optional."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.dates.eras import ROMAN
from corpus.dates.tokens import lexicon

_MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "février": 2, "févr": 2, "fév": 2, "mars": 3, "avril": 4,
    "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "août": 8, "septembre": 9,
    "sep": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "décembre": 12, "déc": 12,
}  # fmt: skip
_WEEKDAYS = {
    "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6,
}  # fmt: skip
_SHORT_WEEKDAYS = {"lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6}
_NUMBERS = [
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
_ORDINALS = [
    "premier",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
]
_ROMAN = {word: value for word, value in ROMAN.items() if len(word) > 1}
_ROMAN |= {
    f"{word}{ending}": value
    for word, value in ROMAN.items()
    for ending in ("e", "ᵉ", "ème", "è")
    if value > 1
}
_ROMAN["ier"] = 1
UNIT_KINDS = {
    "day_unit": "day", "week_unit": "week", "month_unit": "month", "quarter_unit": "quarter",
    "year_unit": "year", "half_unit": "half-year", "weekend_unit": "weekend",
    "decade_unit": "decade", "century_unit": "century", "an": "year",
}  # fmt: skip
UNIT = f"({'|'.join(UNIT_KINDS)})"

_ENTRIES: dict[str, Mapping[str, object] | list[str]] = {
    "month": dict(_MONTHS),
    "wday": dict(_WEEKDAYS),
    "short_wday": dict(_SHORT_WEEKDAYS),
    "wnum": {word: value for value, word in enumerate(_NUMBERS, 1)} | {"une": 1},
    "wten": {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50,
             "soixante": 60},
    "whundred": {"cent": 100, "cents": 100}, "wthousand": {"mille": 1000},
    "word_ord": {word: value for value, word in enumerate(_ORDINALS, 1)}
    | {"première": 1, "second": 2, "seconde": 2, "vingtième": 20},
    "roman": dict(_ROMAN),
    "firsts": ["premiers", "premières"],
    "the": ["le", "la", "les", "l'"], "of": ["de", "d'", "des", "en date du"], "du": ["du"],
    "au": ["au", "aux"], "to": ["à"], "and": ["et"],
    "by": ["au plus tard", "au plus tard le", "au plus tard en",
           "d'ici", "d'ici à", "d'ici au", "à l'horizon", "à l'horizon de"],
    "in": ["en", "au cours de", "au cours du", "au cours des", "courant", "durant", "pendant"],
    "at": ["vers"], "dans": ["dans"], "between": ["entre"],
    "since": ["depuis", "depuis le", "à partir de", "à partir du", "à compter du",
              "à compter de", "dès", "dès le", ">="],
    "after": ["après", "après le", "postérieur à"], "before": ["avant", "avant le"],
    "until": ["<=", "jusque", "jusqu'au", "jusqu'à", "jusqu'en", "jusqu'à la", "jusqu'à l'"],
    "commencing": ["commençant", "débutant"],
    "this": ["ce", "cet", "cette", "ces"], "ci": ["ci"],
    "next": ["prochain", "prochaine", "prochains", "prochaines", "à venir", "suivant", "suivante",
             "qui vient"],
    "last": ["dernier", "dernière", "derniers", "dernières", "passé", "passée", "précédent",
             "précédente", "écoulé", "écoulée", "précédents", "précédentes"],
    "current": ["en cours"],
    "early": ["début", "début du", "le début", "le début du", "début de", "le début de",
              "tout début", "tout début de", "commencement de"],
    "mid": ["mi", "la mi", "mi -", "milieu", "milieu du", "le milieu de", "le milieu du",
            "milieu de"],
    "late": ["fin", "en fin de", "en fin d'", "la fin de", "la fin du", "fin de", "fin du",
             "fin d'",
             "la fin"],
    "ago": ["il y a", "il ya", "voici", "voilà", "il y a environ", "il y a à peu près",
            "il y a près de", "il y a presque"],
    "onwards": ["ou plus tard", "et plus tard", "et au-delà", "et plus", "et ensuite"],
    "or": ["ou"],
    "business_unit": ["jours ouvrables", "jour ouvrable", "jours ouvrés", "jours de travail"],
    "narrated": ["ce jour-là", "ce soir-là", "ce matin-là", "cette nuit-là"],
    "plus_late": ["plus tard"], "plus_early": ["plus tôt", "auparavant"],
    "eve": ["veille"], "next_day": ["lendemain"], "second_eve": ["avant-veille"],
    "second_day": ["surlendemain"],
    "bc": ["av. j.-c.", "av. j.-c", "av. jc", "avant jésus-christ", "avant notre ère",
           "avant j.-c."],
    "ad": ["apr. j.-c.", "ap. j.-c.", "après jésus-christ", "de notre ère"],
    "today": ["aujourd'hui", "ce jour", "ce matin", "ce soir", "cet après-midi", "cette nuit"],
    "yesterday": ["hier"], "tomorrow": ["demain"], "before_yesterday": ["avant-hier"],
    "after_tomorrow": ["après-demain"], "now": ["maintenant"],
    "vague": {"quelques": 3},
    "same_period": ["la même période", "même période", "la période correspondante"],
    "season": {"printemps": "spring", "automne": "autumn", "hiver": "winter"},
    "summer": {"été": "summer"},
    "day_unit": ["jour", "jours", "journée"], "week_unit": ["semaine", "semaines"],
    "month_unit": ["mois"], "quarter_unit": ["trimestre", "trimestres"],
    "year_unit": ["année", "années"], "an": ["an", "ans"],
    "half_unit": ["semestre", "semestres", "moitié"],
    "fortnight_unit": ["quinzaine"],
    "weekend_unit": ["week-end", "weekend", "fin de semaine"],
    "decade_unit": ["décennie", "décennies"], "century_unit": ["siècle", "siècles"],
    "quarter_name": ["t", "q"], "half_name": ["s", "h"],
    "decade_s": ["s "],
    "clock": ["h", "heures", "heure", "am", "pm"],
    "quantity": ["personnes", "millions", "milliards", "cas", "euros", "dollars", "fois", "voix",
                 "membres", "participants", "pays", "hommes", "femmes", "délégués", "soldats",
                 "pour cent", "habitants", "entreprises", "tonnes", "doses", "km", "kg"],
    "ratio": ["score", "ratio", "rapport de", "environ", "près de", "tél", "n", "numéro", "phase",
              "version", "victoire", "plus de", "moins de"],
}  # fmt: skip
LEXICON = lexicon(_ENTRIES, accents_optional=True)
