"""What blocks may not say of motions, amendments and sittings: keys that need another, ways that lead nowhere.

Lives here: the checks across those keys. Not here: those of every procedure and body (`consistency`), single values
(`readings_of_meetings`).

Invariant: an error here is a motion that could never be put, or a meeting that could never go on, as the block says.
"""

from __future__ import annotations

from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Procedure, Rulebook

OF_AMENDMENTS = ("amendments by", "amendment seconders", "amendment deadline", "mover accepts")
AT_MEETINGS = ("motion deadline", "amendments")
OF_RESUMPTION = ("resumption notice", "resumption quorum")


def examine_motions(procedure: Procedure, reader: BlockReader, book: Rulebook) -> None:
    """Writes down what a procedure says of motions against itself."""
    rule = procedure.motions
    if procedure.kind == "election" and rule.names_movers:
        reader.contradiction(
            "proposed by", "candidates are nominated by persons, not by a decision or together",
            "name seats or members, and write seconders: ...",
        )  # fmt: skip
    if reader.has("seconded by") and not (reader.has("seconders") or rule.together):
        reader.contradiction("seconded by", "'seconded by' stands without 'seconders'", "add the line seconders: 1")
    if not reader.has("amendments"):
        for key in OF_AMENDMENTS:
            if reader.has(key):
                what = f"'{key}' stands without 'amendments'"
                reader.contradiction(key, what, "add the line amendments: furthest first")
    if procedure.taken == "poll":
        for key in AT_MEETINGS:
            if reader.has(key):
                what = f"'{key}' is reckoned to a meeting, and this is decided by poll"
                reader.contradiction(key, what, "leave one of the two out")
    for kind in rule.by_units:
        if not any(body.in_each == kind for body in book.bodies.values()):
            what = f"no body stands in each {kind} that could decide to move"
            reader.contradiction("proposed by", what, f"add a block: ```rule body NAME, in each {kind}")


def examine_sittings(reader: BlockReader) -> None:
    """Writes down what a body says of its sittings against itself."""
    if not (reader.has("adjourned by") or reader.has("inquorate")):
        for key in OF_RESUMPTION:
            if reader.has(key):
                what = f"'{key}' stands without 'adjourned by' or 'inquorate'"
                reader.contradiction(key, what, "add the line adjourned by: the meeting")
    if reader.has("inquorate") and not reader.has("quorum"):
        reader.contradiction("inquorate", "'inquorate' stands without 'quorum'", "add the line quorum: ...")
