"""Importing a list of members: looked over row by row, then admitted, some at a time.

Lives here: the page and its steps. Not here: reading the list (`adapters.importers.members`), inviting (`inviting`), who may
admit (`decide`).

Invariant: nothing is admitted before each row's fate was shown; ids of acts and persons follow from the list and its line, so
that a step sent twice, or a list gone through again after an interruption, admits nobody twice. The list itself is not stored:
it travels with the form.
"""

from __future__ import annotations

import time
from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from isonomy.adapters.importers.members import (
    ADMITTED,
    BAD,
    REFUSED,
    SKIPPED,
    Row,
    acts_of_row,
    check_codes,
    examine_rows,
    read_rows,
    tell,
)
from isonomy.adapters.system import SystemEntropy
from isonomy.chamber.completing import sealed
from isonomy.chamber.founding import draw_act_id, hours_from
from isonomy.chamber.submit import Sent
from isonomy.engine.words import capital
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.commitment import SALT_SIZE
from isonomy.rulebook.counted_codes import counted_codes
from isonomy.web.asking import in_best_seat, reasons
from isonomy.web.desk import GOOD_FOR_HOURS, REFUSED_STATUS
from isonomy.web.live import not_live
from isonomy.web.members.inviting import invite, is_reached
from isonomy.web.viewer import Viewer, look

TEXT_LENGTH_MAX, ROWS_MAX, ROWS_SHOWN = 2_000_000, 5_000, 500
ACTS_AT_A_TIME = 50
SECONDS_AT_A_TIME = 4.0
"""How long one step goes on before it shows how far it came."""
WAITING = "waiting"
NAME = "list"


class ListForm(forms.Form):
    """A list of members, from a file or pasted."""

    text = forms.CharField(
        label=gettext_lazy("The list"), required=False, strip=False, max_length=TEXT_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "CSV: a first line that names the columns, then a line for each member. Columns: name, class, unit, person (an id), "
            "key, address. Only the name is needed. Addresses go into invitations, never into the record."
        ),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("Or a file with it"), required=False)

    def clean(self) -> dict[str, Any]:
        """The text from wherever it came."""
        data: dict[str, Any] = super().clean() or {}
        given = data.get("file")
        if given is not None:
            if given.size > TEXT_LENGTH_MAX:
                self.add_error("file", _("The file is too large for this page. Import it at the command line."))
                return data
            raw = given.read()
            try:
                data["text"] = raw.decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is not UTF-8 text. Save the list as CSV in UTF-8."))
                return data
        data["text"] = (data.get("text") or "").replace("\r\n", "\n")
        if not data["text"].strip():
            self.add_error("text", _("There is no list."))
        return data


class StepForm(forms.Form):
    """The list as it travels from step to step."""

    list = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=TEXT_LENGTH_MAX)
    with_invitations = forms.BooleanField(label=gettext_lazy("Invite those with an address to sign in"), required=False)


