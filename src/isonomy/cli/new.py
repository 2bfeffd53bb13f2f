"""`isonomy new DIR`: founds an organisation in a folder, from a model or a rulebook file.

Lives here: choosing the text, the organisation's name in it, and telling what to do next. Not here: the
founding itself (`chamber.founding`, `adapters.folder`), the rulebook's form (`rulebook`).

Invariant: it asks nothing; the folder appears whole, with one entry at least, or not at all.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from isonomy.adapters.key_files import MemberKey

DEFAULT_MODEL = "association"
NAME_LENGTH_MAX = 200
RULEBOOK_SIZE_MAX = 1024 * 1024

EXAMPLE = """example:
  isonomy new branch
  isonomy new branch --name "Riverside Rowing Club" --founder Ada
  isonomy new club --rulebook our-rules.md --origin records.example.org/club
  isonomy new club --rulebook our-rules.md --founder "Ada Example" --opening balance.json --dry-run
"""


def register(subparsers: Any) -> None:
    """Adds the verb `new` to the command line."""
    parser = subparsers.add_parser(
        "new",
        help="found an organisation in a new folder",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder to make; an empty one will do")
    text = parser.add_mutually_exclusive_group()
    text.add_argument("--model", metavar="NAME", help=f"a rulebook that comes with the program ({DEFAULT_MODEL})")
    text.add_argument("--rulebook", metavar="FILE", help="a rulebook of your own; - reads standard input")
    parser.add_argument("--name", help="the organisation's name, in place of the one in the rulebook")
    parser.add_argument("--founder", metavar="NAME", help="the founder's name; kept beside the record, for members")
    parser.add_argument(
        "--origin", metavar="O", help="the record's name for ever, such as the address it is published at"
    )
    parser.add_argument("--opening", metavar="FILE", help="the body exists: its opening balance, a JSON file")
    parser.add_argument("--dry-run", action="store_true", help="with --opening: try all of it and keep nothing")
    parser.add_argument("--json", action="store_true", help="what was founded, as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Founds the organisation and says what to do next."""
    from isonomy.adapters.folder import FOUNDER_KEY, found_folder
    from isonomy.adapters.key_files import read_key
    from isonomy.chamber.founding import with_front

    folder = new_folder(args.folder)
    text, source = _text(args.model, args.rulebook)
    name = _check_name(args.name, "--name") if args.name is not None else ""
    founder = _check_name(args.founder, "--founder") if args.founder is not None else ""
    if name:
        text = with_front(text, "organisation", name)
    if args.opening is not None:
        return _open(args, folder, text, source, founder)
    if args.dry_run:
        raise BadInput(
            "a founding without an opening balance is not tried", "--dry-run", "leave it out, or give --opening"
        )
    try:
        answers = found_folder(folder, text, origin=_check_origin(args.origin), founder_name=founder)
    except BadInput as fault:
        raise _in_source(fault, source) from fault
    key = read_key(folder / FOUNDER_KEY)
    _tell(args, _facts(args, key, answers[0].entry["act"], source, founder, len(answers)))
    return 0


