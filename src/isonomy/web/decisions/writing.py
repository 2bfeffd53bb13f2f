"""Writing the minutes of a meeting for a viewer.

Lives here: reading the acts that belong to a meeting, and the minutes from them. Not here: what stands in minutes
(`documents.minutes`), pages (`minutes`).

Invariant: minutes hold what the record says of the meeting and the names that the viewer may see, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from isonomy.documents.minutes import Entry, Minutes, acts_of, first_entry, minutes_of, persons_in, things_of
from isonomy.documents.minutes_approval import Standing, digest_of, standing_line, standing_of
from isonomy.web.history import entries_naming
from isonomy.web.viewer import Viewer


@dataclass(frozen=True)
class Written:
    """Minutes with the acts they were written from and their standing today."""

    minutes: Minutes
    acts: list[Entry]
    standing: Standing

    @property
    def said(self) -> str:
        """The standing as a sentence."""
        return standing_line(self.standing)

    @property
    def digest(self) -> str:
        """The digest of the acts."""
        return digest_of(self.acts, self.acts[-1]["n"] if self.acts else 0)


def acts_of_meeting(viewer: Viewer, meeting: str) -> list[Entry]:
    """The entries that belong to a meeting; raises Http404 for one that is not there."""
    state = viewer.standing.state
    if meeting not in state.meetings:
        raise Http404
    things = things_of(state, meeting)
    found = entries_naming(viewer.organisation, (*things, "protest.lodged"), first_entry(things), viewer.standing.size)
    return acts_of(state, meeting, found)


def written(viewer: Viewer, meeting: str) -> Written:
    """The minutes of a meeting as the viewer may read them."""
    state = viewer.standing.state
    acts = acts_of_meeting(viewer, meeting)
    found = minutes_of(state, meeting, acts, viewer.names(persons_in(state, acts)))
    return Written(found, acts, standing_of(state, found, acts, viewer.standing.today))
