"""Small rulebooks drawn by a number: a few offices and bodies that make one another, and the supreme body among them.

Lives here: drawing, as data and as the text of a rulebook. Not here: any answer.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

MEMBERS = 7
FRONT = "---\norganisation: Drawn\nlanguage: en\ntime zone: UTC\nedition: 1\nstatus: draft\n---\n"


@dataclass(slots=True)
class Seat:
    """One body or office: its seats (1 for an office), how it is filled and by whom, its slate-maker, whether votes are open."""

    name: str
    size: int
    is_body: bool
    way: str = ""
    by: tuple[str, ...] = ()
    nominator: str = ""
    is_open: bool = True
    majority: tuple[int, int] = (1, 2)
    remover: str = ""


@dataclass(slots=True)
class Drawn:
    """A drawn rulebook; the first body is the supreme one."""

    seats: list[Seat] = field(default_factory=list)

    def text(self) -> bytes:
        """The rulebook in the notation."""
        parts = [FRONT]
        for number, seat in enumerate(self.seats, start=1):
            parts.append(f"\n## {number}. {seat.name}\nAbout {seat.name}.\n\n{self._block(seat, number == 1)}")
        return "".join(parts).encode()

    def _block(self, seat: Seat, is_supreme: bool) -> str:
        filled = {
            "members": "all members",
            "appointment": f"appointment by {'; '.join(seat.by)}",
            "election": f"election by {'; '.join(seat.by)}",
            "ex officio": f"holders of {'; '.join(seat.by)}",
        }[seat.way]
        kind = "body" if seat.is_body else "office"
        lines = [f"```rule {kind} {seat.name}{', supreme' if is_supreme else ''}", f"filled by: {filled}"]
        if seat.is_body and seat.way in ("appointment", "election"):
            lines.append(f"seats: {seat.size}")
        if seat.way in ("appointment", "election"):
            lines.append("term: 1 year")
            lines += [f"removable by: {seat.remover}"] if seat.remover else []
        if seat.is_body:
            lines += ["meets: by right every year on 1 May", f"majority: {seat.majority[0]}/{seat.majority[1]}"]
            lines += ["decides: everything else"] if is_supreme else []
        lines.append("```\n")
        if seat.nominator:
            lines += [
                f"\n```rule election {seat.name}", f"by: {seat.by[0]}", "nominations: open for 1 week",
                f"nominated by: {seat.nominator}", "counting: plurality",
                f"secrecy: {'by show of hands' if seat.is_open else 'secret'}", "```\n",
            ]  # fmt: skip
        return "\n".join(lines)


def drawn(seed: int) -> Drawn:
    """The rulebook of a number: always the same for the same number."""
    chance = random.Random(seed)
    bodies = [f"body-{letter}" for letter in "abcd"[: chance.randint(1, 4)]]
    offices = [f"office-{letter}" for letter in "pqrs"[: chance.randint(1, 4)]]
    found = Drawn()
    for name in (*bodies, *offices):
        is_body = name in bodies
        seat = Seat(name, chance.randint(1, 5) if is_body else 1, is_body)
        others = [other for other in offices if other != name]
        ways = ["appointment", "election", "election"]
        if is_body:
            ways += ["ex officio"] + ["members"] * (name == bodies[-1])
        seat.way = chance.choice(ways)
        if seat.way == "members":
            seat.size = MEMBERS
        elif seat.way == "ex officio":
            seat.by = tuple(sorted(chance.sample(offices, chance.randint(1, len(offices)))))
            seat.size = len(seat.by)
        elif seat.way == "appointment":
            seat.by = (chance.choice([other for other in (*bodies, *offices) if other != name]),)
        else:
            seat.by = (chance.choice(bodies),)
            if others and chance.random() < 0.4:
                seat.nominator, seat.is_open = chance.choice(others), chance.random() < 0.5
        seat.majority = chance.choice([(1, 2), (1, 2), (2, 3), (3, 4)]) if is_body else (1, 2)
        found.seats.append(seat)
    return found
