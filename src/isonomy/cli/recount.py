"""`isonomy recount DIR POLL`: counts the ballots of a poll again and holds them against what was declared.

Lives here: finding the ballots and the declaration, in a folder or an export, and printing. Not here: counting
(`counting`), the first difference to a declaration (`engine.recount`) or to another's count (`documents`).

Invariant: a lot is never drawn anew: recorded draws are used. 0 when the count agrees or nothing was declared
yet, 2 when it differs, with the first figure that does. It verifies no signature: that is `isonomy verify`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from isonomy.cli.overview import NameOf
    from isonomy.documents.count_comparison import Parting
    from isonomy.engine.recount import Differs, Recount
    from isonomy.engine.state import Poll, State
    from isonomy.record.box import Ballot

EXAMPLE = """example:
  isonomy recount branch                         (which polls there are)
  isonomy recount branch po-25
  isonomy recount public po-25 --json            (an export will do)
  isonomy recount public po-25 --compare theirs.json   (their count, as --json printed it)
  isonomy recount public po-25 --ballots po-25.blt     (for another counting program)
  isonomy recount branch po-25 --declare > declare.jsonl && isonomy act branch declare.jsonl
"""


def register(subparsers: Any) -> None:
    """Adds the verb `recount` to the command line."""
    parser = subparsers.add_parser(
        "recount",
        help="count a poll's ballots again; name the first figure that differs",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of an organisation, or an export")
    parser.add_argument("poll", metavar="POLL", nargs="?", help="the poll, such as po-25; without it polls are listed")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the count and what differs, as one JSON object")
    form.add_argument("--declare", action="store_true", help="print the act that declares this count")
    parser.add_argument(
        "--compare", metavar="FILE", help="another's count (JSON): name the first stage and cell to differ"
    )
    parser.add_argument(
        "--ballots",
        metavar="FILE",
        help="write the ballots for another counting program: .blt, .csv, .soi, .toc, .abif",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Counts again and compares."""
    from isonomy.cli.printing import print_json, say
    from isonomy.engine.recount import difference, recount

    if args.poll is None:
        return _list(args)
    state, told, entry, ballots, poll = _opened(args.folder, args.poll)
    counted = recount(state, poll, ballots, told)
    if args.ballots:
        _write_ballots(args.ballots, poll, ballots, counted)
    if args.declare:
        print_json({"act": "poll.declare", **counted.declaration(poll)})
        return 0
    differs = difference(told, counted, poll) if told is not None else None
    parting = _compared(args.compare, counted) if args.compare else None
    if args.json:
        facts = _facts(poll, counted, entry, told is not None, differs)
        print_json({**facts, "compared": _parted(parting)} if args.compare else facts)
    else:
        _show(args.folder, poll, counted, entry, told is not None, differs)
        if args.compare:
            from isonomy.documents.printable import visible

            say(visible(parting.sentence()) if parting is not None else "The count that was given is the same.")
    return 2 if differs is not None or parting is not None else 0


_SUFFIXES = {".blt": "blt", ".csv": "csv", ".abif": "abif", ".ballots": "packed"}
_PREFLIB = (".soc", ".soi", ".toc", ".toi")


def _write_ballots(name: str, poll: Poll, ballots: list[Ballot], counted: Recount) -> None:
    """The papers as a ballot file, in the format that the suffix names."""
    from dataclasses import replace
    from pathlib import Path

    from isonomy.counting import write_ballots
    from isonomy.engine.recount import profile_of

    target = Path(name)
    kind = "preflib" if target.suffix in _PREFLIB else _SUFFIXES.get(target.suffix)
    if kind is None:
        endings = ", ".join((*_SUFFIXES, *_PREFLIB))
        raise BadInput(
            f"'{target.suffix}' names no format of ballots", "--ballots", f"end the name with one of {endings}"
        )
    if target.exists():
        raise BadInput("this file is there already", name, "name another file")
    # In one order for all: that of the box is chance, and tells nothing.
    profile = profile_of(poll, sorted(ballots, key=lambda ballot: (ballot.ranks or (), str(ballot.scores))))
    profile = replace(profile, seats=counted.result.seats, title=poll.question)
    data = write_ballots(profile, kind)
    try:
        target.write_bytes(data)
    except OSError as fault:
        told = f"the ballots cannot be written: {fault.strerror or fault}"
        raise BadInput(told, name, "check the place and who may write there") from fault


