"""Lots for seats: announcing one, adding to it, drawing it.

Lives here: these forms and pages, and what the page of a seat shows of its lots. Not here: whom a lot falls on (`engine`).

Invariant: the site keeps the secret of a lot only where its page says so, as it does for polls; nothing of it is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.lots import lot_of_secret
from isonomy.engine.proceedings.sortition import last_day
from isonomy.engine.seating import SeatLot
from isonomy.kernel.canonical import Json
from isonomy.rulebook.model import Body, Office, Rulebook
from isonomy.web.asking import may, needs_no_other, tried
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.not_here import NotHere
from isonomy.web.polls.lots import kept_secret, secret_for
from isonomy.web.seats.held import drawn
from isonomy.web.seats.naming import named
from isonomy.web.seats.seating_forms import OfSeat
from isonomy.web.seats.seating_pages import _OfSeat
from isonomy.web.viewer import Viewer

DIGEST, SECRET_FORM = r"^[0-9a-f]{64}$", r"^[A-Za-z0-9+/]{43}=$"
NO_DIGEST = "0" * 64


@dataclass(frozen=True)
class LotShown:
    """A lot of a seat: whether it still runs, until when it may be drawn, what the viewer may do.

    `waiting` are those it fell on who have not taken the seat yet, and whether the viewer may enter that.
    """

    lot: SeatLot
    runs: bool
    until: str
    may_join: bool
    is_drawn_by_viewer: bool
    waiting: tuple[tuple[str, bool], ...]


def lots_of(viewer: Viewer, name: str) -> list[LotShown]:
    """The lots of a seat, the latest first."""
    standing = viewer.standing
    found = [one for one in reversed(standing.state.seating.lots.values()) if one.seat == name]
    return [
        LotShown(
            one, runs := not one.drawn_on and standing.today <= last_day(one), last_day(one),
            runs and may(viewer, "lot.join", lot=one.id), runs and one.opened_by == viewer.person,
            tuple(
                (person, may(viewer, "mandate.begin", person=person, seat=name, decision=one.id))
                for lot, person in drawn(standing.state, name)
                if lot is one
            ),
        )
        for one in found
    ]  # fmt: skip


def fills_by_lot(block: Body | Office | None) -> bool:
    """Whether the clause fills the seat by lot."""
    return block is not None and block.filled is not None and block.filled.way == "lot"


def may_announce(viewer: Viewer, block: Body | Office, name: str) -> bool:
    """Whether announcing a lot for the seat is the viewer's."""
    if not fills_by_lot(block) or not viewer.is_member:
        return False
    return needs_no_other(tried(viewer, "lot.announce", seat=name, lot=NO_DIGEST, draw_from=viewer.standing.today)[0])


class AnnounceForm(OfSeat):
    """The first day of the draw; the digest of a secret of one's own, where one does not want the site to keep it."""

    act_name = "lot.announce"
    draw_from = forms.DateField(
        label=_("First day of the draw"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A later day than today: until then others add to the lot."),
    )  # fmt: skip
    lot = forms.RegexField(
        DIGEST, label=_("Digest of a secret of your own"), required=False,
        help_text=_(
            "Leave it empty, and the site keeps the secret: then whoever runs it could know it. "
            "Whoever does not want that draws 32 bytes and gives the digest that isonomy shows for them."
        ),
    )  # fmt: skip

    def fields_of_act(self) -> dict[str, Json]:
        """The seat, the digest and the day."""
        data = self.cleaned_data
        kept = lot_of_secret(secret_for(self.viewer.standing.state.origin, data["act_id"]))
        return {"seat": self.seat, "lot": data["lot"] or kept, "draw_from": data["draw_from"].isoformat()}


class Announce(_OfSeat):
    """Announcing a lot."""

    form_class = AnnounceForm
    title = _("Announce a lot")
    says = _(
        "Everybody who may be drawn stands in the pool as of today, but for who announces. Another member must add to the lot "
        "before its day, so that nobody steers it alone."
    )

    def is_there(self, book: Rulebook, name: str) -> bool:
        """Whether the seat is filled by lot."""
        return fills_by_lot(book.seat(name.partition("@")[0]))


class OfLotForm(OfSeat):
    """A form about one lot."""

    lot: SeatLot

    def __init__(self, *args: Any, lot: SeatLot, **kwargs: Any) -> None:
        self.lot = lot
        super().__init__(*args, seat=lot.seat, **kwargs)

    def fields_of_act(self) -> dict[str, Json]:
        """The lot, and what the form asks."""
        return {"lot": self.lot.id} | super().fields_of_act()


class JoinForm(OfLotForm):
    """Nothing is asked: the id of the act goes into the lot."""

    act_name = "lot.join"


class DrawForm(OfLotForm):
    """The secret, where the site does not keep it."""

    act_name = "lot.draw"
    kept = ""

    def build(self) -> None:
        """Asks for the secret that the site does not keep."""
        state = self.viewer.standing.state
        number = int(self.lot.id.partition("-")[2])
        opened_with = str(self.viewer.organisation.entry(number)["act"]["id"])
        self.kept = kept_secret(state, self.lot.lot, opened_with)
        if not self.kept:
            self.fields["secret"] = forms.RegexField(SECRET_FORM, label=_now("The secret of the lot"))

    def fields_of_act(self) -> dict[str, Json]:
        """The lot and its secret."""
        return {"lot": self.lot.id, "secret": self.kept or self.cleaned_data["secret"]}


class _OfLot(ActPage):
    """A page about the lot at its address."""

    template_name = "seats/act.html"
    form_class: type[OfLotForm]
    says: Any = ""

    @property
    def lot(self) -> SeatLot:
        """The lot; raises `NotHere` where there is none."""
        found: SeatLot | None = self.request.standing.state.seating.lots.get(self.kwargs["id"])
        if found is None:
            raise NotHere(_now("There is no such lot."), "lot", _now("see the page of the seat"))
        named(self.request.standing, found.seat)
        return found

    def make_form(self, data: Any = None) -> ActForm:
        """The form about it."""
        return self.form_class(data, viewer=self.request.viewer, lot=self.lot)

    def context(self) -> dict[str, Any]:
        """The seat, and what the page says."""
        return {"seat_name": self.lot.seat, "cancel": reverse("seat", args=[self.lot.seat]), "says": self.says}

    def next_url(self, answer: Answer) -> str:
        """The seat."""
        return reverse("seat", args=[self.lot.seat])


class Join(_OfLot):
    """Adding to a lot."""

    form_class = JoinForm
    title = _("Add to the lot")
    says = _(
        "What you add is drawn now and nobody could foresee it: with it whoever announced the lot cannot steer it."
    )


class Draw(_OfLot):
    """Drawing a lot."""

    form_class = DrawForm
    title = _("Draw the lot")
    says = _(
        "The secret is opened. With what others added it gives the order of the pool, and everybody can compute it again."
    )
