"""Plain reading of a `record` block: one sentence for each key that is written.

Lives here: those sentences. Not here: the shape (`model`), the other blocks (`render`).

Invariant: as in `render`: nothing is read that is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from isonomy.rulebook.model import RecordRule


def record_facts(
    record: RecordRule, the: Callable[[str], str], either: Callable[[tuple[str, ...]], str]
) -> Iterator[tuple[str, str]]:
    """Key and sentence of everything that a `record` block may say; `the` and `either` give seats as they are called."""
    yield "kept by", _sentence(f"{either(record.kept_by)} keeps the record.")
    yield "corrected by", _sentence(f"{either(record.corrected_by)} corrects slips in it.")
    yield "erased by", _sentence(f"{either(record.erased_by)} erases personal values.")
    body = the(record.approved_by)
    yield "approved by", _sentence(f"{body} approves a correction of a roll, a result or a decision.")
    signed = list(record.signed)
    acts = signed[0] if len(signed) == 1 else f"{', '.join(signed[:-1])} and {signed[-1]}" if signed else ""
    yield "signed", f"The author's own key signs {acts}; no login or console serves."
    yield "smallest box", f"A box of fewer than {record.box_least} ballots publishes its tally only."
    yield "opening approved within", f"An opening balance is approved within {record.opening_within}."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
