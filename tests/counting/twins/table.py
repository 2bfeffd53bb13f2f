"""Each rule beside its naive twin: how a poll is drawn for it, and how the twin's count is held against the result.

A comparison covers the winners in their order, every tie (who, how it was settled, whom it fell on) and the figures that
the rule shows at each stage.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from isonomy.counting import Draw, Lots, Parameters, Profile, Quorum, Result, Tie, count
from isonomy.kernel.quantity import Root
from tests.counting.naive import debian, plain, shares, single, stv
from tests.counting.naive.hand import Hand
from tests.counting.twins import drawn
from tests.counting.twins.drawn import Poll


class Differs(AssertionError):
    """The count and its twin tell different things."""


def same(what: str, counted: object, twin: object) -> None:
    """Raises `Differs` when the two are not equal."""
    if counted != twin:
        raise Differs(f"{what}: counted {counted!r}, the twin {twin!r}")


@dataclass(frozen=True)
class Twin:
    """How to draw a poll for a rule, and how to hold the result against the naive count."""

    draw: Callable[[Random], Poll]
    compare: Callable[[Poll, Result], None]


def agree(rule: str, seed: str) -> Result:
    """Draws the poll of this seed, counts it, and compares; raises `Differs`."""
    twin = TWINS[rule]
    poll = twin.draw(Random(f"{rule} {seed}"))
    result = count(poll.profile, rule, poll.parameters, Lots(seed=poll.seed))
    twin.compare(poll, result)
    return result


def _same_ties(result: Result, hand: Hand) -> None:
    same("ties", [(tie.question, tie.among, tie.by, tie.chosen) for tie in result.ties], hand.ties)


def _seats(draw: Callable[[Random], Profile], most: int = 4, choices: Callable[[Random], dict[str, str]] | None = None):
    def drawn_poll(rng: Random) -> Poll:
        profile = draw(rng)
        given = choices(rng) if choices else {}
        return Poll(profile, Parameters(seats=rng.randint(1, most), choices=given), str(rng.randint(1, 999)))

    return drawn_poll


# Counts by stages


def _by_stages(naive, *, guarded: bool = False, seats: int = 4, options: int = 6, papers: int = 12) -> Twin:
    def draw(rng: Random) -> Poll:
        profile = drawn.ranked(rng, most=options, equal=rng.choice((0, 0, 0, 0.15)), papers=papers)
        places = rng.randint(1, seats)
        sitting: tuple[int, ...] = ()
        if guarded and rng.random() < 0.25:
            most = min(places, len(profile.standing))
            sitting = tuple(sorted(rng.sample(profile.standing, rng.randint(0, most))))
        given = Parameters(guarded=sitting) if naive is stv.irv else Parameters(seats=places, guarded=sitting)
        return Poll(profile, given, str(rng.randint(1, 999)))

    def compare(poll: Poll, result: Result) -> None:
        hand, given = Hand(poll.seed), poll.parameters
        guards = {"guarded": given.guarded} if guarded else {}
        elected, stages = naive(
            drawn.orders(poll.profile), list(poll.profile.standing), given.seats or 1, hand, **guards
        )
        same("elected", list(result.winners), elected)
        tables = result.to_json()["stages"]
        same("number of stages", len(tables), len(stages))
        for number, (table, (votes, exhausted, lost)) in enumerate(zip(tables, stages, strict=True), start=1):
            totals = [Fraction(total) for total in table["totals"].values()]
            same(f"totals of stage {number}", totals, [votes.get(o.number, 0) for o in poll.profile.options])
            same(f"exhausted at stage {number}", Fraction(table["exhausted"]), exhausted)
            same(f"lost at stage {number}", Fraction(table["lost_to_rounding"]), lost)
        _same_ties(result, hand)

    return Twin(draw, compare)


# Debian


def _debian_poll(rng: Random) -> Poll:
    profile = drawn.ranked(rng, most=5, equal=rng.choice((0, 0.3)), papers=9)
    default = rng.choice((None, 0, *profile.standing)) if profile.standing else 0
    if default is None and profile.options[-1].withdrawn:
        default = 0
    last = len(profile.options) if default is None else default
    asked = {
        n: Fraction(rng.choice(("1", "2", "3", "3/2"))) for n in profile.standing if n != last and rng.random() < 0.4
    }
    whole = rng.randint(1, 30)
    quorum = rng.choice(
        (None, None, Quorum(rng.randint(0, 6)), Quorum(root=Root(Fraction(rng.choice((1, 2)), 2)), whole=whole))
    )
    return Poll(profile, Parameters(quorum=quorum, majorities=asked, default=default), "")


def _least(quorum: Quorum | None) -> Fraction | None:
    """The smallest whole number that reaches the quorum, found by squaring."""
    if quorum is None:
        return None
    if quorum.root is None:
        return Fraction(quorum.value)
    # The factors drawn are 1/2 and 1: v reaches it when v squared is at least factor squared times the whole.
    factor = Fraction(str(quorum.root).split()[0]) if "/" in str(quorum.root) else Fraction(1)
    return Fraction(next(n for n in range(99) if n * n >= factor * factor * quorum.whole))


class Chair(Lots):
    """A chair who casts a vote in every tie."""

    def __init__(self, rng: Random) -> None:
        super().__init__()
        self.rng = rng

    def fresh(self) -> Lots:
        return Chair(self.rng)

    def casting_vote(self, question: str, place: str, among: Sequence[int], at: str) -> int | None:
        chosen = self.rng.choice(sorted(among))
        self.met.append(Tie(len(self.met) + 1, question, place, tuple(sorted(among)), at, "casting vote", (chosen,)))
        return chosen


def _debian(edition: str) -> Twin:
    def compare(poll: Poll, result: Result) -> None:
        given, standing = poll.parameters, list(poll.profile.standing)
        default = len(poll.profile.options) if given.default is None else given.default
        papers = drawn.rank_papers(poll.profile)
        decided = count(poll.profile, result.rule, given, Chair(Random(str(poll))))
        casting = [tie.chosen[0] for tie in decided.ties]
        least = _least(given.quorum)
        if edition == "1998":
            same(
                "open among", list(result.winners), debian.concorde(papers, standing, default, least, given.majorities)
            )
            winner = debian.concorde(papers, standing, default, least, given.majorities, casting)
        else:
            found = debian.clone_proof(papers, standing, default, least, given.majorities, edition == "2003")
            same("open among", list(result.winners), found)
            winner = [found[found.index(casting[0])]] if casting else found
        same("decided", result.decided, not result.ties)
        same("winner", list(decided.winners), winner)
        again = count(poll.profile, result.rule, given, Lots([Draw(tie.among, tie.chosen) for tie in decided.ties]))
        same("recount", again.digest(), decided.digest())

    return Twin(_debian_poll, compare)


# Orders of options


def _order(before) -> Twin:
    def draw(rng: Random) -> Poll:
        profile = drawn.ranked(rng, most=5, equal=rng.choice((0, 0.3)), papers=9)
        if rng.random() < 0.2:
            profile = Profile(profile.options, profile.ballots, unranked="apart")
        return Poll(profile, Parameters(seats=rng.randint(1, 4)), str(rng.randint(1, 999)))

    def compare(poll: Poll, result: Result) -> None:
        hand, options = Hand(poll.seed), list(poll.profile.standing)
        won = single.compared(drawn.rank_papers(poll.profile), options, poll.profile.unranked == "apart")
        order = before(won, options, hand)
        same("elected", list(result.winners), single.in_order(order, options, poll.parameters.seats, hand))
        _same_ties(result, hand)

    return Twin(draw, compare)


# Sums


def _tallies(result: Result) -> dict[str, object]:
    return result.to_json()["tallies"]


def _summed(draw: Callable[[Random], Profile], naive) -> Twin:
    def compare(poll: Poll, result: Result) -> None:
        hand = Hand(poll.seed)
        votes, won = naive(poll.profile, poll.parameters.seats, hand)
        same("tallies", _tallies(result), {f"Option {n}": figure for n, figure in votes.items()})
        same("elected", list(result.winners), won)
        _same_ties(result, hand)

    return Twin(_seats(draw), compare)


def _plurality(profile: Profile, seats: int, hand: Hand):
    return plain.plurality(drawn.rank_papers(profile), profile.standing, seats, hand)


def _approval(profile: Profile, seats: int, hand: Hand):
    return plain.marks(drawn.mark_papers(profile), profile.standing, seats, hand)


def _bloc(profile: Profile, seats: int, hand: Hand):
    return plain.marks(drawn.mark_papers(profile), profile.standing, seats, hand, at_most=seats)


def _score(profile: Profile, seats: int, hand: Hand):
    return plain.score(drawn.score_papers(profile), profile.standing, seats, hand)


def _star(poll: Poll, result: Result) -> None:
    hand, given = Hand(poll.seed), poll.parameters
    top = int(given.choices.get("max", "5"))
    won = single.star(drawn.score_papers(poll.profile), poll.profile.standing, given.seats, top, hand)
    same("elected", list(result.winners), won)
    _same_ties(result, hand)


def _top(rng: Random) -> dict[str, str]:
    return rng.choice(({}, {"max": "3"}, {"max": "5"}))


def _answers(rng: Random) -> Poll:
    profile = drawn.scored(rng, -1, 1, papers=10)
    of = rng.choice(("cast", "cast", "present", "entitled", "seats"))
    choices = {"majority": rng.choice(("1/2", "2/3", "3/4", "0.6", "1", "1:1", "2:1", "3:2")), "of": of}
    if of in ("entitled", "seats"):
        choices["entitled"] = str(profile.paper_count + rng.randint(0, 3))
    return Poll(profile, Parameters(seats=rng.choice((None, 1, 2, 3)), choices=choices), str(rng.randint(1, 999)))


def _yes_no(poll: Poll, result: Result) -> None:
    hand, given, asked = Hand(poll.seed), poll.parameters, poll.parameters.choices
    papers, standing = drawn.score_papers(poll.profile), poll.profile.standing
    entitled = int(asked.get("entitled", "0"))
    won = plain.yes_no(papers, standing, given.seats, asked["majority"], asked["of"], entitled, hand)
    same("carried", list(result.winners), won)
    _same_ties(result, hand)


# Proportional rules on approvals, budgets, apportionment


def _committee(naive) -> Twin:
    def compare(poll: Poll, result: Result) -> None:
        hand = Hand(poll.seed)
        won = naive(drawn.mark_papers(poll.profile), list(poll.profile.standing), poll.parameters.seats, hand)
        same("committee", list(result.winners), list(won))
        _same_ties(result, hand)

    return Twin(_seats(lambda rng: drawn.marked(rng)), compare)


def _phragmen(papers, options, seats, hand: Hand):
    return shares.phragmen(papers, options, seats, hand)[0]


def _budget_poll(rng: Random) -> Poll:
    kind = rng.random()
    choices = {"utility": rng.choice(("cost", "count", "score")), "increment": str(rng.choice((0, 0, 1, 2)))}
    choices["completion"] = rng.choice(("none", "greedy"))
    choices["comparison"] = rng.choice(("none", "greedy"))
    if kind < 0.75:
        profile = drawn.scored(rng, 0, 2, most=4, papers=6, costs=True, blank=0.35)
        return Poll(profile, Parameters(choices=choices), str(rng.randint(1, 999)))
    profile = drawn.marked(rng, papers=6)
    return Poll(profile, Parameters(seats=rng.randint(1, 3), choices=choices), str(rng.randint(1, 999)))


def _equal_shares(poll: Poll, result: Result) -> None:
    profile, asked = poll.profile, poll.parameters.choices
    committee = profile.budget is None
    cost = {o.number: 1 if committee else o.cost for o in profile.options if not o.withdrawn}
    papers = [dict(enumerate(scores, start=1)) for scores in drawn.score_papers(profile)]
    papers += [{n: 1 for rank in ranks for n in rank} for ranks in drawn.rank_papers(profile)]
    utilities = []
    for paper in papers:
        worth = {
            n: {"cost": cost[n], "count": 1, "score": score}[asked["utility"]]
            for n, score in paper.items()
            if n in cost and score
        }
        utilities.append(worth)
    budget = poll.parameters.seats if committee else profile.budget
    hand = Hand(poll.seed)
    exact = {n: Fraction(c) for n, c in cost.items()}
    steps = (asked["completion"], asked["comparison"])
    chosen = shares.whole_equal_shares(utilities, exact, budget, int(asked["increment"]), *steps, hand)
    same("chosen", list(result.winners), chosen)
    same("spent", result.to_json()["cost"], sum(cost[n] for n in chosen))
    _same_ties(result, hand)


def _apportioned(naive) -> Twin:
    def draw(rng: Random) -> Poll:
        profile = drawn.ranked(rng, most=6, equal=rng.choice((0, 0.2)), papers=10)
        least = rng.choice((0, 0, 0, 1, 2))
        seats = rng.randint(max(1, least * len(profile.standing)), 15)
        return Poll(profile, Parameters(seats=seats, choices={"least": str(least)}), str(rng.randint(1, 999)))

    def compare(poll: Poll, result: Result) -> None:
        hand = Hand(poll.seed)
        votes = plain.first_preferences(drawn.rank_papers(poll.profile), poll.profile.standing)
        held = naive(votes, poll.parameters.seats, int(poll.parameters.choices["least"]), hand)
        same("seats", result.to_json()["apportioned"], {f"Option {n}": k for n, k in held.items()})
        _same_ties(result, hand)

    return Twin(draw, compare)


def _dhondt(votes, seats, least, hand: Hand):
    return plain.divisors(votes, seats, least, lambda k: k + 1, hand)


def _sainte_lague(votes, seats, least, hand: Hand):
    return plain.divisors(votes, seats, least, lambda k: 2 * k + 1, hand)


def _scores(rng: Random) -> Profile:
    return drawn.scored(rng, 0, rng.choice((2, 3)))


TWINS: dict[str, Twin] = {
    "approval": _summed(lambda rng: drawn.marked(rng), _approval),
    "bloc": _summed(lambda rng: drawn.marked(rng), _bloc),
    "debian-1998": _debian("1998"),
    "debian-2003": _debian("2003"),
    "debian-2015": _debian("2015"),
    "dhondt": _apportioned(_dhondt),
    "equal-shares": Twin(_budget_poll, _equal_shares),
    "ers97": _by_stages(stv.ers97),
    "irv": _by_stages(stv.irv),
    "largest-remainder-hare": _apportioned(plain.largest_remainders),
    "meek-prf": _by_stages(stv.meek, guarded=True, options=5, papers=8, seats=3),
    "pav": _committee(shares.pav),
    "phragmen": _committee(_phragmen),
    "plurality": _summed(lambda rng: drawn.ranked(rng, equal=rng.choice((0, 0.3))), _plurality),
    "ranked-pairs-wv": _order(single.ranked_pairs_before),
    "sainte-lague": _apportioned(_sainte_lague),
    "schulze-wv": _order(lambda won, options, hand: single.schulze_before(won, options)),
    "score": _summed(_scores, _score),
    "scottish-stv-2007": _by_stages(stv.scottish, guarded=True),
    "seq-pav": _committee(shares.seq_pav),
    "star": Twin(_seats(_scores, choices=_top), _star),
    "wigm": _by_stages(stv.wigm, guarded=True),
    "yes-no": Twin(_answers, _yes_no),
}
