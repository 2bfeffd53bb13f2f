"""Reading an election: its steps, its candidates, and what the viewer may do in it.

Lives here: an election by nominations with its clause and times, asked of state, rulebook and engine. Not here: its poll
(`polls`), the forms (`forms`).

Invariant: what is offered was asked of the engine with the act that its page hands in; the lot is shown as it was published,
its secret only once it stands in the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isonomy.engine.competence import APPEAL, ELECTION
from isonomy.engine.election import CLOSED, NOMINATING, Candidate, Election
from isonomy.engine.proceedings.appeals import UNDECIDED
from isonomy.engine.proceedings.standing import check_returning, rule_of
from isonomy.engine.refusal import Accepted, Verdict
from isonomy.engine.state import Decision, Mandate, Poll
from isonomy.engine.vacant import waiting
from isonomy.engine.words import say_day
from isonomy.rulebook.election_rule import BY_LOT, ElectionRule
from isonomy.rulebook.model import Procedure
from isonomy.web.asking import OTHERS, is_yours, may, tried
from isonomy.web.meetings.sitting import judgement_of
from isonomy.web.not_here import NotHere
from isonomy.web.polls.lots import kept_secret
from isonomy.web.viewer import Viewer


@dataclass(frozen=True)
class Step:
    """One step of an election: what, whether it is done, when, under which clause."""

    title: str
    is_done: bool
    says: str
    clause: str = ""


@dataclass(frozen=True)
class Standing:
    """A candidate as the viewer meets them: what is still missing, and what the viewer may do about it."""

    candidate: Candidate
    missing: tuple[str, ...]
    may_second: bool
    may_accept: bool
    may_withdraw: bool


def election_named(viewer: Viewer, id: str) -> Election:
    """The election of that id; raises `NotHere`."""
    found = viewer.standing.state.elections.get(id)
    if found is None:
        raise NotHere(f"there is no election '{id[:40]}'", "election", "look for it among all elections")
    return found


@dataclass
class Contest:
    """An election as the viewer meets it."""

    viewer: Viewer
    election: Election

    @cached_property
    def _rules(self) -> tuple[Procedure, ElectionRule]:
        return rule_of(self.viewer.standing.state, self.election)

    @property
    def procedure(self) -> Procedure:
        """How it is held."""
        return self._rules[0]

    @property
    def rule(self) -> ElectionRule:
        """What its clause says of elections."""
        return self._rules[1]

    @property
    def standing(self) -> str:
        """Where it stands today."""
        return self.election.standing_on(self.viewer.standing.today)

    @property
    def is_nominating(self) -> bool:
        """Whether nominations are open."""
        return self.standing == NOMINATING

    @property
    def poll(self) -> Poll | None:
        """Its poll."""
        return self.viewer.standing.state.polls.get(self.election.poll)

    @property
    def decision(self) -> Decision | None:
        """What was decided."""
        return self.viewer.standing.state.decisions.get(self.election.decision)

    @property
    def elected(self) -> tuple[str, ...]:
        """Who was elected, in the order of election."""
        return tuple(self.decision.person.split()) if self.decision is not None else ()

    @cached_property
    def candidates(self) -> list[Standing]:
        """Who is nominated, in the order of nomination."""
        return [self._standing(candidate) for candidate in self.election.candidates.values()]

    def _standing(self, candidate: Candidate) -> Standing:
        missing: list[str] = []
        lacking = self.procedure.seconders - len(candidate.seconders)
        is_waiting = self.is_nominating and not candidate.withdrawn_on
        if is_waiting and not candidate.accepted:
            missing.append(_("consent"))
        if is_waiting and lacking > 0:
            missing.append(ngettext("%(n)s seconder", "%(n)s seconders", lacking) % {"n": lacking})
        about = {"election": self.election.id}
        is_me = candidate.person == self.viewer.person
        return Standing(
            candidate, tuple(missing),
            may_second=is_waiting and lacking > 0 and may(
                self.viewer, "nomination.second", person=candidate.person, **about
            ),
            may_accept=is_me and is_waiting and may(self.viewer, "nomination.accept", **about),
            may_withdraw=is_me and not candidate.withdrawn_on and may(self.viewer, "nomination.withdraw", **about),
        )  # fmt: skip

    @cached_property
    def standing_myself(self) -> Verdict:
        """What the engine says of a nomination of oneself."""
        return tried(self.viewer, "nomination.make", election=self.election.id, person=self.viewer.person)[0]

    @property
    def may_stand(self) -> bool:
        """Whether the viewer may nominate themself now."""
        return self.is_nominating and isinstance(self.standing_myself, Accepted)

    @property
    def may_nominate(self) -> bool:
        """Whether the viewer may nominate another, but for who it is."""
        if not self.is_nominating:
            return False
        verdict = tried(self.viewer, "nomination.make", election=self.election.id, person=self.viewer.person)[0]
        if isinstance(verdict, Accepted):
            return True
        facts = [set(ground.facts) for ground in verdict.grounds]
        return not any(found & set(OTHERS) or "last day" in found for found in facts)

    @property
    def why_not_stand(self) -> list[dict[str, object]]:
        """Why the viewer cannot stand, where nominations are open."""
        verdict = self.standing_myself
        if not self.is_nominating or isinstance(verdict, Accepted) or self.viewer.person in self.election.candidates:
            return []
        found: list[dict[str, object]] = verdict.to_json("")["grounds"]
        return found

    @cached_property
    def presides(self) -> bool:
        """Whether the next step is the viewer's, now or on its day: closing nominations, or opening the poll."""
        election = self.election
        if not self.viewer.is_member or self.standing not in (NOMINATING, CLOSED):
            return False
        judgement = judgement_of(self.viewer.standing, self.viewer.person)
        stand = tuple(one.person for one in election.candidates.values() if not one.withdrawn_on)
        check_returning(judgement, election.body, self.procedure, self.procedure.place.clause, "", standing=stand)
        return not judgement.grounds

    @property
    def may_poll(self) -> bool:
        """Whether the viewer may open its poll, but for what the page asks."""
        return self.standing == CLOSED and self.presides

    @property
    def kept_secret(self) -> str:
        """The secret of the lot where this site keeps it."""
        return kept_secret(self.viewer.standing.state, self.election.lot, self.election.opened_with)

    @property
    def is_by_lot(self) -> bool:
        """Whether the paper is in an order drawn by lot."""
        return self.election.order == BY_LOT

    @property
    def is_provisional(self) -> bool:
        """Whether the result does not stand yet."""
        found = self.decision
        return found is not None and found.standing_on(self.viewer.standing.today) == "provisional"

    @property
    def waits_for(self) -> list[str]:
        """For what a provisional result waits."""
        found, today = self.decision, self.viewer.standing.today
        if found is None or not self.is_provisional:
            return []
        said = [_("a scrutineer's own count")] if found.unattested else []
        if today <= found.appealable_until:
            said.append(_("the time to appeal, through %(day)s") % {"day": say_day(found.appealable_until)})
        return said + [_("the decision on an appeal") for _one in found.appeals]

    @property
    def appeals(self) -> list[tuple[object, str]]:
        """The appeals against its result, each with the address of the motion on it where the viewer may move one now."""
        return [
            (found, self._motion_on(found.id, found.body) if found.standing == UNDECIDED else "")
            for found in self.viewer.standing.state.appeals.values()
            if found.decision == self.election.decision
        ]

    def _motion_on(self, appeal: str, body: str) -> str:
        about = {"matter": APPEAL + self.election.seat.partition("@")[0], "body": body, "appeal": appeal}
        return (
            f"{reverse('motion-move')}?{urlencode(about)}" if may(self.viewer, "motion.move", text="?", **about) else ""
        )

    @property
    def may_appeal(self) -> bool:
        """Whether the viewer may appeal against the result."""
        return self.decision is not None and may(
            self.viewer, "election.appeal", decision=self.election.decision, text="?"
        )

    @property
    def may_attest(self) -> bool:
        """Whether the viewer may attest a count of their own."""
        return self.poll is not None and may(self.viewer, "count.attest", poll=self.election.poll, trace="0" * 64)

    @cached_property
    def vacancies(self) -> list[tuple[Mandate, bool]]:
        """The mandates of this election that ended early and wait for a countback; whether it is the viewer's to fill each."""
        standing = self.viewer.standing
        edition = standing.edition.id if standing.edition is not None else ""
        found = waiting(standing.state, edition, self.election.seat, self.election.body, standing.today)
        return [
            (mandate, is_yours(tried(self.viewer, "vacancy.fill", mandate=mandate.id)[0])) for mandate in found
            if mandate.ground == self.election.decision and mandate.id not in standing.state.countbacks
        ]  # fmt: skip

    @property
    def steps(self) -> list[Step]:
        """The steps of the election in order."""
        election, place = self.election, self.procedure.place
        through = _("They are taken at the meeting.") if election.meeting else _("Open through %(day)s.") % {
            "day": say_day(election.nominations_until)
        }  # fmt: skip
        closed = election.closed_on
        poll = self.poll
        found = [
            Step(_("Opened"), True, say_day(election.opened_on), place.clause),
            Step(_("Nominations"), bool(closed), through, place.clause_of("nominations")),
            Step(_("Paper fixed"), bool(closed), say_day(closed) if closed else _("By the returning officer, afterwards."),
                 place.clause_of("order on the paper")),
        ]  # fmt: skip
        if poll is not None or self.standing in (NOMINATING, CLOSED):
            says = say_day(poll.opened_on) if poll else _("Opened by %(day)s, else the election lapses.") % {
                "day": say_day(election.poll_opens_by)
            }  # fmt: skip
            found.append(Step(_("Poll"), poll is not None and poll.standing != "open", says, place.clause))
        is_final = self.decision is not None and not self.is_provisional
        says = _("It waits for %(what)s.") % {"what": "; ".join(self.waits_for)} if self.is_provisional else ""
        found.append(Step(_("Result"), is_final, says, place.clause_of("appeal") if self.rule.appeal else place.clause))
        return found


