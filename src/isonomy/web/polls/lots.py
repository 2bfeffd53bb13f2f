"""Lots of this site: secrets that the site keeps for a returning officer without storing them.

Lives here: a secret made from the site's key and the id of the act that publishes its lot. Not here: what lots are for
(docs/spec/elections.md, section 4), drawing.

Invariant: nothing is stored; whoever has the site's key finds the secret again: the operator could, and pages say so.
Who does not want that draws a secret and keeps it.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.conf import settings

from isonomy.engine.lots import lot_of_secret
from isonomy.engine.state import Poll, State
from isonomy.record.base64_text import to_base64

PREFIX = "isonomy site lot secret v1"


def secret_for(origin: str, act_id: str) -> str:
    """The secret that the site keeps for the act which publishes its lot, 32 bytes in base64."""
    said = f"{PREFIX}\n{origin}\n{act_id}".encode()
    return to_base64(hmac.new(settings.SECRET_KEY.encode(), said, sha256).digest())


def kept_secret(state: State, lot: str, act_id: str) -> str:
    """The secret behind a published lot where this site keeps it, else ""."""
    if not lot or not act_id:
        return ""
    found = secret_for(state.origin, act_id)
    return found if lot_of_secret(found) == lot else ""


def kept_for_poll(state: State, poll: Poll, opened_with: str) -> str:
    """The secret of a poll's lot where this site keeps it: published with its election, or by the act that put it."""
    election = state.elections.get(poll.election)
    return kept_secret(state, poll.lot, election.opened_with if election is not None else opened_with)
