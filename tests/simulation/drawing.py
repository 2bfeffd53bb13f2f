"""Drawing acts: fields of the right form from what the record knows, and now and then of the wrong one.

Lives here: any act of the register with random fields, and spoiling an act that made sense. Not here: acts that make sense
(`steps`).
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import types
from datetime import timedelta
from random import Random
from typing import Any, Union, get_args, get_origin, get_type_hints

from isonomy.engine import shape
from isonomy.engine.act import ACTS
from isonomy.engine.competence import AMENDMENT, CORRECTION, RATIFICATION
from isonomy.engine.state import State, day_of
from isonomy.kernel.ids import PROCEEDINGS
from isonomy.rulebook.model import Rulebook
from tests.simulation.watch import SECRET_NAME

JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**53, 2**70, "", " ", "x" * 301, "p-ada000", "p-zz999999", "nobody", "\n", "\x00", "\ud800",
    "2027-02-30", "9999-12-31", "0001-01-01", "de-0", "ma-0-0", "mt-99999", "congress@nowhere", "@", [], {}, [[]],
    {"c": "AA=="}, ["p-ada000", "p-ada000"], 1.5, float("nan"), "\u0661\u0662\u0663\u0664-01-01", [1], {"a": {"b": [None]}},
)  # fmt: skip


class Drawer:
    """Draws values that fit a state."""

    def __init__(self, random: Random, state: State, drafts: tuple[str, ...]) -> None:
        self.random, self.state, self.drafts = random, state, drafts
        self.born = 0

    # -- what there is -------------------------------------------------------------------------------------

    @property
    def rulebook(self) -> Rulebook | None:
        """The edition in force on the day of the last entry."""
        edition = self.state.edition_on(self.state.today) if self.state.founded else None
        return self.state.rulebook(edition.id) if edition else None

    def pick(self, things: Any, default: Any = None) -> Any:
        """One of some things."""
        found = list(things)
        return self.random.choice(found) if found else default

    def chance(self, share: float) -> bool:
        """Whether something happens that does so in this share of cases."""
        return self.random.random() < share

    def person(self) -> str:
        """A member mostly; sometimes one who is gone, or nobody."""
        if self.chance(0.05):
            return "p-zz999999"
        known = self.state.persons
        now = [id for id, found in known.items() if found.is_member_on(self.state.today)]
        return str(self.pick(known if self.chance(0.1) or not now else now, "p-ada000"))

    def newcomer(self) -> str:
        """An id that nobody has yet."""
        self.born += 1
        return f"p-new{self.born:05}"

    def seats(self) -> list[str]:
        """Every seat that the rulebook has, in every unit."""
        rulebook = self.rulebook
        found: list[str] = []
        for seat in (*rulebook.bodies.values(), *rulebook.offices.values()) if rulebook else ():
            if not seat.in_each:
                found.append(seat.name)
            else:
                found += [f"{seat.name}@{unit.id}" for unit in self.state.units.values() if unit.kind == seat.in_each]
        return found

    def bodies(self) -> list[str]:
        """Every body, in every unit."""
        rulebook = self.rulebook
        return [seat for seat in self.seats() if rulebook and seat.partition("@")[0] in rulebook.bodies]

    def matters(self) -> list[str]:
        """The matters that some clause knows, and those that follow from the blocks."""
        rulebook = self.rulebook
        if rulebook is None:
            return ["programme"]
        found = {AMENDMENT, RATIFICATION, CORRECTION, "admission", "programme", "anything"}
        for seat in (*rulebook.bodies.values(), *rulebook.offices.values()):
            found |= {f"{what}-{seat.name}" for what in ("election-of", "removal-from", "appointment-to")}
        for body in rulebook.bodies.values():
            found |= {matter for matter in body.decides if " " not in matter} | {
                f"call-of-{body.name}",
                f"demand-of-{body.name}",
            }
        for block in (*rulebook.procedures.values(), *rulebook.powers.values()):
            found |= {matter for matter in block.matters if " " not in matter}
        found |= {f"{what}-of-{kind}" for kind in rulebook.units for what in ("founding", "closing")}
        return sorted(found)

    def proceeding(self, *kinds: str) -> str:
        """The id of something that is there, of one of these kinds."""
        state = self.state
        things = {
            "mt": state.meetings, "mo": state.motions, "po": state.polls, "de": state.decisions, "ca": state.demands,
            "ed": state.editions, "cr": state.corrections, "rp": state.reports, "ma": state.mandates, "pr": state.protests,
            "el": state.elections, "ap": state.appeals,
        }  # fmt: skip
        if self.chance(0.05):
            return f"{self.pick(PROCEEDINGS)}-{self.random.randrange(500)}"
        found = [id for kind in kinds or tuple(things) for id in things[kind]]
        return str(self.pick(found[-12:] if self.chance(0.8) else found, "mt-7"))

    def day(self, back: int = 40, ahead: int = 60) -> str:
        """A day around today."""
        today = day_of(self.state.today) if self.state.today else day_of("2027-01-04")
        return (today + timedelta(days=self.random.randint(-back, ahead))).isoformat()

    def bytes32(self) -> str:
        """32 bytes in base64."""
        return base64.b64encode(hashlib.sha256(str(self.random.random()).encode()).digest()).decode()

    # -- any act -------------------------------------------------------------------------------------------

    def fields_of(self, name: str) -> dict[str, Any]:
        """Random fields for an act: all that are needed, some that are not."""
        return self._fields(ACTS[name].shape)

    def _fields(self, kind: type) -> dict[str, Any]:
        hints = get_type_hints(kind)
        found: dict[str, Any] = {}
        for item in dataclasses.fields(kind):
            optional = item.default is not dataclasses.MISSING or item.default_factory is not dataclasses.MISSING
            if not optional or self.chance(0.4):
                found[shape.json_key(item.name)] = self.value(hints[item.name], item.name)
        return found

    def value(self, kind: Any, name: str) -> Any:
        """A value of a form, fit for the key it stands under."""
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return self.value(next(each for each in arguments if each is not type(None)), name)
        if origin is tuple:
            return [self.value(arguments[0], name) for _ in range(self.random.randrange(4))]
        if origin is dict:
            return {"quota": self.pick(("a", "b", SECRET_NAME))} if self.chance(0.7) else {}
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self._happened() if kind.__name__ == "Happened" else self._fields(kind)
        return self._plain(kind, name)

    def _happened(self) -> dict[str, str]:
        earliest = self.day(60, 2)
        latest = (day_of(earliest) + timedelta(days=self.pick((0, 0, 0, 1, 5, 40)))).isoformat()
        return {"earliest": earliest, "latest": latest}

    def _plain(self, kind: Any, name: str) -> Any:
        if kind is shape.PersonId:
            return self.person()
        if kind is shape.SeatName:
            return self.pick(self.seats(), "committee")
        if kind is shape.Slug:
            return self._slug(name)
        if kind is shape.ProceedingId:
            kinds = {"meeting": "mt", "motion": "mo", "poll": "po", "decision": "de", "demand": "ca", "edition": "ed",
                     "ratifies": "de", "report": "rp", "election": "el", "appeal": "ap"}  # fmt: skip
            return self.proceeding(*(kinds[name],) if name in kinds and self.chance(0.9) else ())
        if kind is shape.CivilDate:
            return self.day()
        if kind is shape.CivilTime:
            return f"{self.day(3, 60)}T{self.random.randrange(8, 22):02}:00"
        if kind is shape.Natural:
            return self.random.choice((0, 1, 2, 3, 10, 200, 999, max(0, self.state.n - 1)))
        if kind is shape.Bytes32:
            return self.bytes32()
        if kind is shape.Sha256:
            return hashlib.sha256(name.encode()).hexdigest()
        if kind is bool:
            return self.chance(0.3)
        if kind is shape.Base64:
            return "AA=="
        if kind is Any:
            return self._json(name)
        return self._words(name)

    def _slug(self, name: str) -> str:
        rulebook = self.rulebook
        if name in ("unit", "within"):
            return str(self.pick(self.state.units, "north")) if self.chance(0.8) else f"unit-{self.random.randrange(9)}"
        if name == "kind" and rulebook:
            return str(self.pick(rulebook.units, "branch"))
        if name == "member_class" and rulebook:
            return str(self.pick(rulebook.member_classes, "full"))
        if name == "of" and rulebook:
            return str(self.pick(("members", *rulebook.units, *rulebook.bodies)))
        if name == "duty" and rulebook:
            return str(self.pick(rulebook.duties, "report"))
        return str(self.pick(self.matters()))

    def _words(self, name: str) -> str:
        if name == "rulebook":
            return str(self.pick(self.drafts, "# Nothing"))
        if name == "mandate":
            return self.proceeding("ma")
        if name == "thing":
            return str(self.pick((self.proceeding(), self.person(), self.pick(self.state.units, "north"))))
        if name == "key":
            return str(self.pick(("unit", "member_class", "admitted_on", "name", "starts", "place", "text", "amount",
                                  "taken_on", "since", "until", "standing")))  # fmt: skip
        if name == "secrecy":
            return str(self.pick(("secret", "named", "by show of hands", "whispered")))
        if name == "rule":
            return str(self.pick(("yes-no", "plurality", "debian-2015")))
        if name == "casting_vote":
            return str(self.pick(("for", "against")))
        if name == "certainty":
            return str(self.pick(("certain", "probable", "uncertain")))
        if name == "occasion":
            return self.day(100, 0)
        return f"words on {name} {self.random.randrange(99)}"

    def _json(self, name: str) -> Any:
        if name == "ballot":
            return self.pick(("for", "against", "abstain", [[1], [2]], [[2, 1]], [], [[3]]))
        if name == "tallies":
            return self.pick((
                {"for": 3, "against": 1}, {"for": 1, "against": 1, "abstain": 2}, {"totals": {"1": 2, "2": 1}, "ballots": 3},
                {"matrix": [[0, 2], [1, 0]], "ballots": 3}, {}, [], {"for": -1}, {"for": 10**6, "against": 0},
            ))  # fmt: skip
        if name == "now":
            return self.pick((self.day(), "words", 5, self.pick(self.state.units, "north"), f"{self.day()}T10:00"))
        if name == "name":
            return self.pick(({"c": self.bytes32()}, SECRET_NAME))
        if name == "refusal":
            return {"verdict": "refused", "act": "0" * 32, "grounds": [], "n": self.random.randrange(999)}
        if name == "what":
            act = self.pick(sorted(ACTS))
            told = {"act": act, **self.fields_of(act)} if act != "report" else {"act": act}
            if self.chance(0.7):
                told["by"] = self.person()
            if self.chance(0.4):
                told["as"] = self.pick(self.seats(), "committee")
            return told
        return self.pick(JUNK)

    # -- spoiling ------------------------------------------------------------------------------------------

    def spoil(self, act: dict[str, Any]) -> dict[str, Any]:
        """An act that made sense, with one thing about it that may not."""
        spoiled = dict(act)
        keys = [key for key in spoiled if key not in ("id", "log")]
        how = self.random.randrange(9)
        key = self.pick(keys)
        if how == 0:
            spoiled["by"] = self.person()
        elif how == 1:
            spoiled["as"] = self.pick(self.seats(), "committee")
        elif how == 2:
            spoiled[key] = self.pick(JUNK)
        elif how == 3:
            spoiled.pop(key)
        elif how == 4:
            spoiled[f"{key}x"] = 1
        elif how == 5:
            spoiled["expects"] = self.random.randrange(self.state.n + 3)
        elif how == 6:
            spoiled["until"] = "2020-01-01T00:00:00Z"
        elif how == 7 and act.get("act") in ACTS:
            hints = get_type_hints(ACTS[act["act"]].shape)
            name = self.pick(hints)
            if name is not None:
                spoiled[shape.json_key(name)] = self.value(hints[name], name)
        else:
            spoiled["id"] = self.pick(self.state.acts, "0" * 32)
        return spoiled
