"""What the check says that an amendment opens and closes, computed beside the pages and kept by the digests of both texts.

Lives here: asking for it, the worker that computes it, what is kept. Not here: the check itself (`checker`), powers gained and
lost (`rulebook.compare`).

Invariant: a page never waits for a check: it shows what is known, or says that it is not known yet and how anybody gets it. The
check is bounded in steps and in time, and says so when a bound was met.
"""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from isonomy.checker.finding import Finding, Report
from isonomy.checker.settings import Settings
from isonomy.checker.shown import check_text
from isonomy.engine.silent_matters import Silent, left_silent
from isonomy.engine.state import Edition, State
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.compare import Comparison, compare
from isonomy.web.rulebook.reading import before, source_of

STATES_MAX, ROUNDS_MAX, SECONDS_MAX, KEPT_MAX = 20_000, 24, 20.0, 16
"""How far one edition is looked into here, for how long, and how many comparisons are kept."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What an edition opens and closes against another; `undecided`: what the bounds left open, or why it was not checked."""

    opens: tuple[Finding, ...] = ()
    closes: tuple[Finding, ...] = ()
    undecided: str = ""


@dataclass(frozen=True, slots=True)
class Amending:
    """Everything that is shown of a proposed text beside its words."""

    edition: Edition
    old: Edition
    comparison: Comparison
    silent: tuple[Silent, ...]
    checked: Checked | None


_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")
_kept: OrderedDict[tuple[str, str], Future[Checked]] = OrderedDict()
_lock = Lock()


def amending(state: State, draft: str) -> Amending | None:
    """What a draft would change against the edition that governs before it; None where it is not whole, or in force."""
    edition = state.editions.get(draft)
    if edition is None or not edition.complete or edition.in_force_from:
        return None
    old = before(state, edition)
    if old is None or not old.complete:
        return None
    books = state.rulebook(old.id), state.rulebook(edition.id)
    return Amending(edition, old, compare(*books), left_silent(*books), checked(old, edition))


def is_known(state: State, draft: str) -> bool:
    """Whether what is shown of a draft's check is final; True where nothing is shown."""
    edition = state.editions.get(draft)
    if edition is None or not edition.complete or edition.in_force_from:
        return True
    old = before(state, edition)
    return old is None or not old.complete or checked(old, edition) is not None


def checked(old: Edition, new: Edition) -> Checked | None:
    """What is known of the check of one edition against another; None while it is computed."""
    asked = _asked(old, new)
    if not asked.done():
        return None
    return Checked(undecided="the check broke off") if asked.exception() is not None else asked.result()


def waited(old: Edition, new: Edition, seconds: float) -> Checked:
    """The same, waiting so long for it; raises `TimeoutError`."""
    return _asked(old, new).result(seconds)


def _asked(old: Edition, new: Edition) -> Future[Checked]:
    key = (old.sha256, new.sha256)
    with _lock:
        found = _kept.get(key)
        if found is None:
            found = _kept[key] = _worker.submit(_check, source_of(old), source_of(new))
            while len(_kept) > KEPT_MAX:
                _kept.popitem(last=False)[1].cancel()
        _kept.move_to_end(key)
        return found


def _check(old: str, new: str) -> Checked:
    ends = monotonic() + SECONDS_MAX

    def goes_on(what: str, steps: int) -> bool:
        del what, steps
        return monotonic() < ends

    settings = Settings(states=STATES_MAX, rounds=ROUNDS_MAX, progress=goes_on)
    try:
        former = check_text(old.encode(), "the edition before", settings)
        latter = check_text(new.encode(), "the proposed text", settings)
    except BadInput as fault:
        return Checked(undecided=str(fault.what))
    return Checked(_only_in(latter, former), _only_in(former, latter), _undecided(former, latter))


def _only_in(one: Report, other: Report) -> tuple[Finding, ...]:
    known = {(found.id, found.evidence) for found in other.findings}
    return tuple(found for found in one.findings if (found.id, found.evidence) not in known)


def _undecided(*reports: Report) -> str:
    left = dict.fromkeys(str(each) for report in reports for each in report.undecided)
    return "; ".join(left)
