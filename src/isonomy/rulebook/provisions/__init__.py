"""Provisions: one module for each kind of block of the ordinary life (criticism, emergency, removal, finance ...).

Each module holds the frozen shape that the engine reads, the keys, their reading, the sentences in which they are read aloud,
what they give to whom, and what they may not say beside the rest; it registers itself with `provide`. Importing this package
registers all of them. A new kind: a module here, its name in the list below, a section "### `kind NAME`" with its table of keys
in the specification of its proceeding (`docs/spec`), trials of the lint in `tests/rulebook/trials`.

Not here: what a block does (`engine.proceedings`).
"""

from isonomy.rulebook.provisions import (
    accumulation,
    affiliation,
    case,
    commission,
    condition,
    confirmation,
    cooption,
    credentials,
    criticism,
    death,
    delegation,
    discussion,
    dormancy,
    emergency,
    finance,
    identity,
    instruction,
    interim,
    limits,
    orders,
    petition,
    publication,
    recall,
    removal,
    resignation,
    substitutes,
    target,
    transition,
    withdrawal,
)

__all__ = [
    "accumulation",
    "affiliation",
    "case",
    "commission",
    "condition",
    "confirmation",
    "cooption",
    "credentials",
    "criticism",
    "death",
    "delegation",
    "discussion",
    "dormancy",
    "emergency",
    "finance",
    "identity",
    "instruction",
    "interim",
    "limits",
    "orders",
    "petition",
    "publication",
    "recall",
    "removal",
    "resignation",
    "substitutes",
    "target",
    "transition",
    "withdrawal",
]
