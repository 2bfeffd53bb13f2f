"""`isonomy state DIR`: members by unit, bodies and offices with their mandates, what is under way.

Lives here: which instant is looked at, and printing. Not here: what the state holds (`overview`, `engine`).

Invariant: it reads and changes nothing, and can be run beside the writer. Names are shown where their values
are kept in the folder; `--at` shows the record as it stood, from the entries up to then alone.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isonomy.chamber.reader import Reader
    from isonomy.engine.state import State

PERSONS_SHOWN_MAX, OPEN_SHOWN_MAX = 30, 40
TEXT_SHOWN_MAX = 60

EXAMPLE = """example:
  isonomy state branch
  isonomy state branch --at 2027-03-05T18:00:00Z
  isonomy state branch --at 2027-03-05 --json     (at the end of that day)
"""


def register(subparsers: Any) -> None:
    """Adds the verb `state` to the command line."""
    parser = subparsers.add_parser(
        "state",
        help="members by unit, bodies and mandates, what is under way",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("--at", metavar="INSTANT", help="an instant in UTC, or a date (now)")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the overview."""
    from isonomy.adapters.folder import reading
    from isonomy.cli.overview import overview
    from isonomy.cli.printing import print_json, warn
    from isonomy.cli.reading import organisation_folder

    with reading(organisation_folder(args.folder)) as reader:
        state, day = state_at(reader, args.at)
        found = overview(state, day, names_of(reader))
        fault = reader.contradiction
    if args.json:
        print_json(found)
    else:
        _show(found)
    return warn(fault)


def state_at(reader: Reader, at: str | None) -> tuple[State, str]:
    """The state as of an instant or the end of a date, and the civil date there; raises `BadInput`."""
    from isonomy.adapters.system import SystemClock, SystemZone
    from isonomy.engine.apply import apply
    from isonomy.engine.state import State
    from isonomy.kernel.bad_input import BadInput
    from isonomy.kernel.calendar import parse_date, parse_instant

    zone = SystemZone()
    if at is None:
        state = reader.state
        return state, zone.local(max(SystemClock().now(), state.at), state.time_zone or "UTC")[:10]
    is_date = len(at) == 10
    if is_date:
        parse_date(at, "--at")
    else:
        parse_instant(at, "--at")
    state = State()
    for entry in reader.entries():
        if (entry["local"][:10] > at) if is_date else (entry["at"] > at):
            break
        apply(state, entry)
    if not state.founded:
        first = next(reader.entries(), None)
        since = (first["local"][:10] if is_date else first["at"]) if first else "never"
        raise BadInput("nothing was founded here yet", "--at", f"the first entry was made at {since}")
    return state, at if is_date else zone.local(at, state.time_zone)[:10]


def names_of(reader: Reader) -> Any:
    """Looks up the name behind a commitment, "" where its value is not kept (any more)."""
    from isonomy.kernel.bad_input import BadInput
    from isonomy.record.commitment import read_seal

    def name_of(sealed: Any) -> str:
        try:
            kept = reader.stores.values.get(read_seal(sealed))
        except BadInput:
            return ""
        return kept.opening.value or "" if kept is not None else ""

    return name_of


def _show(found: dict[str, Any]) -> None:
    from isonomy.cli.printing import heading, say, show_table

    edition = found["edition"]
    heading(f"{found['organisation']}, {found['day']}")
    if found["kind"] == "history":
        say("  a history: its acts are reported")
    say(f"  founded {found['founded_on']}; {found['entries']} entries, the last at {found['last_entry_at']}")
    if edition is None:
        say("  no edition of the rulebook is in force")
    else:
        say(f"  rulebook: edition {edition['edition']}, {edition['status']}, in force from {edition['in_force_from']}")
    for emergency in (each for each in found["emergencies"] if each["in_force"]):
        say(
            f"  EMERGENCY in force since {emergency['since']} ({emergency['fact']}), through {emergency['until']} at the latest"
        )
    names = {person["person"]: person["name"] for person in found["members"]["persons"]}
    _show_members(found["members"], found["units"])
    say("")
    heading("Bodies and offices")
    show_table(("seat", "held by", "since", "until"), list(_seat_rows(found["seats"], names)))
    _show_powers(found)
    _show_orders(found)
    _show_budgets(found["budgets"])
    say("")
    heading("Under way")
    under_way = found["open"]
    if not under_way:
        say("  nothing; acts open it")
    show_table(
        ("id", "what", "in", "stands", "about"),
        [
            (item["id"], item["kind"], item["seat"], item["stands"], _cut(item["about"]))
            for item in under_way[:OPEN_SHOWN_MAX]
        ],
    )
    if len(under_way) > OPEN_SHOWN_MAX:
        say(f"  and {len(under_way) - OPEN_SHOWN_MAX} more; --json lists them")


