"""1956 in ten acts: what the documents describe, tried on a plainly fictional league of four branches.

Lives here: the story, and the acts on decisions, notice, congresses and corrections. Not here: the acts on limits and their ends
(`limits_1956`), the league itself (`league`), any rule (`league.md` has them) or verdict (the engine gives them).
"""

from __future__ import annotations

import hashlib
import sys
from datetime import date

from demo.league import League, no_ids, show
from demo.limits_1956 import eighth_act, fifth_act, fourth_act, ninth_act, seventh_act, sixth_act
from demo.stage import fresh, heading, say, scene
from isonomy.engine.duties import duties
from isonomy.kernel.calendar import parse_date, say_date


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
        say("to whom", no_ids(league, duty.who))
        say("why", no_ids(league, duty.derivation))
    if not overdue:
        raise SystemExit("nothing is overdue: this is a fault of the program")


def tenth_act(league: League) -> None:
    """A slip, mended in the open."""
    scene("Act 10. A correction does not rewrite")
    say(
        "document",
        'D. Roberts, summer 1956 (document 004): falsifications of history "have been rectified in piecemeal fashion".',
    )
    taken = league.submit(
        "decision.take", "member-three", as_="secretary", matter="correspondence", text="A letter to the Leauge of Five"
    )
    n, decision = taken.entry["n"], taken.entry["effects"][0]["decision"]
    before = hashlib.sha256(next(iter(league.stores.record.read(n, n + 1)))).hexdigest()
    say("here", f"Entry {n} holds a slip of the pen. The secretary corrects it.")
    mended = league.submit(
        "correct",
        "member-three",
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
    """Runs the ten acts and says where the record is."""
    heading("1956 in ten acts: the League of Four Branches, plainly fictional")
    folder = fresh("1956")
    league = League(folder)
    league.found()
    for act in (
        first_act, second_act, third_act, fourth_act, fifth_act, sixth_act, seventh_act, eighth_act, ninth_act, tenth_act,
    ):  # fmt: skip
        act(league)
    league.stores.close()
    print(f"\n  The record is in {folder}. Look with: isonomy log {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
