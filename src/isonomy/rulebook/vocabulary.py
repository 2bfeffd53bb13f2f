"""The closed vocabulary: the kinds of block, their keys and flags, the front matter, the built-in matters,
as data.

Lives here: names. Not here: how a value is read (`readings`), what it means (`docs/spec/rulebook.md`, which
names each).

Invariant: what is not named here is a finding; what is named here is read by `from_surface` and told in the
specification.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of block: the keys it needs, the keys it may have, its flags (`in each` takes a unit kind)."""

    name: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """All its keys."""
        return self.needs + self.may


_PROCEDURE = (
    "taken", "majority", "quorum", "counting", "default option", "secrecy", "notice", "discussion", "polling",
    "proposed by", "seconders", "casting vote", "tie",
)  # fmt: skip

_MOTIONS = (
    "seconded by", "motion deadline", "withdrawal", "amendments", "amendments by", "amendment seconders",
    "amendment deadline", "mover accepts",
)  # fmt: skip

_ELECTION = (
    "nominations", "nominated by", "electorate as of", "returning officer", "scrutineers", "seats",
    "order on the paper", "uncontested", "reopen nominations", "vacancy", "constraint", "appeal", "top score",
)  # fmt: skip

KINDS = {
    kind.name: kind
    for kind in (
        Kind("unit", (), ("within", "founded by", "closed by", "split by", "merged by", "assigned within")),
        Kind("members", (), ("admitted by", "belong to", "vote", "leave by")),
        Kind(
            "body",
            ("filled by",),
            (
                "seats", "term", "removable by", "meets", "notice", "notice served", "short notice", "quorum",
                "chaired by", "minutes by", "decides", "majority", "called", "urgent matters", "adjourned by",
                "resumption notice", "resumption quorum", "inquorate", "else called by",
            ),
            ("supreme", "in each"),
        ),
        Kind("office", ("filled by",), ("term", "removable by", "keeps", "called"), ("in each",)),
        Kind(
            "power", ("held by", "matters"), ("up to", "lapses", "grounds", "limits", "again", "refusal", "reported to")
        ),
        Kind("decision", ("by", "matters"), (*_PROCEDURE, *_MOTIONS)),
        Kind("election", ("by",), (*_PROCEDURE, *_ELECTION)),
        Kind("amend", ("by",), (*_PROCEDURE, *_MOTIONS, "protected")),
        Kind("duty", ("owed by", "does"), ("to", "every", "within", "or else")),
        Kind("reporting", ("by",), ("evidence", "attested by", "within")),
        Kind(
            "record",
            (),
            (
                "kept by", "corrected by", "erased by", "approved by", "smallest box", "signed",
                "opening approved within",
            ),
        ),
        Kind("ruling", (), ("between meetings by", "appeal", "appeal presided by", "general by", "tie")),
        Kind("definitions", (), ("matters",)),
    )
}  # fmt: skip

RESERVED_KINDS = (
    "organisation", "meeting",
)  # fmt: skip

FRONT_NEEDS = ("organisation", "language", "time zone", "edition", "status")
FRONT_MAY = ("in force from", "adopted by", "source")

KEPT = ("roll", "minutes", "record", "polls")
SECRECY = ("secret", "named", "by show of hands")
TIES = ("not carried", "casting vote", "lot")
TAKEN = {"at a meeting": "meeting", "by poll": "poll"}

BUILT_IN_MATTERS = ("amendment", "ratification", "admission", "correction", "opening-balance", "ruling")
MATTERS_ABOUT = {
    "election-of-": "seat",
    "removal-from-": "seat",
    "appointment-to-": "seat",
    "founding-of-": "unit",
    "closing-of-": "unit",
    "splitting-of-": "unit",
    "merging-of-": "unit",
    "appeal-on-": "seat",
}
"""How the built-in matters begin that are about a seat or a kind of unit."""

SIGNED_ACTS = (
    "amendment.accept", "amendment.second", "ballot.cast", "correct", "count.attest", "criticism.answer",
    "criticism.make", "decision.take", "demand.support", "election.appeal", "election.open", "erase",
    "hearing.enter", "hearing.offer", "key.enrol", "key.revoke", "mandate.begin", "mandate.end", "mandate.suspend",
    "meeting.call", "member.admit", "member.leave", "motion.amend", "motion.move", "motion.second",
    "nomination.accept", "nomination.make", "nomination.second", "nomination.withdraw", "nominations.close",
    "petition.attest", "petition.open", "petition.support", "poll.close", "poll.declare", "poll.open",
    "removal.ask", "removal.support", "report", "rulebook.adopt", "ruling.appeal", "ruling.decide", "ruling.make",
    "vacancy.fill",
)  # fmt: skip
"""Acts for which a clause may demand the author's own key; they bear the engine's names, which a test compares."""
COUNTING_RULES = (
    "approval", "bloc", "debian-1998", "debian-2003", "debian-2015", "dhondt", "equal-shares", "ers97", "irv",
    "largest-remainder-hare", "meek-prf", "pav", "phragmen", "plurality", "ranked-pairs-wv", "sainte-lague",
    "schulze-wv", "score", "scottish-stv-2007", "seq-pav", "star", "wigm", "yes-no",
)  # fmt: skip
"""The counting rules a block may name when the caller gives no other list; a test compares it with the registry."""
ONE_SEAT_RULES = ("debian-1998", "debian-2003", "debian-2015", "irv")
"""Rules that choose one option; `LIST_RULES` share seats among lists, not persons; `SCORE_RULES` take scores."""
LIST_RULES = ("dhondt", "largest-remainder-hare", "sainte-lague")
SCORE_RULES = ("score", "star")
COUNTBACK_RULES = ("meek-prf", "scottish-stv-2007", "wigm")
CONSTRAINT_RULES = (
    "approval", "bloc", "ers97", "irv", "meek-prf", "pav", "plurality", "ranked-pairs-wv", "schulze-wv", "score",
    "scottish-stv-2007", "seq-pav", "star", "wigm",
)  # fmt: skip
"""Rules that keep constraints by group; a test compares this list with the registry."""
OPEN_TIE_RULES = (
    "approval", "bloc", "debian-1998", "debian-2003", "debian-2015", "plurality", "score", "yes-no",
)  # fmt: skip
"""Rules that can leave a tie open; the others need a lot while they count."""
"""Rules under which the papers of the election can fill a vacancy; a test compares these lists with the registry."""
