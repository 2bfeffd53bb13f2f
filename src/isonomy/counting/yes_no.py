"""Yes, no, abstain: whether a question is carried, and elections in which each person is answered.

Lives here: the tally of answers judged against a majority, and the rule `yes-no` that counts ballots of
answers. Not here: which majority a clause asks (the rulebook), quorum (the engine).

Text: the model's "Majorities and quorum". 1/2 means more than half; any other fraction, at least; a ratio
for:against, at least N times and more than. *Cast* = for + against; abstentions, blank and spoiled papers are
not cast; *present* and *entitled* count them; vacant seats count in *seats* only. A tie is not carried.

Readings: nothing is carried without a single vote for it. In an election to seats the persons carried with
the most yes take the seats; equal persons at the last seat go to a public lot.

Invariant: exact fractions, never rounded; no casting vote is applied here.
"""

from __future__ import annotations

from fractions import Fraction

from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import Parameters, read_exact, read_ratio
from isonomy.counting.tally import AnswersCounted, SeatsFilled, largest
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Names, Result, Step, listed
from isonomy.counting.values import value
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.quantity import Answer, Ratio, Share, Span

WHOLES = ("cast", "present", "entitled", "seats")


@value
class Answers:
    """The answers to one question; `blank` counts papers without an answer and spoiled ones."""

    in_favour: int
    against: int
    abstain: int = 0
    blank: int = 0

    @property
    def cast(self) -> int:
        """For and against."""
        return self.in_favour + self.against

    @property
    def papers(self) -> int:
        """Everything handed in."""
        return self.cast + self.abstain + self.blank


@value
class Majority:
    """A share of cast, present, entitled or seats, or a ratio of for to against."""

    threshold: Share | Ratio
    of: str = "cast"

    def __post_init__(self) -> None:
        if self.of not in WHOLES:
            raise BadInput(f"'{self.of}' is not a whole", "of", f"choose one of {', '.join(WHOLES)}")


@value
class CarriedTogether(SeatsFilled):
    """The options that are carried where there are no seats to fill; in the trace as seats are."""

    def sentence(self, names: Names) -> str:
        if not self.winners:
            return "Nothing is carried"
        return f"{listed(names, self.winners)} {'is' if len(self.winners) == 1 else 'are'} carried"


MORE_THAN_HALF = Majority(Share(Fraction(1, 2)))


def is_carried(answers: Answers, majority: Majority = MORE_THAN_HALF, whole: int | None = None) -> bool:
    """Whether the answers carry the question.

    `whole` is the number present, entitled or of seats where the majority is one of these; *present* defaults
    to the papers handed in. Raises `BadInput` when the whole is missing or smaller than the votes cast.
    Source: model, "Majorities and quorum".
    """
    if not answers.in_favour:
        return False
    in_favour = Span.exactly(answers.in_favour)
    if isinstance(majority.threshold, Ratio):
        return majority.threshold.is_reached(in_favour, Span.exactly(answers.against)) is Answer.YES
    size = whole_of(answers, majority, whole)
    return majority.threshold.is_reached(in_favour, Span.exactly(size)) is Answer.YES


def whole_of(answers: Answers, majority: Majority, whole: int | None) -> int:
    """The denominator of the majority; see `is_carried`."""
    if majority.of == "cast":
        return answers.cast
    if whole is None:
        if majority.of == "present":
            return answers.papers
        raise BadInput(f"how many are {majority.of} is not known", majority.of, "give the number")
    if whole < answers.cast:
        raise BadInput(f"{answers.cast} votes were cast by {whole} {majority.of}", majority.of, "check the two numbers")
    return whole


def read_majority(text: str, of: str = "cast") -> Majority:
    """A majority from text: `1/2`, `2/3`, `3:1`; with `of` cast, present, entitled or seats."""
    if ":" in text:
        ratio = read_ratio(text)
        return Majority(Ratio(ratio.numerator, ratio.denominator), of)
    share = read_exact(text, "majority")
    if not 0 < share <= 1:
        raise BadInput(f"a majority of {text} is not between 0 and 1", "majority", "write a fraction such as 2/3")
    return Majority(Share(share), of)


def count(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts ballots of answers: 1 yes, -1 no, 0 or nothing abstain; every option carried wins, up to the
    seats."""
    majority = read_majority(parameters.choices.get("majority", "1/2"), parameters.choices.get("of", "cast"))
    entitled = parameters.choices.get("entitled")
    whole = int(read_exact(entitled, "number")) if entitled else None
    papers = sum(ballot.weight for ballot in profile.scored)
    steps: list[Step] = []
    carried: dict[int, int] = {}
    for option in profile.standing:
        answers = answers_to(profile, option)
        size = answers.cast if isinstance(majority.threshold, Ratio) else whole_of(answers, majority, whole)
        passes = is_carried(answers, majority, whole)
        steps.append(
            AnswersCounted(
                "majorities",
                option,
                answers.in_favour,
                answers.against,
                answers.abstain + answers.blank,
                str(majority.threshold),
                majority.of,
                size,
                passes,
            )
        )
        if passes:
            carried[option] = answers.in_favour
    seats = parameters.seats or profile.seats
    winners = tuple(sorted(carried)) if seats is None else largest(carried, seats, lots, place="the last seat")
    filled = SeatsFilled if seats is not None else CarriedTogether
    steps.append(filled("most yes of those carried", winners, seats or len(profile.options)))
    return Result(
        rule="yes-no",
        options=profile.options,
        seats=seats or len(profile.options),
        valid=papers,
        winners=winners,
        steps=tuple(steps),
        ties=tuple(lots.met),
        elects=seats is not None,
        parameters=parameters.to_json(),
    )


def answers_to(profile: Profile, option: int) -> Answers:
    """The answers that a profile of scored ballots gives to one option; raises `BadInput` for a score that is
    no answer."""
    found = {1: 0, -1: 0, 0: 0, None: 0}
    for scores, weight in profile.scored:
        score = scores[option - 1]
        if score not in found:
            raise BadInput(f"{score} is not an answer", f"option {option}", "answer 1 (yes), -1 (no) or 0 (abstain)")
        found[score] += weight
    return Answers(found[1], found[-1], found[0], found[None])
