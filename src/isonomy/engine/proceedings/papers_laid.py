"""Papers laid before a meeting: by their last day, before those who decide.

Lives here: `paper.lay`, and whether a matter's papers were laid in time. Not here: the papers of a ballot (`papers`).

Invariant: what a clause asks papers for is not decided at a meeting before which none was laid in time; a late paper is laid, and
is late. Source: docs/spec/acts-publication.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.proceedings.notices import asked_of, latest_dispatch
from isonomy.engine.publication import Paper
from isonomy.engine.shape import Line, LongText, ProceedingId, Slug
from isonomy.engine.state import State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.provisions.publication import PAPERS, PublicationRule, rule_on


@dataclass(frozen=True, slots=True)
class Lay:
    """Lays a paper before a meeting: its words, or a text that lies sealed and is handed to those who meet."""

    meeting: ProceedingId
    matter: Slug
    title: Line
    text: LongText | None = None
    sealed: ProceedingId | None = None


@effect("paper.laid")
@dataclass(frozen=True, slots=True)
class PaperLaid:
    """A paper lies before a meeting; `due_on` was its last day, `late` that it came after that."""

    paper: str
    meeting: str
    matter: str
    title: str
    on: str
    by: str
    due_on: str = ""
    late: bool = False
    text: str = ""
    sealed: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the paper."""
        state.publications.papers[self.paper] = Paper(
            self.paper, self.meeting, self.matter, self.title, self.on, self.by, self.due_on, self.text, self.sealed
        )
        state.touched[self.paper] = state.touched[self.meeting] = at.n


def rule_on_papers(state: State, meeting: Meeting) -> PublicationRule | None:
    """The block on papers under which a meeting was called."""
    book = state.rulebook(meeting.edition)
    return rule_on(book, PAPERS, meeting.body, "laid") or rule_on(book, PAPERS, meeting.body, "asked for")


def last_day(state: State, meeting: Meeting, rule: PublicationRule) -> str:
    """The last day on which a paper is in time: as long before as the clause says, else that of the notice."""
    start = day_of(meeting.starts)
    if rule.laid is not None:
        return rule.laid.before(start).isoformat()
    book = state.rulebook(meeting.edition)
    found = latest_dispatch(
        book.bodies[meeting.body.partition("@")[0]], asked_of(book, meeting.body, meeting.matters), start
    )
    return found.isoformat() if found is not None else meeting.starts[:10]


@judges("paper.lay", Lay, reportable=False)
def judge_lay(judgement: Judgement, lay: Lay) -> None:
    """Judges the laying of a paper: before a meeting to come, by those the clause names or those who meet."""
    meeting = judgement.state.meetings.get(lay.meeting)
    if meeting is None:
        raise judgement.bar(f"there is no meeting '{lay.meeting}'", {}, "name one, such as mt-31")
    if (lay.text is None) == (lay.sealed is None):
        raise judgement.bar("a paper has its words, or is a sealed text, and not both", {}, 'give "text", or "sealed"')
    if lay.sealed is not None and lay.sealed not in judgement.state.publications.sealed:
        raise judgement.bar(f"there is no sealed text '{lay.sealed}'", {}, "name one, such as tx-31")
    rule = rule_on_papers(judgement.state, meeting)
    if rule is None:
        raise judgement.bar(
            f"no clause has papers laid before {judgement.title(meeting.body)}", {"meeting": meeting.id},
            "amend the rulebook first",
        )  # fmt: skip
    clause = rule.place.clause_of("laid" if rule.laid is not None else "of")
    if meeting.standing not in ("called", "open", "adjourned"):
        judgement.refuse(
            clause,
            "a paper is laid before a meeting that is to come",
            {"standing": meeting.standing},
            "name another meeting",
        )
    block = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    unit = meeting.body.partition("@")[2]
    seats = dict.fromkeys(seat for seat in (*rule.by, meeting.body, block.chaired_by, block.minutes_by) if seat)
    judgement.may_act(
        tuple(seats), clause, "a paper is laid by those the clause names, or by those who meet", unit=unit
    )
    judgement.cite(clause)
    due = last_day(judgement.state, meeting, rule)
    judgement.then(
        PaperLaid(
            proceeding_id("pp", judgement.n), meeting.id, lay.matter, lay.title, judgement.on, judgement.author, due,
            judgement.on > due, lay.text or "", lay.sealed or "",
        )
    )  # fmt: skip


def check_papers(judgement: Judgement, meeting: Meeting, matter: str) -> bool:
    """Whether the papers that a clause asks for on a matter were laid in time; a ground where not."""
    rule = rule_on_papers(judgement.state, meeting)
    if rule is None or matter not in rule.asked_for or judgement.reported:
        return True
    clause = rule.place.clause_of("asked for")
    laid = [
        paper
        for paper in judgement.state.publications.papers.values()
        if paper.meeting == meeting.id and paper.matter == matter
    ]
    if any(paper.is_in_time for paper in laid):
        judgement.cite(clause)
        return True
    due = last_day(judgement.state, meeting, rule)
    judgement.refuse(
        clause, f"on {matter.replace('-', ' ')} nothing is decided without a paper that was laid in time",
        {"laid": {paper.id: paper.on for paper in laid} or "none", "at the latest": due},
        "call another meeting, and lay the paper "
        + (f"{rule.laid} before it" if rule.laid is not None else "with its notice"),
    )  # fmt: skip
    return False
