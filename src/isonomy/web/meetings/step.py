"""A step of a meeting: what somebody may do about it, whose it is, and what the engine says of it now.

Lives here: the shape of a step, and asking for one. Not here: which steps there are (`steps`, `business`).

Invariant: a step is offered because the engine accepts the act that its page hands in; what a page asks for itself (who is
there, what was counted, who stands) is all that may still be missing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from isonomy.engine.refusal import Accepted, Refused, Verdict
from isonomy.kernel.canonical import Json
from isonomy.web.asking import is_yours, reasons
from isonomy.web.meetings.asking import judged
from isonomy.web.meetings.sitting import Sitting
from isonomy.web.viewer import Viewer

OWED, FIRST, CHAIR, MEMBER, LAST = "owed", "first", "chair", "member", "last"
"""What is owed before the meeting, by whoever calls it; what must come before anything else at it; the business; what any
member may do; what ends or breaks off."""
NOTHING_BARS_IT = Refused(())
"""What is asked on the step's own page is missing here, and nothing else: no acceptance, that is the engine's alone."""


@dataclass(frozen=True)
class Step:
    """Something that can be done about a meeting: its words, its page, the engine's answer, and whose it is.

    The title names the act and, after a colon, what it is about: `Put to the vote: The club buys a kettle.`
    """

    title: str
    href: str
    verdict: Verdict
    of: str = CHAIR

    @property
    def act(self) -> str:
        """What is done, as it stands on a button."""
        return self.title.partition(": ")[0]

    @property
    def about(self) -> str:
        """What it is done to; "" where the act says it all."""
        return self.title.partition(": ")[2]

    @property
    def is_open(self) -> bool:
        """Whether the viewer may do it now."""
        return isinstance(self.verdict, Accepted) or not self.verdict.grounds

    @property
    def is_yours(self) -> bool:
        """Whether it is the viewer's to do, now or once what bars it is mended."""
        return is_yours(self.verdict)

    @property
    def grounds(self) -> list[dict[str, Json]]:
        """Why not now."""
        return reasons(self.verdict)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that allow it."""
        return self.verdict.clauses if isinstance(self.verdict, Accepted) else ()


def but_for_presence(verdict: Verdict) -> Verdict:
    """A verdict without the grounds that only say how many are there: those are named on the step's own page."""
    if isinstance(verdict, Accepted):
        return verdict
    rest = tuple(ground for ground in verdict.grounds if "present" not in ground.facts)
    return Refused(rest)


def but_for_form(verdict: Verdict) -> Verdict:
    """A verdict without the grounds of the act's own form: what is missing there is asked on the step's own page."""
    if isinstance(verdict, Accepted) or not is_yours(verdict):
        return verdict
    rest = tuple(ground for ground in verdict.grounds if ground.clause)
    return Refused(rest)


class Asked:
    """The steps of one meeting, asked one by one."""

    def __init__(self, viewer: Viewer, sitting: Sitting) -> None:
        self.viewer, self.sitting, self.id = viewer, sitting, sitting.meeting.id

    def step(
        self, title: str, page: str, name: str, *parts: str, of: str = CHAIR, query: str = "", **fields: Json
    ) -> Step:
        """One step: its page and the act that page hands in, about the meeting unless it names another thing."""
        href = reverse(page, args=[self.id, *parts]) + query
        return Step(title, href, judged(self.viewer, name, **fields), of)

    def there(self, title: str, page: str, name: str, *, of: str = CHAIR) -> Step:
        """A step whose page names those present."""
        verdict = but_for_presence(judged(self.viewer, name, meeting=self.id))
        return Step(title, reverse(page, args=[self.id]), verdict, of)
