"""Who is looking: the member behind an account, and which personal values that member may see.

Lives here: the viewer of a request, the rule that pages are for members unless marked public, and what every page is
given. Not here: what a member may do (`decide` says), signing in (`accounts`).

Invariant: pages are for members unless a view says `@public`. A viewer sees names that are kept for the public; a
member also those for members; whoever keeps roll, minutes or record also those for the body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.chamber.ports import AUDIENCES, BODY, MEMBERS, PUBLIC
from isonomy.engine.state import Mandate
from isonomy.kernel.bad_input import BadInput
from isonomy.web.menu import menu_of
from isonomy.web.organisation import Organisation, Standing, here
from isonomy.web.powers.places import sentence_of_emergency
from isonomy.web.record.ordered import sentence_of_orders

View = TypeVar("View", bound=Any)
KEEPINGS = ("roll", "minutes", "record", "polls")


def public(view: View) -> View:
    """Marks a view that everybody may see, signed in or not."""
    view.is_public = True
    return view


def for_any_account(view: View) -> View:
    """Marks a view for whoever is signed in, member or not (any longer)."""
    view.is_for_any_account = True
    return view


@dataclass
class Viewer:
    """Whoever looks at a page: `person` is "" for somebody who is not signed in or not a member."""

    person: str
    organisation: Organisation
    standing: Standing
    _names: dict[str, str] = field(default_factory=dict)

    @cached_property
    def is_member(self) -> bool:
        """Whether the viewer is a member today, or a recorder of a history."""
        found = self.standing.state.persons.get(self.person)
        is_recorder = self.person != "" and self.person in self.standing.state.recorders
        return is_recorder or (found is not None and found.is_member_on(self.standing.today))

    @cached_property
    def mandates(self) -> list[Mandate]:
        """The seats the viewer holds today."""
        return self.standing.state.mandates_of_person(self.person, self.standing.today) if self.person else []

    @cached_property
    def seats(self) -> tuple[str, ...]:
        """The names of those seats."""
        return tuple(mandate.seat for mandate in self.mandates)

    def keeps(self, what: str) -> bool:
        """Whether an office the viewer holds is entrusted with `roll`, `minutes`, `record` or `polls`."""
        if self.standing.edition is None:
            return False
        rulebook = self.standing.rulebook
        for seat in self.seats:
            office = rulebook.offices.get(seat.partition("@")[0])
            if office is not None and what in office.keeps:
                return True
        return False

    @cached_property
    def audience(self) -> str:
        """The narrowest audience the viewer belongs to: `public`, `members` or `body`."""
        if not self.is_member:
            return PUBLIC
        return BODY if any(self.keeps(what) for what in ("roll", "minutes", "record")) else MEMBERS

    def sees(self, sealed: object) -> str:
        """The personal value behind a commitment, "" where it is not for this viewer or not kept any more."""
        kept = self.organisation.kept(sealed)
        if kept is None or AUDIENCES.index(kept.audience) > AUDIENCES.index(self.audience):
            return ""
        return kept.opening.value or ""

    def name(self, person: str) -> str:
        """A person's name as the viewer may see it, else the person's id."""
        if person not in self._names:
            found = self.standing.state.persons.get(person)
            name = self.sees(found.name) if found is not None else ""
            if not name and person == self.person and found is not None:
                kept = self.organisation.kept(found.name)
                name = (kept.opening.value or "") if kept is not None else ""
            self._names[person] = name or person
        return self._names[person]

    def names(self, persons: Iterable[str]) -> Mapping[str, str]:
        """The names of some persons by id, only those the viewer may see."""
        found = {person: self.name(person) for person in persons}
        return {person: name for person, name in found.items() if name != person}


class Request(HttpRequest):
    """A request once it was let in: with its viewer and the organisation as it stands."""

    viewer: Viewer
    organisation: Organisation
    standing: Standing


class MembersOnly:
    """Middleware: one state for the whole page, and no page without a member unless it is public."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            return self._respond(request)
        try:
            organisation = here()
            with organisation.turn() as standing:
                look(request, organisation, standing)
                return self._respond(request)
        except BadInput as fault:
            # The record cannot be reached, or contradicts what was signed: said on a page, whoever asks.
            from isonomy.web.answering import answer_to

            return answer_to(request, fault)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Turns away who may not see a view at all."""
        shown = getattr(view, "view_class", view)
        if _is_open(shown) or _is_open(view) or view.__module__.startswith("allauth."):
            return None
        account = request.user
        if not account.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if getattr(shown, "is_for_any_account", False) or getattr(view, "is_for_any_account", False):
            return None
        if not request.viewer.is_member:
            return render(request, "accounts/no_member.html", status=403)
        return None


def _is_open(view: Any) -> bool:
    return bool(getattr(view, "is_public", False))


def look(request: HttpRequest, organisation: Organisation, standing: Standing) -> None:
    """Sets the viewer of a request; done anew after an act was handed in."""
    account = getattr(request, "user", None)
    person = account.person if account is not None and account.is_authenticated else ""
    request.organisation = organisation
    request.standing = standing
    request.viewer = Viewer(person or "", organisation, standing)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page is given."""
    if not hasattr(request, "standing"):
        return {}
    standing: Standing = request.standing
    return {
        "standing": standing,
        "state": standing.state,
        "viewer": request.viewer,
        "is_demo": settings.ISONOMY_DEMO,
        "poll_seconds": settings.ISONOMY_POLL_SECONDS,
        "menu": menu_of(request.viewer),
        "emergency_in_force": sentence_of_emergency(standing),
        "order_from_outside": sentence_of_orders(standing),
    }
