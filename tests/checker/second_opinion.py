"""A second opinion on the least coalition: the same question asked of an answer-set solver, written from the specification alone.

Lives here: the encoding for small rulebooks. Not here: anything of the checker; this module reads none of it.

`ge(X, N)` says that the coalition comes to at least N seats of X; `lost(X, N)` that it does not keep N of them when every term has
run out. Both are least models, so the answer set is one.
"""

from __future__ import annotations

from tests.checker.small_rulebooks import MEMBERS, Drawn

PROGRAM = """
seat(X, 1..S) :- size(X, S).
ge(X, N) :- seat(X, N), N <= k, not holders(X).
rules(X) :- office(X), ge(X, 1).
rules(X) :- need(X, V), ge(X, V).
elects(X) :- half(X, V), ge(X, V).
filled(X) :- by_appointment(X, Y), rules(Y).
filled(X) :- by_election(X, B), elects(B), not slate(X, _).
filled(X) :- by_election(X, B), elects(B), slate(X, O), ge(O, 1).
filled(X) :- by_election(X, _), open(X), slate(X, O), ge(O, 1).
ge(X, N) :- filled(X), seat(X, N).
ge(X, N) :- holders(X), seat(X, N), N <= #count { O : holder(X, O), ge(O, 1) }.

lost(X, N) :- seat(X, N), not ge(X, N).
weak(X) :- office(X), lost(X, 1).
weak(X) :- need(X, V), lost(X, V).
weak(X) :- need(X, V), size(X, S), V > S.
mute(X) :- half(X, V), lost(X, V).
unfilled(X) :- by_appointment(X, Y), weak(Y).
unfilled(X) :- by_election(X, B), mute(B), not slate(X, _).
unfilled(X) :- by_election(X, B), mute(B), slate(X, _), not open(X).
unfilled(X) :- slate(X, O), lost(O, 1).
lost(X, N) :- unfilled(X), seat(X, N).
lost(X, N) :- holders(X), seat(X, N), size(X, S), S - N + 1 <= #count { O : holder(X, O), lost(O, 1) }.

captured :- supreme(X), need(X, V), size(X, S), V <= S, ge(X, V), not lost(X, V).
#show captured/0.
"""


def _need(size: int, majority: tuple[int, int]) -> int:
    """So many of so many, all voting: more than half where half is asked, else at least the share; never none."""
    part, whole = majority
    return size // 2 + 1 if (part, whole) == (1, 2) else max(1, -(-size * part // whole))


def facts_of(book: Drawn) -> str:
    """The drawn rulebook as facts."""
    found = [f"supreme({_id(book.seats[0].name)})."]
    for seat in book.seats:
        name = _id(seat.name)
        found.append(f"size({name},{seat.size}).")
        if seat.is_body:
            found += [f"need({name},{_need(seat.size, seat.majority)}).", f"half({name},{_need(seat.size, (1, 2))})."]
        else:
            found.append(f"office({name}).")
        if seat.way == "appointment":
            found.append(f"by_appointment({name},{_id(seat.by[0])}).")
        elif seat.way == "election":
            found.append(f"by_election({name},{_id(seat.by[0])}).")
        elif seat.way == "ex officio":
            found += [f"holders({name}).", *(f"holder({name},{_id(office)})." for office in seat.by)]
        if seat.nominator:
            found.append(f"slate({name},{_id(seat.nominator)}).")
            found += [f"open({name})."] if seat.is_open else []
    return "\n".join(found)


def _id(name: str) -> str:
    return name.replace("-", "_")


def least_coalition(book: Drawn) -> int | None:
    """The fewest persons that come to carry the supreme body and keep it; None where no number up to all members does."""
    import clingo

    facts = facts_of(book)
    for persons in range(1, MEMBERS + 1):
        control = clingo.Control(["--warn=none", "-c", f"k={persons}"])
        control.add(
            "base", [], PROGRAM + facts + "\n#defined slate/2. #defined open/1. #defined holders/1. #defined holder/2."
        )
        control.ground([("base", [])])
        with control.solve(yield_=True) as handle:
            if any(str(symbol) == "captured" for model in handle for symbol in model.symbols(shown=True)):
                return persons
    return None
