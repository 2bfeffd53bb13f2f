"""Rejudging: every act of a record judged again, on the state that the entries before it left.

Lives here: the serial part of verification: decide, compare, fold. Not here: hashes, signatures, boxes and
counts (`verification`), the judging itself (`engine`).

Invariant: an entry agrees only if judging its act, author and stamp under its recorded semantics gives its
very bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from isonomy.chamber.claims import DECLARED_EFFECT, FILLED_EFFECT, Claimed, false_claim
from isonomy.chamber.entering import entry_of
from isonomy.engine.apply import SIGNED, apply, assurance_of
from isonomy.engine.decide import Submission, decide
from isonomy.engine.recount import CountTask, countback_task, task_of
from isonomy.engine.refusal import Refused
from isonomy.engine.state import Poll, State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes
from isonomy.record.box import Ballot
from isonomy.record.discrepancy import Discrepancy
from isonomy.record.note import VerifierKey

JUDGED_OTHERWISE = "judged otherwise"
"""Judging the act again does not give what the entry says."""
FALSE_CLAIM = "false claim"
"""The entry says of the log's key or signature what is not so."""
BROKEN = "cannot be folded"
"""The entry's effects cannot be applied: what follows cannot be judged."""
PARTS = ("clauses", "effects", "irregularities", "untold")


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared result, to be counted again: by which entry, what it said, and what the count needs."""

    entry: int
    poll: str
    is_named: bool
    task: CountTask
    told: Mapping[str, Any]


@dataclass(slots=True)
class Rejudged:
    """What judging again found: how many acts agree, what does not, the state, and the counts to repeat.

    `enrolments` are the signed acts by the weakest enrolment behind their key: `signed`, `attested` or `console`.
    """

    count: int = 0
    discrepancies: list[Discrepancy] = field(default_factory=list)
    declared: list[Declared] = field(default_factory=list)
    state: State = field(default_factory=State)
    enrolments: Counter[str] = field(default_factory=Counter)


class _NoBoxes:
    """Boxes are examined by themselves (`verification`)."""

    def seal(self, poll: Poll) -> dict[str, Any] | None:
        return None

    def ballots(self, poll: str) -> Sequence[Ballot] | None:
        return None


def rejudge(entries: Iterable[bytes], key: VerifierKey | None) -> Iterator[Rejudged]:
    """Judges the acts of some entries, from the first on; yields what was found so far after every entry.

    Stops at an entry whose effects cannot be folded, since nothing after it can be judged.
    """
    found = Rejudged()
    boxes = _NoBoxes()
    for data in entries:
        n = found.state.n
        try:
            raw = json.loads(data)
            found.discrepancies += _examined(found, raw, data, key, boxes)
            known = assurance_of(found.state, raw["auth"])
            apply(found.state, raw)
        except BadInput as fault:
            found.discrepancies.append(Discrepancy(BROKEN, f"entry {n}", fault.sentence(), n))
            yield found
            return
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
            says = f"its effects cannot be applied ({type(fault).__name__}: {fault})"
            found.discrepancies.append(Discrepancy(BROKEN, f"entry {n}", says, n))
            yield found
            return
        found.count += 1
        found.enrolments[known] += raw["auth"]["kind"] == SIGNED
        yield found


def _examined(
    found: Rejudged, raw: dict[str, Any], data: bytes, key: VerifierKey | None, boxes: _NoBoxes
) -> list[Discrepancy]:
    n, state = found.state.n, found.state
    place = f"entry {n}"
    try:
        submission = Submission(raw["act"], raw["auth"], raw["at"], raw["local"])
        verdict = decide(state, submission, raw["semantics"])
    except BadInput as fault:
        return [Discrepancy(JUDGED_OTHERWISE, place, f"it cannot be judged again: {fault.sentence()}", n)]
    if isinstance(verdict, Refused):
        ground = verdict.grounds[0]
        says = f"its act is refused when it is judged again: {ground.says} (clause {ground.clause or 'of form'})"
        return [Discrepancy(JUDGED_OTHERWISE, place, says, n)]
    if verdict.boxed:
        return [Discrepancy(JUDGED_OTHERWISE, place, "a secret ballot stands in the record", n)]
    again = entry_of(n, submission, verdict, raw["semantics"]).to_json()
    if canonical_bytes(again) != data:
        differing = [part for part in PARTS if again[part] != raw.get(part)] or ["form"]
        says = f"judging its act again gives other {', '.join(differing)}"
        return [Discrepancy(JUDGED_OTHERWISE, place, says, n)]
    claimed = Claimed(raw["act"], verdict.effects)
    for effect in verdict.effects:
        if effect["effect"] in (DECLARED_EFFECT, FILLED_EFFECT):
            _note_declared(found, n, claimed, effect)
    ground_against = false_claim(state, claimed, key, boxes) if key is not None else None
    if ground_against is not None:
        return [Discrepancy(FALSE_CLAIM, place, ground_against.says, n)]
    return []


def _note_declared(found: Rejudged, n: int, claimed: Claimed, effect: Mapping[str, Any]) -> None:
    poll = found.state.polls[effect["poll"]]
    if not poll.named and not poll.box_root:
        return
    if effect["effect"] == FILLED_EFFECT:
        task, _ = countback_task(found.state, effect["mandate"], effect["on"], claimed.told)
    else:
        task = task_of(found.state, poll, claimed.told)
    found.declared.append(Declared(n, poll.id, bool(poll.named), task, claimed.told))
