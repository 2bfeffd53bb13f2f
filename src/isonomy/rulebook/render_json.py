"""The model of an edition as JSON: stable, complete, each fact with its line and the clause that states it.

Lives here: the form that `rulebook show --json` prints. Not here: sentences (`render`).

Invariant: every key that is written in a block stands in the JSON once; keys of the form are only added. Quantities are
exact: shares are texts such as `2/3`, no number is a decimal one. Source: docs/spec/rulebook.md, JSON.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from isonomy.kernel.calendar import Duration, Recurrence, YearlyDay
from isonomy.kernel.quantity import Count, Ratio, Root, Share
from isonomy.rulebook.election_rule import ElectionRule
from isonomy.rulebook.model import Body, MemberClass, Office, Place, Power, Procedure, Rulebook
from isonomy.rulebook.provision import PROVISIONS
from isonomy.rulebook.render import Block, BlockRead, blocks_of, plain_reading
from isonomy.rulebook.render_of_meetings import MOTION_KEYS, SITTING_KEYS, movers_of, sitting_value
from isonomy.rulebook.render_of_powers import POWER_KEYS

Json = Any

# The keys that an election has and no other procedure, with the attributes of `ElectionRule`.
ELECTION_KEYS = {
    "nominations": "nominations", "nominated by": "nominated_by", "electorate as of": "roll_date",
    "returning officer": "returning_officer", "scrutineers": "scrutineers", "seats": "seats",
    "order on the paper": "order", "uncontested": "uncontested", "reopen nominations": "reopens",
    "vacancy": "vacancy", "constraint": "constraints", "appeal": "appeal", "top score": "top_score",
}  # fmt: skip

# Where the attribute of the model is named otherwise than the key of the block.
ATTRIBUTES = {
    "filled by": "filled", "removable by": "removable", "notice served": "served_after", "vote": "vote_from",
    "default option": "default_option", "smallest box": "box_least", "up to": "up_to", "belong to": "belong_to",
    "leave by": "leave_by", "called": "title", "opening approved within": "opening_within",
    "between meetings by": "between", "appeal presided by": "presides",
}  # fmt: skip


def to_json(rulebook: Rulebook) -> dict[str, Json]:
    """The whole edition as a JSON value: front matter, clauses, blocks with their facts."""
    front = rulebook.front
    edition = {field.name: getattr(front, field.name) for field in fields(front)}
    return {
        "edition": {name: _value(value) for name, value in edition.items() if value not in ("", None)},
        "sha256": rulebook.sha256,
        "clauses": [
            {
                "id": clause.id, "title": clause.title, "words": clause.words, "first_line": clause.first_line,
                "last_line": clause.last_line, "blocks": clause.blocks,
            }
            for clause in rulebook.clauses.values()
        ],
        "blocks": [
            _block(block, read)
            for (_, _, block), read in zip(blocks_of(rulebook), plain_reading(rulebook), strict=True)
        ],
    }  # fmt: skip


def _block(block: Block, read: BlockRead) -> dict[str, Json]:
    found: dict[str, Json] = {
        "kind": read.kind,
        "name": read.name,
        "title": read.title,
        "clause": read.place.clause,
        "line": read.place.line,
        "flags": _flags(block),
    }
    found["facts"] = [
        {
            "key": fact.key,
            "line": fact.line,
            "clause": fact.clause,
            "value": _provided(read.kind, block, fact.key) if read.kind in PROVISIONS else _fact_value(block, fact.key),
            "text": fact.written,
            "reads": fact.sentence,
        }
        for fact in read.facts
    ]
    return found


def _flags(block: Block) -> list[str]:
    if not isinstance(block, Body | Office):
        return []
    supreme = ["supreme"] if isinstance(block, Body) and block.supreme else []
    return supreme + ([f"in each {block.in_each}"] if block.in_each else [])


def _fact_value(block: Block, key: str) -> Json:
    if key.startswith("means "):
        return getattr(block, "terms")[key.removeprefix("means ")]  # noqa: B009
    if isinstance(block, MemberClass) and key == "vote":
        return {"votes": block.votes, "after_admission": _value(block.vote_from)}
    if isinstance(block, Procedure) and key == "protected":
        return {"clauses": list(block.protected), "majority": _value(block.protected_majority)}
    if isinstance(block, Procedure) and key == "casting vote":
        return {"office": block.casting_vote, "second": block.casting_is_second}
    if key == "within" and hasattr(block, "after"):
        return {"within": _value(getattr(block, "within")), "of": block.after}  # noqa: B009
    if isinstance(block, Procedure) and block.election is not None and key in ELECTION_KEYS:
        return _election_value(block.election, key)
    if isinstance(block, Procedure) and key == "proposed by":
        return list(movers_of(block.proposed_by, block.motions))
    if isinstance(block, Procedure) and key in MOTION_KEYS:
        return _value(getattr(block.motions, MOTION_KEYS[key]))
    if isinstance(block, Power) and key in POWER_KEYS:
        return _value(getattr(block.rule, POWER_KEYS[key]))
    if isinstance(block, Body) and key in SITTING_KEYS:
        return sitting_value(block.sitting, key, _value)
    return _value(getattr(block, ATTRIBUTES.get(key, key.replace(" ", "_"))))


def _provided(kind: str, block: Block, key: str) -> Json:
    return _value(getattr(block, PROVISIONS[kind].attributes.get(key, key.replace(" ", "_"))))


def _election_value(rule: ElectionRule, key: str) -> Json:
    value = getattr(rule, ELECTION_KEYS[key])
    return [str(one) for one in value] if key == "constraint" else _value(value)


def _value(value: object) -> Json:
    """A value of the model as JSON; what is empty in a composite is left out."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Count):
        return value.value
    if isinstance(value, Share | Ratio | Fraction):
        return str(value)
    if isinstance(value, Root):
        return {"square_root_times": str(value.factor)}
    if isinstance(value, Duration):
        return {"number": value.number, "unit": value.unit, "clear": value.clear}
    if isinstance(value, YearlyDay):
        return str(value)
    if isinstance(value, Recurrence):
        return {"interval": _value(value.interval), "on": _value(value.on)}
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    if is_dataclass(value) and not isinstance(value, Place):
        inside = {field.name: _value(getattr(value, field.name)) for field in fields(value)}
        return {name: one for name, one in inside.items() if one not in (None, "", 0, [])}
    raise TypeError(f"no JSON form for {type(value).__name__}")
