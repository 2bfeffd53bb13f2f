"""`isonomy new DIR --opening FILE`: an existing body is founded with its opening balance, whole or not at all.

Lives here: reading the file and its lists, and the acts they become. Not here: founding (`new`, `adapters.folder`), judging
(`engine`: docs/spec/acts-opening.md).

Invariant: everything is tried in a folder aside, act by act, as `decide` judges it; only when all of it was accepted does the
folder appear. A dry run is the same without the last step. Persons are named in the lists as in the list of members.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput, did_you_mean

if TYPE_CHECKING:
    from isonomy.chamber.founding import OpeningFounding

FILE_SIZE_MAX = 20_000_000
AT_ONCE = 80
"""So many members or mandates make one part: an entry has room for them."""
LISTS = {
    "units": (("unit", "kind", "since"), ("within", "name", "source")),
    "members": (("name", "since"), ("class", "unit", "person", "source")),
    "mandates": (("person", "seat", "since"), ("until", "source")),
    "motions": (("body", "matter", "text", "mover", "moved_on"), ("seconders", "amount", "source")),
    "decisions": (("seat", "matter", "text", "taken_on"), ("amount", "source")),
}
"""The keys of the file's lists: those needed and those that may stand there; columns, where the list is a CSV file."""


@dataclass(slots=True)
class Listed:
    """One item of a list: its cells as texts, and where it stands."""

    cells: dict[str, str]
    where: str


@dataclass(slots=True)
class Balance:
    """An opening balance as it was read: its general source and its lists, with random ids for its persons by name."""

    source: str
    lists: dict[str, list[Listed]]
    ids: dict[str, str] = field(default_factory=dict)

    def founder(self, name: str) -> Listed:
        """The row of the founder in the list of members; raises `BadInput` where there is not exactly one."""
        found = [row for row in self.lists["members"] if row.cells["name"] == name]
        if len(found) != 1:
            many = "stands several times in" if found else "is not in"
            raise BadInput(
                f"the founder '{name[:60]}' {many} the list of members", "--founder", "name one who enters the balance"
            )
        return found[0]


