"""Figures in the words of a sentence: a decimal that a member reads, and the exact value beside it.

Lives here: how a fraction is said. Not here: figures in tables and in the trace, which are exact texts (`parameters`).

Invariant: a decimal that is not exact says "about", and the exact value stands beside it unless it would fill a line;
then the trace has it.
"""

from __future__ import annotations

from fractions import Fraction

from isonomy.counting.parameters import in_places

PLACES, EXACT_PLACES, PLACES_MAX = 4, 6, 30
EXACT_MAX = 15
"""A longer fraction says nothing to a reader."""


def in_words(figure: int | Fraction | str) -> str:
    """A figure for a sentence: `12`, `2.5`, `about 0.3333 (1/3)`; a text that is no fraction stays as it is.

    Decimals are rounded half up, to four places behind the point or, of a small figure, to four that tell something.
    """
    if isinstance(figure, str):
        over, slash, under = figure.partition("/")
        if not (slash and over.isdigit() and under.isdigit() and int(under)):
            return figure
        figure = Fraction(int(over), int(under))
    figure = Fraction(figure)
    for places in range(EXACT_PLACES + 1):
        if (figure * 10**places).denominator == 1:
            return in_places(int(figure * 10**places), places)
    places = PLACES
    while figure * 10 ** (places - PLACES + 1) < 1 and places < PLACES_MAX:
        places += 1
    units = Fraction(10**places) * figure
    shown = in_places((2 * units.numerator + units.denominator) // (2 * units.denominator), places)
    told = f"{figure.numerator}/{figure.denominator}"
    return f"about {shown}" if len(told) > EXACT_MAX else f"about {shown} ({told})"
