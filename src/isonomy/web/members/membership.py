"""Admitting, moving, leaving, recording a death.

Lives here: these pages, and what is offered on the pages of members. Not here: the forms' fields (`forms`), who may
(`decide`), invitations (`inviting`), units (`units`).

Invariant: what is offered was asked of the engine; leaving is one's own act, shown with what it ends before it is done.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.chamber.answers import Answer
from isonomy.engine.state import Person
from isonomy.engine.transfer import CONSENTED, open_transfer
from isonomy.rulebook.provisions.transfer import transfer_rule
from isonomy.web.asking import is_yours, may, needs_no_other, tried
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.members.forms import (
    AdmitForm,
    AnswerTransferForm,
    AskTransferForm,
    DieForm,
    LeaveForm,
    MoveForm,
    decision_choices,
    unit_choices,
)
from isonomy.web.members.inviting import invite
from isonomy.web.members.joining import may_join
from isonomy.web.not_here import NotHere
from isonomy.web.viewer import Viewer

NOBODY = "p-0000"
"""Stands for whoever would be admitted, when it is asked whether admitting is the viewer's at all."""


def may_admit(viewer: Viewer) -> bool:
    """Whether admitting is the viewer's: in an office that admits, or carrying out a decision that does."""
    if viewer.standing.edition is None or not viewer.standing.rulebook.member_classes:
        return False
    units: list[str | None] = [None, *(unit for unit, _name in unit_choices(viewer))]
    classes = list(viewer.standing.rulebook.member_classes)[:1]
    if len(decision_choices(viewer, "admission")) > 1:
        return True
    return any(
        needs_no_other(tried(viewer, "member.admit", person=NOBODY, member_class=name, unit=unit)[0])
        for name in classes
        for unit in units[:30]
    )


def asks_first(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer, a member, has to ask another unit before moving there, and has not been answered yes."""
    if viewer.person != person.id or viewer.standing.edition is None or transfer_rule(viewer.standing.rulebook) is None:
        return False
    found = open_transfer(viewer.standing.state, person.id)
    return person.id not in viewer.standing.state.to_assign and (found is None or found.standing != CONSENTED)


def may_answer(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer answers for one of the two units that the member's asking concerns."""
    found = open_transfer(viewer.standing.state, person.id)
    return found is not None and any(
        may(viewer, "transfer.consent", transfer=found.id, unit=unit, consents=True) for unit in (found.new, found.old)
    )


def offers_about(viewer: Viewer, person: Person) -> dict[str, bool]:
    """What the viewer may do about a member now."""
    state = viewer.standing.state
    elsewhere = next((unit for unit, _name in unit_choices(viewer) if unit != person.unit), None)
    asked = open_transfer(state, person.id)
    to = asked.new if asked is not None else elsewhere
    is_member = person.is_member_on(viewer.standing.today)
    died = tried(viewer, "member.die", person=person.id, on=viewer.standing.today)[0] if is_member else None
    return {
        "move": is_member and bool(state.units) and may(viewer, "member.move", person=person.id, unit=to),
        "ask": is_member and asks_first(viewer, person) and may(viewer, "transfer.ask", unit=elsewhere),
        "answer": is_member and may_answer(viewer, person),
        "leave": is_member and person.id == viewer.person,
        "die": died is not None and is_yours(died) and may(viewer, "member.die", person=person.id, on=viewer.standing.today)
        and person.id != viewer.person,
        "invite": is_member and viewer.keeps("roll"),
        "same": is_member and may_join(viewer) and person.id != viewer.person,
    }  # fmt: skip


class Admit(ActPage):
    """Admitting a member."""

    form_class = AdmitForm
    template_name = "members/act.html"
    title = gettext_lazy("Admit a member")
    button = gettext_lazy("Admit")

    def context(self) -> dict[str, Any]:
        """Who admits under the clause."""
        rulebook = self.request.standing.rulebook
        return {"cancel": reverse("members"), "classes": list(rulebook.member_classes.values())}

    def next_url(self, answer: Answer) -> str:
        """The new member's page; an invitation goes out where an address was given."""
        person, email = answer.entry["act"]["person"], self.request.POST.get("email", "").strip()
        viewer: Viewer = self.request.viewer
        if email and viewer.keeps("roll"):
            why = invite(viewer, person, email)
            if why:
                messages.warning(self.request, _("No invitation was sent: %(why)s.") % {"why": why})
            else:
                messages.success(self.request, _("An invitation is on its way to %(email)s.") % {"email": email})
        return reverse("member", args=[person])


class _AboutMember(ActPage):
    """A page about the member at its address."""

    template_name = "members/act.html"

    @property
    def person(self) -> Person:
        """The member; raises `NotHere` where there is none."""
        found: Person | None = self.request.standing.state.persons.get(self.kwargs["person"])
        if found is None or not found.is_member_on(self.request.standing.today):
            raise NotHere(f"{self.kwargs['person'][:40]} is not a member", "member", "look for the member in the list")
        return found

    def context(self) -> dict[str, Any]:
        """Whom it is about."""
        return {"about": self.person.id, "cancel": reverse("member", args=[self.person.id])}

    def next_url(self, answer: Answer) -> str:
        """The member's page."""
        return reverse("member", args=[self.kwargs["person"]])


class Move(_AboutMember):
    """Moving to another unit."""

    title = gettext_lazy("Move to another unit")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the member."""
        viewer = self.request.viewer
        form = AskTransferForm if asks_first(viewer, self.person) else MoveForm
        return form(data, viewer=viewer, person=self.person.id)


class AnswerTransfer(_AboutMember):
    """Answering a member who asks to move."""

    title = gettext_lazy("Answer who asks to move here")
    button = gettext_lazy("Answer")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about what the member asks."""
        found = open_transfer(self.request.standing.state, self.person.id)
        if found is None:
            raise NotHere(_("Nothing is asked that waits for an answer."))
        return AnswerTransferForm(data, viewer=self.request.viewer, transfer=found)


class Die(_AboutMember):
    """Recording a death."""

    title = gettext_lazy("Record a death")
    button = gettext_lazy("Record it")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the member."""
        return DieForm(data, viewer=self.request.viewer, person=self.person.id)

    def context(self) -> dict[str, Any]:
        """Whom it is about and what it ends."""
        return super().context() | {"ends": self.request.standing.state.mandates_of_person(
            self.person.id, self.request.standing.today
        )}  # fmt: skip


class Leave(ActPage):
    """Leaving: one's own act, at once."""

    form_class = LeaveForm
    template_name = "members/leave.html"
    title = gettext_lazy("Leave the organisation")
    button = gettext_lazy("Leave now")

    def context(self) -> dict[str, Any]:
        """What leaving ends."""
        viewer: Viewer = self.request.viewer
        state = viewer.standing.state
        open_polls = [
            poll for poll in state.polls.values() if poll.standing == "open" and poll.has_on_roll(viewer.person)
        ]
        return {
            "ends": viewer.mandates, "polls": open_polls, "cancel": reverse("member", args=[viewer.person]),
            "alone": sum(1 for one in state.persons.values() if one.is_member_on(viewer.standing.today)) == 1,
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The first page, as everybody sees it."""
        return reverse("today")
