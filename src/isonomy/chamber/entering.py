"""Entering: how an accepted act becomes an entry of the record.

Lives here: the one place where act, stamp, author and verdict are put together. Not here: judging
(`engine`), the entry's bytes (`record.entry`), appending (`appender`).

Invariant: the entry says neither more nor less than the verdict; judging its act again under its semantics
gives the same bytes (`verification` relies on it).
"""

from __future__ import annotations

from isonomy.engine.decide import Submission
from isonomy.engine.refusal import Accepted
from isonomy.record.entry import Entry


def entry_of(n: int, submission: Submission, verdict: Accepted, semantics: int) -> Entry:
    """Entry number `n`: the act as submitted and stamped, and what its acceptance brought about.

    Source: docs/spec/record.md, section "Entries".
    """
    shown = verdict.to_json("")
    return Entry(
        n=n,
        semantics=semantics,
        at=submission.at,
        local=submission.local,
        act=submission.act,
        auth=submission.auth,
        clauses=verdict.clauses,
        effects=verdict.effects,
        irregularities=tuple(shown["irregularities"]),
        untold=tuple(shown.get("untold", ())),
    )
