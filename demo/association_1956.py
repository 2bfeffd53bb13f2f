"""1956 in four acts: what the documents describe, tried on a plainly fictional league of four branches.

Lives here: the story and its acts. Not here: any rule (`league.md` has them) or verdict (the engine gives them).
"""

from __future__ import annotations

import hashlib
import sys
from datetime import date
from pathlib import Path
from typing import Any

from demo.stage import fresh, heading, say, scene
from isonomy.adapters.folder import stores_of
from isonomy.adapters.signer_files import SignerFiles
from isonomy.adapters.system import SystemZone
from isonomy.chamber.answers import REFUSED, Answer
from isonomy.chamber.appender import Appender
from isonomy.chamber.submit import Sent
from isonomy.engine.duties import duties
from isonomy.engine.duty import Duty
from isonomy.engine.explain import explain, explain_refusal
from isonomy.kernel.calendar import parse_date, say_date
from isonomy.record.base64_text import to_base64
from isonomy.record.note import SignerKey
from isonomy.record.signature import public_key_of, sign_act

RULES = Path(__file__).parent / "league.md"
LOG = "league-of-four-branches.demo.invalid"
BRANCHES = ("north", "east", "south", "west")
PEOPLE = {"chair": "north", "secretary": "east", "member-one": "south", "member-two": "west", "member-three": "north"}


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
            mandates=[{"person": self.person(seat), "seat": seat} for seat in ("chair", "secretary")],
        )  # fmt: skip


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


def first_act(league: League) -> None:
    """A decision in a personal capacity."""
    scene("Act 1. A decision in a personal capacity")
    say("document", 'R. Palme Dutt, June 1956 (document 002): major decisions were taken "in his personal capacity".')
    say("here", "The secretary decides alone on a new programme.")
    show(
        league, league.submit("decision.take", "secretary", as_="secretary", matter="programme", text="A new programme")
    )
    say("here", "The secretary decides alone on a letter, which clause 3 leaves to the secretary.")
    show(
        league,
        league.submit(
            "decision.take", "secretary", as_="secretary", matter="correspondence", text="A reply to the sister league"
        ),
    )


def second_act(league: League) -> None:
    """A meeting called with too short a notice."""
    scene("Act 2. A meeting called with too short a notice")
    say(
        "document",
        'Encyclopaedia entry on the congress of 1956 (document 003): delegates had "no warning of what to expect".',
    )
    league.clock.at = "2027-04-03T09:00:00Z"
    say("here", f"On {say_date(date(2027, 4, 3))} the secretary calls the congress for {say_date(date(2027, 4, 12))}.")
    show(
        league,
        league.submit(
            "meeting.call", "secretary", as_="secretary", body="congress", starts="2027-04-12T18:00", matters=["policy"]
        ),
    )
    say("here", "The secretary calls it again, for the day that the answer named.")
    show(
        league,
        league.submit(
            "meeting.call", "secretary", as_="secretary", body="congress", starts="2027-04-18T18:00", matters=["policy"]
        ),
    )


def third_act(league: League) -> None:
    """A congress that nobody held."""
    scene("Act 3. The congress falls overdue")
    say(
        "document",
        'Central Committee of the CPSU, 30 June 1956 (document 001): congresses were "held irregularly", then for '
        "many years not held at all.",
    )
    now = date(2028, 8, 1)
    say("here", f"Nobody calls anybody. It is {say_date(now)}.")
    overdue = [duty for duty in duties(league.appender.state, now, now) if duty.is_overdue]
    for duty in overdue:
        say(
            "overdue",
            f"{duty.duty}: due on {say_date(parse_date(duty.due_on))}, {duty.overdue_days} days ago, "
            f"clause {duty.clause}",
        )
        say("to whom", _whom(league, duty))
        say("why", duty.derivation)
    if not overdue:
        raise SystemExit("nothing is overdue: this is a fault of the program")


def _whom(league: League, duty: Duty) -> str:
    """Who owes a duty, in words, without the random ids of the fictional holders."""
    words = duty.who
    for name in PEOPLE:
        words = words.replace(f" ({league.person(name)})", "")
    return words


def fourth_act(league: League) -> None:
    """A slip, mended in the open."""
    scene("Act 4. A correction does not rewrite")
    say(
        "document",
        'D. Roberts, summer 1956 (document 004): falsifications of history "have been rectified in piecemeal fashion".',
    )
    taken = league.submit(
        "decision.take", "secretary", as_="secretary", matter="correspondence", text="A letter to the Leauge of Five"
    )
    n, decision = taken.entry["n"], taken.entry["effects"][0]["decision"]
    before = hashlib.sha256(next(iter(league.stores.record.read(n, n + 1)))).hexdigest()
    say("here", f"Entry {n} holds a slip of the pen. The secretary corrects it.")
    mended = league.submit(
        "correct",
        "secretary",
        as_="secretary",
        entry=n,
        thing=decision,
        key="text",
        now="A letter to the League of Five",
        why="a slip of the pen",
    )
    show(league, mended)
    after = hashlib.sha256(next(iter(league.stores.record.read(n, n + 1)))).hexdigest()
    say(
        "proof",
        f"entry {n} before {before[:16]}, after {after[:16]}: {'the same bytes' if before == after else 'CHANGED'}",
    )


def main() -> int:
    """Runs the four acts and says where the record is."""
    heading("1956 in four acts: the League of Four Branches, plainly fictional")
    folder = fresh("1956")
    league = League(folder)
    league.found()
    for act in (first_act, second_act, third_act, fourth_act):
        act(league)
    league.stores.close()
    print(f"\n  The record is in {folder}. Look with: isonomy log {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
