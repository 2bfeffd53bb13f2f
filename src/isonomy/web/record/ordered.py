"""Where orders from outside stand on other pages: a way to their page, and a sentence at the head of every page while one waits.

Lives here: these two questions. Not here: the page of orders (`orders`).

Invariant: they ask nothing of the viewer, so that everybody reads the same.
"""

from __future__ import annotations

from django.utils.translation import gettext as _now

from isonomy.engine.outside import AWAITING
from isonomy.engine.words import say_day
from isonomy.rulebook.provisions.orders import orders_rule
from isonomy.web.organisation import Standing


def has_orders(standing: Standing) -> bool:
    """Whether the rulebook knows orders from outside, or one was entered."""
    knows = standing.edition is not None and orders_rule(standing.rulebook) is not None
    return knows or bool(standing.state.orders)


def sentence_of_orders(standing: Standing) -> str:
    """What stands at the head of every page while an order waits to be confirmed or its notice is owed; "" while none is."""
    for order in standing.state.orders.values():
        told = {"authority": order.authority, "day": say_day(order.confirm_by), "order": order.id}
        if order.standing_on(standing.today) == AWAITING:
            return (
                _now("An order of %(authority)s was entered (%(order)s); it is confirmed by %(day)s or has no effect.")
                % told
            )
        if order.confirmed_on and not order.notified_on:
            return (
                _now("An order of %(authority)s is confirmed (%(order)s), and notice of it is owed to all members.")
                % told
            )
    return ""
