"""The boxes and rolls of an export against the entries that seal them.

Lives here: comparing `box.jsonl` and `roll.json` of every poll with what opening and closing entries say. Not
here: their forms (`box`, `roll`), counting them (`counting`).

Invariant: every sealed box is compared, or is named as attested: its ballots were withheld from this audience
(a box with fewer ballots than its clause's minimum is withheld from all), and its tally rests on the word of
those who counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from isonomy.kernel.bad_input import BadInput
from isonomy.record.box import BoxSeal, box_path, differences, read_box
from isonomy.record.discrepancy import ALTERED, MALFORMED, MISSING, Discrepancy
from isonomy.record.examination import Part, Seal
from isonomy.record.roll import read_roll, roll_path
from isonomy.record.tiles import Read

BOX_FOLDER = "boxes/"


@dataclass(slots=True)
class BoxReport:
    """What was found: discrepancies, polls whose tally is attested only, and files that no entry seals."""

    discrepancies: list[Discrepancy] = field(default_factory=list)
    attested: tuple[str, ...] = ()
    unsealed: set[str] = field(default_factory=set)

    def say(self, kind: str, place: str, says: str, entry: int | None = None) -> None:
        """Adds a discrepancy."""
        self.discrepancies.append(Discrepancy(kind, place, says, entry))


def examine_boxes(read: Read, present: Set[str], parts: Iterable[Part], withheld: Set[str]) -> BoxReport:
    """Compares the boxes and rolls of an export with their seals; a poll's last seal counts."""
    report = BoxReport()
    boxes: dict[str, BoxSeal] = {}
    rolls: dict[str, str] = {}
    for part in parts:
        for seal in part.seals:
            _read_seal(report, boxes, rolls, seal)
    attested = []
    for poll, box in sorted(boxes.items()):
        path = box_path(poll)
        if path in present:
            _examine_box(report, read, box)
        elif path in withheld:
            attested.append(poll)
        else:
            report.say(MISSING, path, f"the ballots of {poll} are missing: {box.size} were sealed")
        if box.marked is not None and box.size > box.marked:
            report.say(ALTERED, path, f"{box.size} ballots, but only {box.marked} marks on the roll")
        if roll_path(poll) in present:
            _examine_roll(report, read, box, rolls.get(poll))
    report.attested = tuple(attested)
    sealed = {path(poll) for poll in boxes for path in (box_path, roll_path)}
    report.unsealed = {path for path in present if path.startswith(BOX_FOLDER)} - sealed
    return report


def _read_seal(report: BoxReport, boxes: dict[str, BoxSeal], rolls: dict[str, str], seal: Seal) -> None:
    place = f"entry {seal.entry}"
    if seal.effect.get("roll_digest"):
        rolls[str(seal.effect.get("poll"))] = str(seal.effect["roll_digest"])
    if seal.effect.get("box_root"):
        try:
            box = BoxSeal.of_effect(seal.effect, place)
        except BadInput as fault:
            report.say(MALFORMED, fault.where or place, fault.what, seal.entry)
        else:
            boxes[box.poll] = box


def _examine_box(report: BoxReport, read: Read, seal: BoxSeal) -> None:
    path = box_path(seal.poll)
    try:
        ballots, root = read_box(read(path) or b"", path)
    except BadInput as fault:
        report.say(ALTERED, fault.where, fault.what)
        return
    for says in differences(ballots, root, seal):
        report.say(ALTERED, path, says)


def _examine_roll(report: BoxReport, read: Read, seal: BoxSeal, digest: str | None) -> None:
    path = roll_path(seal.poll)
    try:
        roll = read_roll(read(path) or b"", path)
    except BadInput as fault:
        report.say(ALTERED, fault.where, fault.what)
        return
    if roll.poll != seal.poll:
        report.say(ALTERED, path, f"this is the roll of {roll.poll}")
    if digest is not None and roll.digest() not in (None, digest):
        report.say(ALTERED, path, "these are not the persons of the roll that was frozen when the poll opened")
    if seal.marked is not None and roll.marked not in (None, seal.marked):
        report.say(ALTERED, path, f"{roll.marked} marks, but the closing entry counts {seal.marked}")
    if seal.roll_root is not None and roll.root() not in (None, seal.roll_root):
        report.say(ALTERED, path, "these are not the marks that the closing entry sealed")
