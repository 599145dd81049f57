"""French: the words of its dates."""

from __future__ import annotations

from webwatch.languages import DateWords, Language

part = Language(
    code="fr",
    dates=DateWords(
        months={
            **dict.fromkeys(("janvier", "janv", "jan"), 1),
            **dict.fromkeys(("fevrier", "fevr", "fev"), 2),
            **dict.fromkeys(("mars", "mar"), 3),
            **dict.fromkeys(("avril", "avr"), 4),
            "mai": 5,
            "juin": 6,
            **dict.fromkeys(("juillet", "juil"), 7),
            **dict.fromkeys(("aout", "aou"), 8),
            **dict.fromkeys(("septembre", "sept", "sep"), 9),
            **dict.fromkeys(("octobre", "oct"), 10),
            **dict.fromkeys(("novembre", "nov"), 11),
            **dict.fromkeys(("decembre", "dec"), 12),
        },
        weekdays={
            **dict.fromkeys(("lundi", "lun"), 0),
            **dict.fromkeys(("mardi", "mar"), 1),
            **dict.fromkeys(("mercredi", "mer"), 2),
            **dict.fromkeys(("jeudi", "jeu"), 3),
            **dict.fromkeys(("vendredi", "ven"), 4),
            **dict.fromkeys(("samedi", "sam"), 5),
            **dict.fromkeys(("dimanche", "dim"), 6),
        },
        days={"aujourd'hui": 0, "hier": -1, "avant-hier": -2},
        units={
            **dict.fromkeys(("seconde", "secondes", "sec", "s"), 1),
            **dict.fromkeys(("minute", "minutes", "min", "mn"), 60),
            **dict.fromkeys(("heure", "heures", "h"), 3_600),
            **dict.fromkeys(("jour", "jours", "j"), 86_400),
            **dict.fromkeys(("semaine", "semaines"), 604_800),
            "mois": 2_592_000,
            **dict.fromkeys(("an", "ans", "annee", "annees"), 31_536_000),
        },
        ago=frozenset({"il y a"}),
        one=frozenset({"un", "une"}),
        now=frozenset(
            {"a l'instant", "il y a un instant", "il y a quelques secondes", "il y a quelques instants"}
            | {"il y a moins d'une minute"}
        ),
        filler=frozenset({"a", "le", "du", "de", "et", "environ", "er", "poste", "publie", "ecrit", "vers", "presque"}),
    ),
)