def _show_orders(found: dict[str, Any]) -> None:
    """Orders from outside, ids that are one person, members to be assigned: only where there are any."""
    from isonomy.cli.printing import heading, say, show_table

    if found["orders"]:
        say("")
        heading("Orders from outside")
        rows = [
            (each["order"], each["effect"], each["concerns"], each["standing"], _cut(each["authority"]))
            for each in found["orders"]
        ]
        show_table(("order", "effect", "on", "stands", "of"), rows)
    if found["joinings"]:
        say("")
        heading("One person under two ids")
        joined = [(each["joining"], each["kept"], each["joined"], each["standing"]) for each in found["joinings"]]
        show_table(("joining", "kept", "joined", "stands"), joined)
    if found["to_assign"]:
        say("")
        say(f"  to be assigned, their unit being split: {', '.join(each['person'] for each in found['to_assign'])}")


def _show_powers(found: dict[str, Any]) -> None:
    """What was handed over and is in force, and what offices decided alone: only where there is any."""
    from isonomy.cli.printing import heading, say, show_table

    handed = [each for each in found["delegations"] if each["in_force"]]
    if handed:
        say("")
        heading("Handed over")
        columns = ("id", "matter", "by", "to", "until", "decision")
        show_table(
            columns,
            [
                (each["delegation"], each["matter"], each["by"], each["to"], each["until"], each["decision"])
                for each in handed
            ],
        )
    if found["decided_alone"]:
        say("")
        heading("Decided alone")
        show_table(
            ("office", "power", "decisions", "amount", "counts today"), list(_alone_rows(found["decided_alone"])),
            right=("decisions", "amount"),
        )  # fmt: skip


def _show_budgets(budgets: list[dict[str, Any]]) -> None:
    """The heads of each year's budget with what is left of them; nothing where there is none."""
    from isonomy.cli.printing import heading, say, show_table

    for budget in budgets:
        say("")
        heading(f"Budget of {budget['year']} ({', '.join(budget['decisions'])}); accounts: {budget['accounts']}")
        figures = ("decided", "spent", "proposed", "left")
        rows = [(head["head"], *(f"{head[key]:,}" for key in figures)) for head in budget["heads"]]
        show_table(("head", *figures), rows, right=figures)


def _alone_rows(held: list[dict[str, Any]]) -> Any:
    for each in held:
        limits = [
            f"{limit['count']}{', ' + str(limit['amount']) if limit['amount'] else ''} of {limit['limit']}"
            for limit in each["limits"]
        ]
        yield each["seat"], each["power"], each["count"], each["amount"] or "-", "; ".join(limits) or "-"


def _show_members(members: dict[str, Any], units: list[dict[str, Any]]) -> None:
    from isonomy.cli.printing import heading, say, show_table

    say("")
    heading(f"Members: {members['count']}")
    if units:
        kinds = {unit["unit"]: unit["kind"] for unit in units}
        by_unit = members["by_unit"]
        rows = [(unit, kind, by_unit.get(unit, 0)) for unit, kind in kinds.items()]
        rows += [("(none)", "", count) for unit, count in by_unit.items() if not unit]
        show_table(("unit", "kind", "members"), rows, right=("members",))
    if members["by_standing"]:
        say(f"  by standing: {', '.join(f'{count} {name}' for name, count in members['by_standing'].items())}")
    if members["count"] > PERSONS_SHOWN_MAX:
        say(f"  {', '.join(f'{count} {name}' for name, count in members['by_class'].items())}; --json lists them")
        return
    show_table(
        ("person", "name", "class", "since"),
        [
            (person["person"], person["name"] or "-", person["class"] or "-", person["admitted_on"])
            for person in members["persons"]
        ],
    )  # fmt: skip


def _seat_rows(seats: list[dict[str, Any]], names: dict[str, str]) -> Any:
    for seat in seats:
        if seat.get("all_members"):
            yield seat["title"], f"all members: {seat['members']}", "", ""
            continue
        shown = seat["title"] + (f" ({seat['seats']} seats, {seat['vacant']} vacant)" if "seats" in seat else "")
        for mandate in seat["holders"]:
            held = names.get(mandate["person"]) or mandate["person"]
            yield shown, held, mandate["since"], mandate["until"] or "-"
            shown = ""
        if not seat["holders"]:
            yield shown, "nobody", "", ""


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= TEXT_SHOWN_MAX else plain[: TEXT_SHOWN_MAX - 3] + "..."
