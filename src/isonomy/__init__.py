"""Isonomy: an organisation of members runs itself by its own rules, and anyone can verify that it did.

Here live the rooms; doors open downwards only:
cli > web > adapters > chamber > (checker | audit | documents) > engine
    > (counting | rulebook | record) > kernel.

The one idea: `verdict = decide(rulebook, state, act)` and `state = fold(effects of the entries)`.

Not here: any code. Importing `isonomy` loads nothing but its version, so that every door stays cheap to
open.
"""

__version__ = "0.1.0"