def _open(args: argparse.Namespace, folder: Path, text: str, source: str, founder: str) -> int:
    """Founds an existing body with its opening balance, aside; the folder appears when all of it was accepted."""
    import shutil
    from secrets import token_hex

    from isonomy.adapters.durable import disk, flush_folder
    from isonomy.adapters.folder import FOUNDER_KEY, found_folder
    from isonomy.adapters.key_files import read_key
    from isonomy.cli.opening import enter, founding_of, read_balance

    if not founder:
        raise BadInput(
            "an opening balance is entered by somebody in its list of members",
            "--founder",
            'add --founder "Ada Example"',
        )
    balance = read_balance(args.opening)
    opening = founding_of(balance, founder)
    aside = folder.with_name(f".{folder.name}.{token_hex(6)}.new")
    try:
        try:
            answers = found_folder(
                aside, text, origin=_check_origin(args.origin), founder_name=founder, opening=opening
            )
        except BadInput as fault:
            raise _in_source(fault, source) from fault
        parts = enter(aside, balance, founder, args.opening)
        facts = _facts(args, read_key(aside / FOUNDER_KEY), answers[0].entry["act"], source, founder, len(answers))
        facts |= {"entries": len(answers) + len(parts) - 1, "parts": parts, "dry_run": args.dry_run}
        if not args.dry_run:
            with disk(folder):
                aside.rename(folder)
                flush_folder(folder.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _tell(args, facts)
    return 0


def _facts(
    args: argparse.Namespace, key: MemberKey, founded: dict[str, Any], source: str, founder: str, entries: int
) -> dict[str, Any]:
    """What was founded, as data."""
    from isonomy.adapters.folder import FOUNDER_KEY

    return {
        "folder": args.folder,
        "name": founded["name"],
        "origin": key.log,
        "vkey": founded["vkey"],
        "rulebook": source,
        "sha256": founded["sha256"],
        "time_zone": founded["time_zone"],
        "founder": key.person,
        "founder_name": founder,
        "key_file": f"{args.folder.rstrip('/')}/{FOUNDER_KEY}",
        "seats": [mandate["seat"] for mandate in founded.get("mandates", ())],
        "entries": entries,
    }


def _tell(args: argparse.Namespace, facts: dict[str, Any]) -> None:
    if args.json:
        from isonomy.cli.printing import print_json

        print_json(facts)
    else:
        _show(facts)


def new_folder(given: str) -> Path:
    """The folder as an absolute path; raises `BadInput` for what cannot become one."""
    from pathlib import Path

    if not given or "\0" in given:
        raise BadInput("the folder has no name", "DIR", "isonomy new branch")
    folder = Path(given).absolute()
    if folder == Path.cwd() or folder.name in ("", ".."):
        raise BadInput("an organisation gets a folder of its own", given, "name a new one: isonomy new branch")
    if folder.is_dir() and any(folder.iterdir()):
        if (folder / "record.sqlite").exists():
            raise BadInput("there is an organisation in this folder already", given, f"isonomy state {given} shows it")
        raise BadInput("this folder is not empty", given, "choose a new folder")
    if folder.exists() and not folder.is_dir():
        raise BadInput("this is a file, not a folder", given, "choose a new folder")
    if not folder.parent.is_dir():
        raise BadInput("the folder it is to lie in is not there", given, f"mkdir -p {folder.parent}")
    return folder


def _text(model: str | None, file: str | None) -> tuple[str, str]:
    """The rulebook's text and where it comes from."""
    from isonomy.cli.models import model_file
    from isonomy.cli.reading import read_file

    if file is None:
        path = model_file(model or DEFAULT_MODEL)
        name = f"{path.parent.name}/{path.name}"
        return read_file(str(path), RULEBOOK_SIZE_MAX).decode("utf-8"), name
    data = read_file(file, RULEBOOK_SIZE_MAX)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n"), file
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise BadInput("not UTF-8 text", f"{file}:{line}", "save the file as UTF-8") from fault


def _check_name(name: str, option: str) -> str:
    if not name.strip() or not name.isprintable() or len(name) > NAME_LENGTH_MAX:
        raise BadInput("a name is one line of 1 to 200 characters", option, f'write {option} "Riverside Example"')
    return name.strip()


def _check_origin(origin: str | None) -> str:
    if origin is None:
        return ""
    wrong = not origin or len(origin) > NAME_LENGTH_MAX or not origin.isprintable() or set(origin) & set(" +")
    if wrong or "://" in origin or origin.endswith("/"):
        cure = "write it as records.example.org/club: no scheme, no space, no plus, no slash at the end"
        raise BadInput("this cannot be the name of a record", "--origin", cure)
    return origin


def _in_source(fault: BadInput, source: str) -> BadInput:
    """A fault of the rulebook with the file's name in place of the general one."""
    where = fault.where.replace("rulebook.md", source, 1) if fault.where.startswith("rulebook.md") else fault.where
    return BadInput(fault.what, where, fault.cure)


def _show(facts: dict[str, Any]) -> None:
    from isonomy.cli.printing import heading, say

    folder = facts["folder"]
    if facts.get("dry_run"):
        heading(f"{facts['name']} would be founded; nothing was kept.")
        say(*_parts_said(facts))
        return
    heading(f"{facts['name']} is founded.")
    say(
        f"  folder    {folder}",
        f"  record    {facts['origin']}",
        f"  rulebook  {facts['rulebook']}",
        f"  founder   {facts['founder_name'] or facts['founder']}"
        + (f", {' and '.join(facts['seats'])}" if facts["seats"] else ""),
        f"  key       {facts['key_file']} (it signs the founder's acts: keep it, show it to nobody)",
        *_parts_said(facts),
        "",
        "Next:",
        f"  isonomy state {folder}          what there is",
        f"  isonomy due {folder}            what the rules ask of whom, and by when",
        f"  isonomy serve {folder}          in the browser; it prints the founder's first sign-in",
        f"  isonomy key {folder} ben.key    a key for another member, and how to admit them",
        f"  isonomy act {folder} FILE       acts, one JSON object a line",
    )


def _parts_said(facts: dict[str, Any]) -> list[str]:
    """The parts of an opening balance, and what they wait for."""
    parts = facts.get("parts")
    if not parts:
        return []
    said = [f"  {part['part']:<9} {part['count']:>5}  {part['kind']}, from {part['source']}" for part in parts]
    waits = "until the supreme body has approved it, the roll is kept and that meeting is called, and nothing else"
    return ["", f"The opening balance has {len(parts)} parts; {waits}.", *said]
