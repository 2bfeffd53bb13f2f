"""Theme G, honest record and history: what an organisation owes to the truth about itself."""

from isonomy.documents.requirements.shape import CPGB, CPSU, ROBERTS, Kind, Met, Passage, Requirement, Theme

HISTORY = Theme(
    "G",
    "Honest record and history",
    (
        Requirement(
            81,
            Kind.NORM,
            "The whole truth is told on the organisation's own initiative, however bitter it is.",
            (
                Passage(
                    CPSU,
                    "section 1, on speaking openly",
                    "the whole truth, however bitter it might have been",
                ),
            ),
            met=Met.DUTY,
            clause="32: `kept by`, `sealed by`: a sealed text opens on its day, or earlier by decision of the body itself",
            trial="rulebooks/federation/trials/publication.md",
            acts=("text.open",),
        ),
        Requirement(
            82,
            Kind.NORM,
            "Errors are made public although opponents will use them.",
            (Passage(CPSU, "section 1, on speaking openly", "excesses which the enemies could use"),),
            met=Met.DUTY,
            clause="32: `to`: the minutes are open to everybody, whoever reads them",
            trial="rulebooks/federation/trials/publication.md",
            acts=("text.publish",),
        ),
        Requirement(
            83,
            Kind.FAILURE,
            "History is falsified, roles of 1917 inverted, and corrected only piece by piece.",
            (Passage(ROBERTS, "heading But Silence on Trotsky", "have been rectified in piecemeal fashion"),),
            met=Met.REFUSAL,
            clause="32: `kept by`: other words than those that were sealed are refused, with both digests",
            trial="rulebooks/federation/trials/publication.md",
            acts=("text.open",),
        ),
        Requirement(
            84,
            Kind.FAILURE,
            "A document is cited in a speech and remains unpublished.",
            (Passage(ROBERTS, "heading But Silence on Trotsky", "has not yet been published"),),
            met=Met.DUTY,
            clause="32: `kept by`, `opened by`: the opening is due on its day, overdue after it, and others may do it",
            trial="rulebooks/federation/trials/publication.md",
            acts=(
                "text.seal",
                "text.open",
            ),
        ),
        Requirement(
            85,
            Kind.FAILURE,
            "One body praises and denounces the same person within days: its statements do not agree.",
            (
                Passage(
                    ROBERTS,
                    "heading Partial Nature of Concessions",
                    "have alternated with statements praising",
                ),
            ),
            clause="`withdrawal`: `of`, `told within`",
        ),
        Requirement(
            86,
            Kind.FAILURE,
            "The full facts of a repression are withheld.",
            (Passage(ROBERTS, "heading But Silence on Trotsky, on Georgia", "still rigidly suppressed"),),
            met=Met.REFUSAL,
            clause="32: `sealed at most`: nothing is sealed for longer, without a day, or beside what may be sealed",
            trial="rulebooks/federation/trials/publication.md",
            acts=("text.seal",),
        ),
        Requirement(
            87,
            Kind.NORM,
            "To explain is not to justify.",
            (
                Passage(CPGB, "line 39", "it does not justify or excuse them"),
                Passage(CPSU, "section 2, last paragraph", "explains, but by no mean justifies"),
            ),
        ),
        Requirement(
            88,
            Kind.NORM,
            "Merits and errors are both recorded.",
            (
                Passage(CPGB, "lines 26 to 28", "made a great contribution"),
                Passage(
                    CPSU,
                    "section 3, quotation of the Chinese party newspaper",
                    "recognising Stalin's great services",
                ),
            ),
            met=Met.DUTY,
            clause="22: `answer within`, `disagreement by`: what is held against somebody and what they say to it stand together",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make", "criticism.answer", "disagreement.record"),
        ),
        Requirement(
            89,
            Kind.FAILURE,
            "Published revelations of a persecution are met with silence.",
            (
                Passage(
                    ROBERTS,
                    "heading But Silence on Trotsky, on Folksstimme",
                    "have remained silent about the revelations",
                ),
            ),
            met=Met.DUTY,
            clause="22: `silence published`",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make",),
        ),
        Requirement(
            90,
            Kind.NORM,
            "A body may record, with its reasons, that it disagrees with the view of another.",
            (Passage(CPSU, "section 3, on Togliatti", "one cannot agree with Comrade Togliatti"),),
            met=Met.REFUSAL,
            clause="22: `disagreement by`; a body disagrees by its decision, with its reasons",
            trial="tests/engine/test_criticism.py::test_a_body_disagrees_by_its_decision_word_for_word_with_the_view_of_another",
            acts=("disagreement.record",),
        ),
    ),
)
