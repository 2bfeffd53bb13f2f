"""What blocks may not say together: seats that cannot be filled, quorums never met, ties resolved twice,
two heirs to the rest.

Lives here: the checks across the keys of a block and across blocks. Not here: single values (`readings`),
the words (`lint`), and whether a rulebook can be captured (the checker).

Invariant: an error here is a rulebook that the engine could not obey; what it can obey but members may not
have meant is a warning or a note.
"""

from __future__ import annotations

from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Count
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.consistency_of_elections import examine_election
from isonomy.rulebook.consistency_of_meetings import examine_motions, examine_sittings
from isonomy.rulebook.findings import ERROR, NOTE, WARNING, Notebook
from isonomy.rulebook.from_surface import Built
from isonomy.rulebook.model import EVERYTHING_ELSE, MEMBERS, Body, Filled, Office, Procedure, Rulebook
from isonomy.rulebook.provision import PROVISIONS
from isonomy.rulebook.readings_of_powers import examine_power

_DAYS = {"day": 1, "week": 7, "month": 28, "year": 365}


def examine_consistency(built: Built, notes: Notebook) -> None:
    """Writes down every contradiction between keys and between blocks."""
    book = built.rulebook
    for (kind, name), reader in built.readers.items():
        if kind in ("body", "office"):
            seat = book.bodies.get(name) if kind == "body" else book.offices.get(name)
            if seat is not None and seat.place.line == reader.place.line:
                _seat(seat, reader, book)
        elif kind in ("decision", "election", "amend"):
            procedure = book.procedures.get(name)
            if procedure is not None and procedure.place.line == reader.place.line:
                _procedure(procedure, reader, book)
                examine_motions(procedure, reader, book)
        elif kind == "unit":
            _unit(name, reader, book)
        elif kind == "power":
            power = book.powers.get(name)
            if power is not None and power.place.line == reader.place.line:
                examine_power(power, reader, book)
        elif (examine := PROVISIONS[kind].examine if kind in PROVISIONS else None) is not None:
            block = book.provisions.get(kind, {}).get(name)
            if block is not None and block.place.line == reader.place.line:
                examine(block, reader, book)
    _whole(built, notes)


def _unit(name: str, reader: BlockReader, book: Rulebook) -> None:
    seen, kind = {name}, book.units[name].within
    while kind in book.units and kind not in seen:
        seen.add(kind)
        kind = book.units[kind].within
    if kind in seen:
        reader.contradiction("within", f"a {name} lies within itself", "let one kind of unit lie within organisation")


def _seat(seat: Body | Office, reader: BlockReader, book: Rulebook) -> None:
    way = seat.filled or Filled("")
    what = f"'{seat.name}'"
    if way.way == "all members":
        for key in ("term", "removable by", "seats"):
            if reader.has(key):
                reader.contradiction(
                    key, f"{what} is filled by all members and has '{key}'", "leave one of the two out"
                )
        if isinstance(seat, Office):
            reader.contradiction("filled by", f"the office {what} is filled by all members", "an office has one holder")
        elif bool(seat.in_each) != bool(way.unit_kind) or seat.in_each != way.unit_kind:
            cure = f"write all members of the {seat.in_each}" if seat.in_each else "write all members"
            reader.contradiction("filled by", f"{what} stands {_stands(seat)} and is filled by other members", cure)
    if way.way == "ex officio":
        for key in ("term", "removable by"):
            if reader.has(key):
                cure = "leave it out: such a mandate follows the office"
                reader.contradiction(key, f"{what} is filled by holders of offices and has '{key}'", cure)
        if seat.name in way.offices:
            reader.contradiction("filled by", f"{what} is filled by its own holder", "name another way")
    if way.apportioned is not None and reader.has("seats"):
        reader.contradiction("seats", f"{what} has its number of seats from the delegation", "leave one of the two out")
    if way.way == "lot" and isinstance(seat, Body) and seat.seats is None:
        reader.contradiction(
            "filled by", f"{what} is filled by lot and has no number of seats", "add the line seats: 5"
        )
    if way.way == "delegation" and isinstance(seat, Office):
        reader.contradiction("filled by", f"the office {what} is filled by delegation", "an office has one holder")
    if way.way == "election" and way.by != MEMBERS:
        by = book.bodies.get(way.by)
        if by and by.in_each and by.in_each != seat.in_each:
            cure = f"write delegation from each {by.in_each}, 2 seats"
            reader.contradiction(
                "filled by", f"'{by.name}' stands in each {by.in_each}; which of them elects is not said", cure
            )
    if isinstance(seat, Body):
        _body(seat, reader)
        examine_sittings(reader)


def _stands(seat: Body | Office) -> str:
    return f"in each {seat.in_each}" if seat.in_each else "once in the organisation"


def _body(body: Body, reader: BlockReader) -> None:
    if body.supreme and body.in_each:
        reader.contradiction("filled by", f"'{body.name}' is supreme and stands in each {body.in_each}", "choose one")
    if body.name == MEMBERS and (body.filled is None or body.filled.way != "all members"):
        reader.contradiction("filled by", "a body named 'members' is filled by all members", "give it another name")
    least = body.quorum.quantity if body.quorum else None
    if isinstance(least, Count) and body.seats is not None and least.value > body.seats:
        what = f"a quorum of {least} can never be met by {body.seats} seats"
        reader.contradiction("quorum", what, "lower the quorum or add seats")
    for demand in body.meets.on_demand:
        if demand.called_within and demand.held_within and _days(demand.called_within) > _days(demand.held_within):
            what = f"a meeting on demand is held within {demand.held_within}, before it must be called"
            reader.contradiction("meets", what, "let 'held within' be the longer time")
    if not reader.has("notice"):
        for key in ("notice served", "short notice"):
            if reader.has(key):
                reader.contradiction(key, f"'{key}' stands without 'notice'", "add the line notice: ...")