def _compared(name: str, counted: Recount) -> Parting | None:
    """Where this count and the one in a file part, which may be that of `recount --json` or of `count --json`."""
    from isonomy.cli.count import read_draws_file
    from isonomy.documents.count_comparison import compare

    recorded = read_draws_file(name)
    if isinstance(recorded, dict) and isinstance(recorded.get("count"), dict):
        recorded = recorded["count"]
    try:
        return compare(counted.result, recorded)
    except BadInput as fault:
        raise fault.at(name) from fault


def _parted(parting: Parting | None) -> dict[str, Any]:
    if parting is None:
        return {"same": True, "differs": None}
    return {
        "same": False,
        "differs": {"place": parting.place, "here": parting.here, "recorded": parting.recorded},
    }


def _list(args: argparse.Namespace) -> int:
    """The polls of a record, each with where its ballots are."""
    from pathlib import Path

    from isonomy.adapters.files import ExportFolder, is_export
    from isonomy.chamber.loading import load
    from isonomy.cli.printing import print_json, say, show_table
    from isonomy.record.box import box_path

    folder = Path(args.folder)
    if args.declare or args.compare or args.ballots:
        raise BadInput("no poll is named", "POLL", f"isonomy recount {args.folder} lists the polls")
    if is_export(folder):
        read = ExportFolder(folder)
        state = load(list(_published(read)), None).state

        def is_here(poll: Poll) -> bool:
            return read(box_path(poll.id)) is not None
    else:
        from isonomy.adapters.folder import reading
        from isonomy.cli.reading import organisation_folder

        with reading(organisation_folder(args.folder)) as reader:
            state = reader.state

        def is_here(poll: Poll) -> bool:
            return True

    rows = []
    for poll in state.polls.values():
        if poll.standing == "open":
            ballots = "still open"
        elif poll.named:
            ballots = "named, in the record"
        elif not poll.box_root:
            ballots = "by show of hands"
        else:
            ballots = "here" if is_here(poll) else "withheld: for scrutineers"
        rows.append({"poll": poll.id, "question": poll.question, "rule": poll.counting, "ballots": ballots})
    if args.json:
        print_json(rows)
    elif not rows:
        say("There is no poll in this record.")
    else:
        show_table(
            ["poll", "rule", "ballots", "question"], [[r["poll"], r["rule"], r["ballots"], r["question"]] for r in rows]
        )
    return 0


Opened = tuple["State", Mapping[str, Any] | None, int | None, list["Ballot"], "Poll"]
"""The state, what was declared of the poll and by which entry, the ballots, and the poll with the names at hand."""


def _opened(given: str, poll: str) -> Opened:
    from pathlib import Path

    from isonomy.adapters.files import is_export

    if is_export(Path(given)):
        return _from_export(Path(given), poll)
    return _from_folder(given, poll)


def _from_folder(given: str, poll: str) -> Opened:
    from isonomy.adapters.folder import reading
    from isonomy.chamber.casting import paper_of
    from isonomy.cli.reading import organisation_folder
    from isonomy.cli.state import names_of

    with reading(organisation_folder(given)) as reader:
        found = _poll(reader.state, poll)
        if found.named:
            ballots = [paper_of(paper) for paper in found.named.values()]
        else:
            _check_has_box(found)
            ballots = list(reader.stores.boxes.ballots(poll))
        told, entry = _declared(reader.entries(), poll)
        return reader.state, told, entry, ballots, _named(found, reader.state, names_of(reader))


def _from_export(folder: Path, poll: str) -> Opened:
    from isonomy.adapters.files import ExportFolder
    from isonomy.chamber.casting import paper_of
    from isonomy.chamber.loading import load
    from isonomy.kernel.canonical import parse_canonical
    from isonomy.record.box import box_path, read_box

    read = ExportFolder(folder)
    entries = list(_published(read))
    state = load(entries, None).state
    found = _poll(state, poll)
    told, entry = _declared(map(parse_canonical, entries), poll)
    if found.named:
        return state, told, entry, [paper_of(paper) for paper in found.named.values()], found
    _check_has_box(found)
    path = box_path(poll)
    data = read(path)
    if data is None:
        raise BadInput(
            "the ballots of this poll are not in the export", path, "small boxes go to scrutineers only: --for body"
        )
    return state, told, entry, list(read_box(data, str(folder / path))[0]), found


def _named(poll: Poll, state: State, name_of: NameOf) -> Poll:
    """The poll with the names at hand where the paper has only the ids of persons; a count does not look at names."""
    from dataclasses import replace

    options = []
    for option in poll.options:
        known = state.persons.get(option.person) if option.name == option.person else None
        name = name_of(known.name) if known is not None and known.name else ""
        options.append(replace(option, name=name) if name else option)
    return replace(poll, options=tuple(options))