def read_balance(given: str) -> Balance:
    """The balance that a file describes; raises `BadInput` with the place."""
    from isonomy.cli.reading import read_file

    try:
        raw = json.loads(read_file(given, FILE_SIZE_MAX).decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise BadInput(f"this is not JSON: {fault}", given, "see docs/reference/cli/new.md for its form") from fault
    if not isinstance(raw, dict):
        raise BadInput("an opening balance is a JSON object", given, 'write {"source": ..., "members": ...}')
    for key in raw:
        if key not in ("source", *LISTS):
            raise BadInput(f"'{key[:40]}' is not known", given, did_you_mean(key, ["source", *LISTS]))
    source = raw.get("source")
    if not isinstance(source, str) or not source.strip():
        raise BadInput("it is not said from what the balance is taken", f"{given}: source", 'add "source"')
    lists = {name: list(_listed(raw.get(name, []), name, given)) for name in LISTS}
    return Balance(source, lists)


def _listed(value: Any, name: str, given: str) -> Iterator[Listed]:
    """The items of a list, or of the CSV file it names, which lies beside the balance."""
    from isonomy.cli.reading import read_file

    if isinstance(value, str):
        path = Path(given).parent / value if given != "-" else Path(value)
        yield from _rows(read_file(str(path), FILE_SIZE_MAX), name, str(path))
        return
    if not isinstance(value, list):
        raise BadInput(f"'{name}' is a list, or the name of a CSV file", f"{given}: {name}", "write [...]")
    for place, item in enumerate(value):
        where = f"{given}: {name}[{place}]"
        if not isinstance(item, dict) or not all(isinstance(cell, str | int | list) for cell in item.values()):
            raise BadInput("an item is an object of texts", where, "write {...}")
        cells = {key: ";".join(map(str, cell)) if isinstance(cell, list) else str(cell) for key, cell in item.items()}
        yield _checked(cells, name, where)


def _rows(data: bytes, name: str, file: str) -> Iterator[Listed]:
    try:
        lines = data.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as fault:
        raise BadInput("not UTF-8 text", file, "save the list as CSV in UTF-8") from fault
    mark = max(",;\t", key=(lines[0] if lines else "").count)
    reader = csv.DictReader(lines, delimiter=mark, strict=True)
    try:
        for row in reader:
            where = f"{file}:{reader.line_num}"
            if None in row or None in row.values():
                raise BadInput("this row has more or fewer cells than the first line", where, "check the separators")
            cells = {key.strip().lower(): cell.strip() for key, cell in row.items() if cell.strip()}
            if cells:
                yield _checked(cells, name, where)
    except csv.Error as fault:
        raise BadInput(f"this is not CSV: {fault}", f"{file}:{reader.line_num}", "check the quotation marks") from fault


def _checked(cells: dict[str, str], name: str, where: str) -> Listed:
    needed, may = LISTS[name]
    for key in cells:
        if key not in needed + may:
            raise BadInput(f"'{key[:40]}' is not known in {name}", where, did_you_mean(key, [*needed, *may]))
    for key in needed:
        if not cells.get(key, "").strip():
            raise BadInput(f"'{key}' is missing", where, f"every item of {name} says {', '.join(needed)}")
    return Listed(cells, where)


# -- the acts ----------------------------------------------------------------------------------------------


def founding_of(balance: Balance, founder: str) -> OpeningFounding:
    """What the founding says of the balance: source, units, and the founder's own row."""
    from isonomy.chamber.founding import OpeningFounding

    row = balance.founder(founder).cells
    units = tuple(
        {key: item.cells[key] for key in ("unit", "kind", "since", "within", "name") if item.cells.get(key)}
        for item in balance.lists["units"]
    )
    return OpeningFounding(balance.source, units, row["since"], row.get("class", ""), row.get("unit", ""))


def acts_of(
    balance: Balance, founder: str, founder_id: str, draw: Iterable[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The acts that enter the balance after its founding, each with the place of its first item; `draw` gives ids."""
    ids = iter(draw)
    members = balance.lists["members"]
    for row in members:
        name = row.cells.get("person") or row.cells["name"]
        if name in balance.ids:
            raise BadInput(
                f"'{name[:60]}' stands twice in the list of members", row.where,
                "give one of them a person's id in a column 'person'",
            )  # fmt: skip
        own = founder_id if row.cells["name"] == founder else row.cells.get("person") or next(ids)
        balance.ids[name] = own
    others = [row for row in members if row.cells["name"] != founder]
    yield from _parts(balance, "members", others, _member)
    yield from _parts(balance, "mandates", balance.lists["mandates"], _mandate)
    for kind, making in (("motion", _motion), ("decision", _decision)):
        for item in balance.lists[f"{kind}s"]:
            act = {"act": "opening.enter", "source": item.cells.get("source", balance.source)}
            yield item.where, act | {kind: making(balance, item)}


def _parts(balance: Balance, kind: str, items: list[Listed], making: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Items of one source after the other, so many to a part."""
    sources = dict.fromkeys(item.cells.get("source", balance.source) for item in items)
    for source in sources:
        own = [item for item in items if item.cells.get("source", balance.source) == source]
        for first in range(0, len(own), AT_ONCE):
            part = own[first : first + AT_ONCE]
            made = [making(balance, item) for item in part]
            yield part[0].where, {"act": "opening.enter", "source": source, kind: made}


def _id(balance: Balance, name: str, where: str) -> str:
    if name not in balance.ids:
        raise BadInput(
            f"'{name[:60]}' is not in the list of members", where, did_you_mean(name, list(balance.ids)[:2000])
        )
    return balance.ids[name]


def _picked(item: Listed, *keys: str) -> dict[str, Any]:
    return {key: item.cells[key] for key in keys if item.cells.get(key)}


def _amount(item: Listed) -> dict[str, int]:
    text = item.cells.get("amount", "")
    if text and not (text.isascii() and text.isdecimal()):
        raise BadInput(f"'{text[:20]}' is not a whole number", item.where, "write the amount in minor units")
    return {"amount": int(text)} if text else {}


def _member(balance: Balance, item: Listed) -> dict[str, Any]:
    name = item.cells["name"]
    made = {"person": _id(balance, item.cells.get("person") or name, item.where)} | _picked(item, "since", "unit")
    made |= {"member_class": item.cells["class"]} if item.cells.get("class") else {}
    return made | {"name": {"value": name, "audience": "members"}}


def _mandate(balance: Balance, item: Listed) -> dict[str, Any]:
    return {"person": _id(balance, item.cells["person"], item.where)} | _picked(item, "seat", "since", "until")


def _motion(balance: Balance, item: Listed) -> dict[str, Any]:
    made = _picked(item, "body", "matter", "text", "moved_on") | {
        "mover": _id(balance, item.cells["mover"], item.where)
    }
    others = [
        _id(balance, name.strip(), item.where) for name in item.cells.get("seconders", "").split(";") if name.strip()
    ]
    return made | ({"seconders": others} if others else {}) | _amount(item)


def _decision(balance: Balance, item: Listed) -> dict[str, Any]:
    return _picked(item, "seat", "matter", "text", "taken_on") | _amount(item)


# -- entering them -----------------------------------------------------------------------------------------


def enter(folder: Path, balance: Balance, founder: str, file: str) -> list[dict[str, Any]]:
    """Enters the balance in a folder that was founded for it; the parts made. Raises `BadInput` at the first refusal."""
    from isonomy.adapters.folder import FOUNDER_KEY
    from isonomy.adapters.key_files import read_key
    from isonomy.adapters.system import SystemEntropy
    from isonomy.chamber.founding import draw_person
    from isonomy.cli.submitting import opened_for

    entropy = SystemEntropy()
    draw = (draw_person(entropy) for _ in iter(int, 1))
    acts = list(acts_of(balance, founder, read_key(folder / FOUNDER_KEY).person, draw))
    parts = [{"part": "op-0", "kind": "founders", "source": balance.source, "count": 1 + len(balance.lists["units"])}]
    with opened_for(str(folder), [], file) as work:
        for number, reply in work.replies((place, act) for place, (_, act) in enumerate(acts)):
            where = acts[number][0]
            if isinstance(reply, BadInput):
                raise BadInput(reply.what, where, reply.cure)
            if not reply.is_accepted:
                ground = reply.refusal["grounds"][0]
                clause = f"clause {ground['clause']}: " if ground["clause"] else ""
                told = ", ".join(f"{key}: {value}" for key, value in ground["facts"].items())
                raise BadInput(f"{clause}{ground['says']}" + (f" ({told})" if told else ""), where, ground["cure"])
            made = next(effect for effect in reply.entry["effects"] if effect["effect"] == "opening.entered")
            count = len(made["things"])
            parts.append({"part": made["part"], "kind": made["kind"], "source": made["source"], "count": count})
    return parts
