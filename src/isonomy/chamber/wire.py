"""The wire: acts and their answers as the frames that pass between a client and the appender.

Lives here: the frames' shapes, their limits, and reading them strictly (docs/spec/chamber.md, section 11). Not
here: sockets and processes (adapters), judging (`submit`).

Invariant: what one side writes the other reads as the same values, whole or not at all; a frame that is not in
form is `BadInput` and is never half acted upon. Nothing of a secret ballot's voter is in an answer beyond what
the act itself said.

    00 00 00 2b {"ask":"head","n":1,"v":1}                                        a request
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from isonomy.chamber.answers import AGAIN, BOXED, ENTERED, REFUSED, Answer, Reply
from isonomy.chamber.ports import AUDIENCES, ForkRefused, Kept, StoreFault
from isonomy.chamber.stamping import ClockAhead, ClockFault
from isonomy.chamber.submit import Sent
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, canonical_bytes, parse_canonical
from isonomy.record.base64_text import from_base64, to_base64
from isonomy.record.box import Ballot
from isonomy.record.commitment import COMMITMENT_SIZE, SALT_SIZE, Opening

VERSION = 1
FRAME_SIZE_MAX = 64 * 1024 * 1024
"""The most bytes of a frame, without the 4 that give its length."""
LENGTH_SIZE = 4
REQUEST_ACTS_MAX = 1_000
PIPELINE_MAX = 16
"""The most requests of one connection that wait for their answers."""

SUBMIT, HEAD, PING = "submit", "head", "ping"
ASKED = (SUBMIT, HEAD, PING)

_PLAIN, _UNKNOWN = "input", "unknown"
_KINDS: dict[str, type[BadInput]] = {
    _PLAIN: BadInput,
    "store": StoreFault,
    "fork": ForkRefused,
    "clock": ClockFault,
    "clock ahead": ClockAhead,
}


class NotAnswered(StoreFault):
    """No answer came: it is not known whether the act was stored. The same act, sent again, says so."""


_KINDS[_UNKNOWN] = NotAnswered


@dataclass(frozen=True, slots=True)
class Head:
    """What the appender says of its record: the log, how many entries are durable, their root, since when it runs."""

    log: str
    size: int
    root: bytes
    started_at: str
    process: int

    def to_json(self) -> dict[str, Json]:
        """The head as it stands in a frame."""
        found: dict[str, Json] = {"log": self.log, "size": self.size, "root": to_base64(self.root)}
        return found | {"started_at": self.started_at, "process": self.process}

    @classmethod
    def from_json(cls, raw: Json) -> Head:
        """The head of a frame; raises `BadInput`."""
        found = _object(raw, "head", {"log": str, "size": int, "root": str, "started_at": str, "process": int})
        root = from_base64(found["root"], "head.root", 32)
        return cls(found["log"], found["size"], root, found["started_at"], found["process"])


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks: `SUBMIT` with acts, `HEAD` or `PING`; `number` comes back in every frame of the answer."""

    number: int
    ask: str
    sent: tuple[Sent | BadInput, ...] = ()


def framed(value: Json) -> bytes:
    """A value as a frame: four bytes of length, big-endian, and the canonical bytes; raises `BadInput`."""
    data = canonical_bytes(value)
    if len(data) > FRAME_SIZE_MAX:
        raise BadInput(f"a frame of {len(data):,} bytes", "frame", f"at most {FRAME_SIZE_MAX:,}: send less at once")
    return len(data).to_bytes(LENGTH_SIZE, "big") + data


def length_of(prefix: bytes) -> int:
    """The length that the first four bytes of a frame give; raises `BadInput` for none and for too much."""
    length = int.from_bytes(prefix, "big")
    if not 0 < length <= FRAME_SIZE_MAX:
        raise BadInput(f"a frame of {length:,} bytes", "frame", f"1 to {FRAME_SIZE_MAX:,} bytes are taken")
    return length


def asking(number: int, ask: str) -> dict[str, Json]:
    """A request without acts."""
    return {"v": VERSION, "n": number, "ask": ask}


def submitting(number: int, sent: Sequence[dict[str, Json]]) -> dict[str, Json]:
    """A request with acts, each as `sent_json` gives it."""
    return asking(number, SUBMIT) | {"sent": list(sent)}