@not_live
class Import(View):
    """A list of members becomes admissions."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form for the list."""
        return self._ask(request, ListForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Looks the list over; with `list` goes on admitting."""
        if "list" in request.POST:
            step = StepForm(request.POST)
            if not step.is_valid():
                raise BadInput(_("this step of the import cannot be read"), "list", _("begin again with the list"))
            return self._go_on(request, step)
        form = ListForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._ask(request, form, status=REFUSED_STATUS)
        list_id, text = draw_act_id(SystemEntropy()), form.cleaned_data["text"]
        try:
            rows = _rows(request.viewer, text)
        except BadInput as fault:
            form = ListForm(initial={"text": text})
            return self._ask(request, form, fault=fault, status=REFUSED_STATUS)
        whole = Work(request.viewer, list_id, rows)
        whole.examine()
        whole.try_out()
        step = StepForm(initial={"list": list_id, "text": text, "with_invitations": True})
        return self._show(request, whole, step, is_dry=True)

    def _go_on(self, request: HttpRequest, step: StepForm) -> HttpResponse:
        whole = Work(
            request.viewer,
            step.cleaned_data["list"],
            _rows(request.viewer, step.cleaned_data["text"].replace("\r\n", "\n")),
        )
        whole.examine()
        until = time.monotonic() + SECONDS_AT_A_TIME
        whole.admit(request, until)
        if step.cleaned_data["with_invitations"] and request.viewer.keeps("roll"):
            whole.viewer = request.viewer
            whole.invite(until)
        return self._show(request, whole, StepForm(initial=step.cleaned_data), is_dry=False)

    def _ask(
        self, request: HttpRequest, form: ListForm, fault: BadInput | None = None, status: int = 200
    ) -> HttpResponse:
        standing = request.viewer.standing
        codes = counted_codes(standing.rulebook) if standing.edition is not None else []
        shown = {"form": form, "fault": fault, "most": ROWS_MAX, "codes": codes}
        return render(request, "members/import.html", shown, status=status)

    def _show(self, request: HttpRequest, whole: Work, step: StepForm, is_dry: bool) -> HttpResponse:
        for row in whole.rows:
            row.says = capital(row.says)
        counts = {
            fate: sum(row.fate == fate for row in whole.rows) for fate in (ADMITTED, SKIPPED, REFUSED, BAD, WAITING)
        }
        first = [row for row in whole.rows if row.fate in (REFUSED, BAD)]
        rest = [row for row in whole.rows if row.fate not in (REFUSED, BAD)]
        shown = {
            "rows": (first + rest)[:ROWS_SHOWN], "count": len(whole.rows), "counts": counts, "form": step, "is_dry": is_dry,
            "left": counts[WAITING] + len(whole.uninvited), "invited": whole.invited, "uninvited": whole.not_invited,
            "addresses": sum(1 for row in whole.rows if row.cells.get("address")), "keeps_roll": request.viewer.keeps("roll"),
            "done": counts[ADMITTED] + counts[SKIPPED],
        }  # fmt: skip
        return render(request, "members/import_rows.html", shown)


def _rows(viewer: Viewer, text: str) -> list[Row]:
    known = counted_codes(viewer.standing.rulebook) if viewer.standing.edition is not None else []
    rows = list(read_rows(text.encode(), NAME, [one.kind for one in known]))
    check_codes(rows, known)
    if len(rows) > ROWS_MAX:
        cure = f"divide it into lists of {ROWS_MAX:,}, or import it whole at the command line"
        raise BadInput(f"the list has {len(rows):,} rows", NAME, cure)
    return rows


class Work:
    """One list on its way: what has become of each row."""

    def __init__(self, viewer: Viewer, list_id: str, rows: list[Row]) -> None:
        self.viewer, self.list_id, self.rows = viewer, list_id, rows
        self.invited = 0
        self.uninvited: list[Row] = []
        self.not_invited: list[tuple[Row, str]] = []

    def _id(self, row: Row, what: str) -> str:
        return sha256(f"isonomy list {self.list_id} line {row.line} {what}".encode()).hexdigest()[:32]

    def examine(self) -> None:
        """Gives every row its fate as far as it is known: admitted by this list before, there already, bad, waiting."""
        standing = self.viewer.standing
        for row in self.rows:
            number = standing.state.acts.get(self._id(row, "0"))
            if number is not None and not row.fate:
                row.fate, row.entry = ADMITTED, number
                row.person = row.cells.get("person") or self._person(row)
        examine_rows(self.rows, standing.state, self.viewer.sees, self._person, standing.today)
        for row in self.rows:
            row.fate = row.fate or WAITING

    def _person(self, row: Row) -> str:
        return f"p-{self._id(row, 'person')[:20]}"

    def _acts(self, row: Row) -> list[dict[str, Json]]:
        standing = self.viewer.standing
        until = hours_from(standing.at, GOOD_FOR_HOURS)
        head = {"log": standing.state.origin, "until": until, "by": self.viewer.person}
        return [{"id": self._id(row, str(place)), **head, **act} for place, act in enumerate(acts_of_row(row, None))]

    def try_out(self) -> None:
        """Asks the engine about each row that waits; nothing is handed in."""
        for row in self.rows:
            if row.fate == WAITING:
                grounds = reasons(in_best_seat(self.viewer, self._acts(row)[0])[0])
                if grounds:
                    clause = f"clause {grounds[0]['clause']}: " if grounds[0]["clause"] else ""
                    row.fate, row.says, row.cure = REFUSED, f"{clause}{grounds[0]['says']}", grounds[0]["cure"]

    def admit(self, request: HttpRequest, until: float) -> None:
        """Hands in the rows that wait, in order, until the time is up."""
        waiting = [row for row in self.rows if row.fate == WAITING]
        while waiting and time.monotonic() < until:
            some, waiting = waiting[:ACTS_AT_A_TIME], waiting[ACTS_AT_A_TIME:]
            sent: list[Sent] = []
            places: list[Row] = []
            for row in some:
                row.fate = ""
                for act in self._acts(row):
                    seat = in_best_seat(self.viewer, act)[1]
                    whole, kept = sealed(
                        act | ({"as": seat} if seat else {}), lambda place: SystemEntropy().draw(SALT_SIZE)
                    )
                    sent.append(Sent(whole, {"kind": "attested"}, kept))
                    places.append(row)
            for row, reply in zip(places, self.viewer.organisation.submit(sent), strict=True):
                tell(row, reply)
            look(request, self.viewer.organisation, self.viewer.organisation.standing())
            self.viewer = request.viewer

    def invite(self, until: float) -> None:
        """Invites those of the list who are members now, have an address in it and are not reached yet."""
        for row in self.rows:
            address = row.cells.get("address", "")
            if not address or row.fate not in (ADMITTED, SKIPPED) or not row.person or is_reached(row.person):
                continue
            if time.monotonic() >= until:
                self.uninvited.append(row)
                continue
            why = invite(self.viewer, row.person, address)
            if why:
                self.not_invited.append((row, why))
            else:
                self.invited += 1