def _days(duration: Duration) -> int:
    return duration.number * _DAYS[duration.unit]


def _procedure(procedure: Procedure, reader: BlockReader, book: Rulebook) -> None:
    what = f"'{procedure.name}'"
    if procedure.casting_vote:
        if procedure.kind == "election":
            reader.contradiction("casting vote", "an election has no casting vote", "write tie: lot")
        elif procedure.secrecy == "secret":
            reader.contradiction("casting vote", "a secret ballot has no casting vote", "leave one of the two out")
        if procedure.tie != "casting vote":
            reader.contradiction(
                "tie", f"'tie: {procedure.tie}' stands beside a casting vote", "leave one of the two out"
            )
    elif procedure.tie == "casting vote":
        cure = "add the line casting vote: OFFICE, only vote"
        reader.contradiction("tie", "a tie goes to a casting vote that nobody has", cure)
    if reader.has("polling") and procedure.taken != "poll":
        reader.contradiction("polling", "'polling' stands without 'taken: by poll'", "add the line taken: by poll")
    if procedure.kind == "election" and procedure.fills:
        _election(procedure, reader, book)
        examine_election(procedure, reader, book)
    if procedure.by in book.bodies and book.bodies[procedure.by].in_each and procedure.kind == "amend":
        reader.contradiction("by", f"{what} is decided in each unit apart", "name a body of the whole organisation")


def _election(procedure: Procedure, reader: BlockReader, book: Rulebook) -> None:
    seat = book.seat(procedure.fills)
    if seat is None or seat.filled is None:
        return
    way = seat.filled
    if way.way not in ("election", "delegation"):
        what = f"'{seat.name}' is filled by {way.way}, not by election (line {seat.place.line_of('filled by')})"
        reader.contradiction("by", what, "make both blocks say the same")
    elif way.way == "election" and procedure.by and procedure.by != way.by:
        by = book.bodies.get(procedure.by)
        everybody = by is not None and by.filled is not None and by.filled.way == "all members"
        if not (way.by == MEMBERS and everybody):
            line = seat.place.line_of("filled by")
            what = f"'{seat.name}' is filled by election by {way.by} (line {line}), not {procedure.by}"
            reader.contradiction("by", what, "make both blocks say the same")
    elif way.way == "delegation" and procedure.by:
        by = book.bodies.get(procedure.by)
        if by is not None and by.in_each != way.unit_kind:
            what = f"the delegates come from each {way.unit_kind}; '{procedure.by}' stands elsewhere"
            reader.contradiction("by", what, "name the body in each unit that elects them")


def _whole(built: Built, notes: Notebook) -> None:
    book = built.rulebook
    supreme = [body for body in book.bodies.values() if body.supreme]
    for body in supreme[1:]:
        what = f"a second supreme body (the first is '{supreme[0].name}', line {supreme[0].place.line})"
        notes.add("contradiction", what, body.place.line, body.place.clause, "let one body be supreme")
    amendments = [found for found in book.procedures.values() if found.kind == "amend"]
    for second in amendments[1:]:
        what = f"a second amend block (the first is on line {amendments[0].place.line})"
        notes.add("second-block", what, second.place.line, second.place.clause, "a rulebook is amended in one way")
    for body in book.bodies.values():
        if body.filled and body.filled.way == "delegation":
            electing = [other for other in book.bodies.values() if other.in_each == body.filled.unit_kind]
            if not electing:
                kind = body.filled.unit_kind
                what = f"no body stands in each {kind} that could elect the delegates of '{body.name}'"
                line = body.place.line_of("filled by")
                cure = f"add a block: ```rule body NAME, in each {body.filled.unit_kind}"
                notes.add("no-elector", what, line, body.place.clause, cure, WARNING)
    # Where a block could not be read, what seems to be lacking may stand in it.
    readable = not any(found.severity == ERROR for found in notes.findings)
    _residual(book, notes, readable)
    if book.bodies and readable and not supreme:
        first = next(iter(book.bodies.values()))
        what, cure = "no body is marked supreme", "write supreme after the name of the highest body"
        notes.add("no-supreme", what, first.place.line, first.place.clause, cure, NOTE)
    if book.bodies and readable and not amendments:
        what, cure = (
            "no amend block: by its blocks this rulebook can never be changed",
            "add a block: ```rule amend NAME",
        )
        notes.add("no-amendment", what, 1, "", cure, NOTE)


def _residual(book: Rulebook, notes: Notebook, readable: bool) -> None:
    """Whatever no clause gives to another belongs to one body: two would conflict, none leaves a gap."""
    holders: dict[str, tuple[int, str]] = {}
    for body in book.bodies.values():
        if EVERYTHING_ELSE in body.decides:
            holders.setdefault(body.name, (body.place.line_of("decides"), body.place.clause))
    for procedure in book.procedures.values():
        if EVERYTHING_ELSE in procedure.matters:
            holders.setdefault(procedure.by, (procedure.place.line_of("matters"), procedure.place.clause))
    names = list(holders)
    for name in names[1:]:
        line, clause = holders[name]
        what = f"'{name}' decides everything else, and so does '{names[0]}' (line {holders[names[0]][0]})"
        notes.add("contradiction", what, line, clause, "give it to one of them")
    if book.bodies and readable and not names:
        first = next(iter(book.bodies.values()))
        what = "no body decides everything else: a matter that no clause names can be decided by nobody"
        cure = "add to the highest body: decides: everything else"
        severity = NOTE if book.front.is_paraphrase else WARNING
        notes.add("no-residual", what, first.place.line, first.place.clause, cure, severity)
