"""The closed box of a poll: its ballots, as a file that anyone can count and check.

Lives here: the form of a published ballot, its commitment, the file `box.jsonl`, and the seal by which the
closing entry holds it. Not here: the marked roll (`roll`), casting into an open box (adapters), counting
(`counting`), whether a box may be published (the clause's minimum; `engine`).

Invariant: a box is sorted by commitment, so that its order says nothing of when or by whom a ballot was cast;
its root and size stand in the closing entry; the commitment of a ballot is its leaf hash, and is the receipt
that the voter was given.

    {"ballot":{"nonce":"...","ranks":[[2],[1,3]]},"c":"..."}             a line of boxes/po-42/box.jsonl
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.kernel.canonical import INTEGER_MAX, Json, canonical_bytes, parse_canonical
from isonomy.record.base64_text import from_base64, to_base64
from isonomy.record.tree import HASH_SIZE, leaf_hash, root_of

NONCE_SIZE = 32
RECEIPT_LENGTH_MAX = 200
OPTIONS_MAX = 10_000
BALLOT_SIZE_MAX = 65_535

_POLL = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PREFERENCE_KEYS = ("ranks", "scores", "answer")
_KEYS = frozenset({*_PREFERENCE_KEYS, "nonce", "receipt", "weight"})
FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
"""The answers to a question put for or against."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot as it is published.

    `ranks` lists ranks, best first, each the numbers of the options that are equal in it; numbers count from
    1 in the order of the paper. `scores` gives one whole number an option, in that order, None where there is
    none. `answer` is `for`, `against` or `abstain`. A ballot has one of the three; a blank one has no ranks:
    `ranks=()`. A ballot cast here carries its `nonce`; an imported one the hash or pseudonym it was published
    with, `receipt`, or nothing. `weight` counts the votes it stands for.
    """

    ranks: tuple[tuple[int, ...], ...] | None = None
    scores: tuple[int | None, ...] | None = None
    answer: str | None = None
    nonce: bytes | None = None
    receipt: str | None = None
    weight: int = 1

    def to_json(self) -> dict[str, Json]:
        """The ballot as a JSON object; what is absent or 1 (the weight) has no key."""
        shown: dict[str, Json] = {}
        if self.ranks is not None:
            shown["ranks"] = [list(rank) for rank in self.ranks]
        if self.scores is not None:
            shown["scores"] = list(self.scores)
        if self.answer is not None:
            shown["answer"] = self.answer
        if self.nonce is not None:
            shown["nonce"] = to_base64(self.nonce)
        if self.receipt is not None:
            shown["receipt"] = self.receipt
        if self.weight != 1:
            shown["weight"] = self.weight
        return shown

    @classmethod
    def from_json(cls, raw: Json, where: str = "ballot") -> Ballot:
        """The ballot that a JSON object describes; raises `BadInput` naming the key that is not in form."""
        if not isinstance(raw, dict):
            raise BadInput("a ballot is a JSON object", where)
        for key in sorted(raw.keys() - _KEYS):
            raise BadInput(f"'{key[:60]}' is not a key of a ballot", where, did_you_mean(key[:60], sorted(_KEYS)))
        if sum(key in raw for key in _PREFERENCE_KEYS) != 1:
            raise BadInput("a ballot has one of ranks, scores and answer", where)
        if "nonce" in raw and "receipt" in raw:
            raise BadInput("a ballot was cast here (nonce) or imported (receipt), not both", where)
        return cls(
            ranks=_read_ranks(raw["ranks"], f"{where}.ranks") if "ranks" in raw else None,
            scores=_read_scores(raw["scores"], f"{where}.scores") if "scores" in raw else None,
            answer=_read_answer(raw["answer"], f"{where}.answer") if "answer" in raw else None,
            nonce=_read_nonce(raw["nonce"], f"{where}.nonce") if "nonce" in raw else None,
            receipt=_read_receipt(raw["receipt"], f"{where}.receipt") if "receipt" in raw else None,
            weight=_read_weight(raw["weight"], f"{where}.weight") if "weight" in raw else 1,
        )

    def to_bytes(self) -> bytes:
        """The canonical bytes, which the commitment is over; raises `BadInput` for what is not in form."""
        shown = self.to_json()
        Ballot.from_json(shown)
        data = canonical_bytes(shown)
        if len(data) > BALLOT_SIZE_MAX:
            raise BadInput(f"a ballot of {len(data)} bytes", "ballot", f"at most {BALLOT_SIZE_MAX}")
        return data

    def commitment(self) -> bytes:
        """What stands for the ballot: its leaf hash in the box, and in base64 the voter's receipt."""
        return leaf_hash(self.to_bytes())


