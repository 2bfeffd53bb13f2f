"""The fictional league of the demonstration of 1956: its people with keys, its appender, its time, and how verdicts are shown.

Lives here: the stage on which the acts are played. Not here: the acts (`association_1956`, `limits_1956`), any rule
(`league.md`) or verdict (the engine gives them).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from demo.stage import say
from isonomy.adapters.folder import stores_of
from isonomy.adapters.signer_files import SignerFiles
from isonomy.adapters.system import SystemZone
from isonomy.chamber.answers import REFUSED, Answer
from isonomy.chamber.appender import Appender
from isonomy.chamber.submit import Sent
from isonomy.engine.explain import explain, explain_refusal
from isonomy.record.base64_text import to_base64
from isonomy.record.note import SignerKey
from isonomy.record.signature import public_key_of, sign_act

RULES = Path(__file__).parent / "league.md"
LOG = "league-of-four-branches.demo.invalid"
BRANCHES = ("north", "east", "south", "west")
PEOPLE = {"chair": "north", "secretary": "east", "member-one": "south", "member-two": "west", "member-three": "north"}
SPEAKERS = ("secretary", "member-one", "member-two", "member-three")
"""Who speaks for the branches: the east, the south, the west and the north."""


class StoryClock:
    """A clock that shows the time of the story."""

    def __init__(self, at: str) -> None:
        self.at = at

    def now(self) -> str:
        """The instant of the story."""
        return self.at


class League:
    """The fictional league: its people with keys, its appender, its time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.clock = StoryClock("2027-01-11T10:00:00Z")
        self.key = SignerKey.make(LOG, _seed("the record"))
        SignerFiles.make(folder, self.key)
        self.stores = stores_of(folder, writing=True, makes=True)
        self.appender = Appender(self.stores, self.clock, SystemZone())
        self.count = 0

    def person(self, name: str) -> str:
        """The id of a fictional person."""
        return f"p-{hashlib.sha256(name.encode()).hexdigest()[:12]}"

    def submit(self, act: str, by: str, **fields: Any) -> Answer:
        """Signs an act and sends it; the answer."""
        self.count += 1
        made = {
            "id": hashlib.sha256(f"{LOG} {self.count}".encode()).hexdigest()[:32],
            "log": LOG,
            "until": f"{int(self.clock.at[:4]) + 1}{self.clock.at[4:]}",
            "act": act,
            "by": self.person(by),
            **{key.rstrip("_"): value for key, value in fields.items()},
        }
        proof = sign_act(_seed(by), made)
        (reply,) = self.appender.submit([Sent(made, {"kind": "signed", "proof": proof}, clock_is_right=True)])
        if not isinstance(reply, Answer):
            raise reply
        return reply

    def found(self) -> None:
        """Founds the league with its four branches and five people."""
        text = RULES.read_text(encoding="utf-8")
        self.submit(
            "found", "secretary", name="League of Four Branches", kind="living", vkey=self.key.verifier().text(),
            time_zone="Europe/London", sha256=hashlib.sha256(text.encode()).hexdigest(), rulebook=text,
            units=[{"unit": branch, "kind": "branch"} for branch in BRANCHES],
            founders=[
                {"person": self.person(name), "key": to_base64(public_key_of(_seed(name))), "unit": branch}
                for name, branch in PEOPLE.items()
            ],
            mandates=[
                *({"person": self.person(seat), "seat": seat} for seat in ("chair", "secretary")),
                *({"person": self.person(name), "seat": f"branch-secretary@{PEOPLE[name]}"} for name in SPEAKERS),
            ],
        )  # fmt: skip


def no_ids(league: League, words: str) -> str:
    """Words without the random ids of the fictional people."""
    for letter, name in zip("ABCDE", PEOPLE, strict=True):
        words = words.replace(f" ({league.person(name)})", "").replace(league.person(name), f"person {letter}")
    return words


def _seed(name: str) -> bytes:
    return hashlib.sha256(f"isonomy demonstration, not a secret: {name}".encode()).digest()


def show(league: League, answer: Answer) -> None:
    """The verdict in words, with clause and cure."""
    state = league.appender.state
    names = {league.person(name): f"person {letter}" for name, letter in zip(PEOPLE, "ABCDE", strict=True)}
    if answer.what == REFUSED:
        say("verdict", f"refused, clause {answer.refusal['grounds'][0]['clause']}")
        say("", explain_refusal(state, answer.refusal, names=names))
    else:
        clauses = ", ".join(answer.entry["clauses"])
        say("verdict", f"accepted as entry {answer.entry['n']}" + (f", clause {clauses}" if clauses else ""))
        say("", explain(state, answer.entry, names))
