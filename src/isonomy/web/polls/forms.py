"""Forms about polls: casting, closing, declaring.

Lives here: what is handed in. Not here: the papers (`papers`), putting a question (`putting`), who may (`decide`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isonomy.adapters.system import SystemClock, SystemEntropy
from isonomy.chamber.completing import closing_fields, completed
from isonomy.chamber.ports import NO_PAPERS, StoreFault
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.base64_text import from_base64, to_base64
from isonomy.record.box import NONCE_SIZE
from isonomy.record.tree import HASH_SIZE
from isonomy.web.asking import in_best_seat
from isonomy.web.desk import ActForm
from isonomy.web.polls.pile import Pile
from isonomy.web.polls.ties import OpenTie

NONCE = SECRET_FORM = r"^[A-Za-z0-9+/]{43}=$"


class CastForm(ActForm):
    """A ballot on its way into the box, or into the record; what it says was reviewed."""

    act_name = "ballot.cast"
    ballot = forms.CharField(widget=forms.HiddenInput, max_length=100_000)
    nonce = forms.RegexField(NONCE, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, poll: str, is_secret: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.poll, self.is_secret = poll, is_secret
        if is_secret:
            self.fields["nonce"].required = True
        else:
            del self.fields["nonce"]

    def clean_ballot(self) -> Json:
        """The ballot that the paper made."""
        try:
            found: Json = json.loads(self.cleaned_data["ballot"])
        except ValueError as fault:
            raise forms.ValidationError(_("This is no ballot. Fill in the paper again.")) from fault
        return found

    def fields_of_act(self) -> dict[str, Json]:
        """The poll, the ballot (an empty list is a blank one) and the nonce of a secret one."""
        found: dict[str, Json] = {"poll": self.poll, "ballot": self.cleaned_data["ballot"]}
        return found | ({"nonce": self.cleaned_data["nonce"]} if self.is_secret else {})


def draw_nonce() -> str:
    """A nonce for one ballot, drawn with its form."""
    return to_base64(SystemEntropy().draw(NONCE_SIZE))


class BoxForm(ActForm):
    """An act about a poll that speaks of its box: completed with box and count as they are, then seated."""

    def __init__(self, data: Any = None, *, poll: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.poll = poll

    def fields_of_act(self) -> dict[str, Json]:
        """The poll, and what the form adds."""
        return {"poll": self.poll, **super().fields_of_act()}

    def act(self) -> dict[str, Json]:
        """The act with box and count as they are now, from the seat in which it may be done."""
        standing, boxes = self.viewer.standing, self.viewer.organisation.stores.boxes
        try:
            act = completed(super().act(), standing.state, boxes, SystemClock(), SystemEntropy(), standing.today)
        except StoreFault as fault:
            what = _("there is no closed box of this poll to count")
            raise BadInput(str(what), "poll", str(_("close the poll first, once a ballot was cast"))) from fault
        _verdict, seat = in_best_seat(self.viewer, act)
        return act | ({"as": seat} if seat else {})


class CloseForm(BoxForm):
    """Closes a poll; with the papers that its tellers agree on, which are laid beside the act in `papers`."""

    act_name = "poll.close"
    papers = NO_PAPERS

    def fields_of_act(self) -> dict[str, Json]:
        """The poll, and what lies in box and pile together."""
        found: dict[str, Json] = {"poll": self.poll}
        pile = Pile(self.poll)
        self.papers = pile.papers()
        if self.papers.ballots or self.papers.marked:
            standing, boxes = self.viewer.standing, self.viewer.organisation.stores.boxes
            found |= closing_fields(standing.state, boxes, self.poll, self.papers)
            found["tellers"] = list(pile.persons)
        return found


class DeclareForm(BoxForm):
    """Declares the count of a closed poll: with the secret of its lot, and draws for ties that the count leaves open."""

    act_name = "poll.declare"

    def __init__(
        self,
        data: Any = None,
        *,
        ties: Sequence[OpenTie] = (),
        kept: str = "",
        asks_secret: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.ties, self.kept = ties, kept
        if asks_secret and not kept:
            self.fields["secret"] = forms.RegexField(
                SECRET_FORM, required=False, label=_("The secret of the lot"),
                help_text=_("The 44 signs that you kept when its lot was published. Without it a tie stays open."),
            )  # fmt: skip
        for tie in ties:
            self.fields[f"tie{tie.number}"] = _tie_field(tie)

    def fields_of_act(self) -> dict[str, Json]:
        """The poll, the secret, and the draws."""
        data = self.cleaned_data
        found: dict[str, Json] = {"poll": self.poll}
        if self.kept or data.get("secret"):
            found["secret"] = self.kept or data["secret"]
        draws: list[Json] = []
        for tie in self.ties:
            chosen = data.get(f"tie{tie.number}") or []
            if chosen and tie.is_question:
                found["casting_vote"] = chosen
            elif chosen:
                numbers = sorted(int(number) for number in ([chosen] if isinstance(chosen, str) else chosen))
                draws.append({"among": list(tie.among), "chosen": numbers, "by": tie.by, "tie": tie.number})
        return found | ({"draws": draws} if draws else {})


def _tie_field(tie: OpenTie) -> forms.Field:
    choices = list(zip(tie.values, tie.names, strict=True))
    if tie.by == "casting vote":
        label, hint = _("The casting vote"), _("There is a tie, and the clause gives a casting vote.")
    else:
        label, hint = (
            _("How the lot fell"),
            _("There is a tie. Draw the lot before those present, and enter how it fell."),
        )
    if tie.places == 1:
        return forms.ChoiceField(label=label, help_text=hint, choices=choices, widget=forms.RadioSelect)
    return forms.MultipleChoiceField(label=label, help_text=hint, choices=choices, widget=forms.CheckboxSelectMultiple)


class ReceiptForm(forms.Form):
    """A receipt to look for in a box; it is asked by POST, so that no log of addresses holds it."""

    receipt = forms.CharField(
        label=_("Your receipt"), max_length=60, help_text=_("The 44 signs that you were shown when you cast your ballot."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_receipt(self) -> str:
        """The receipt without the blanks that copying brings along."""
        found = "".join(str(self.cleaned_data["receipt"]).split())
        try:
            from_base64(found, "receipt", HASH_SIZE)
        except BadInput as fault:
            raise forms.ValidationError(_("A receipt has 44 signs and ends with =. Copy all of it.")) from fault
        return found

    def wrong(self) -> list[tuple[str, str, str]]:
        """What is wrong with it."""
        return [(field.id_for_label, str(field.label), str(error)) for field in self for error in field.errors]
