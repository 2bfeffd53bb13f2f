"""Reading a poll: what a page says of it, asked of state, rulebook and engine.

Lives here: a poll with its clause, names, times, and what the viewer may do about it. Not here: counting (`counts`).

Invariant: whether the viewer may cast, close or declare is the engine's answer; while a secret poll is open nothing here says
who has cast, but to the one who asks about themself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from isonomy.chamber.ports import MARKED, Drop
from isonomy.counting.registry import Rule, rule_named
from isonomy.engine.competence import ELECTION
from isonomy.engine.proceedings.outcome import default_number, majority_of, procedure_for, quorum_of
from isonomy.engine.refusal import Accepted, Verdict
from isonomy.engine.roll import roll_digest
from isonomy.engine.state import Poll
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.rulebook.model import Procedure
from isonomy.rulebook.render import say_majority, say_quorum
from isonomy.web.asking import OTHERS, reasons, tried
from isonomy.web.not_here import NotHere
from isonomy.web.polls.models import GivenPaper, Teller
from isonomy.web.polls.papers import BLANK, EQUAL_RANKS, QUESTION, kind_of
from isonomy.web.viewer import Viewer

SECRET, NAMED, HANDS = "secret", "named", "by show of hands"
OPEN, CLOSED, DECLARED = "open", "closed", "declared"
ZEROS = "A" * 43 + "="
"""A nonce for trials: whether somebody may cast does not depend on it."""


def poll_named(viewer: Viewer, id: str) -> Poll:
    """The poll of that id; raises `NotHere`."""
    found = viewer.standing.state.polls.get(id)
    if found is None:
        raise NotHere(f"there is no poll '{id[:40]}'", "poll", "look for it among all polls")
    return found


@dataclass
class Asked:
    """A poll as the viewer meets it."""

    viewer: Viewer
    poll: Poll

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The options in words, in the order of the paper."""
        return tuple(name_of(self.viewer, option.person, option.name) for option in self.poll.options)

    @cached_property
    def procedure(self) -> Procedure | None:
        """How the body decides the matter, as the edition said under which the poll was opened."""
        return procedure_for(self.viewer.standing.state, self.poll, self.poll.editions[0], self.poll.matter)[0]

    @property
    def clause(self) -> str:
        """The clause under which it was opened."""
        return procedure_for(self.viewer.standing.state, self.poll, self.poll.editions[0], self.poll.matter)[1]

    @property
    def rule(self) -> Rule:
        """The rule by which it is counted."""
        return rule_named(self.poll.counting)

    @property
    def kind(self) -> str:
        """Which kind of paper it has."""
        return kind_of(self.poll)

    @property
    def reads_equal(self) -> bool:
        """Whether options may be ranked equally."""
        return self.poll.counting in EQUAL_RANKS

    @property
    def winner_names(self) -> list[str]:
        """Who or what was chosen, in words and in order; nobody while it is not decided."""
        outcome = self.poll.outcome or {}
        if not outcome.get("decided", True) or not self.names:
            return []
        return [self.names[number - 1] for number in outcome.get("winners", []) if number <= len(self.names)]

    @property
    def decision_standing(self) -> str:
        """Where the decision stands today: in force, provisional, annulled."""
        found = self.viewer.standing.state.decisions.get(self.poll.decision)
        return found.standing_on(self.viewer.standing.today) if found is not None else ""

    @property
    def is_election(self) -> bool:
        """Whether persons are elected."""
        return self.poll.matter.startswith(ELECTION)

    @property
    def is_secret(self) -> bool:
        """Whether ballots go into a box."""
        return self.poll.secrecy == SECRET

    @property
    def is_by_hands(self) -> bool:
        """Whether it is answered by show of hands."""
        return self.poll.secrecy == HANDS

    @property
    def roll_size(self) -> int | None:
        """How many stand on the roll; None where that was not told."""
        return None if self.poll.roll is None else len(self.poll.roll)

    @cached_property
    def roll_digest(self) -> str:
        """The digest of the frozen roll, as the opening entry holds it."""
        return "" if self.poll.roll is None else roll_digest(self.poll.roll)

    @property
    def is_on_roll(self) -> bool:
        """Whether the viewer may vote here."""
        return self.poll.has_on_roll(self.viewer.person) and self.viewer.person not in self.poll.struck

    @cached_property
    def has_cast(self) -> bool:
        """Whether the viewer has cast: told to the voter alone."""
        if not self.is_secret:
            return self.viewer.person in self.poll.named
        asked = Drop(self.viewer.person, b"", bytes(32))
        return self.viewer.organisation.stores.boxes.find(self.poll.id, asked) == MARKED

    @cached_property
    def casting(self) -> tuple[Verdict, str]:
        """What the engine says of a ballot of the viewer now."""
        blank: Json = "abstain" if self.kind == QUESTION else BLANK
        act = {"poll": self.poll.id, "ballot": blank, "nonce": ZEROS if self.is_secret else None}
        verdict, seat = _tried_whole(self.viewer, "ballot.cast", act)
        return verdict, seat

    @property
    def may_cast(self) -> bool:
        """Whether a ballot of the viewer would be taken now."""
        if self.is_secret and (self.has_cast or self.has_paper):
            return False
        return isinstance(self.casting[0], Accepted)

    @property
    def why_not(self) -> list[dict[str, object]]:
        """Why the viewer cannot cast, as the engine says it."""
        return reasons(self.casting[0])

    @cached_property
    def closing(self) -> Verdict:
        """What the engine says of a close by the viewer now; what a close says of the box is left aside."""
        sealed: dict[str, Json] = {"box_root": ZEROS, "box_size": 0, "marked": 0} if self.is_secret else {}
        return tried(self.viewer, "poll.close", poll=self.poll.id, **sealed)[0]

    @property
    def may_close(self) -> bool:
        """Whether the viewer may close it now."""
        return self.poll.standing == OPEN and not self.is_by_hands and isinstance(self.closing, Accepted)

    @cached_property
    def presides(self) -> bool:
        """Whether closing or declaring is the viewer's to do, now or later."""
        if self.poll.standing == OPEN and not self.is_by_hands:
            verdict = self.closing
        else:
            fields: dict[str, Json] = {"rule": self.poll.counting, "tallies": {"ballots": 0}}
            verdict = tried(self.viewer, "poll.declare", poll=self.poll.id, **fields)[0]
        if isinstance(verdict, Accepted):
            return True
        return not any(set(OTHERS) & set(ground.facts) for ground in verdict.grounds)

    @property
    def is_teller(self) -> bool:
        """Whether the viewer enters the papers of this poll."""
        return (
            self.poll.standing == OPEN and Teller.objects.filter(poll=self.poll.id, person=self.viewer.person).exists()
        )

    @property
    def has_paper(self) -> bool:
        """Whether the viewer was given a paper."""
        return GivenPaper.objects.filter(poll=self.poll.id, person=self.viewer.person).exists()

    @property
    def cast_so_far(self) -> int | None:
        """How many have cast, never who; None where nobody can know before the close."""
        if not self.is_secret:
            return len(self.poll.named) if self.poll.secrecy == NAMED else None
        return self.viewer.organisation.stores.boxes.measure(self.poll.id).ballots

    @property
    def asks(self) -> list[tuple[str, str]]:
        """What carries it, and the quorum, each in a sentence with its clause."""
        state, edition = self.viewer.standing.state, self.poll.editions[0]
        found = []
        if self.kind == QUESTION and not self.is_election:
            majority, clause = majority_of(state, self.poll, edition, self.poll.matter)
            found.append((_("It is carried by %(majority)s.") % {"majority": say_majority(majority)}, clause))
        quorum, clause = quorum_of(state, self.poll, edition)
        if quorum is not None:
            found.append((_("Its quorum is %(quorum)s.") % {"quorum": say_quorum(quorum)}, clause))
        return found

    @property
    def tie(self) -> str:
        """What a tie does."""
        procedure = self.procedure
        if procedure is None or procedure.tie == "not carried":
            return _("A tie elects nobody.") if self.is_election else _("A tie is not carried.")
        if procedure.tie == "lot":
            if self.poll.lot:
                return _("A tie is settled by the lot that was published beforehand: nobody can steer it alone.")
            return _("A tie is settled by lot, drawn before those present.")
        return _("A tie is settled by the casting vote of the %(office)s.") % {
            "office": procedure.casting_vote or _("chair")
        }

    @property
    def default(self) -> int:
        """The number of the default option, 0 where there is none."""
        return default_number(self.poll) if any(option.default for option in self.poll.options) else 0


def name_of(viewer: Viewer, person: str, name: str) -> str:
    """An option in words: a person by name as the viewer may see it, else as it was put."""
    return viewer.name(person) if person else name


def names_of(viewer: Viewer, persons: Sequence[str]) -> list[str]:
    """Persons by name as the viewer may see them."""
    return [viewer.name(person) for person in persons]


def _tried_whole(viewer: Viewer, name: str, fields: dict[str, Json]) -> tuple[Verdict, str]:
    """As `tried`, with a blank ballot kept: an empty list is a ballot here."""
    from isonomy.adapters.system import SystemEntropy
    from isonomy.chamber.founding import draw_act_id, hours_from
    from isonomy.engine.decide import refusal_of

    act: dict[str, Json] = {
        "id": draw_act_id(SystemEntropy()), "log": viewer.standing.state.origin,
        "until": hours_from(viewer.standing.at, 1), "act": name, "by": viewer.person,
        **{key: value for key, value in fields.items() if value is not None},
    }  # fmt: skip
    try:
        return viewer.standing.judge(act), ""
    except BadInput as fault:
        return refusal_of(fault), ""