@dataclass(frozen=True, slots=True)
class BoxSeal:
    """What the closing entry says of a box: how many ballots and their root, and of the roll what is known.

    `marked` counts the marks on the roll; `roll_root` is the root over its marked lines (see `roll`). None:
    not known.
    """

    poll: str
    size: int
    root: bytes
    marked: int | None = None
    roll_root: bytes | None = None

    @classmethod
    def of_effect(cls, effect: Mapping[str, Json], where: str = "effect") -> BoxSeal:
        """The seal in the keys `poll`, `box_root`, `box_size`, `marked`, `roll_root` of an effect.

        The last two may be absent. Raises `BadInput` naming the key that is not in form.
        """
        size = whole_number(effect.get("box_size"), f"{where}: box_size")
        marked = whole_number(effect["marked"], f"{where}: marked") if "marked" in effect else None
        roll_root = _hash(effect["roll_root"], f"{where}: roll_root") if "roll_root" in effect else None
        poll = check_poll(effect.get("poll"), f"{where}: poll")
        return cls(poll, size, _hash(effect.get("box_root"), f"{where}: box_root"), marked, roll_root)


def box_path(poll: str) -> str:
    """The place of a poll's ballots in an export."""
    return f"boxes/{check_poll(poll, 'poll')}/box.jsonl"


def check_poll(poll: Json, where: str) -> str:
    """The id of a poll, which names its folder; raises `BadInput` for what cannot."""
    if not isinstance(poll, str) or not _POLL.fullmatch(poll):
        raise BadInput("a poll's id is small letters, digits and hyphens", where, "such as po-42")
    return poll


def whole_number(raw: Json, where: str) -> int:
    """A count in JSON; raises `BadInput` for anything but a whole number that is not negative."""
    if type(raw) is not int or not 0 <= raw <= INTEGER_MAX:
        raise BadInput("a whole number is asked for", where)
    return raw


def box_root(ballots: Iterable[Ballot]) -> bytes:
    """The root over the ballots of a box, sorted by commitment; raises `BadInput` for a ballot cast here twice."""
    return root_of([commitment for commitment, _ in _sorted(ballots)])


def write_box(ballots: Iterable[Ballot]) -> bytes:
    """The bytes of `box.jsonl`: one canonical line a ballot, sorted by commitment."""
    return b"".join(
        b'{"ballot":' + ballot.to_bytes() + b',"c":"' + to_base64(commitment).encode() + b'"}\n'
        for commitment, ballot in _sorted(ballots)
    )


