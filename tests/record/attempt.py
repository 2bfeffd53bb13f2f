"""A call that may meet bad input: what it gave, or the fault, never both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from isonomy.kernel.bad_input import BadInput


def attempt(call: Callable[..., Any], *given: Any) -> tuple[Any, BadInput | None]:
    """What the call gave and None, or None and the `BadInput` it raised; any other exception is a crash."""
    try:
        return call(*given), None
    except BadInput as fault:
        return None, fault
