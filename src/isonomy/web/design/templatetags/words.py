"""Words for templates: dates with their weekday, seats by their titles, members by their names, clauses as links.

Lives here: tags and filters that every template may use (they are built in). Not here: sentences about acts
(`engine.explain`).

Invariant: a tag shows what the viewer may see and escapes it; what is unknown is shown as its id, never guessed.
"""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from isonomy.engine.sentences import Speaker
from isonomy.engine.words import capital, meeting_of, say_time, title_of
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import days_between, parse_date

register = template.Library()
PERSON = re.compile(r"\bp-[a-z0-9]{4,32}\b")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d(T\d\d:\d\d)?\b")


@register.simple_tag(takes_context=True)
def person(context: Any, id: str, link: bool = True) -> SafeString | str:
    """A member by name as the viewer may see it, linked to the member's page."""
    if not id:
        return ""
    viewer = context["viewer"]
    name = viewer.name(id)
    shown = name
    href = address_of("member", id) if link and viewer.is_member else ""
    return format_html('<a href="{}">{}</a>', href, shown) if href else shown


@register.simple_tag(takes_context=True)
def seat(context: Any, name: str, link: bool = True) -> SafeString | str:
    """A body or office by its title, linked to its page."""
    if not name:
        return ""
    standing = context["standing"]
    shown = title_of(standing.rulebook if standing.edition else None, name, standing.state.units)
    href = address_of("seat", name) if link and context["viewer"].is_member else ""
    return format_html('<a href="{}">{}</a>', href, shown) if href else shown


@register.simple_tag(takes_context=True)
def unit(context: Any, id: str, link: bool = True) -> SafeString | str:
    """A unit by its name, linked to its page."""
    found = context["standing"].state.units.get(id)
    named = found is not None and isinstance(found.name, str) and found.name
    shown = found.name if named else worded(id).capitalize()
    href = address_of("unit", id) if link and found is not None and context["viewer"].is_member else ""
    return format_html('<a href="{}">{}</a>', href, shown) if href else shown


@register.simple_tag
def clause(id: str) -> SafeString | str:
    """A clause as a link into the rulebook; the form of acts has no clause."""
    if not id or id == "form":
        return ""
    href = address_of("clause", id)
    label = _("clause %(id)s") % {"id": id}
    return format_html('<a class="clause" href="{}">{}</a>', href, label) if href else label


@register.simple_tag
def entry(number: int | str) -> SafeString | str:
    """An entry of the record as a link."""
    if number in ("", None):
        return ""
    href = address_of("entry", number)
    label = _("entry %(number)s") % {"number": number}
    return format_html('<a class="receipt" href="{}">{}</a>', href, label) if href else label


@register.simple_tag(takes_context=True)
def can_sign(context: Any) -> bool:
    """Whether the viewer has a passkey that signs acts here."""
    from isonomy.web.passkeys import signing_keys

    return bool(signing_keys(context["viewer"]))


@register.simple_tag
def page_link(name: str, id: str, text: str, length: int = 0) -> SafeString | str:
    """A link to the page of that name about a thing (`id` "" for a page about none), the bare text where there is none."""
    shown = " ".join(str(text).split())
    shown = shown[: length - 1].rstrip() + "…" if length and len(shown) > length else shown
    href = address_of(name, id) if id else address_of(name)
    return format_html('<a href="{}">{}</a>', href, shown) if href else shown


@register.filter
def civil(text: str) -> SafeString | str:
    """A date or civil time with its weekday, as an HTML time."""
    if not text:
        return ""
    try:
        return format_html('<time datetime="{}">{}</time>', str(text)[:16], say_time(str(text)))
    except BadInput:
        return str(text)


@register.simple_tag(takes_context=True)
def days_from_today(context: Any, day: Any) -> str:
    """How far a day is from today: `today`, `tomorrow`, `in 5 days`, `3 days ago`."""
    found = parse_date(str(day)[:10])
    away = days_between(context["standing"].day, found)
    if away == 0:
        return _("today")
    if away in (1, -1):
        return _("tomorrow") if away == 1 else _("yesterday")
    return _("in %(days)s days") % {"days": away} if away > 0 else _("%(days)s days ago") % {"days": -away}


@register.simple_tag(takes_context=True)
def named(context: Any, text: str) -> str:
    """A sentence of the engine with the names, as the viewer may see them, in the place of persons' ids."""
    viewer = context["viewer"]
    return PERSON.sub(lambda found: viewer.name(found.group()), str(text))


@register.simple_tag(takes_context=True)
def meeting_link(context: Any, id: str) -> SafeString | str:
    """A meeting by its title as a link: `Members' meeting`, `Meeting of the committee`."""
    standing = context["standing"]
    meeting = standing.state.meetings.get(id)
    if meeting is None:
        return id
    title = title_of(standing.rulebook if standing.edition else None, meeting.body, standing.state.units)
    shown = capital(meeting_of(title, "").strip().removeprefix("the "))
    return page_link("meeting", id, shown)


@register.filter
def entry_of_tags(tags: str) -> str:
    """The entry number a notice carries in its tags."""
    return next((tag.removeprefix("entry-") for tag in (tags or "").split() if tag.startswith("entry-")), "")


@register.filter
def worded(slug: str) -> str:
    """A matter or kind in words: `policy papers`."""
    return str(slug).replace("-", " ")


@register.simple_tag(takes_context=True)
def matter(context: Any, name: str) -> str:
    """A matter as members say it: `Election of the committee`."""
    standing = context["standing"]
    rulebook = standing.rulebook if standing.edition else None
    return capital(Speaker(standing.state, rulebook, "", {}).matter(name))


@register.filter
def isoday(day: Any) -> str:
    """A date as the record writes it: `2027-03-06`."""
    return day.isoformat() if hasattr(day, "isoformat") else str(day)


_LAPSED = re.compile(r"\brecord it with meeting\.lapse\b")
_ACT = re.compile(r" (?:with [a-z]+\.[a-z]+|\([a-z]+\.[a-z]+ on [a-z-]+(, [a-z ]+)?\))(?![\w.])")
"""An act by its name, as cures at the command line say it; on a page the words beside it and a button are enough."""


@register.filter
def spoken(text: str) -> str:
    """A cure or demand with its dates as people say them, and without the names of acts."""
    whole = _LAPSED.sub("record that it did not take place", str(text))
    whole = _ACT.sub(lambda found: found.group(1) or "", whole)
    return _DAY.sub(lambda found: said(found.group()), whole)


@register.filter
def said(value: Any) -> str:
    """A fact of a refusal as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(said(item) for item in value) or _("nothing")
    if isinstance(value, dict):
        return "; ".join(f"{key}: {said(item)}" for key, item in value.items())
    text = str(value)
    try:
        return say_time(text) if len(text) in (10, 16) and text[4:5] == "-" else text
    except BadInput:
        return text


@register.simple_tag(takes_context=True)
def here(context: Any, prefix: str) -> SafeString | str:
    """`aria-current` for the menu entry that the page belongs to."""
    path = context["request"].path
    is_here = path == prefix if prefix == "/" else path.startswith(prefix)
    return mark_safe('aria-current="page"') if is_here else ""


def address_of(name: str, *args: Any) -> str:
    """The address of a page by its name, "" where this site has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