def read_box(data: bytes, where: str = "box.jsonl") -> tuple[list[Ballot], bytes]:
    """The ballots of a box file and the root over them; raises `BadInput` naming the line.

    Each line's commitment must be that of its ballot and the lines sorted by it; equal ones stand only among
    imported ballots (which carry no nonce and may say the same).
    """
    if data and not data.endswith(b"\n"):
        raise BadInput("the last line breaks off", where, "fetch the file again")
    ballots: list[Ballot] = []
    commitments: list[bytes] = []
    for number, line in enumerate(data.split(b"\n")[:-1], start=1):
        place = f"{where}:{number}"
        try:
            raw = parse_canonical(line)
        except BadInput as fault:
            raise fault.at(place) from fault
        if not isinstance(raw, dict) or raw.keys() != {"ballot", "c"} or not isinstance(raw["c"], str):
            raise BadInput("a line has the keys ballot and c", place)
        ballot = Ballot.from_json(raw["ballot"], f"{place}: ballot")
        commitment = leaf_hash(canonical_bytes(raw["ballot"]))
        if to_base64(commitment) != raw["c"]:
            raise BadInput("the ballot does not hash to its commitment: one of them was altered", place)
        if commitments and (commitment < commitments[-1] or (commitment == commitments[-1] and ballot.nonce)):
            raise BadInput("the lines are not sorted by commitment, each ballot cast here once", place)
        ballots.append(ballot)
        commitments.append(commitment)
    return ballots, root_of(commitments)


def differences(ballots: Sequence[Ballot], root: bytes, seal: BoxSeal) -> list[str]:
    """In which ways the ballots of a file are not those that the closing entry sealed."""
    found = []
    if len(ballots) != seal.size:
        found.append(f"{len(ballots)} ballots, but the closing entry counts {seal.size}")
    if root != seal.root:
        found.append("the ballots do not have the root in the closing entry: ballots were changed, added or taken out")
    return found


def _sorted(ballots: Iterable[Ballot]) -> list[tuple[bytes, Ballot]]:
    keyed = sorted(((ballot.commitment(), ballot) for ballot in ballots), key=lambda pair: pair[0])
    for (earlier, _), (later, ballot) in pairwise(keyed):
        if earlier == later and ballot.nonce is not None:
            raise BadInput("the same ballot stands in the box twice", to_base64(later))
    return keyed


def _hash(raw: Json, where: str) -> bytes:
    if not isinstance(raw, str):
        raise BadInput("a root is base64", where)
    return from_base64(raw, where, HASH_SIZE)


def _read_ranks(raw: Json, where: str) -> tuple[tuple[int, ...], ...]:
    if not isinstance(raw, list) or not all(isinstance(rank, list) and rank for rank in raw):
        raise BadInput("ranks are a list of lists of option numbers, none empty", where)
    seen: set[int] = set()
    for rank in raw:
        if any(type(number) is not int or not 1 <= number <= OPTIONS_MAX for number in rank):
            raise BadInput(f"an option's number is 1 to {OPTIONS_MAX}", where)
        if sorted(rank) != rank or len(set(rank)) != len(rank) or not seen.isdisjoint(rank):
            raise BadInput("each option stands once, and equal ones in order of their numbers", where)
        seen.update(rank)
    return tuple(tuple(rank) for rank in raw)


def _read_scores(raw: Json, where: str) -> tuple[int | None, ...]:
    if not isinstance(raw, list) or not 0 < len(raw) <= OPTIONS_MAX:
        raise BadInput(f"scores are a list of 1 to {OPTIONS_MAX} whole numbers or nulls", where)
    if any(score is not None and type(score) is not int for score in raw):
        raise BadInput("a score is a whole number or null", where)
    return tuple(raw)


def _read_answer(raw: Json, where: str) -> str:
    if raw not in (FOR, AGAINST, ABSTAIN):
        raise BadInput("an answer is for, against or abstain", where)
    return str(raw)


def _read_nonce(raw: Json, where: str) -> bytes:
    if not isinstance(raw, str):
        raise BadInput("a nonce is base64", where)
    return from_base64(raw, where, NONCE_SIZE)


def _read_receipt(raw: Json, where: str) -> str:
    if not isinstance(raw, str) or not 0 < len(raw) <= RECEIPT_LENGTH_MAX:
        raise BadInput(f"a published receipt is a text of 1 to {RECEIPT_LENGTH_MAX} characters", where)
    return raw


def _read_weight(raw: Json, where: str) -> int:
    if type(raw) is not int or not 2 <= raw <= INTEGER_MAX:
        raise BadInput("a weight is a whole number above 1 (1 has no key)", where)
    return raw
