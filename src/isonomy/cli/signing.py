"""Signing: what a line of a file of acts leaves out is filled in, and the act is signed with the keys at hand.

Lives here: who acts, with which key, and the lines that hold a whole act already. Not here: reading lines
(`act_lines`), what is filled in and how values are sealed (`chamber.completing`), judging.

Invariant: nothing that a line says is changed, and what is filled in is under the signature. A line that holds
a whole act with its `auth` is sent as it is. Documented in docs/reference/cli/act.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from isonomy.adapters.key_files import MemberKey
from isonomy.adapters.system import SystemZone
from isonomy.chamber.casting import CAST_ACT, CLOSE_ACT, DECLARE_ACT, FILL_ACT, SECRET
from isonomy.chamber.completing import completed, sealed
from isonomy.chamber.founding import draw_act_id
from isonomy.chamber.ports import AUDIENCES, BODY, BoxStore, Clock, Entropy, Kept
from isonomy.chamber.submit import Sent
from isonomy.cli.lots import CLOSE_ACT as LOT_CLOSE_ACT
from isonomy.cli.lots import fill_lot
from isonomy.engine.proceedings.vacancies import poll_behind
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.record.base64_text import from_base64, to_base64
from isonomy.record.box import NONCE_SIZE
from isonomy.record.commitment import COMMITMENT_SIZE, SALT_SIZE, Opening

_SENT_KEYS = ("act", "auth", "openings")
_FILLED_FROM_BOX = {CLOSE_ACT: "box_root", DECLARE_ACT: "tallies", FILL_ACT: "tallies"}

_FILLED_FROM_STATE = frozenset({CAST_ACT, LOT_CLOSE_ACT, *_FILLED_FROM_BOX})


@dataclass(slots=True)
class Signing:
    """What acts are signed with: the keys by person, and who acts where a line does not say.

    With `console` acts are entered at the console instead of being signed. `nonces` holds, by act id, the nonces
    that were drawn for secret ballots: their voters have to be shown them.
    """

    clock: Clock
    entropy: Entropy
    keys: Sequence[MemberKey] = ()
    by: str = ""
    console: bool = False
    clock_is_right: bool = False
    nonces: dict[str, str] = field(default_factory=dict)
    _by_person: dict[str, MemberKey] = field(init=False)

    def __post_init__(self) -> None:
        self._by_person = {key.person: key for key in self.keys}

    def sent(self, line: Mapping[str, Any], where: str, state: State, boxes: BoxStore) -> Sent:
        """The act of a line, whole and signed, as it is sent on this state.

        Raises `BadInput` where nobody is named, a key is not at hand, or a personal value is malformed.
        """
        try:
            if isinstance(line.get("act"), dict):
                return self._as_sent(line)
            act = dict(line)
            act.setdefault("by", self._author())
            drawn = self._fill_nonce(act, state)
            act.setdefault("id", draw_act_id(self.entropy))
            fill_lot(act, state, self._by_person)
            if _is_filled_from_box(act, state):
                today = SystemZone().local(self.clock.now(), state.time_zone)[:10]
                act = completed(act, state, boxes, self.clock, self.entropy, today)
            else:
                name = act.pop("act", None)
                act = completed(act, state, boxes, self.clock, self.entropy)
                act |= {} if name is None else {"act": name}
            # A salt is drawn and never derived: once it is erased nobody can come by it again.
            act, kept = sealed(act, lambda place: self.entropy.draw(SALT_SIZE))
            sent = Sent(act, self._auth(act), kept, clock_is_right=self.clock_is_right)
            if drawn:
                self.nonces[str(act["id"])] = drawn
            return sent
        except BadInput as fault:
            raise fault.at(where) from fault

    def _author(self) -> str:
        """Who acts where a line does not say: `--by`, else the owner of the first key."""
        if not self.by and not self.keys:
            raise BadInput("it is not said who acts", "by", 'give "by" in the line or --by, and the key with --key')
        return self.by or self.keys[0].person

    def _auth(self, act: dict[str, Any]) -> dict[str, Any]:
        if self.console:
            return {"kind": "console"}
        by = act["by"]
        key = self._by_person.get(by) if isinstance(by, str) else None
        if key is None:
            shown = by[:60] if isinstance(by, str) else "this author"
            cure = "name the key file with --key; a keeper of minutes enters acts with --console"
            raise BadInput(f"the key of {shown} is not at hand", "by", cure)
        return key.auth(act)

    def _fill_nonce(self, act: dict[str, Any], state: State) -> str:
        """Draws the nonce of a secret ballot where it is left out; "" where none is needed."""
        poll = state.polls.get(act["poll"]) if isinstance(act.get("poll"), str) else None
        if act.get("act") != CAST_ACT or poll is None or poll.secrecy != SECRET or "nonce" in act:
            return ""
        nonce = to_base64(self.entropy.draw(NONCE_SIZE))
        act["nonce"] = nonce
        return nonce

    def _as_sent(self, line: Mapping[str, Any]) -> Sent:
        for key in line:
            if key not in _SENT_KEYS:
                cure = did_you_mean(str(key), list(_SENT_KEYS))
                raise BadInput(f"'{key[:60]}' is not known beside a whole act", "", cure)
        auth = line.get("auth")
        if not isinstance(auth, dict):
            raise BadInput("it is not said how the author is known", "auth", 'give "auth" beside "act"')
        openings = line.get("openings", [])
        if not isinstance(openings, list):
            raise BadInput("openings are a list", "openings")
        kept = tuple(_read_kept(item, f"openings[{n}]") for n, item in enumerate(openings))
        return Sent(line["act"], auth, kept, clock_is_right=self.clock_is_right)


def asks_the_box(line: object) -> bool:
    """Whether a line leaves out what is filled in from a box: what was sent before it has to be in there first."""
    if not isinstance(line, dict) or not isinstance(line.get("act"), str):
        return False
    key = _FILLED_FROM_BOX.get(line["act"])
    return key is not None and key not in line


def asks_the_state(line: object) -> bool:
    """Whether a line is filled in from what the lines before it have left: a nonce, a lot's opening, a count."""
    return isinstance(line, dict) and line.get("act") in _FILLED_FROM_STATE


