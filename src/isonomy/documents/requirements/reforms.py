"""Theme H, reforms and their testing: how a promised reform is told from a kept one."""

from isonomy.documents.requirements.shape import CPGB, CPSU, ROBERTS, Kind, Met, Passage, Requirement, Theme

REFORMS = Theme(
    "H",
    "Reforms and their testing",
    (
        Requirement(
            91,
            Kind.PROCEDURE,
            "Reforms are listed and each is compared with what remains restricted.",
            (Passage(ROBERTS, "heading Criminal Code Softened", "But a number of stringent restrictions"),),
            met=Met.DUTY,
            clause="`instruction` 25: every instruction with what was promised and what was reached, made from acts",
            trial="rulebooks/federation/trials/instructions.md",
            acts=("instruction.report",),
        ),
        Requirement(
            92,
            Kind.FAILURE,
            "Promised reforms are given out as slowly and as sparsely as can be.",
            (Passage(ROBERTS, "heading Partial Nature of Concessions", "yield as little as possible at a time"),),
            met=Met.DUTY,
            clause="`instruction` 25: `not accepted`",
            trial="rulebooks/federation/trials/instructions.md",
            acts=("motion.terms",),
        ),
        Requirement(
            93,
            Kind.PROCEDURE,
            "Organisations report their unanimous endorsement after the event. Unanimity is a "
            "signal to examine, not a proof.",
            (
                Passage(CPSU, "section 4, first sentence", "UNANIMOUSLY approving the decisions"),
                Passage(CPSU, "section 1, first sentence", "welcomed entirely and supported wholeheartedly"),
            ),
        ),
        Requirement(
            94,
            Kind.NORM,
            "Guarantees against recurrence, not correction alone.",
            (
                Passage(CPSU, "section 1, on speaking openly", "Sure guarantees are thereby created"),
                Passage(CPGB, "line 32", "to ensure that they cannot recur"),
            ),
            met=Met.DUTY,
            clause="`or else` of 12, 25, 26 and 27",
            trial="rulebooks/federation/trials/instructions.md",
            acts=(
                "overdue.enter",
                "meeting.call",
            ),
        ),
        Requirement(
            95,
            Kind.NORM,
            "Promises about pay, pensions, hours and fees are stated with numbers and dates that can be checked.",
            (Passage(ROBERTS, "opening part, on economic promises", "30% wage increases"),),
            met=Met.REFUSAL,
            clause="`instruction` 25: a final report tells each number that was promised; "
            "`finance` 34: what it costs stands in a head",
            trial="rulebooks/federation/trials/instructions.md",
            acts=(
                "motion.terms",
                "instruction.report",
            ),
        ),
    ),
)
