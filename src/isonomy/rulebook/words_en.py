"""English: the words by which clauses say numbers, shares, durations, recurrences, days and the telling signs.

Lives here: data. Not here: how it is applied (`words`), what must agree (`lint`).

Invariant: every entry is a way in which rules are really written; an entry that is too wide hides a
difference, one that is missing raises a false alarm, and the trials in tests/rulebook/trials show both.
"""

from __future__ import annotations

from isonomy.kernel.calendar import MONTHS, WEEKDAYS
from isonomy.rulebook.language import Language

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_UNIT = "(days?|weeks?|months?|years?|fortnights?)"
_FULL = "(?:calendar |consecutive |full |whole |complete )?"
_EACH = "(?:every|each|per)"
_DAY = "(?:(\\d+)(?:st|nd|rd|th)?|(20|30)? ?(ORDINAL))"

ENGLISH = Language(
    numbers={word: at for at, word in enumerate(_NUMBERS, 1)},
    tens={word: 10 * at for at, word in enumerate(_TENS, 2)},
    scales={"dozen": 12, "hundred": 100, "thousand": 1000},
    joins_scale="and",
    articles=("a", "an"),
    determiners=("the", "its", "their", "each", "every", "a", "an"),
    ordinals={**{word: at for at, word in enumerate(_ORDINALS, 1)}, "thirtieth": 30, "last": -1},
    parts={
        "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
        "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
        "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "twelfth": 12, "twelfths": 12, "fifteenth": 15,
        "fifteenths": 15, "twentieth": 20, "twentieths": 20, "fiftieth": 50, "hundredth": 100,
    },
    multiples={"both": 2, "twice": 2, "double": 2, "pair": 2, "thrice": 3},
    months=MONTHS,
    weekdays=tuple(day.lower() for day in WEEKDAYS),
    units={
        "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month",
        "year": "year", "years": "year", "fortnight": "fortnight", "fortnights": "fortnight",
    },
    intervals={
        "annual": (1, "year"), "annually": (1, "year"), "yearly": (1, "year"), "biennial": (2, "year"),
        "biennially": (2, "year"), "triennial": (3, "year"), "triennially": (3, "year"), "half yearly": (6, "month"),
        "quarterly": (3, "month"), "monthly": (1, "month"), "fortnightly": (2, "week"), "weekly": (1, "week"),
        "daily": (1, "day"), "every quarter": (3, "month"), "each quarter": (3, "month"),
        "every half year": (6, "month"), "every fortnight": (2, "week"), "each fortnight": (2, "week"),
        "twice a year": (6, "month"), "twice each year": (6, "month"), "twice every year": (6, "month"),
        "twice in each year": (6, "month"), "twice in every year": (6, "month"), "twice yearly": (6, "month"),
        "every year": (1, "year"), "each year": (1, "year"), "once a year": (1, "year"), "per year": (1, "year"),
    },
    whole=("all", "every", "unanimous", "unanimously", "unanimity", "everybody", "everyone"),
    more_than_half=("majority", "more than half", "more than 1 half", "more votes for than against", "most votes"),
    bases={
        "cast": ("cast", "vote", "voting", "voter"),
        "present": ("present", "attending", "attend", "attendance", "there", "meeting"),
        "entitled": ("entitled", "eligible", "member", "roll", "right"),
        "seats": ("seat", "member", "whole", "all", "delegate"),
    },
    signs={
        "secret": ("secret", "secretly", "secrecy"),
        "by show of hands": ("hand",),
        "lot": ("lot", "draw", "drawn"),
        "casting vote": ("casting", "second vote", "additional vote", "break a tie", "tie"),
        "countback": ("countback", "count back", "counted back", "counted again", "recount"),
        "by-election": ("by election", "new election", "elected anew", "another election"),
        "left vacant": ("vacant", "empty", "unfilled"),
        "uncontested": (
            "uncontested", "unopposed", "without a poll", "without a ballot", "no poll", "no ballot", "elected at once",
            "no more candidate than", "as many candidate as",
        ),
        "overturned": ("overturn", "overturned", "overrule", "overruled", "fall", "set aside"),
        "re-open": ("re open", "reopen"),
        "furthest first": ("furthest", "farthest"),
        "those present": ("those present", "those who are present", "whoever is present", "any number", "whoever come"),
        "everything else": (
            "everything", "whatever", "anything", "all else", "all other", "every other", "any other", "the rest",
            "any business", "any matter", "any question",
            "remaining",
        ),
    },
    endings=(("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("ies", "y"), ("s", "")),
    unchanged_endings=("ss", "us", "is"),
    clause_reference=r"(?:clause|section|article|paragraph|rule)",
    patterns={
        # one group a number, then the unit; two numbers where the words give a choice
        "duration": (
            rf"(\d+) (clear )?{_FULL}{_UNIT}( clear)?\b",
            rf"\b(?:a|an) (clear )?{_FULL}(day|week|month|year|fortnight)()\b",
        ),
        "durations": (rf"(\d+) (?:to|or|and) (\d+) (clear )?{_FULL}{_UNIT}\b",),
        "half a year": (r"\b(?:half a year|a half year|1 half year)\b",),
        "interval": (
            rf"\b(?:every|each|once in|once in every|once in each|once per|once every) (?:period of )?(\d+) {_UNIT}\b",
            rf"\b{_EACH} (?:single )?(?:calendar |financial |fiscal )?(day|week|month|year)\b",
            r"\b(?:once|1 time) (?:in )?(?:a|an) (?:calendar )?(day|week|month|year)\b",
        ),
        "nth interval": (
            r"\bevery (other|alternate|second|2nd|third|3rd|fourth|4th|fifth|5th) (day|week|month|year)\b",
        ),
        "times a year": (rf"(\d+) times (?:a|in a|in each|in every|{_EACH}) year\b",),
        "day of month": (
            rf"\b{_DAY} (?:day )?(?:of )?MONTH\b(?: \d\d\d\d\b)?",
            rf"\bMONTH (?:the )?{_DAY}\b(?: \d\d\d\d\b)?",
        ),
        "weekday of month": (r"\b(first|second|third|fourth|last) (WEEKDAY) (?:of|in) (?:every |each )?MONTH\b",),
        "share of": (r"(\d+) (?:out of|in|of) (?:every |each )?(\d+)\b",),
        "percent": (r"(\d+(?:\.\d+)?) ?(?:%|percent\b|per cent\b|per centum\b)",),
        "ratio": (r"(\d+) to (\d+)\b", r"(\d+) times\b()"),
        "root": (r"(?:times |of )*(?:the )?square root",),
        "twice as many": (r"\b(twice|thrice|double)\b",),
    },
)  # fmt: skip
