"""Steps about members, seats, keys, texts and slips.

Lives here: admitted, moved, gone; appointed, resigned; lodged, corrected, erased, appealed, discharged. Not here: votes
(`voting_steps`), reports (`steps`).
"""

from __future__ import annotations

import hashlib
from typing import Any

from isonomy.engine.due_by_clause import owings
from isonomy.engine.duty import Outlook
from isonomy.engine.proceedings.corrections import CORRECTABLE, entries_of
from isonomy.engine.state import day_of
from tests.simulation.people import Step
from tests.simulation.voting_steps import VotingSteps


class RollSteps(VotingSteps):
    """Acts about members, seats, keys and texts that make sense."""

    def admit(self) -> Step | None:
        """Admits a newcomer, while the organisation is not too large."""
        if sum(1 for found in self.state.persons.values() if not found.left_on) > 30:
            return None
        rulebook = self.draw.rulebook
        offices = [seat for each in (rulebook.member_classes.values() if rulebook else ()) for seat in each.admitted_by]
        return {"act": "member.admit", "person": self.draw.newcomer(), **self.joining(), **self.holder(*offices)}

    def leave(self) -> Step | None:
        """Somebody leaves, while enough stay."""
        staying = sum(1 for found in self.state.persons.values() if found.is_member_on(self.today))
        person = self.draw.person()
        holds = any(found.person == person and found.is_valid_on(self.today) for found in self.state.mandates.values())
        return (
            {"act": "member.leave", "by": person} if staying > 6 and self.draw.chance(0.1 if holds else 0.5) else None
        )

    def die(self) -> Step | None:
        """A death is recorded, while enough live."""
        staying = sum(1 for found in self.state.persons.values() if found.is_member_on(self.today))
        if staying <= 6 or self.draw.chance(0.6):
            return None
        return {
            "act": "member.die",
            "person": self.draw.person(),
            "on": self.draw.day(20, 0),
            **self.holder(*self.keepers("roll")),
        }

    def move_unit(self) -> Step | None:
        """Somebody moves to another unit."""
        person = self.draw.person()
        return {"act": "member.move", "person": person, "unit": self.draw.pick(self.state.units, "north"), "by": person}

    def enrol(self) -> Step | None:
        """Somebody enrols a key, or has one enrolled."""
        person = self.draw.person()
        made: Step = {"act": "key.enrol", "person": person, "key": self.draw.bytes32()}
        return made | ({"by": person} if self.draw.chance(0.5) else self.holder(*self.keepers("roll")))

    def revoke(self) -> Step | None:
        """A key is revoked."""
        credential = self.draw.pick(self.state.credentials.values())
        return credential and {"act": "key.revoke", "credential": credential.number, "by": credential.person}

    def resign(self) -> Step | None:
        """A holder resigns."""
        held = [found for found in self.state.mandates.values() if found.is_valid_on(self.today)]
        mandate = self.draw.pick(held) if self.draw.chance(0.5) else None
        return mandate and {"act": "mandate.end", "mandate": mandate.id, "by": mandate.person}

    def appoint(self) -> Step | None:
        """An appointing office appoints."""
        rulebook = self.draw.rulebook
        offices = [seat for seat in self.draw.seats() if rulebook and (found := rulebook.seat(seat)) and found.filled
                   and found.filled.way == "appointment"]  # fmt: skip
        seat = self.draw.pick(offices)
        found = rulebook.seat(seat) if rulebook and seat else None
        if found is None or found.filled is None:
            return None
        return {
            "act": "mandate.begin",
            "seat": seat,
            "person": self.draw.person(),
            **self.holder(self.beside(found.filled.by, seat)),
        }

    def lodge(self) -> Step | None:
        """Lodges a text that changes one thing."""
        drafts = [found for found in self.state.editions.values() if not found.in_force_from]
        text = self.draw.pick(self.draw.drafts)
        if text is None or len(drafts) > 6:
            return None
        digest = hashlib.sha256(text.encode()).hexdigest()
        return {"act": "rulebook.lodge", "sha256": digest, "rulebook": text, "by": self.draw.person()}

    def correct(self) -> Step | None:
        """Mends a slip, or what is called one."""
        kind = self.draw.pick(("meetings", "motions", "decisions", "mandates", "persons", "units"))
        thing = self.draw.pick(list(getattr(self.state, kind))[-6:])
        if thing is None:
            return None
        key = self.draw.pick(CORRECTABLE[kind])
        now: Any = {"starts": f"{self.draw.day(0, 60)}T12:00", "amount": self.draw.pick((1, 60, 999)), "name": "Another name",
                    "unit": self.draw.pick(self.state.units, "north"), "member_class": "full"}.get(key)  # fmt: skip
        entry = max(entries_of(self.state, kind, thing))
        approvals = [found.id for found in self.state.decisions.values() if found.matter == "correction"]
        made: Step = {"act": "correct", "entry": entry, "thing": thing, "key": key, "why": "a slip",
                      "now": now or (self.draw.day() if key.endswith("_on") or key in ("since", "until") else "words, north, 7")}  # fmt: skip
        if approvals:
            made["decision"] = approvals[-1]
        author = self.state.author_of(entry)[0]
        return made | ({"by": author} if self.draw.chance(0.6) else self.holder(*self.keepers("record")))

    def erase(self) -> Step | None:
        """A person's name is erased."""
        named = [found for found in self.state.persons.values() if found.name]
        found = self.draw.pick(named)
        return found and {
            "act": "erase",
            "entry": found.entry,
            "commitment": found.name["c"],
            "ground": "wish",
            "by": found.id,
        }

    def reset(self) -> Step | None:
        """The clock is set right, seldom and by minutes."""
        if not self.draw.chance(0.1):
            return None
        self.arena.wait(minutes=-40)
        return {"act": "clock.reset", "why": "it was ahead", **self.holder(*self.keepers("record"))}

    def part(self) -> Step | None:
        """Lodges a further part of a text that waits for it, or the first part of one."""
        waiting = [found for found in self.state.editions.values() if not found.complete]
        edition = self.draw.pick(waiting)
        if edition is None:
            text = self.draw.pick(self.draw.drafts)
            if text is None or len(self.state.editions) > 40:
                return None
            half = len(text) // 2
            digest = hashlib.sha256(text.encode()).hexdigest()
            return {
                "act": "rulebook.lodge",
                "sha256": digest,
                "rulebook": text[:half],
                "parts": 2,
                "by": self.draw.person(),
            }
        author = self.state.author_of(int(edition.id[3:]))[0]
        text = next((each for each in self.draw.drafts if each.startswith(edition.texts.get(0, "?"))), "# Nothing")
        return {"act": "rulebook.part", "edition": edition.id, "part": 1, "text": text[len(edition.texts.get(0, "")) :] or "x",
                "by": author}  # fmt: skip

    def discharge(self) -> Step | None:
        """Says that a duty was done."""
        edition = self.state.edition_on(self.today)
        owed = owings(Outlook(self.state, day_of(self.today), None, edition.id)) if edition else []
        owing = self.draw.pick(owed[-6:])
        return owing and {
            "act": "duty.discharge",
            "duty": owing.name,
            "occasion": owing.occasion,
            **self.holder(owing.seat),
        }

    def appeal(self) -> Step | None:
        """Appeals against an election, or moves on an appeal."""
        appeal = self.draw.pick([found for found in self.state.appeals.values() if found.standing == "undecided"])
        if appeal is not None and self.draw.chance(0.7):
            matter = self.state.decisions[appeal.decision].matter.replace("election-of-", "appeal-on-")
            return {"act": "motion.move", "body": appeal.body, "matter": matter, "text": "Uphold it", "appeal": appeal.id,
                    **self.holder(appeal.body)}  # fmt: skip
        decision = self.draw.pick(
            [found for found in self.state.decisions.values() if found.appealable_until >= self.today]
        )
        if decision is None:
            return None
        poll = self.state.polls.get(decision.poll)
        return {"act": "election.appeal", "decision": decision.id, "text": "It was not so",
                "by": self.draw.pick((poll.roll if poll else None) or (self.draw.person(),))}  # fmt: skip
