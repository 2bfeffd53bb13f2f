"""Who decides and what is owed: secrets without a date, duties without a consequence, silent and conflicting clauses, words that
differ from blocks, conditions nobody reviews (C15, C27, C28, C29, C31, C33).

Lives here: findings in what is said, left out or said twice. Not here: deadlocks in time (the search).

Invariant: silence is told once, at the line where a reader would look for the missing words.
"""

from __future__ import annotations

from collections.abc import Iterator

from isonomy.checker.catalogue import LOW, MEDIUM
from isonomy.checker.finding import Cited, Finding, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.properties import finds
from isonomy.checker.structure.ties import capital, saying
from isonomy.rulebook.findings import ERROR
from isonomy.rulebook.model import EVERYTHING_ELSE, Rulebook
from isonomy.rulebook.provisions.publication import DECISIONS, MINUTES, SESSIONS, publication_rules, rule_on
from isonomy.rulebook.render import listed
from isonomy.rulebook.size import DAYS


@finds("C15")
def no_lapse(inquiry: Inquiry) -> Iterator[Finding]:
    """An emergency of which no line says when it is over, or that lasts longer than a year at a time."""
    for name, rule in inquiry.rulebook.provisions.get("emergency", {}).items():
        if "lapses" not in rule.place.lines:
            yield finding(
                "C15",
                f"The emergency '{name}' has no last day: what is adopted for a time becomes what always holds.",
                cited(rule.place, "declared by"),
                fix=f"in the emergency block '{name}' write 'lapses: after 14 days'",
            )
        elif rule.lapses.number * DAYS[rule.lapses.unit] > DAYS["year"]:
            yield finding(
                "C15",
                f"The emergency '{name}' lasts {rule.lapses} before it lapses: for more than a year the rules yield.",
                cited(rule.place, "lapses"),
                severity=MEDIUM,
                fix=f"in the emergency block '{name}' write 'lapses: after 14 days'",
            )


SECRET_WORDS = (
    "closed session",
    "behind closed doors",
    "in secret session",
    "in camera",
    "are kept secret",
    "is kept secret",
)


@finds("C27")
def secret_without_a_day(inquiry: Inquiry) -> Iterator[Finding]:
    """What is decided behind closed doors, or at a closed hearing, and no line says by when it is published."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    rules = publication_rules(book).values()
    for rule in rules:
        bodies = [found.seat for found in rule.of if found.what == SESSIONS] if rule.closed_by else []
        for body in bodies:
            if not _is_published(book, body):
                yield finding(
                    "C27",
                    f"{capital(say.the(rule.closed_by))} may decide behind closed doors; no line says by when it is published "
                    "that there was a closed session and what was decided in it.",
                    cited(rule.place, "closed by"),
                    fix=f"add a publication block with 'of: minutes of {body}', 'by' and 'within: 14 days'",
                )
    for case in book.provisions.get("case", {}).values():
        if case.hearing == "closed" and not _is_published(book, case.panel):
            yield finding(
                "C27",
                f"{capital(say.the(case.panel))} finds at a closed hearing; no line says by when what it found is published.",
                cited(case.place, "hearing"),
                fix=f"add a publication block with 'of: decisions of {case.panel}', 'by' and 'within: 14 days'",
            )
    if rules:
        return
    for clause in book.clauses.values():
        words = " ".join(clause.words.lower().split())
        if any(said in words for said in SECRET_WORDS):
            yield finding(
                "C27",
                f"Clause {clause.id} keeps something from members; no block gives it a day on which it is published.",
                Cited(clause.id, clause.first_line),
                severity=LOW,
                fix="add a publication block with 'of', 'by' and 'within', or 'sealed at most'",
            )


def _is_published(book: Rulebook, body: str) -> bool:
    return any(rule_on(book, what, body, "within") is not None for what in (MINUTES, DECISIONS))


@finds("C28")
def no_consequence(inquiry: Inquiry) -> Iterator[Finding]:
    """A duty that nothing follows upon when it is not done."""
    say = saying(inquiry.rulebook)
    for duty in inquiry.rulebook.duties.values():
        if "or else" not in duty.place.lines:
            yield finding(
                "C28",
                f"{capital(say.the(duty.owed_by))} owes '{duty.does}'; no line says what follows if it is not done.",
                cited(duty.place, "does"),
                fix=f"in the duty block '{duty.name}' write 'or else: ...'",
            )


@finds("C29")
def silent_or_double(inquiry: Inquiry) -> Iterator[Finding]:
    """A matter that nobody decides, or that two bodies decide."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    if not book.bodies:
        return
    residual = any(EVERYTHING_ELSE in body.decides for body in book.bodies.values()) or any(
        EVERYTHING_ELSE in found.matters for found in book.procedures.values()
    )
    if not residual:
        last = max(book.bodies.values(), key=lambda body: (body.supreme, -body.place.line))
        yield finding(
            "C29",
            "No body decides what is given to nobody: on everything that no clause names nobody can act.",
            cited(last.place, "decides" if last.decides else ""),
            fix=f"in the block of {say.the(last.name)} write 'decides: everything else'",
        )
    for matter in _matters(book):
        bodies: dict[str, Cited] = {}
        for competence in book.competent(matter):
            if competence.power is None and not competence.residual:
                key = "matters" if competence.procedure is not None else "decides"
                bodies.setdefault(competence.seat, cited(competence.place, key))
        if len(bodies) > 1:
            who = listed([say.the(seat) for seat in bodies])
            yield finding(
                "C29",
                f"On {matter.replace('-', ' ')} {who} both decide; no line says whose decision stands when they differ.",
                *bodies.values(),
                fix=f"leave {matter.replace('-', ' ')} to one of them",
            )
    if book.amendment() is None:
        supreme = book.supreme
        at = cited(supreme.place) if supreme is not None else Cited(next(iter(book.clauses), ""), 1)
        yield finding(
            "C29",
            "No clause says how this rulebook is amended: who may change it, and by what majority, is left open.",
            at,
            severity=LOW if residual else MEDIUM,
            fix="add an amend block with body, majority and notice",
        )