def read_request(data: bytes) -> Request:
    """The request of a frame. Raises `BadInput` where it is none; one act not in form is bad by itself alone."""
    raw = parse_canonical(data)
    if not isinstance(raw, dict) or type(raw.get("n")) is not int:
        raise BadInput("a request is a JSON object with its number, n", "frame")
    if raw.get("v") != VERSION:
        cure = "let client and appender be of one version: end the appender and start it again"
        raise BadInput(f"a request of version {str(raw.get('v'))[:20]}, this appender reads {VERSION}", "v", cure)
    ask = raw.get("ask")
    if ask not in ASKED:
        raise BadInput("it is not said what is asked", "ask", f"one of {', '.join(ASKED)}")
    if raw.keys() != {"v", "n", "ask"} | ({"sent"} if ask == SUBMIT else set()):
        raise BadInput("the keys of the request are not those of what is asked", "frame")
    sent = raw.get("sent", [])
    if not isinstance(sent, list) or (ask == SUBMIT and not 0 < len(sent) <= REQUEST_ACTS_MAX):
        raise BadInput("acts are a list", "sent", f"1 to {REQUEST_ACTS_MAX:,} at once")
    return Request(raw["n"], ask, tuple(_read_one(item) for item in sent))


def _read_one(raw: Json) -> Sent | BadInput:
    try:
        return read_sent(raw)
    except BadInput as fault:
        return fault


# -- acts


def sent_json(sent: Sent) -> dict[str, Json]:
    """An act with what lies beside it, as it stands in a request; what is absent has no key."""
    found: dict[str, Json] = {"act": sent.act, "auth": dict(sent.auth)}
    if sent.kept:
        found["openings"] = [_opening_json(kept) for kept in sent.kept]
    if sent.documents:
        found["documents"] = [{"c": to_base64(c), "data": to_base64(data)} for c, data in sent.documents.items()]
    if sent.box is not None:
        found["box"] = [ballot.to_json() for ballot in sent.box]
    if sent.marked is not None:
        found["marked"] = list(sent.marked)
    if sent.clock_is_right:
        found["clock_is_right"] = True
    return found


def _opening_json(kept: Kept) -> dict[str, Json]:
    opening = kept.opening
    found: dict[str, Json] = {
        "c": to_base64(opening.commitment),
        "label": opening.label,
        "salt": to_base64(opening.salt),
        "audience": kept.audience,
    }
    return found | ({"path": opening.path} if opening.path is not None else {"value": opening.value})


def read_sent(raw: Json) -> Sent:
    """An act as a request gives it; raises `BadInput` naming the key that is not in form."""
    known = {"act", "auth", "openings", "documents", "box", "marked", "clock_is_right"}
    if not isinstance(raw, dict) or not {"act", "auth"} <= raw.keys() <= known:
        raise BadInput("what is sent has the keys act and auth, and those of what lies beside", "sent")
    if not isinstance(raw["auth"], dict):
        raise BadInput("it is not said how the author is known", "auth", "one of signed, attested, console")
    box, marked = raw.get("box"), raw.get("marked")
    if marked is not None and not (isinstance(marked, list) and all(isinstance(person, str) for person in marked)):
        raise BadInput("the marked persons are a list of texts", "marked")
    return Sent(
        raw["act"],
        raw["auth"],
        tuple(_read_kept(item, f"openings[{n}]") for n, item in enumerate(_list(raw, "openings"))),
        dict(_read_document(item, f"documents[{n}]") for n, item in enumerate(_list(raw, "documents"))),
        None if box is None else tuple(Ballot.from_json(item, f"box[{n}]") for n, item in enumerate(_list(raw, "box"))),
        None if marked is None else tuple(marked),
        raw.get("clock_is_right") is True,
    )


def _list(raw: dict[str, Json], key: str) -> list[Json]:
    found = raw.get(key, [])
    if not isinstance(found, list):
        raise BadInput("this is a list", key)
    return found