def openable(viewer: Viewer) -> list[tuple[str, str, str, bool]]:
    """The seats that are filled by nominations: seat, electing body, clause, and whether the viewer may open one now."""
    standing = viewer.standing
    if standing.edition is None:
        return []
    found = []
    for procedure in standing.rulebook.procedures.values():
        rule = procedure.election
        if rule is None or rule.nominations is None or not procedure.fills:
            continue
        for seat, body in _places(viewer, procedure):
            meeting = next((each.id for each in standing.state.meetings.values()
                            if each.body == body and each.standing == "open"), "")  # fmt: skip
            asked = meeting if rule.nominations.length is None else ""
            can = may(viewer, "election.open", body=body, seat=seat, lot="0" * 64, meeting=asked)
            found.append((seat, body, procedure.place.clause_of("nominations"), can))
    return found


def _places(viewer: Viewer, procedure: Procedure) -> list[tuple[str, str]]:
    """Where a seat stands, with the body that elects to it: once, or in each unit of its kind."""
    rulebook, state = viewer.standing.rulebook, viewer.standing.state
    seat, body = rulebook.seat(procedure.fills), rulebook.bodies.get(procedure.by)
    seat_kind = seat.in_each if seat is not None else ""
    body_kind = body.in_each if body is not None else ""
    kind = seat_kind or body_kind
    if not kind:
        return [(procedure.fills, procedure.by)]
    units = [unit.id for unit in state.units.values() if unit.kind == kind and not unit.closed_on]
    return [
        (
            f"{procedure.fills}@{unit}" if seat_kind else procedure.fills,
            f"{procedure.by}@{unit}" if body_kind else procedure.by,
        )
        for unit in units
    ]


def matter_of(election: Election) -> str:
    """The matter of an election."""
    return ELECTION + election.seat.partition("@")[0]
