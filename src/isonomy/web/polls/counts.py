"""Counts shown on pages: the ballots of a closed poll counted again, once a process.

Lives here: finding the declaration, counting, keeping what was counted in memory. Not here: sheets (`sheet`).

Invariant: what is shown is a count of the very ballots that the record commits to, with the draws that were declared; it is
kept under the digest of the box, so that another box is another count.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from isonomy.chamber.casting import DECLARE_ACT, REPORT_ACT, paper_of
from isonomy.counting.ballot import Profile
from isonomy.counting.trace import Result
from isonomy.engine.recount import Recount, profile_of, recount
from isonomy.engine.state import Poll
from isonomy.record.base64_text import to_base64
from isonomy.record.box import Ballot
from isonomy.web.organisation import Organisation
from isonomy.web.viewer import Viewer

KEPT_MAX = 32


@dataclass(frozen=True)
class Counted:
    """The ballots of a poll and their count."""

    ballots: Sequence[Ballot]
    recount: Recount

    @property
    def result(self) -> Result:
        """The typed result."""
        return self.recount.result

    def ballot_of(self, receipt: str) -> Ballot | None:
        """The ballot that a receipt is the commitment of; None where none in the box is."""
        return next((ballot for ballot in self.ballots if to_base64(ballot.commitment()) == receipt), None)

    def profile(self, poll: Poll) -> Profile:
        """The ballots as counting takes them, in an order that depends on their content alone."""
        return profile_of(poll, sorted(self.ballots, key=lambda ballot: (ballot.ranks or (), str(ballot.scores))))


_counted: OrderedDict[tuple[object, ...], Counted] = OrderedDict()
_declared: dict[tuple[object, ...], int] = {}


def declared_entry(organisation: Organisation, poll: Poll) -> tuple[dict[str, Any], int | None]:
    """The declaration of a poll and its entry; nothing where it is not declared yet."""
    if poll.standing != "declared":
        return {}, None
    key = (organisation.folder, poll.id, poll.trace)
    number = _declared.get(key)
    if number is not None:
        return _told(organisation.entry(number)), number
    size = organisation.stores.record.size
    for entry in organisation.entries(int(poll.id.partition("-")[2]), size):
        if any(made.get("effect") == "poll.declared" and made.get("poll") == poll.id for made in entry["effects"]):
            _declared[key] = entry["n"]
            return _told(entry), entry["n"]
    return {}, None


def _told(entry: dict[str, Any]) -> dict[str, Any]:
    act = entry["act"]
    found: dict[str, Any] = act["what"] if act["act"] == REPORT_ACT else act
    return found if found.get("act") == DECLARE_ACT else {}


def fields_told(secret: str) -> dict[str, Any]:
    """What a count is told of its lot."""
    return {"secret": secret} if secret else {}


def counted_of(viewer: Viewer, poll: Poll) -> Counted:
    """The count of a closed poll; raises `BadInput` where there are no ballots to count."""
    organisation = viewer.organisation
    key = (organisation.folder, poll.id, poll.box_root, poll.standing, len(poll.named), poll.trace, poll.withdrawn)
    found = _counted.get(key)
    if found is None:
        ballots: Sequence[Ballot]
        if poll.named:
            ballots = [paper_of(paper) for paper in poll.named.values()]
        else:
            ballots = organisation.stores.boxes.ballots(poll.id)
        told, _number = declared_entry(organisation, poll)
        found = _counted[key] = Counted(ballots, recount(viewer.standing.state, poll, ballots, told))
        while len(_counted) > KEPT_MAX:
            _counted.popitem(last=False)
    _counted.move_to_end(key)
    return found