def _is_filled_from_box(act: Mapping[str, Any], state: State) -> bool:
    """Whether there is a box to fill an act from; if not, the engine says what is wrong with the act."""
    if act.get("act") == FILL_ACT:
        ended = state.mandates.get(str(act.get("mandate")))
        return ended is not None and poll_behind(state, ended) is not None
    poll = state.polls.get(act["poll"]) if isinstance(act.get("poll"), str) else None
    if poll is None or poll.roll is None:
        return False
    if act.get("act") == CLOSE_ACT:
        return poll.secrecy == SECRET and poll.standing == "open"
    return act.get("act") == DECLARE_ACT and poll.standing == "closed"


def _read_kept(raw: Any, where: str) -> Kept:
    keys = {"c", "label", "salt", "value"}
    if not isinstance(raw, dict) or not keys <= raw.keys() <= keys | {"audience"}:
        raise BadInput("an opening has the keys c, label, salt and value", where)
    if not all(isinstance(item, str) for item in raw.values()):
        raise BadInput("an opening consists of texts", where)
    audience = raw.get("audience", BODY)
    if audience not in AUDIENCES:
        raise BadInput("this is not an audience", f"{where}.audience", f"one of {', '.join(AUDIENCES)}")
    sealed_as = from_base64(raw["c"], f"{where}.c", COMMITMENT_SIZE)
    salt = from_base64(raw["salt"], f"{where}.salt", SALT_SIZE)
    return Kept(Opening(sealed_as, raw["label"], salt, raw["value"]), audience)
