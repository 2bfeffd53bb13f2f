"""A list of members in CSV: its rows, what is wrong with each, and the acts that admit them.

Lives here: reading the list, examining its rows against the members that are there, the fate of a row. Not here: handing the
acts in (the command line, the pages), who may admit (`engine`).

Invariant: every row is told its fate, by its line; a row whose name is that of a member, or of a row before it, is skipped
and said so, so that a list can be imported again. A bad row does not stop the next one.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from isonomy.chamber.answers import Reply
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.kernel.ids import is_person_id
from isonomy.rulebook.counted_codes import CountedCode

ROWS_MAX = 2_000_000
COLUMNS = ("name", "class", "unit", "person", "key", "address")
"""`address` is where a member is invited to sign in; it goes into no act. Any other column is a coded fact."""
NAME_LENGTH_MAX = 300
ADMITTED, SKIPPED, REFUSED, BAD = "admitted", "skipped", "refused", "bad"


@dataclass(slots=True)
class Row:
    """A row of the list: its line, its cells by column, and what is to become of it."""

    line: int
    cells: dict[str, str]
    person: str = ""
    fate: str = ""
    says: str = ""
    cure: str = ""
    entry: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The row's fate as data; keys are only ever added."""
        return {
            "line": self.line, "name": self.cells.get("name", ""), "fate": self.fate, "person": self.person,
            "entry": self.entry, "says": self.says, "cure": self.cure,
        }  # fmt: skip

    def mark_bad(self, says: str, cure: str) -> None:
        """Gives the row up: what is wrong with it and what to do."""
        self.fate, self.says, self.cure = BAD, says, cure


def read_rows(data: bytes, name: str, codes: Collection[str] = ()) -> Iterator[Row]:
    """The rows of a list; columns are parted by comma, semicolon or tab, as its first line shows.

    `codes` are the kinds of coded facts that the rulebook in force counts; each may be a column.
    Raises `BadInput` for a file that is no such list at all.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput("this is UTF-16 text", name, "save the list as CSV in UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise BadInput("not UTF-8 text", f"{name}:{line}", "save the list as CSV in UTF-8") from fault
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=mark, strict=True)
    columns: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not columns:
                columns = _columns(cells, name, (*COLUMNS, *codes))
            elif any(cell.strip() for cell in cells):
                yield _row(cells, columns, line)
            line = reader.line_num + 1
            if line > ROWS_MAX:
                raise BadInput(f"the list has more than {ROWS_MAX:,} lines", name, "divide it")
    except csv.Error as fault:
        raise BadInput(f"this is not CSV: {fault}", f"{name}:{reader.line_num}", "check the quotation marks") from fault
    if not columns:
        raise BadInput("the list is empty", name, "begin it with the line: name")


def _columns(cells: list[str], name: str, known: Collection[str]) -> list[str]:
    found = [cell.strip().lower() for cell in cells]
    for column in found:
        if column not in known:
            cure = did_you_mean(column, list(known))
            raise BadInput(f"the column '{column[:40]}' is not known", f"{name}:1", cure)
        if found.count(column) > 1:
            raise BadInput(f"the column '{column}' stands twice", f"{name}:1", "keep one of them")
    if "name" not in found:
        raise BadInput(
            "there is no column 'name'", f"{name}:1", "begin the list with a line of columns: name,class,unit"
        )
    return found


def _row(cells: list[str], columns: list[str], line: int) -> Row:
    row = Row(line, {column: cell.strip() for column, cell in zip(columns, cells, strict=False)})
    if len(cells) != len(columns):
        row.mark_bad(f"{len(cells)} cells where the first line has {len(columns)}", "check the separators")
        return row
    name = row.cells["name"]
    if not name or len(name) > NAME_LENGTH_MAX or not name.isprintable():
        row.mark_bad(f"a name has 1 to {NAME_LENGTH_MAX} characters on one line", "write the member's name")
    return row


def check_codes(rows: Iterable[Row], known: Iterable[CountedCode]) -> None:
    """Gives up rows whose coded fact is none that a clause counts; an empty cell states nothing."""
    for row in rows:
        for one in known:
            given = row.cells.get(one.kind, "")
            if given and given not in one.codes and not row.fate:
                listed = " or ".join(one.codes)
                row.mark_bad(f"no clause counts '{given[:40]}' as {one.kind}", f"write {listed}, or leave it empty")


def examine_rows(
    rows: Iterable[Row], state: State, name_of: Callable[[Any], str], draw: Callable[[Row], str], today: str = ""
) -> None:
    """Gives rows their ids (`draw`); finds bad cells, members that are there already, and rows that stand twice.

    `name_of` looks up the name behind a commitment, "" where it is not kept; `today` is the civil date (that of the last
    entry where it is left out).
    """
    day = today or state.today
    there: dict[str, str] = {}
    for person in state.persons.values():
        if person.name and person.is_member_on(day) and (name := name_of(person.name)):
            there.setdefault(name, f"{person.id} is a member of this name")
    for row in rows:
        given = row.cells.get("person", "")
        if row.fate:
            continue
        if given and not is_person_id(given):
            row.mark_bad(f"'{given[:40]}' is not a person's id", "write it as p-7q2k, or leave it empty")
        elif given in state.persons:
            row.fate, row.person, row.says = SKIPPED, given, "there is a person of this id"
        elif not given and row.cells["name"] in there:
            row.fate, row.says = SKIPPED, there[row.cells["name"]]
            row.cure = "if this is another person, give the row an id of its own in a column 'person'"
        else:
            row.person = given or draw(row)
            there.setdefault(row.cells["name"], f"line {row.line} has this name")


def acts_of_row(row: Row, decision: str | None) -> list[dict[str, Any]]:
    """The admission of a row, and the enrolment of its key where it has one."""
    admit: dict[str, Any] = {
        "act": "member.admit",
        "person": row.person,
        "name": {"value": row.cells["name"], "audience": "members"},
    }
    for column, key in (("class", "member_class"), ("unit", "unit")):
        if row.cells.get(column):
            admit[key] = row.cells[column]
    if codes := {kind: cell for kind, cell in row.cells.items() if kind not in COLUMNS and cell}:
        admit["codes"] = codes
    if decision:
        admit["decision"] = decision
    acts = [admit]
    if row.cells.get("key"):
        acts.append({"act": "key.enrol", "person": row.person, "key": row.cells["key"]})
    return acts


def tell(row: Row, reply: Reply) -> None:
    """The fate of a row from the reply to one of its acts; the first that is not accepted counts."""
    if row.fate in (BAD, REFUSED):
        return
    if isinstance(reply, BadInput):
        row.mark_bad(reply.what, reply.cure)
    elif not reply.is_accepted:
        ground = reply.refusal["grounds"][0]
        clause = f"clause {ground['clause']}: " if ground["clause"] else ""
        row.fate, row.says, row.cure = REFUSED, f"{clause}{ground['says']}", ground["cure"]
    elif not row.fate:
        row.fate, row.entry = ADMITTED, int(reply.entry["n"])
