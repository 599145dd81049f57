"""German: the words of its dates."""

from __future__ import annotations

from webwatch.languages import DateWords, Language

part = Language(
    code="de",
    dates=DateWords(
        months={
            **dict.fromkeys(("januar", "janner", "jan"), 1),
            **dict.fromkeys(("februar", "feb"), 2),
            **dict.fromkeys(("marz", "maerz", "mar", "mrz"), 3),
            **dict.fromkeys(("april", "apr"), 4),
            "mai": 5,
            **dict.fromkeys(("juni", "jun"), 6),
            **dict.fromkeys(("juli", "jul"), 7),
            **dict.fromkeys(("august", "aug"), 8),
            **dict.fromkeys(("september", "sept", "sep"), 9),
            **dict.fromkeys(("oktober", "okt"), 10),
            **dict.fromkeys(("november", "nov"), 11),
            **dict.fromkeys(("dezember", "dez"), 12),
        },
        weekdays={
            **dict.fromkeys(("montag", "mon", "mo"), 0),
            **dict.fromkeys(("dienstag", "die", "di"), 1),
            **dict.fromkeys(("mittwoch", "mit", "mi"), 2),
            **dict.fromkeys(("donnerstag", "don", "do"), 3),
            **dict.fromkeys(("freitag", "fre", "fr"), 4),
            **dict.fromkeys(("samstag", "sonnabend", "sam", "sa"), 5),
            **dict.fromkeys(("sonntag", "son", "so"), 6),
        },
        days={"heute": 0, "gestern": -1, "vorgestern": -2},
        units={
            **dict.fromkeys(("sekunde", "sekunden", "sek", "s"), 1),
            **dict.fromkeys(("minute", "minuten", "min"), 60),
            **dict.fromkeys(("stunde", "stunden", "std", "uhr", "h"), 3_600),
            **dict.fromkeys(("tag", "tage", "tagen"), 86_400),
            **dict.fromkeys(("woche", "wochen"), 604_800),
            **dict.fromkeys(("monat", "monate", "monaten"), 2_592_000),
            **dict.fromkeys(("jahr", "jahre", "jahren"), 31_536_000),
        },
        ago=frozenset({"vor", "her", "zuvor"}),
        one=frozenset({"ein", "eine", "einem", "einen", "einer"}),
        now=frozenset(
            {"gerade eben", "soeben", "gerade", "eben gerade", "vor wenigen sekunden", "vor ein paar sekunden"}
            | {"vor weniger als einer minute", "vor einem moment", "vor einem augenblick"}
        ),
        filler=frozenset(
            {"am", "ca", "den", "der", "erstellt", "etwa", "fast", "geschrieben", "gegen", "rund", "um", "und"}
            | {"ungefahr", "uber", "verfasst", "veroffentlicht", "von"}
        ),
    ),
)
