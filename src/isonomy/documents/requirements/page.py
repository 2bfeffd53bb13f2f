"""The reference page of all requirements: a row each, with how it is met, clauses, acts and trial.

Lives here: its Markdown. Not here: the list (the modules of the themes).

Invariant: every requirement has exactly one row that begins with its number. Written to docs/reference/requirements.md.
"""

from __future__ import annotations

from isonomy.documents.requirements import THEMES, Met, Requirement, requirements

OPENING = """# Requirements

The ninety-five norms, institutions, procedures, failures and remedies that the five source documents describe, and
how each is met. Written from the program (`python -m docs.requirements_page`); `isonomy requirement N` shows one with
its passages.

- *refusal*: an act against it is refused.
- *duty*: it falls due, for somebody, on a day.
- *irregularity*: where it happened outside, the report names what was broken.
- *breach*, *indicator*: the audit finds or measures it.
- *paper*: the rulebook says it, and no act can be judged by it, for the reason given.
- *planned*: not met yet; where a block is named, rulebooks can say it already.

Clauses are those of the model federation (`rulebooks/federation/1.md`) where a number stands.
"""


def as_page() -> str:
    """The page as Markdown."""
    counted = {met: sum(item.met is met for item in requirements()) for met in Met}
    told = ", ".join(f"{count} {met.value}" for met, count in counted.items() if count)
    lines = [OPENING, f"How they are met: {told}.", ""]
    for theme in THEMES:
        lines += [f"## {theme.letter}. {theme.title}", ""]
        lines += ["| N | kind | what is described | met by | clauses | acts | trial |", "|---|---|---|---|---|---|---|"]
        lines += [*(_row(item) for item in theme.requirements), ""]
    return "\n".join(lines)


def _row(item: Requirement) -> str:
    kind = item.kind.value + (" (contested)" if item.contested else "")
    acts = ", ".join(f"`{act}`" for act in item.acts)
    trial = f"`{item.trial}`" if item.trial else ""
    return f"| {item.number} | {kind} | {item.norm} | {item.met.value} | {item.clause} | {acts} | {trial} |"