def _read_kept(raw: Json, where: str) -> Kept:
    shown = "path" if isinstance(raw, dict) and "path" in raw else "value"
    found = _object(raw, where, {"c": str, "label": str, "salt": str, "audience": str, shown: str})
    if found["audience"] not in AUDIENCES:
        raise BadInput("this is not an audience", f"{where}.audience", f"one of {', '.join(AUDIENCES)}")
    sealed_as = from_base64(found["c"], f"{where}.c", COMMITMENT_SIZE)
    salt = from_base64(found["salt"], f"{where}.salt", SALT_SIZE)
    return Kept(Opening(sealed_as, found["label"], salt, found.get("value"), found.get("path")), found["audience"])


def _read_document(raw: Json, where: str) -> tuple[bytes, bytes]:
    found = _object(raw, where, {"c": str, "data": str})
    return from_base64(found["c"], f"{where}.c", COMMITMENT_SIZE), from_base64(found["data"], f"{where}.data")


# -- answers


def reply_json(number: int, place: int, reply: Reply) -> dict[str, Json]:
    """The answer to the act at `place` (from 0) of request `number`."""
    found: dict[str, Json] = {"n": number, "place": place}
    if isinstance(reply, BadInput):
        return found | {"bad": bad_json(reply)}
    answer: dict[str, Json] = {"act": reply.act, "what": reply.what}
    if reply.what == REFUSED:
        answer["refusal"] = reply.refusal
    elif reply.what == BOXED:
        answer |= {"receipt": to_base64(reply.receipt), "cast_before": reply.cast_before}
    else:
        answer["entry"] = reply.entry
    return found | {"answer": answer}


def bad_json(fault: BadInput) -> dict[str, Json]:
    """Bad input as it stands in a frame, with its kind."""
    kind = next((name for name, known in reversed(_KINDS.items()) if type(fault) is known), None)
    if kind is None:
        kind = "store" if isinstance(fault, StoreFault) else _PLAIN
    return {"kind": kind, "what": fault.what, "where": fault.where, "cure": fault.cure}


def read_bad(raw: Json) -> BadInput:
    """The bad input of a frame; raises `BadInput` where it is not in form."""
    found = _object(raw, "bad", {"kind": str, "what": str, "where": str, "cure": str})
    return _KINDS.get(found["kind"], BadInput)(found["what"], found["where"], found["cure"])


def read_reply(raw: Mapping[str, Json]) -> tuple[int, Reply]:
    """The place of an act in its request and its answer; raises `BadInput`."""
    place = raw.get("place")
    if type(place) is not int:
        raise BadInput("an answer names the place of its act", "place")
    if "bad" in raw:
        return place, read_bad(raw["bad"])
    shown = raw.get("answer")
    what = shown.get("what") if isinstance(shown, dict) else None
    reader = _READERS.get(what) if isinstance(what, str) else None
    if reader is None:
        raise BadInput("this is not an answer", "answer", "let client and appender be of one version")
    return place, reader(shown)


def _read_entered(raw: Json) -> Answer:
    found = _object(raw, "answer", {"act": str, "what": str, "entry": dict})
    return Answer(found["act"], found["what"], entry=found["entry"])


def _read_refused(raw: Json) -> Answer:
    found = _object(raw, "answer", {"act": str, "what": str, "refusal": dict})
    return Answer(found["act"], found["what"], refusal=found["refusal"])


def _read_boxed(raw: Json) -> Answer:
    found = _object(raw, "answer", {"act": str, "what": str, "receipt": str, "cast_before": bool})
    receipt = from_base64(found["receipt"], "answer.receipt", COMMITMENT_SIZE)
    return Answer(found["act"], found["what"], receipt=receipt, cast_before=found["cast_before"])


_READERS: dict[str, Callable[[Json], Answer]] = {
    ENTERED: _read_entered,
    AGAIN: _read_entered,
    REFUSED: _read_refused,
    BOXED: _read_boxed,
}


def _object(raw: Json, where: str, keys: Mapping[str, type]) -> dict[str, Any]:
    """A JSON object with exactly these keys, of these kinds."""
    if not isinstance(raw, dict) or raw.keys() != keys.keys():
        raise BadInput(f"this has the keys {', '.join(sorted(keys))}", where)
    for key, kind in keys.items():
        if type(raw[key]) is not kind:
            raise BadInput(f"this is not {_NAMES[kind]}", f"{where}.{key}")
    return cast("dict[str, Any]", raw)


_NAMES = {str: "a text", int: "a whole number", dict: "an object", bool: "true or false"}
