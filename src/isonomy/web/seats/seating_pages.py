"""Pages of committees at work on which something is handed in.

Lives here: one page for each of those forms. Not here: the forms (`seating_forms`), pages that are only read (`committees`).

Invariant: a page is there only where the rulebook has the block; a refusal on it is the engine's.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.chamber.answers import Answer
from isonomy.engine.state import Mandate
from isonomy.rulebook.model import Body, Rulebook
from isonomy.rulebook.provisions.confirmation import WAYS, confirmation_of
from isonomy.rulebook.provisions.cooption import cooption_of
from isonomy.rulebook.provisions.credentials import credentials_of
from isonomy.rulebook.provisions.interim import interim_of
from isonomy.rulebook.provisions.substitutes import substitutes_of
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.not_here import NotHere
from isonomy.web.seats import seating_forms as of_seating
from isonomy.web.seats.committees import open_choices, shared
from isonomy.web.seats.naming import named


class _OfSeat(ActPage):
    """A page about the body or office at its address."""

    template_name = "seats/act.html"
    form_class: type[of_seating.OfSeat]
    says: Any = ""
    back = "seat"

    @property
    def seat_name(self) -> str:
        """The seat; raises `NotHere` where there is none, or the rulebook has no such block."""
        name: str = self.kwargs["name"]
        if named(self.request.standing, name) is None or not self.is_there(self.request.standing.rulebook, name):
            raise NotHere(_("the rulebook in force has nothing of the kind"), "seat", _("see what it says of the seat"))
        return name

    def is_there(self, book: Rulebook, name: str) -> bool:
        """Whether the rulebook has the block."""
        raise NotImplementedError

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the seat."""
        return self.form_class(data, viewer=self.request.viewer, seat=self.seat_name)

    def context(self) -> dict[str, Any]:
        """The seat, and that there is nothing to choose from."""
        form = self.make_form()
        lacking = any(not field.choices for field in form.fields.values() if hasattr(field, "choices"))
        return {
            "seat_name": self.seat_name, "cancel": self.next_url(None), "says": self.says,
            "empty": _("There is nothing to enter here yet.") if lacking else "",
        }  # fmt: skip

    def next_url(self, answer: Answer | None) -> str:
        """The seat, or the page of its credentials."""
        del answer
        return reverse(self.back, args=[self.seat_name])


class Coopt(_OfSeat):
    """Entering whom a body co-opted."""

    form_class = of_seating.CooptForm
    title = gettext_lazy("Enter a co-option")
    says = gettext_lazy("The body has decided it on the motion to co-opt. Whoever was co-opted has no vote on that.")

    def is_there(self, book: Rulebook, name: str) -> bool:
        """Whether the body co-opts."""
        return cooption_of(book, name) is not None


class Interim(_OfSeat):
    """Appointing somebody ad interim."""

    form_class = of_seating.InterimForm
    title = gettext_lazy("Appoint somebody for the time being")
    says = gettext_lazy("The seat is still to be filled in its own way. With that the interim ends.")

    def is_there(self, book: Rulebook, name: str) -> bool:
        """Whether somebody appoints ad interim."""
        return interim_of(book, name) is not None


class Ask(_OfSeat):
    """Laying whoever was chosen before the seat that confirms."""

    form_class = of_seating.AskForm
    title = gettext_lazy("Ask for a confirmation")
    says = gettext_lazy("Whoever was chosen takes the seat once another has confirmed it.")

    def is_there(self, book: Rulebook, name: str) -> bool:
        """Whether another confirms."""
        return any(confirmation_of(book, name, way) is not None for way in WAYS)


class Reply(Ask):
    """Confirming or refusing."""

    form_class = of_seating.AnswerForm
    title = gettext_lazy("Confirm or refuse")
    says = gettext_lazy("A body answers by its decision. A refusal gives its reasons.")


class ShareOut(_OfSeat):
    """The sharing out of delegates: the table as it stands, and doing it anew."""

    form_class = of_seating.ShareOutForm
    template_name = "seats/delegation.html"
    title = gettext_lazy("Delegates by membership")
    button = gettext_lazy("Share out the seats now")

    def is_there(self, book: Rulebook, name: str) -> bool:
        """Whether the seats are shared out by membership."""
        body = book.seat(name)
        return isinstance(body, Body) and body.filled is not None and body.filled.apportioned is not None

    def context(self) -> dict[str, Any]:
        """The sharing out that holds, unit by unit, and the entry it comes from."""
        found = shared(self.request.standing, self.seat_name)
        body = self.request.standing.rulebook.bodies[self.seat_name.partition("@")[0]]
        rows = (
            [(unit, members, found.given[unit]) for unit, members in found.members.items()] if found is not None else []
        )
        shown = {
            "shared": found, "rows": rows, "rule": body.filled.apportioned if body.filled is not None else None,
            "clause": body.place.clause_of("filled by"), "total": sum(members for _unit, members, _seats in rows),
            "number": found.id.partition("-")[2] if found is not None else "",
        }  # fmt: skip
        return super().context() | shown

    def next_url(self, answer: Answer | None) -> str:
        """This page again, with the new table; the seat where it is left."""
        return reverse("seat-delegation" if answer is not None else "seat", args=[self.seat_name])


