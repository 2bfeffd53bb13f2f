"""The command `isonomy`: finds the verb, opens its module, and turns what goes wrong into words and a status.

Lives here: the list of verbs, reading the first word, the exit statuses, and what a person sees when input is
bad, the reader goes away, the machine refuses or the program itself is at fault. Not here: any verb (one
module each), printing (`printing`).

Invariant: 0 done, accepted or verified; 2 refused, found or not verified; 1 bad input, with place and cure in
two lines on standard error; never a traceback unless ISONOMY_DEBUG asks for one. The module of a verb is
opened only when that verb is called, and what it needs only when it runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput, did_you_mean

if TYPE_CHECKING:
    from types import TracebackType

    from isonomy.cli.parser import Parser

DONE, BAD, REFUSED = 0, 1, 2
INTERRUPTED, READER_GONE = 130, 141
"""As a shell counts a command that its signal ended: 128 and the number of the signal."""

VERBS: dict[str, str] = {
    "new": "new",
    "act": "act",
    "key": "key",
    "keys": "keys",
    "import": "importing",
    "state": "state",
    "due": "due",
    "log": "log",
    "minutes": "minutes",
    "rulebook": "rulebook",
    "check": "check",
    "count": "count",
    "recount": "recount",
    "export": "export",
    "verify": "verify",
    "receipt": "receipt",
    "serve": "serve",
    "invite": "invite",
    "remind": "remind",
    "appender": "appender",
    "backup": "backup",
    "restore": "restore",
    "requirement": "requirement",
    "doctor": "doctor",
}
"""Each verb and the module of this room it is in, in the order in which help lists them."""

ABOUT = "Lets an organisation of members run itself by its own rules, and lets anyone verify that it did."
EPILOG = """exit status:
  0  done, accepted, verified
  2  refused, or does not verify
  1  bad input; what, where and the cure are on standard error

example:
  isonomy new branch
  isonomy act branch acts.jsonl
  isonomy export branch public && isonomy verify public

isonomy VERB --help shows what a verb takes, with an example."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status; without `argv` it is the process and takes its words."""
    if argv is None:
        _take_the_process()
        argv = sys.argv[1:]
    try:
        status = _run(list(argv))
        sys.stdout.flush()
        return status
    except BadInput as fault:
        _complain(fault)
        return BAD
    except BrokenPipeError:
        _leave_quietly()
        return READER_GONE
    except KeyboardInterrupt:
        print("\nisonomy: interrupted; what was answered before stands", file=sys.stderr)
        return INTERRUPTED
    except OSError as fault:
        _complain(_refused_by_the_machine(fault))
        return BAD
    except ModuleNotFoundError as fault:
        if (fault.name or "").startswith("isonomy"):
            raise
        _complain(_not_installed(fault))
        return BAD


def _run(words: list[str]) -> int:
    first = words[0] if words else ""
    if first in VERBS:
        return _run_verb(first, words)
    if first in ("-h", "--help", "help"):
        print(_help())
        return DONE
    if first == "--version":
        from isonomy import __version__

        print(f"isonomy {__version__}")
        return DONE
    if not words:
        raise BadInput("no verb is given", "", "isonomy --help lists them; isonomy new DIR founds an organisation")
    if first.startswith("-"):
        raise BadInput(f"'{first}' stands before the verb", "", "isonomy VERB and then its options; see isonomy --help")
    raise BadInput(f"'{first}' is not a verb", "", did_you_mean(first, list(VERBS)))


def _run_verb(verb: str, words: list[str]) -> int:
    if verb == "count":
        from isonomy.cli.count_words import plain_words

        plain = plain_words(words[1:])
        if plain is not None:
            from isonomy.cli.count import run

            return run(plain)
    parser = _parser(verb)
    try:
        args, unknown = parser.parse_known_args(words)
    except SystemExit as leaving:  # --help has printed itself
        return leaving.code if isinstance(leaving.code, int) else DONE
    if unknown:
        options = [word for word in _help_of(parser, words).split() if word.startswith("--")]
        known = sorted({option.rstrip(",]") for option in options})
        cure = (
            did_you_mean(unknown[0], known)
            if unknown[0].startswith("-")
            else f"isonomy {verb} --help shows how it is used"
        )
        raise BadInput(f"'{unknown[0]}' is not known here", verb, cure)
    status: int = args.run(args)
    return status


def _help_of(parser: Parser, words: list[str]) -> str:
    """The help of the verb in `words`, without printing it."""
    import contextlib
    import io

    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.suppress(SystemExit, BadInput):
        parser.parse_known_args([word for word in words if not word.startswith("-")] + ["--help"])
    return shown.getvalue()


def _parser(verb: str) -> Parser:
    """The parser of the command with one verb: the others are not opened."""
    from isonomy.cli.parser import Parser

    parser = Parser(prog="isonomy", add_help=False)
    _open(verb, parser.add_subparsers(prog="isonomy"))
    return parser


def _open(verb: str, subparsers: Any) -> None:
    from importlib import import_module

    import_module(f"isonomy.cli.{VERBS[verb]}").register(subparsers)


class Listing:
    """Takes the place of the subparsers and keeps the verbs with what they do, one line each."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    def add_parser(self, verb: str, **options: Any) -> Parser:
        """Notes a verb; its own parser is made and forgotten."""
        from isonomy.cli.parser import Parser

        self.lines.append((verb, options["help"]))
        return Parser(prog=f"isonomy {verb}")


def _help() -> str:
    listing = Listing()
    for verb in VERBS:
        _open(verb, listing)
    verbs = "\n".join(f"  {verb:<12} {does}" for verb, does in listing.lines)
    return f"usage: isonomy VERB ...\n\n{ABOUT}\n\nverbs:\n{verbs}\n\n{EPILOG}"


def _complain(fault: BadInput) -> None:
    """What happened with its place, and the cure, in two lines on standard error."""
    from isonomy.cli.printing import complain

    complain(fault)


def _refused_by_the_machine(fault: OSError) -> BadInput:
    from isonomy.adapters.durable import fault_of

    return fault_of(fault, fault.filename or "")


def _not_installed(fault: ModuleNotFoundError) -> BadInput:
    name = (fault.name or "").partition(".")[0]
    return BadInput(
        f"the package '{name}' is not installed", "", "isonomy doctor lists what is missing and how to get it"
    )


def _leave_quietly() -> None:
    """The reader of standard output has gone: nothing more is written, and closing it says nothing."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass  # standard output is no file here


def _take_the_process() -> None:
    """Settings of the process: no name of a file can stop the printing, a fault of ours is told as one."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if not os.environ.get("ISONOMY_DEBUG"):
        sys.excepthook = _own_fault


def _own_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """One line for a fault of the program; the interpreter then ends with status 1."""
    from isonomy import __version__

    del trace
    what = " ".join(f"{kind.__name__}: {fault}".split())[:300]
    print(
        f"isonomy: this is a fault of the program, not of what you gave it ({what}). Please report it to its "
        f"maintainers with the version ({__version__}) and what you typed; ISONOMY_DEBUG=1 shows the details.",
        file=sys.stderr,
    )
