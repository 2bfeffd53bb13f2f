"""Orders from outside: all of them with where each stands, and the forms by which one enters, is confirmed, and is told to all.

Lives here: those pages. Not here: who may (`engine`); review and disagreement, which are decisions of bodies and entered as such;
what stands on other pages (`ordered`).

Invariant: an order is shown from its entry on, with both names, its authority and its digest, whether or not it has an effect;
where the rulebook knows none and none was entered, there is no page.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.outside import AWAITING, EFFECTS_OF_ORDERS, OutsideOrder
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.orders import orders_rule
from isonomy.rulebook.render import plain_reading
from isonomy.web.asking import SeatedForm, needs_no_other, tried
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.not_here import NotHere
from isonomy.web.organisation import Standing
from isonomy.web.record.ordered import has_orders

SHA = r"^[0-9a-f]{64}$"
DOES = {
    "stay": _("stay a decision, an election or a mandate"), "annul": _("annul a decision or an election"),
    "seat": _("seat somebody"), "unseat": _("end a mandate"), "disclose": _("have something disclosed"),
    "erase": _("have a personal value erased"),
}  # fmt: skip


def _with_orders(request: HttpRequest) -> Standing:
    standing: Standing = request.standing
    if not has_orders(standing):
        raise NotHere(_now("the rulebook knows no orders from outside"), "", _now("see what it says"))
    return standing


def orders(request: HttpRequest) -> HttpResponse:
    """All orders, the latest first, with what may be done about each."""
    standing, viewer = _with_orders(request), request.viewer
    found = [
        {
            "order": one, "standing": one.standing_on(standing.today), "thing": one.concerns,
            "left": [thing for thing in one.review if thing not in one.reviewed],
            "may_confirm": viewer.is_member and one.standing_on(standing.today) == AWAITING
            and needs_no_other(tried(viewer, "outside.confirm", order=one.id, sha256=one.sha256)[0]),
            "may_notify": viewer.is_member and bool(one.confirmed_on) and not one.notified_on
            and needs_no_other(tried(viewer, "outside.notify", order=one.id, how="-", to_count=1)[0]),
        }
        for one in reversed(standing.state.orders.values())
    ]  # fmt: skip
    rule = orders_rule(standing.rulebook) if standing.edition is not None else None
    seats = set(rule.entered_by) if rule is not None else set()
    reading = plain_reading(standing.rulebook) if rule is not None else ()
    shown = {
        "found": found, "rule": rule, "may_enter": bool(seats & set(viewer.seats)),
        "reading": [read for read in reading if read.kind == "orders"],
    }  # fmt: skip
    return render(request, "record/orders.html", shown)


class OrderForm(SeatedForm):
    """What is ordered, by whom, from when, about what."""

    act_name = "outside.order"
    effect = forms.ChoiceField(label=_("What it does"), widget=forms.RadioSelect)
    concerns = forms.CharField(
        label=_("What it concerns"), max_length=300, required=False,
        help_text=_("The id of the decision, election, mandate or person, such as de-42. To seat somebody, leave it empty."),
    )  # fmt: skip
    person = forms.RegexField(r"^p-[a-z0-9]{4,32}$", label=_("Whom it seats"), required=False)
    seat = forms.CharField(label=_("In which seat"), max_length=130, required=False)
    source = forms.ChoiceField(
        label=_("Where it comes from"),
        choices=(("court", _("a court")), ("statute", _("a statute")), ("regulator", _("a regulator"))),
    )
    authority = forms.CharField(
        label=_("The authority, in words"),
        max_length=300,
        help_text=_("With its reference, so that anybody can ask there."),
    )
    words = forms.CharField(label=_("What it orders, in its words"), widget=forms.Textarea, max_length=20_000)
    sha256 = forms.RegexField(
        SHA, label=_("SHA-256 of the document"), help_text=_("64 letters and digits, as sha256sum prints them.")
    )
    binds_from = forms.DateField(label=_("Binds from"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(
        label=_("Last day of a stay"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    lifts = forms.CharField(
        label=_("Ends the stay"), max_length=20, required=False, help_text=_("The earlier order, such as oo-12.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effect"].choices = [(name, DOES[name]) for name in EFFECTS_OF_ORDERS]

    def fields_of_act(self) -> dict[str, Json]:
        """The fields, days as the record writes them."""
        found = super().fields_of_act()
        return {key: value.isoformat() if key in ("binds_from", "last_day") else value for key, value in found.items()}


class OfOrderForm(SeatedForm):
    """A form about one order, which the page names."""

    def __init__(self, *args: Any, order: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order

    def fields_of_act(self) -> dict[str, Json]:
        """The order, and what the form asks."""
        return {"order": self.order} | super().fields_of_act()


class ConfirmForm(OfOrderForm):
    """The digest of the document as this office saw it."""

    act_name = "outside.confirm"
    sha256 = forms.RegexField(
        SHA, label=_("SHA-256 of the document that you saw"),
        help_text=_("Take it from the document itself, not from this page: that is what your confirmation is worth."),
    )  # fmt: skip


class NotifyForm(OfOrderForm):
    """How all members were told, and how many."""

    act_name = "outside.notify"
    how = forms.CharField(label=_("How"), max_length=300)
    to_count = forms.IntegerField(label=_("How many were told"), min_value=0)


class Page(ActPage):
    """A page about orders; 404 where there is none."""

    template_name = "record/order_act.html"

    def order(self) -> OutsideOrder | None:
        """The order of the address; None where it has none."""
        named = self.kwargs.get("order")
        return _with_orders(self.request).state.orders.get(named) if named else None

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the order."""
        found = self.order()
        if found is None:
            raise NotHere(_now("There is no such order."), "", _now("see the list of orders"))
        return self.form_class(data, viewer=self.request.viewer, order=found.id)

    def context(self) -> dict[str, Any]:
        """The order, and where to go back to."""
        return {"order": self.order(), "cancel": reverse("orders")}

    def next_url(self, answer: Answer) -> str:
        """The list of orders."""
        return reverse("orders")


class Enter(Page):
    """Entering an order."""

    form_class = OrderForm
    title = _("Enter an order from outside")
    button = _("Enter it")

    def make_form(self, data: Any = None) -> ActForm:
        """The form, where the rulebook knows orders."""
        _with_orders(self.request)
        return OrderForm(data, viewer=self.request.viewer)


class Confirm(Page):
    """Confirming an order that the other office entered."""

    form_class = ConfirmForm
    title = _("Confirm the order")
    button = _("Confirm it")


class Notify(Page):
    """Recording that all members were told."""

    form_class = NotifyForm
    title = _("All members were notified")
    button = _("Enter it")