def _matters(book: Rulebook) -> list[str]:
    found: dict[str, None] = {}
    for body in book.bodies.values():
        found |= dict.fromkeys(matter for matter in body.decides if matter != EVERYTHING_ELSE)
    for procedure in book.procedures.values():
        found |= dict.fromkeys(matter for matter in procedure.matters if matter != EVERYTHING_ELSE)
    return list(found)


@finds("C33")
def conditions(inquiry: Inquiry) -> Iterator[Finding]:
    """Decisions on condition whose review may be put off for ever, or after which nothing follows; conditions in words alone."""
    book = inquiry.rulebook
    rules = book.provisions.get("condition", {})
    for name, rule in rules.items():
        if "reviewed within" not in rule.place.lines:
            yield finding(
                "C33",
                "A decision may be made on condition, and no line says by when the condition is reviewed at the latest.",
                cited(rule.place, "on decisions of"),
                fix=f"in the condition block '{name}' write 'reviewed within: 1 year'",
            )
        elif "unreviewed" not in rule.place.lines:
            yield finding(
                "C33",
                "A decision made on condition stands for ever when nobody reviews the condition.",
                cited(rule.place, "reviewed within"),
                severity=LOW,
                fix=f"in the condition block '{name}' write 'unreviewed: the decision lapses'",
            )
    if rules:
        return
    for clause in book.clauses.values():
        words = f" {' '.join(clause.words.lower().split())} "
        if "on condition that" in words or "on the condition that" in words:
            yield finding(
                "C33",
                f"Clause {clause.id} lets something be decided on condition; no block gives it an owner and a day of review.",
                Cited(clause.id, clause.first_line),
                fix="add a condition block with owner, 'reviewed within' and 'unreviewed'",
            )


@finds("C31")
def words_and_blocks(inquiry: Inquiry) -> Iterator[Finding]:
    """What the lint found: a block that says what the words of its clause do not."""
    if inquiry.examination is None:
        return
    for found in inquiry.examination.findings:
        if found.id == "words-differ":
            yield finding(
                "C31",
                f"{found.what[:1].upper()}{found.what[1:]}.",
                Cited(found.clause, found.line),
                severity=MEDIUM if found.severity == ERROR else LOW,
                fix=found.cure or "mend the words or the block",
            )
