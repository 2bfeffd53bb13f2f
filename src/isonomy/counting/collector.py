"""Pausing the cyclic garbage collector while many small lists are built.

Lives here: the pause. Not here: anything about ballots.

Invariant: the collector is as before afterwards. Ballots form no cycles, so nothing is kept that would have been freed;
without the pause the collector walks all ballots read so far, again and again.
"""

from __future__ import annotations

import gc


class paused_collector:
    """No cyclic collection within the block, unless it was off before."""

    def __enter__(self) -> None:
        self.was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *fault: object) -> None:
        if self.was_on:
            gc.enable()
