"""Steps of voting: moved, seconded, put, cast, closed, declared, carried out.

Lives here: acts about motions, polls and what follows from them. Not here: elections with nominations (`electing`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from isonomy.chamber.casting import paper_of
from isonomy.counting.registry import rule_named
from isonomy.engine.act import ACTS
from isonomy.engine.recount import recount
from isonomy.engine.state import Decision, Motion, Poll, day_of
from tests.simulation.meeting_steps import MeetingSteps
from tests.simulation.people import BY_HANDS, Step


class VotingSteps(MeetingSteps):
    """Acts about motions and polls that make sense."""

    def move(self, matter: str = "", seat: str = "") -> Step | None:
        """Moves a motion in a body that is competent."""
        matter = matter or self.draw.pick(self.draw.matters())
        seats = [seat] if seat else [each for each in self.draw.bodies() if self.competent(each, matter)]
        if not seats:
            return None
        seat = self.draw.pick(seats)
        text = f"On {matter}"
        made: Step = {"act": "motion.move", "body": seat, "matter": matter}
        if matter == "amendment":
            drafts = [found.id for found in self.state.editions.values() if not found.in_force_from]
            made["edition"] = self.draw.pick(drafts, "ed-0")
        elif matter in ("ratification", "correction"):
            waiting = [found.id for found in self.state.decisions.values() if found.lapses_on and not found.ratified_by]
            waiting += [found.id for found in self.state.reports.values() if found.standing == "awaiting ratification"]
            made["ratifies"] = self.draw.pick(waiting, None) or self.draw.proceeding("de", "rp")
        elif matter.startswith("removal-from-"):
            held = [found.person for found in self.state.mandates.values() if found.seat.startswith(matter[13:])]
            made["person"] = self.draw.pick(held, "p-ada000")
        elif matter.startswith("appointment") or matter == "admission":
            made["person"] = self.draw.person() if matter != "admission" else self.draw.newcomer()
        return made | {"text": f"{text}: words, north, 7"} | self.holder(seat)

    def second(self, motion: Motion | None = None) -> Step | None:
        """Seconds a motion, or withdraws it."""
        given = motion
        motion = motion or self.draw.pick(
            [found for found in self.state.motions.values() if found.standing == "open"][-5:]
        )
        if motion is None:
            return None
        if given is None and self.draw.chance(0.1):
            return {"act": "motion.withdraw", "motion": motion.id, "by": motion.mover}
        return {"act": "motion.second", "motion": motion.id, **self.holder(motion.body)}

    def put(self, motion: Motion | None = None) -> Step | None:
        """Puts an open motion to the vote."""
        motion = motion or self.draw.pick(
            [found for found in self.state.motions.values() if found.standing == "open"][-5:]
        )
        if motion is None:
            return None
        made: Step = {"act": "poll.open", "body": motion.body, "question": "Shall it be so?", "matter": motion.matter,
                      "motion": motion.id}  # fmt: skip
        return self.with_moment(made, motion.body, motion.matter)

    def elect(self, matter: str = "", body: str = "") -> Step | None:
        """Puts an election."""
        matter = matter or self.draw.pick([each for each in self.draw.matters() if each.startswith("election-of-")], "")
        seats = [body] if body else [each for each in self.draw.bodies() if matter and self.competent(each, matter)]
        if not seats:
            return None
        body = self.draw.pick(seats)
        seat = self.beside(matter[12:], body)
        persons = list(dict.fromkeys(self.draw.person() for _ in range(self.draw.random.randrange(1, 6))))
        options = [{"name": f"Candidate {place}", "person": person} for place, person in enumerate(persons)]
        made: Step = {"act": "poll.open", "body": body, "question": "Who?", "matter": matter, "seat": seat, "options": options,
                      "seats": self.draw.pick((1, 1, 1, 2, 4))}  # fmt: skip
        found = self.competent(body, matter)
        if (found is None or found.procedure is None or found.procedure.counting == "yes-no") and self.draw.chance(0.8):
            made["options"] = options[:1]
        return self.with_moment(made, body, matter)

    def with_moment(self, made: Step, seat: str, matter: str) -> Step:
        """A question with its meeting or its last day, as its matter is decided."""
        found = self.competent(seat, matter)
        procedure = found.procedure if found else None
        if procedure is not None and procedure.taken == "poll":
            made["closes_on"] = (day_of(self.today) + timedelta(days=self.draw.pick((2, 3, 4, 9)))).isoformat()
        else:
            meeting = self.draw.pick([found for found in self._meetings("open") if found.body == seat])
            if meeting is not None:
                made["meeting"] = meeting.id
        if procedure is not None and procedure.default_option and "election" not in made:
            made["options"] = [{"name": "This"}, {"name": "That"}, {"name": procedure.default_option, "default": True}]
        if self.draw.chance(0.5):
            made["secrecy"] = (procedure.secrecy if procedure else "") or self.draw.pick(("secret", "named", BY_HANDS))
        return made | self.chair(seat)

    def _polls(self, *standing: str) -> list[Poll]:
        return [found for found in self.state.polls.values() if found.standing in standing][-6:]

    def cast(self, poll: Poll | None = None) -> Step | None:
        """Casts a ballot in an open poll."""
        poll = poll or self.draw.pick([found for found in self._polls("open") if found.secrecy != BY_HANDS])
        if poll is None:
            return None
        cast = set(poll.named) | set(self.arena.boxes.get(poll.id, ()))
        voters = [person for person in poll.roll or () if person not in cast or self.draw.chance(0.1)]
        question = poll.counting == "yes-no" and len(poll.options) <= 1
        ballot = self.draw.pick(("for", "for", "against", "abstain")) if question else self.paper(poll)
        made: Step = {"act": "ballot.cast", "poll": poll.id, "ballot": ballot, "by": self.draw.pick(voters, "p-ada000")}
        if poll.secrecy == "secret":
            made["nonce"] = self.draw.bytes32()
        return made

    def close_poll(self, poll: Poll | None = None) -> Step | None:
        """Closes a poll whose time is over, waiting for it where it is near."""
        given, poll = poll, poll or self.draw.pick(self._polls("open"))
        if poll is None or (given is None and poll.secrecy == BY_HANDS and self.draw.chance(0.9)):
            return None
        if poll.closes_on and poll.closes_on > self.today and (given or self.draw.chance(0.5)):
            self.arena.wait_until(f"{poll.closes_on}T10:00")
        made: Step = {"act": "poll.close", "poll": poll.id, **self.chair(poll.body)}
        if poll.secrecy == "secret":
            size = len(self.arena.boxes.get(poll.id, ()))
            made |= {"box_root": self.draw.bytes32(), "box_size": size, "marked": size}
            if "roll_root" in ACTS["poll.close"].shape.__dataclass_fields__:
                made["roll_root"] = self.draw.bytes32()
        return made

    def declare(self, poll: Poll | None = None) -> Step | None:
        """Declares a result: mostly what was counted."""
        hands = [found for found in self._polls("open") if found.secrecy == BY_HANDS]
        poll = poll or self.draw.pick(self._polls("closed") + hands)
        if poll is None:
            return None
        made: Step = {"act": "poll.declare", "poll": poll.id, "rule": poll.counting, **self.chair(poll.body)}
        return made | self._counted(poll)

    def _counted(self, poll: Poll) -> Step:
        """The fields that a recount of the ballots gives; for a show of hands, of a few hands."""
        ballots = (
            list(poll.named.values()) if poll.secrecy == "named" else list(self.arena.boxes.get(poll.id, {}).values())
        )
        question = poll.counting == "yes-no" and len(poll.options) <= 1
        if poll.secrecy == BY_HANDS:
            few = range(min(4, len(poll.roll or "xx")))
            ballots = [self.draw.pick(("for", "for", "against")) if question else self.paper(poll) for _ in few]
        counted = recount(
            self.state, poll, [paper_of(ballot) for ballot in ballots], {"secret": self.secrets.get(poll.lot)}
        )
        made = counted.declaration(poll)
        ties = [tie for tie in counted.result.ties if tie.provisional]
        if ties and "draws" not in made:
            made["draws"] = [{"among": list(tie.among), "chosen": list(tie.chosen), "by": "lot"} for tie in ties]
        if poll.secrecy == BY_HANDS:
            made.pop("trace")
        return made

    def paper(self, poll: Poll) -> Any:
        """A paper as the rule of a poll reads it."""
        rule = rule_named(poll.counting)
        numbers = self.draw.random.sample(
            range(1, len(poll.options) + 1), k=self.draw.random.randint(1, len(poll.options))
        )
        if rule.ballots == "scores":
            return {"scores": [self.draw.random.choice((1, 0, -1)) for _ in poll.options]}
        return [[number] for number in numbers]

    # -- what follows -------------------------------------------------------------------------------------

    def carry_out(self, decision: Decision | None = None) -> Step | None:
        """Carries out a decision: a mandate, an admission, a unit, an edition, a removal, a call."""
        decision = decision or self.draw.pick(list(self.state.decisions.values())[-8:])
        if decision is None:
            return None
        made = self._carrying(decision, decision.matter, decision.seat)
        return made and {"decision": decision.id, **made, **self.holder(*self.keepers("roll"), decision.seat)}

    def _carrying(self, decision: Decision, matter: str, seat: str) -> Step | None:
        persons = decision.person.split()
        if matter.startswith(("election-of-", "appointment-to-")):
            filled = self.beside(matter.partition("-of-" if matter.startswith("e") else "-to-")[2], seat)
            later = {"since": self.draw.day(2, 200)} if self.draw.chance(0.2) else {}
            return {"act": "mandate.begin", "person": self.draw.pick(persons, "p-ada000"), "seat": filled, **later}
        if matter.startswith("removal-from-"):
            held = [found.id for found in self.state.mandates.values() if found.seat.startswith(matter[13:])]
            return {"act": "mandate.end", "mandate": self.draw.pick(held, "ma-0-0")}
        if matter == "admission":
            return {"act": "member.admit", "person": self.draw.pick(persons, "p-ada000"), **self.joining()}
        if matter == "amendment":
            return {"act": "rulebook.adopt", "edition": decision.draft or "ed-0"}
        if matter.startswith("founding-of-"):
            return {"act": "unit.found", "unit": f"unit-{self.draw.random.randrange(20)}", "kind": matter[12:]}
        if matter.startswith("closing-of-"):
            return {"act": "unit.close", "unit": self.draw.pick(self.state.units, "north")}
        if matter.startswith("call-of-"):
            starts = f"{(day_of(self.today) + timedelta(days=20)).isoformat()}T11:00"
            return {"act": "meeting.call", "body": matter[8:], "starts": starts, "matters": ["programme"]}
        return None

    def take(self) -> Step | None:
        """Decides within a power."""
        rulebook = self.draw.rulebook
        power = self.draw.pick(rulebook.powers.values()) if rulebook else None
        if power is None:
            return None
        return {"act": "decision.take", "matter": power.matters[0], "text": "Oars", "amount": self.draw.pick((1, 50, 100, 201)),
                **self.holder(*power.held_by)}  # fmt: skip
