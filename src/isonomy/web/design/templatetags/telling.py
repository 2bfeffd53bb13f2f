"""Sentences of the engine on pages: with names for persons, days as people say them, and things as links in words.

Lives here: `telling` and `thing`. Not here: the sentences (`engine.explain`, the grounds of refusals), words for single things
(`words`).

Invariant: what is not a known kind of id stays as it was written; all else is escaped. A link leads where the viewer may look:
strangers are led to the entry, which is public.
"""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from isonomy.web.design.templatetags.words import PERSON, address_of, spoken

register = template.Library()
TITLE_MAX = 90
_QUOTED = re.compile(r'("[^"]*")')
_PERSONS = re.compile(rf'"(?:{PERSON.pattern}(?:; )?)+"')
_UNIT = re.compile(r"\bof ([a-z0-9]+(?:-[a-z0-9]+)*)\b")
KINDS = {
    "mt": ("meeting", gettext_lazy("meeting %(number)s")),
    "mo": ("motion", gettext_lazy("motion %(number)s")),
    "am": ("", gettext_lazy("amendment %(number)s")),
    "po": ("poll", gettext_lazy("poll %(number)s")),
    "de": ("decision", gettext_lazy("decision %(number)s")),
    "ca": ("demand", gettext_lazy("demand %(number)s")),
    "ed": ("edition", gettext_lazy("edition %(number)s")),
    "el": ("election", gettext_lazy("election %(number)s")),
    "ap": ("", gettext_lazy("appeal %(number)s")),
    "ru": ("ruling", gettext_lazy("ruling %(number)s")),
    "rp": ("", gettext_lazy("report %(number)s")),
    "cr": ("", gettext_lazy("correction %(number)s")),
    "pr": ("", gettext_lazy("protest %(number)s")),
    "op": ("opening", gettext_lazy("part %(number)s of the opening balance")),
    "ma": ("", gettext_lazy("mandate %(number)s")),
    "ct": ("criticism", gettext_lazy("criticism %(number)s")),
    "di": ("", gettext_lazy("disagreement %(number)s")),
    "co": ("commission", gettext_lazy("commission %(number)s")),
    "vi": ("", gettext_lazy("view %(number)s")),
    "em": ("powers", gettext_lazy("emergency %(number)s")),
    "dl": ("powers", gettext_lazy("delegation %(number)s")),
    "cf": ("", gettext_lazy("confirmation %(number)s")),
    "sh": ("", gettext_lazy("sharing out %(number)s")),
    "tg": ("instruction", gettext_lazy("target %(number)s")),
    "cn": ("instruction", gettext_lazy("condition %(number)s")),
    "in": ("instruction", gettext_lazy("instruction %(number)s")),
    "pe": ("removal", gettext_lazy("petition %(number)s")),
    "rv": ("removal", gettext_lazy("removal %(number)s")),
    "lo": ("", gettext_lazy("lot %(number)s")),
    "pm": ("payment", gettext_lazy("payment %(number)s")),
    "ac": ("money", gettext_lazy("accounts %(number)s")),
    "tx": ("publication", gettext_lazy("sealed text %(number)s")),
    "pb": ("publication", gettext_lazy("publication %(number)s")),
    "pp": ("publication", gettext_lazy("paper %(number)s")),
    "cs": ("publication", gettext_lazy("closed session %(number)s")),
    "st": ("", gettext_lazy("contest %(number)s")),
    "tf": ("", gettext_lazy("transfer %(number)s")),
}
"""The page of each kind of thing that an entry opens ("" where only the entry tells it), and its words."""
OF_ONE_PAGE = ("op", "em", "dl", "ac", "tx", "pb", "pp", "cs")
"""What stands with others of its kind on one page."""
_TOLD_BEFORE = (
    "meeting|motion|amendment|poll|decision|demand|edition|election|appeal|ruling|report|correction|protest|mandate|"
    "criticism|disagreement|commission|view|confirmation|lot|payment|accounts|contest|"
    "sealed text|publication|paper|closed session|removal|petition|instruction|condition|target|transfer"
)
_THING = re.compile(rf"(?:\b({_TOLD_BEFORE}) )?\b({'|'.join(KINDS)})-(\d+)((?:-\d+)?)\b")


@register.simple_tag(takes_context=True)
def thing(context: Any, id: str, link: bool = True, titled: bool = False) -> SafeString | str:
    """A thing of the record in words, linked to its page: `decision 3149`; titled by its own first words where it has any."""
    found = _THING.fullmatch(str(id))
    if found is None:
        return str(id)
    title = _title_of(context["standing"].state, str(id)) if titled else ""
    return _as_words(context, found, link, title)


def _title_of(state: Any, id: str) -> str:
    """The question of a poll, the first words of a motion or decision; "" of anything else."""
    told = state.polls[id].question if id in state.polls else ""
    for kind in (state.motions, state.decisions):
        told = kind[id].text if id in kind else told
    told = " ".join(PERSON.sub("", told).split())
    return told if len(told) <= TITLE_MAX else told[: TITLE_MAX - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


@register.simple_tag(takes_context=True)
def telling(context: Any, text: object, link: bool = True, capital: bool = False) -> SafeString:
    """A sentence of the engine as members read it; without links where it stands in a link itself.

    What stands in quotation marks is somebody's own words and stays as it was written, but for ids of persons alone.
    """
    whole = str(text)
    if capital:
        whole = whole[:1].upper() + whole[1:]
    return mark_safe("".join(
        conditional_escape(_quoted(context, part)) if part.startswith('"') else _said(context, part, link)
        for part in _QUOTED.split(whole)
    ))  # fmt: skip


def _quoted(context: Any, part: str) -> str:
    return _with_names(context.get("viewer"), part) if _PERSONS.fullmatch(part) else part


def _said(context: Any, text: str, link: bool) -> str:
    viewer, told, after = context.get("viewer"), list[str](), 0
    for found in _THING.finditer(text):
        told += [
            conditional_escape(spoken(_with_names(viewer, text[after : found.start()]))),
            _as_words(context, found, link),
        ]
        after = found.end()
    return "".join([*told, conditional_escape(spoken(_with_names(viewer, text[after:])))])


def _with_names(viewer: Any, text: str) -> str:
    if viewer is None:
        return text
    standing = getattr(viewer, "standing", None)
    if standing is not None:
        text = _UNIT.sub(lambda found: _unit_name(standing.state.units.get(found.group(1)), found.group(1)), text)
    return PERSON.sub(lambda found: viewer.name(found.group()), text)


def _unit_name(unit: Any, id: str) -> str:
    return f"of {unit.name}" if unit is not None and isinstance(unit.name, str) and unit.name else f"of {id}"


def words_of(id: str) -> str:
    """A thing of the record in plain words: `part 13 of the opening balance`; what is no such id stays as it is."""
    found = _THING.fullmatch(id)
    return str(KINDS[found.group(2)][1] % {"number": found.group(3)}) if found is not None else id


def _as_words(context: Any, found: re.Match[str], link: bool, title: str = "") -> SafeString:
    before, kind, number, part = found.groups()
    page, words = KINDS[kind]
    shown = title or (f"{before} {number}" if before else words % {"number": number})
    if not link:
        return SafeString(conditional_escape(shown))
    href = ""
    viewer = context.get("viewer")
    if page and viewer is not None and viewer.is_member:
        href = address_of(page) if kind in OF_ONE_PAGE else address_of(page, f"{kind}-{number}{part}")
    return format_html('<a href="{}">{}</a>', href or address_of("entry", number), shown)
