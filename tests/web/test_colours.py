"""Colours: every pair that text is shown in has the contrast of WCAG 2.2, in light, in the dark and in print."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from tests.web.site import CHECKOUT

TOKENS = (CHECKOUT / "src/isonomy/web/design/static/design/tokens.css").read_text("utf-8")
TEXT, LARGE_OR_PART = 4.5, 3.0
PAIRS = [
    ("ink", "ground", 7.0), ("ink", "paper", 7.0), ("ink", "sunk", 7.0),  # the text of the law: AAA
    ("ink", "accent-sunk", 7.0), ("ink", "warning-sunk", 7.0),
    ("ink-soft", "ground", TEXT), ("ink-soft", "paper", TEXT), ("ink-soft", "sunk", TEXT),
    ("ink-soft", "accent-sunk", TEXT), ("ink-soft", "warning-sunk", TEXT),
    ("accent", "ground", TEXT), ("accent", "paper", TEXT), ("accent", "sunk", TEXT), ("accent", "accent-sunk", TEXT),
    ("accent", "warning-sunk", TEXT), ("accent-ink", "accent", TEXT),
    ("warning", "ground", TEXT), ("warning", "paper", TEXT), ("warning", "warning-sunk", TEXT),
    ("ground", "warning", TEXT),
    ("rule-strong", "ground", LARGE_OR_PART), ("rule-strong", "paper", LARGE_OR_PART),
    ("focus", "ground", LARGE_OR_PART), ("focus", "paper", LARGE_OR_PART),
]  # fmt: skip


def _tokens(scheme: str) -> dict[str, str]:
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", TOKENS.partition("@media")[0]))
    if scheme == "light":
        return light
    marks = {"dark": "prefers-color-scheme: dark", "print": "@media print"}
    block = TOKENS.partition(marks[scheme])[2].partition("\n}")[0]
    return light | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert Fraction(contrast("#000000", "#ffffff")).limit_denominator(1000) == 21


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str, least: float) -> None:
    tokens = _tokens(scheme)
    assert contrast(tokens[text], tokens[ground]) >= least, (tokens[text], tokens[ground])
