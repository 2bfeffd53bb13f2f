"""The compiled loops of counting, where they are there: `machine` is the module, or None.

Lives here: loading it, and what the rest of the room asks of it. Not here: the loops (`machine/*.c`), and the Python
beside each, which serves when they are not there.

Invariant: the same digits with and without. What was compiled from other sources than these is not used. The variable
ISONOMY_PURE in the environment switches it off.
"""

from __future__ import annotations

from typing import Any

VERSION = 1
"""The number of the functions in `machine/module.c`: raised there and here when one takes or gives something else."""

BLT, SCOTTISH = 0, 1
"""The layouts of lines that it reads."""

OPTIONS_MAX = 254

machine: Any = None
lacks = ""
"""Why there is none."""

try:
    from isonomy.counting import _compiled

    if _compiled.VERSION == VERSION:
        machine = _compiled
    else:
        lacks = "it was compiled from an older source"
except ImportError as fault:
    lacks = "it was not compiled" if "cannot import name" in str(fault) else str(fault)
