"""The pages of acts and the code say the same: every act, key, form, and what may be left out."""

import dataclasses
import re
import types
import typing
from pathlib import Path

import pytest

from isonomy.engine import shape
from isonomy.engine.act import ACTS, Envelope
from isonomy.engine.decide import SEMANTICS
from isonomy.engine.effect import EFFECTS

PAGES = sorted((Path(__file__).parents[2] / "docs" / "spec").glob("acts*.md"))
TEXT = "".join(page.read_text(encoding="utf-8") for page in PAGES)
FORMS = {
    shape.ActId: "act id", shape.PersonId: "person", shape.SeatName: "seat", shape.Slug: "slug",
    shape.ProceedingId: "proceeding", shape.CivilDate: "date", shape.CivilTime: "civil time", shape.Instant: "instant",
    shape.Line: "line", shape.Text: "text", shape.LongText: "long text", shape.Natural: "number", shape.Sha256: "digest",
    shape.Bytes32: "32 bytes", shape.Base64: "base64", bool: "yes or no", str: "name", typing.Any: "any",
}  # fmt: skip


def sections() -> dict[str, str]:
    """The page by heading."""
    parts = re.split(r"^## (.+)$", TEXT, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text: str) -> dict[str, tuple[str, bool]]:
    """The key table of a section: key to form and whether it may be left out."""
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("| `") else []
        if len(cells) == 4:
            found[cells[0].strip("`")] = (cells[1], cells[2] == "may be left out")
    return found


def form(kind: object) -> str:
    """A field's type in the page's words."""
    if kind in FORMS:
        return FORMS[kind]
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return form(next(argument for argument in arguments if argument is not type(None)))
    if origin is tuple:
        return f"list of {form(arguments[0])}"
    if origin is dict:
        return f"object of {form(arguments[1])}"
    return getattr(kind, "__name__", str(kind))


def fields(kind: type) -> dict[str, tuple[str, bool]]:
    """The keys of a shape as the page should list them."""
    hints = typing.get_type_hints(kind)
    return {
        shape.json_key(item.name): (
            form(hints[item.name]),
            item.default is not dataclasses.MISSING or item.default_factory is not dataclasses.MISSING,
        )
        for item in dataclasses.fields(kind)
    }


def test_every_act_has_a_section_and_every_section_an_act() -> None:
    headings = {heading for heading in sections() if re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", heading)}
    assert headings == set(ACTS)


@pytest.mark.parametrize("name", sorted(ACTS))
def test_the_page_lists_the_keys_of_each_act_with_form_and_need(name: str) -> None:
    assert rows(sections()[name]) == fields(ACTS[name].shape)


@pytest.mark.parametrize("name", sorted(ACTS))
def test_the_page_says_whether_an_act_may_be_reported(name: str) -> None:
    told = re.search(r"Reported: (yes|no)\.", sections()[name])
    assert told is not None, name
    assert (told.group(1) == "yes") == ACTS[name].reportable


def test_the_page_lists_the_envelope() -> None:
    assert rows(sections()["The envelope"]) == fields(Envelope)


def test_every_effect_is_named_on_the_page() -> None:
    assert [name for name in EFFECTS if f"`{name}`" not in TEXT] == []


def test_there_is_one_meaning_so_far() -> None:
    """A change that alters any recorded verdict gets a new number, and the old one stays runnable."""
    assert SEMANTICS == 1
