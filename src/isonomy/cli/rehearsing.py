"""`isonomy check FILE --rehearse ACTS`: the acts of a rehearsal judged anew, under the rulebook they were written for.

Lives here: reading the lines, judging them in memory by a clock that follows them, what is printed. Not here: finding and
writing them (`check`), acts for a real record (`act`).

Invariant: nothing is kept, signed or sent; a line that names any log but that of rehearsals is refused as no rehearsal.
"""

from __future__ import annotations

import json
from typing import Any

from isonomy.kernel.bad_input import BadInput

DONE, REFUSED = 0, 2
BYTES_MAX = 64_000_000


def rehearse(name: str, rulebook: str) -> int:
    """Judges the acts of a file one by one and tells what came of them; 2 where one was refused."""
    from isonomy.cli.act import refusal_lines
    from isonomy.cli.printing import say
    from isonomy.cli.reading import read_file
    from isonomy.engine.refusal import Refused
    from isonomy.engine.rehearsal import Rehearsal

    rehearsal = Rehearsal()
    lines = read_file(name, BYTES_MAX).decode("utf-8", "replace").splitlines()
    accepted = 0
    for number, line in enumerate(lines, 1):
        act = _act(line, f"{name}:{number}")
        if act["act"] == "found" and act.get("rulebook") != rulebook:
            raise BadInput(
                "it was founded under another text", f"{name}:{number}", "name the rulebook it was written for"
            )
        verdict = rehearsal.enter(act)
        if isinstance(verdict, Refused):
            say(
                f"{number:>5}  refused",
                *(f"       {each}" for each in refusal_lines(verdict.to_json(act["id"])["grounds"])),
            )
        else:
            accepted += 1
    say(
        f"{accepted} accepted, {len(lines) - accepted} refused; a rehearsal of plainly fictional people: nothing was kept"
    )
    return DONE if accepted == len(lines) else REFUSED


def _act(line: str, where: str) -> dict[str, Any]:
    from isonomy.engine.act import read_act
    from isonomy.engine.rehearsal import LOG

    try:
        act = json.loads(line)
    except ValueError as fault:
        raise BadInput("this is no line of JSON", where, "write one act a line") from fault
    if not isinstance(act, dict) or act.get("log") != LOG:
        raise BadInput(f"this is no act of a rehearsal (its log is {LOG})", where, "use 'isonomy act' for a record")
    read_act(act)
    return act