def _published(read: Any) -> Iterator[bytes]:
    """The entries of an export, as they lie there."""
    from isonomy.record.bundle import bundle_path, unpack
    from isonomy.record.tiles import width_of
    from isonomy.record.tree import TILE_WIDTH

    lines = (read("checkpoint") or b"").split(b"\n")
    if len(lines) < 4 or not lines[1].isdigit() or len(lines[1]) > 15:
        raise BadInput("this is not a checkpoint", "checkpoint", "isonomy verify tells what is wrong with the export")
    size = int(lines[1])
    for number in range(-(-size // TILE_WIDTH)):
        width = width_of(0, number, size)
        path = bundle_path(number, width)
        data = read(path)
        if data is None:
            raise BadInput("this file is missing", path, "isonomy verify tells what else is")
        try:
            yield from unpack(data, width)
        except BadInput as fault:
            raise fault.at(path) from fault


def _poll(state: State, poll: str) -> Poll:
    found = state.polls.get(poll)
    if found is None:
        raise BadInput(f"there is no poll '{poll[:40]}'", "POLL", did_you_mean(poll, list(state.polls)))
    if found.standing == "open":
        raise BadInput("the poll is open", poll, "its ballots are counted once it is closed")
    return found


def _check_has_box(poll: Poll) -> None:
    if not poll.box_root:
        raise BadInput("this poll has no ballots: it was answered by show of hands", poll.id, "see isonomy log")


def _declared(entries: Iterator[dict[str, Any]], poll: str) -> tuple[Mapping[str, Any] | None, int | None]:
    """What was declared of a poll, and the entry that did; None where nothing was."""
    from isonomy.chamber.claims import DECLARED_EFFECT, Claimed

    for entry in entries:
        for effect in entry["effects"]:
            if effect.get("effect") == DECLARED_EFFECT and effect.get("poll") == poll:
                return Claimed(entry["act"], entry["effects"]).told, int(entry["n"])
    return None, None


def _facts(
    poll: Poll, counted: Recount, entry: int | None, is_declared: bool, differs: Differs | None
) -> dict[str, Any]:
    return {
        "poll": poll.id,
        "question": poll.question,
        "declared_in": entry,
        "agrees": differs is None if is_declared else None,
        "difference": None
        if differs is None
        else {
            "key": differs.key,
            "place": place_of(differs.key, poll, counted),
            "declared": differs.declared,
            "counted": differs.counted,
        },
        "tallies": counted.tallies,
        "winner_numbers": list(counted.winners),
        "count": counted.result.to_json(),
    }


def _show(
    folder: str, poll: Poll, counted: Recount, entry: int | None, is_declared: bool, differs: Differs | None
) -> None:
    from isonomy.cli.count import show_result
    from isonomy.cli.printing import heading, say

    show_result(f"{folder}, {poll.id}", counted.result)
    say("")
    if not is_declared:
        heading(f"Nothing was declared of {poll.id} yet.")
        say(f"  isonomy recount {folder} {poll.id} --declare prints the act")
    elif differs is None:
        heading(f"It agrees with what entry {entry} declared.")
    else:
        place = place_of(differs.key, poll, counted)
        heading(f"It differs from what entry {entry} declared, first at {place}:")
        say(f"  declared  {differs.declared}", f"  counted   {differs.counted}")


def place_of(key: str, poll: Poll, counted: Recount) -> str:
    """The cell that a key path of a declaration names, in words: `stage 1, the votes of Ann`."""
    from re import findall

    names = [option.name for option in poll.options] or [poll.question]
    table, _, rest = key.removeprefix("tallies.").partition(".")
    where = [int(number) for number in findall(r"\d+", key)]
    named = [names[number - 1] for number in where if 0 < number <= len(names)]
    if table in ("first", "last") and named:
        number = 1 if table == "first" else counted.tallies["stages"]
        return f"stage {number}, the votes of {named[0]}"
    if table.startswith("matrix[") and len(where) == 2 and max(where) < len(names):
        return f"the matrix, ballots that prefer {names[where[0]]} to {names[where[1]]}"
    if table == "totals" and named:
        return f"the figure of {named[0]}"
    if table == "answers" and named:
        told = {"for": "for", "against": "against", "abstain": "abstaining"}.get(rest.partition(".")[2], "answering")
        return f"the votes {told} on {named[0]}"
    words = {
        "ballots": "the number of ballots", "valid": "the number of valid ballots", "quota": "the quota",
        "stages": "the number of stages", "winners": "those elected", "draws": "the lots that were drawn",
        "trace": "the digest of the count, while all declared figures agree",
        "for": "the votes for", "against": "the votes against", "abstain": "the abstentions", "blank": "the blank papers",
    }  # fmt: skip
    return words.get(table, key)
