"""Input that is not understood: the one exception that bad input raises in every room.

Lives here: `BadInput`, with what happened, where, and what cures it. Not here: refusals (`engine.refusal`), which
are lawful answers to well-formed acts and are values, never exceptions.

Invariant: a `BadInput` always says what happened in words a member can act on; the command line turns it into exit
status 1 and two lines on standard error, a page into its error summary. No other exception crosses a room for bad input.
"""

from __future__ import annotations


class BadInput(ValueError):
    """Something was given that is not in the form asked for.

    `what` says what happened, `where` the place (`file:line`, a key path such as `act.starts`), `cure` what to do next.
    """

    def __init__(self, what: str, where: str = "", cure: str = "") -> None:
        self.what = what
        self.where = where
        self.cure = cure
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The whole message in one line: place, what happened, cure."""
        place = f"{self.where}: " if self.where else ""
        cure = f"; {self.cure}" if self.cure else ""
        return f"{place}{self.what}{cure}"

    def at(self, where: str) -> BadInput:
        """The same message with the outer place put before its own (`file.jsonl:3` + `act.starts`)."""
        joined = f"{where}: {self.where}" if self.where else where
        return BadInput(self.what, joined, self.cure)


def did_you_mean(word: str, known: list[str]) -> str:
    """A cure that names the nearest known word, or lists the known ones when none is near."""
    import difflib

    near = difflib.get_close_matches(word, known, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    if not known:
        return ""
    shown = ", ".join(sorted(known)[:12])
    more = ", ..." if len(known) > 12 else ""
    return f"known here: {shown}{more}"