class Accept(_OfSeat):
    """Accepting mandates."""

    form_class = of_seating.AcceptForm
    title = gettext_lazy("Accept mandates of delegates")
    says = gettext_lazy("Nobody examines the mandate of a delegate of their own unit.")
    back = "seat-credentials"

    def is_there(self, book: Rulebook, name: str) -> bool:
        """Whether a panel examines."""
        return credentials_of(book, name) is not None


class Refuse(Accept):
    """Refusing a mandate by the panel's decision."""

    form_class = of_seating.RefuseForm
    title = gettext_lazy("Enter a refusal of the panel")
    says = gettext_lazy("The panel has decided it. The entry shows what it does to quorum and majority.")


class _OfMandate(_OfSeat):
    """A page about the mandate at its address."""

    @property
    def mandate(self) -> Mandate:
        """The mandate; raises `NotHere` where there is none."""
        found: Mandate | None = self.request.standing.state.mandates.get(self.kwargs["id"])
        if found is None:
            raise NotHere(_("there is no such mandate"), "mandate", _("choose one on the page of its seat"))
        return found

    @property
    def seat_name(self) -> str:
        """The seat of the mandate; raises `NotHere` where the rulebook has no such block."""
        name = self.mandate.seat
        if named(self.request.standing, name) is None or not self.is_there(self.request.standing.rulebook, name):
            raise NotHere(
                _("the rulebook in force has nothing of the kind"), "mandate", _("see what it says of the seat")
            )
        return name

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the mandate."""
        return self.form_class(data, viewer=self.request.viewer, seat=self.seat_name, mandate=self.mandate.id)

    def context(self) -> dict[str, Any]:
        """The mandate."""
        return super().context() | {"mandate": self.mandate}


class Choose(_OfMandate):
    """Choosing between seats that do not go together."""

    form_class = of_seating.ChooseForm
    title = gettext_lazy("Choose between your seats")
    says = gettext_lazy(
        "The other seat is given up today. Without a choice the earlier one falls when the time is over."
    )

    def is_there(self, book: Rulebook, name: str) -> bool:
        """Whether a choice is owed."""
        return any(self.mandate.id in (one.mandate, *one.falling) for one in open_choices(self.request.standing))


class Substitute(_OfMandate):
    """Naming a substitute."""

    form_class = of_seating.SubstituteForm
    title = gettext_lazy("Name a substitute")
    says = gettext_lazy(
        "Substitutes step in in the order in which they were named, attested at the opening of the meeting."
    )

    def is_there(self, book: Rulebook, name: str) -> bool:
        """Whether the body has substitutes."""
        return substitutes_of(book, name) is not None


class Withdraw(Substitute):
    """Taking a substitute off the list."""

    form_class = of_seating.WithdrawForm
    title = gettext_lazy("Take a substitute off the list")
    says = ""


class StepIn(Substitute):
    """Attesting that a substitute steps in."""

    form_class = of_seating.StepInForm
    title = gettext_lazy("Attest that a substitute steps in")
    says = gettext_lazy("Roll and quorum count the substitute in the place of the holder until the meeting is closed.")


class Succeed(Substitute):
    """Letting the first substitute take the seat for good."""

    form_class = of_seating.SucceedForm
    title = gettext_lazy("Let the substitute take the seat")
    says = gettext_lazy("The first substitute takes the seat for the rest of the term.")


class Appeal(_OfMandate):
    """Appealing against the refusal of one's own mandate."""

    form_class = of_seating.AppealForm
    title = gettext_lazy("Appeal against the refusal of your mandate")
    back = "seat-credentials"

    def is_there(self, book: Rulebook, name: str) -> bool:
        """Whether a panel examines the mandates of the body."""
        return credentials_of(book, name) is not None


class Decide(Appeal):
    """Entering what a body decided on a refusal."""

    form_class = of_seating.DecideForm
    title = gettext_lazy("Enter what was decided on a refusal")
