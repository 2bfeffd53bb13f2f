"""The count sheet: what a member needs to follow a count, from the typed steps of its result.

Lives here: the sheet as data - who is elected, what each step did in a sentence with its clause, ties, tables,
pictures, and a second count under another rule. Not here: HTML (`count_sheet_html`), CSV (`count_sheet_csv`), reading
ballots.

Invariant: nothing stands on a sheet that the trace does not hold; a count under another rule is labelled as no result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from isonomy.counting import rule_named
from isonomy.counting.pairwise_steps import DefeatsListed
from isonomy.counting.tally import TallyCounted
from isonomy.counting.trace import Result, Step, listed
from isonomy.documents.count_tables import Table, marks_of, stage_table, tables
from isonomy.documents.figure_bars import bars_of, figure_bars
from isonomy.documents.transfer_flow import description, strips, transfer_flow

WHAT_IF = "What if, not the result"
FIGURES_IN_A_SENTENCE_MAX = 8
NAMES_IN_A_HEADLINE_MAX = 6


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the sheet with the clause that it applies."""

    sentence: str
    clause: str


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A count for its readers. `chosen` is (name, party and how) in the order of election; `facts` are (word, value).

    `pictures` are `svg` elements, already escaped; all other texts are as in the ballot file and are escaped by
    whoever shows them. `notices` are what a reader has to know before believing the outcome.
    """

    title: str
    headline: str
    chosen: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    said: tuple[Said, ...]
    ties: tuple[str, ...]
    pictures: tuple[str, ...]
    picture_tells: str
    tables: tuple[Table, ...]
    digest: str
    what_if: CountSheet | None = None
    differences: tuple[str, ...] = ()


def count_sheet(
    result: Result,
    title: str,
    what_if: Result | None = None,
    prefix: str = "s",
    *,
    spoiled: int | None = None,
    margin: str = "",
) -> CountSheet:
    """The sheet of a result under `title`; with `what_if` a second count of the same papers by another rule, labelled
    as not the result. `prefix` begins the ids of its pictures. `spoiled` papers as the ballot file tells them;
    `margin` in a sentence."""
    pictures, tells = _pictures(result, prefix)
    return CountSheet(
        title=title,
        headline=_headline(result),
        chosen=_chosen(result),
        notices=_notices(result),
        facts=_facts(result, spoiled, margin),
        said=tuple(Said(_sentence(step, result), step.clause) for step in result.steps),
        ties=tuple(tie.sentence(result.names) for tie in result.ties),
        pictures=pictures,
        picture_tells=tells,
        tables=tables(result),
        digest=result.digest(),
        what_if=_labelled(count_sheet(what_if, WHAT_IF, prefix="w")) if what_if is not None else None,
        differences=differences(result, what_if) if what_if is not None else (),
    )


def picture(result: Result) -> str | None:
    """The picture of a count as one SVG file: transfers by stage, pairs of options, or bars; None for a count without
    figures."""
    stages = stage_table(result)
    if stages is not None:
        return transfer_flow(stages, result.quota)
    bars = bars_of(result)
    return figure_bars(bars) if bars is not None else None


def differences(result: Result, other: Result) -> tuple[str, ...]:
    """In sentences, who is chosen under one of two rules and not under the other."""
    names = result.names
    both = [option for option in result.winners if option in other.winners]
    only = [option for option in result.winners if option not in other.winners]
    instead = [option for option in other.winners if option not in result.winners]
    if not only and not instead:
        told = [f"The same are chosen under {other.rule} as under {result.rule}: {listed(names, both) or 'nobody'}."]
        if both and list(result.winners) != list(other.winners):
            told.append(f"Their order under {other.rule} is {listed(names, other.winners)}.")
        return tuple(told)
    told = [f"Chosen under both rules: {listed(names, both)}."] if both else ["Nobody is chosen under both rules."]
    if only:
        told.append(f"Chosen under {result.rule} only: {listed(names, only)}.")
    if instead:
        told.append(f"Chosen under {other.rule} only: {listed(names, instead)}.")
    return tuple(told)


def differing_winners(result: Result, other: Result) -> Mapping[str, list[str]]:
    """The same for machines: names chosen by `both`, by the rule of the count `only`, and `instead` by the other."""
    names = result.names
    return {
        "both": [names[option - 1] for option in result.winners if option in other.winners],
        "only": [names[option - 1] for option in result.winners if option not in other.winners],
        "instead": [names[option - 1] for option in other.winners if option not in result.winners],
    }


def _labelled(sheet: CountSheet) -> CountSheet:
    return replace(sheet, headline=f"{WHAT_IF}: {sheet.headline}")


def _headline(result: Result) -> str:
    """The outcome in one sentence; many names stand in the list below it only."""
    if len(result.winners) <= NAMES_IN_A_HEADLINE_MAX or not result.decided:
        return result.headline()
    word = next(mark for mark in marks_of(result) if mark in ("elected", "selected", "wins"))
    what = {"elected": "candidates", "selected": "projects"}.get(word, "options")
    return f"{len(result.winners)} {what} {'win' if word == 'wins' else f'are {word}'}."


def _chosen(result: Result) -> tuple[tuple[str, str], ...]:
    stages = stage_table(result)
    words = stages.fates if stages is not None else marks_of(result)
    parties = [option.party for option in result.options]
    return tuple(
        (result.names[option - 1], "; ".join(told for told in (parties[option - 1], words[option - 1]) if told))
        for option in result.winners
    )


def _notices(result: Result) -> tuple[str, ...]:
    found = []
    if any(tie.provisional for tie in result.ties):
        found.append(
            "A lot in this count is provisional: it was drawn with an empty seed, as an example, and binds nobody. "
            "Record what was really drawn, and count again."
        )
    if not result.decided:
        found.append("A casting vote is missing: the count is not decided.")
    return tuple(found)


def _facts(result: Result, spoiled: int | None, margin: str) -> tuple[tuple[str, str], ...]:
    facts = [("Rule", f"{rule_named(result.rule).title} ({result.rule})"), ("Follows", result.source)]
    if result.elects:
        facts.append(("Seats", str(result.seats)))
    facts.append(("Valid ballots", str(result.valid)))
    if spoiled is not None:
        facts.append(("Spoiled papers", str(spoiled)))
    if result.quota:
        facts.append(("Quota", result.quota))
    facts.append(("Arithmetic", result.arithmetic))
    if margin:
        facts.append(("Margin", margin))
    shown = result.to_json()["parameters"]
    for name, value in shown.items():
        # The seats stand above, and the constraints are told by the first step in words.
        if name not in ("seats", "constraints") and value not in (None, "", [], {}):
            facts.append((name.replace("_", " ").capitalize(), _parameter(value, result)))
    return tuple(facts)


def _parameter(value: object, result: Result) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {told}" for key, told in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _sentence(step: Step, result: Result) -> str:
    """The step's sentence; figures that would fill a page of words are left to the table."""
    if isinstance(step, TallyCounted) and len(step.figures) > FIGURES_IN_A_SENTENCE_MAX:
        return f"{step.valid} ballots are valid; the table has the {step.unit} of every option"
    if isinstance(step, DefeatsListed) and len(step.defeats) > FIGURES_IN_A_SENTENCE_MAX:
        return f"{len(step.defeats)} defeats stand between the options that remain; the table has their figures"
    return step.sentence(result.names)


def _pictures(result: Result, prefix: str) -> tuple[tuple[str, ...], str]:
    stages = stage_table(result)
    if stages is not None:
        return strips(stages, result.quota, prefix), description(stages, result.quota)
    bars = bars_of(result)
    return ((figure_bars(bars, prefix),), bars.tells) if bars is not None else ((), "")
