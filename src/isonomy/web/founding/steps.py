"""The first steps: what a new organisation has done and has still to do, each with the page where it is done.

Lives here: the list and its state, read from the record, the accounts and the duties. Not here: doing the steps (each room's
pages), what may be done while an opening balance waits (`engine`).

Invariant: a step is done when the record or the accounts show it, not when somebody ticked it; a step that the rulebook does not
have is not in the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isonomy.engine.enrolments import credentials_of
from isonomy.engine.opening import approval_clause, approve_by, approving_body
from isonomy.engine.state import HISTORY
from isonomy.engine.words import say_day
from isonomy.kernel.calendar import parse_date
from isonomy.web.accounts.models import Account
from isonomy.web.today.places import address
from isonomy.web.viewer import Viewer

FIRST_DAYS = timedelta(days=120)
"""How long after its first entry an organisation is led through its first steps."""
DONE, TO_DO, WAITS = "done", "to do", "waits"


@dataclass(frozen=True)
class Step:
    """One step: its title, how it stands and in which words, the pages where it is done, the clause."""

    title: str
    standing: str
    says: str
    links: tuple[tuple[str, str], ...] = ()
    clause: str = ""


@dataclass(frozen=True)
class Next:
    """What the first page says of the steps."""

    says: str


def is_new(viewer: Viewer) -> bool:
    """Whether the organisation is in its first days: a living one, soon after its founding entry."""
    state = viewer.standing.state
    if state.kind == HISTORY or not viewer.organisation.stores.record.size:
        return False
    begun = parse_date(viewer.organisation.entry(0)["local"][:10])
    return viewer.standing.day - begun <= FIRST_DAYS


def leads(viewer: Viewer) -> bool:
    """Whether the viewer is one of those who set the organisation up: keeps its roll or record, or entered its balance."""
    opening = viewer.standing.state.opening
    enters = opening is not None and opening.is_pending and viewer.person in opening.entered_by
    return enters or viewer.keeps("roll") or viewer.keeps("record")


def next_step(viewer: Viewer) -> Next | None:
    """What the first page says to those who set the organisation up, while steps are left; else nothing."""
    if not leads(viewer) or not is_new(viewer):
        return None
    left = [step for step in steps(viewer) if step.standing != DONE]
    if not left:
        return None
    count = ngettext("%(count)s step is left.", "%(count)s steps are left.", len(left)) % {"count": len(left)}
    return Next(f"{count} " + _("Next: %(title)s.") % {"title": left[0].title})


def steps(viewer: Viewer) -> list[Step]:
    """The steps in their order."""
    found = [_sign_in(viewer), _rulebook(viewer)]
    opening = viewer.standing.state.opening
    found += [_balance(viewer)] if opening is not None else [_members(viewer), _seats(viewer)]
    return [*found, _invitations(viewer), _meeting(viewer), _keep(viewer)]


def _links(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((href, label) for href, label in pairs if href)


def _sign_in(viewer: Viewer) -> Step:
    mine = [
        key for key in credentials_of(viewer.standing.state, viewer.person) if key.revoked is None and key.algorithm
    ]
    title = _("Make a key of your own")
    links = _links((address("keys"), _("Your keys")))
    if mine:
        return Step(title, DONE, _("You have a passkey: it signs you in, and signs your acts."), links)
    return Step(
        title,
        TO_DO,
        _("A passkey signs you in without mail, and signs your acts so that nobody can forge them."),
        links,
    )


def _rulebook(viewer: Viewer) -> Step:
    edition = viewer.standing.edition
    title = _("Read your rulebook, and make it yours")
    links = _links((address("rulebook"), _("Read it")), (address("rulebook-lodge"), _("Propose a change")))
    if edition is None:
        return Step(title, TO_DO, _("No edition is in force yet: the rest of its text is to be lodged."), links)
    if len(viewer.standing.state.editions) > 1:
        return Step(title, DONE, _("It has been changed since the founding, or a change is proposed."), links)
    says = _(
        "The text you were founded with is in force. A change of it is proposed, decided and put into force as it says itself."
    )
    return Step(title, DONE, says, links)


def _members(viewer: Viewer) -> Step:
    state, today = viewer.standing.state, viewer.standing.today
    count = sum(person.is_member_on(today) for person in state.persons.values())
    classes = viewer.standing.rulebook.member_classes if viewer.standing.edition is not None else {}
    clause = next((block.place.clause_of("admitted by") for block in classes.values()), "")
    title = _("Bring your members in")
    links = _links(
        (address("members-import"), _("Import a list, after a dry run")), (address("member-admit"), _("Admit one member")),
        (address("members"), _("Members")),
    )  # fmt: skip
    says = ngettext("%(count)s member stands on the roll.", "%(count)s members stand on the roll.", count) % {
        "count": count
    }
    return Step(title, DONE if count > 1 else TO_DO, says, links, clause)


def _seats(viewer: Viewer) -> Step:
    fills = [duty for duty in viewer.standing.due if duty.id.startswith(("fill ", "open election "))]
    vacant = [duty for duty in fills if duty.due_on <= viewer.standing.today]
    title = _("Fill the first seats")
    links = _links((address("seats"), _("Offices and bodies")))
    if not vacant:
        return Step(title, DONE, _("No seat is due to be filled today."), links)
    says = ngettext(
        "%(count)s body or office has vacant seats.", "%(count)s bodies and offices have vacant seats.", len(vacant)
    )
    return Step(title, TO_DO, says % {"count": len(vacant)}, links, vacant[0].clause)


def _balance(viewer: Viewer) -> Step:
    standing = viewer.standing
    opening = standing.state.opening
    assert opening is not None
    title = _("Have the opening balance approved")
    links = _links((address("opening"), _("The opening balance")))
    clause = approval_clause(standing.rulebook)
    if not opening.is_pending:
        return Step(title, DONE, _("It was approved, or what was not is struck."), links, clause)
    body = approving_body(standing.rulebook)
    day = say_day(approve_by(opening, standing.state.rulebook(next(iter(standing.state.editions)))))
    says = _("%(body)s decides on it by %(day)s; until then little else may be done.") % {
        "body": body.title if body is not None else _("The members"), "day": day,
    }  # fmt: skip
    return Step(title, WAITS, says, links, clause)


def _invitations(viewer: Viewer) -> Step:
    state, today = viewer.standing.state, viewer.standing.today
    members = sum(person.is_member_on(today) for person in state.persons.values())
    accounts = Account.objects.filter(is_active=True, person__isnull=False).count()
    title = _("Invite them to sign in")
    links = _links((address("invitations"), _("Invitations")), (address("members"), _("Members")))
    says = _("%(accounts)s of %(members)s members can sign in.") % {"accounts": accounts, "members": members}
    return Step(title, DONE if accounts > 1 or (members == 1 and accounts) else TO_DO, says, links)


def _meeting(viewer: Viewer) -> Step:
    meetings = viewer.standing.state.meetings
    title = _("Call a first meeting")
    links = _links((address("meeting-call"), _("Call a meeting")), (address("meetings"), _("Meetings")))
    if meetings:
        return Step(title, DONE, _("A meeting was called."), links)
    return Step(title, TO_DO, _("The page works out the earliest lawful day and the last day for each notice."), links)


def _keep(viewer: Viewer) -> Step:
    title = _("Keep a proof of the record elsewhere")
    links = _links((address("verify"), _("Verify it yourself")), (address("operators"), _("Backup")))
    backups = _marked(viewer)
    says = _("Take a backup, copy the signer's folder to another place, and give a signed head to somebody outside.")
    return Step(title, DONE if backups else TO_DO, says, links)


def _marked(viewer: Viewer) -> bool:
    """Whether a backup was made from the operators' page."""
    from isonomy.web.operators.models import BackupMade

    return BackupMade.objects.exists()
