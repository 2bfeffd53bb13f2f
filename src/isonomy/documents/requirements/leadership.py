"""Theme A, collective leadership and personal power: who leads, and how one person comes to stand above the
rest.
"""

from isonomy.documents.requirements.shape import (
    CPGB,
    CPSU,
    ENTRY,
    NOTE,
    ROBERTS,
    Kind,
    Met,
    Passage,
    Requirement,
    Theme,
)

LEADERSHIP = Theme(
    "A",
    "Collective leadership and personal power",
    (
        Requirement(
            1,
            Kind.NORM,
            "Collective leadership is the highest principle of leadership and holds from top to bottom.",
            (
                Passage(
                    CPSU,
                    "section 4, second call to all organisations",
                    "supreme principle of collective leadership",
                ),
            ),
            met=Met.REFUSAL,
            clause="`accumulation` 28, `limits` 28, `power` 10",
            trial="rulebooks/federation/trials/committees.md",
            acts=("mandate.begin", "mandate.choose", "decision.take"),
        ),
        Requirement(
            2,
            Kind.FAILURE,
            "One office holder puts himself above the organisation and above the state.",
            (Passage(CPGB, "line 30", "put himself above the Party and above the state"),),
            met=Met.REFUSAL,
            clause="`limits` 28, `accumulation` 28, `interim` 29",
            trial="rulebooks/federation/trials/committees.md",
            acts=("poll.open", "mandate.begin", "seat.interim"),
        ),
        Requirement(
            3,
            Kind.FAILURE,
            "One person takes major decisions alone and does not wait for a committee to endorse them.",
            (
                Passage(
                    NOTE,
                    "quotation of R. Palme Dutt, last sentence",
                    "major decisions in his personal capacity",
                ),
            ),
            met=Met.REFUSAL,
            clause="10: `up to`, `lapses`; `decides` of each body",
            trial="rulebooks/federation/trials/collective.md",
        ),
        Requirement(
            4,
            Kind.FAILURE,
            "Practice departs from the rules while no rule is changed: none ever gave all power to "
            "one person. An audit must therefore compare practice with rule, not read the rule "
            "alone.",
            (Passage(NOTE, "quotation of R. Palme Dutt", "the correct constitutional forms"),),
            met=Met.IRREGULARITY,
            clause="every block, by the edition in force when it happened (tried with 10)",
            trial="rulebooks/federation/trials/collective.md",
        ),
        Requirement(
            5,
            Kind.FAILURE,
            "A secretary gathers power beyond measure through the post itself; a written warning was given in 1922.",
            (
                Passage(
                    CPSU,
                    "section 2, Lenin's letter of the end of 1922",
                    "accumulated in his hands immeasurable power",
                ),
            ),
            met=Met.REFUSAL,
            clause="`limits` 28: `not with`, `terms in a row`; `accumulation` 28",
            trial="rulebooks/federation/trials/committees.md",
            acts=("poll.open", "mandate.begin", "mandate.choose"),
        ),
        Requirement(
            6,
            Kind.NORM,
            "Fitness for an office includes conduct: tolerance, loyalty, politeness, consideration.",
            (
                Passage(
                    CPSU,
                    "section 2, note of January 1923",
                    "greater politeness and a more considerate attitude",
                ),
            ),
            met=Met.PAPER,
            clause="19: `grounds`, `censured by`; those who vote judge conduct, on grounds in words; no machine does",
            trial="tests/engine/test_removal.py::test_a_censure_removes_nobody_and_needs_its_own_majority",
            acts=("removal.ask", "removal.answer"),
        ),
        Requirement(
            7,
            Kind.PROCEDURE,
            "A proposal is put to the congress to remove a named holder from a post and choose another.",
            (
                Passage(
                    CPSU,
                    "section 2, note of January 1923",
                    "remove Stalin from his post, and to select another man",
                ),
            ),
            met=Met.REFUSAL,
            clause="19: `asked by`, `vote within`; 8: `removable by`",
            trial="rulebooks/federation/trials/removal.md",
            acts=("removal.ask", "removal.support", "poll.open"),
        ),
        Requirement(
            8,
            Kind.PROCEDURE,
            "The delegations of the congress hear the documents and keep the holder in office on "
            "condition that he heeds the criticism.",
            (
                Passage(
                    CPSU,
                    "section 2, on the 13th Congress",
                    "on the understanding, however, that he would heed",
                ),
            ),
            met=Met.DUTY,
            clause="19: `review on`, `owner`",
            trial="rulebooks/federation/trials/removal.md",
            acts=("removal.ask", "motion.move", "poll.declare"),
        ),
        Requirement(
            9,
            Kind.FAILURE,
            "The condition was kept at first and lapsed later; nothing checked it. A conditional "
            "retention needs a review date and an owner.",
            (Passage(CPSU, "section 2, paragraph after the 13th Congress", "Later on, however"),),
            met=Met.DUTY,
            clause="19: `review on`, `owner`, `unreviewed`; `condition` 26",
            trial="rulebooks/federation/trials/removal.md",
            acts=("motion.move", "poll.declare", "motion.terms", "condition.report"),
        ),
        Requirement(
            10,
            Kind.FAILURE,
            "An office holder is in fact beyond criticism.",
            (Passage(CPSU, "section 2, on congresses and plenary meetings", "in fact, was above criticism"),),
            met=Met.DUTY,
            clause="22: `to`, `answer within`; nobody addressed closes or limits a criticism",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make", "criticism.answer"),
        ),
        Requirement(
            11,
            Kind.FAILURE,
            "A holder believes himself infallible, and the merits of the whole are put down to one name.",
            (
                Passage(
                    CPSU,
                    "section 2, paragraph after the 13th Congress",
                    "came to believe in his own infallibility",
                ),
                Passage(
                    CPSU,
                    "section 2, on victories and their author",
                    "associating all our great victories with his name",
                ),
            ),
            met=Met.REFUSAL,
            clause="16: `again`, `refusal`: a holder does not decide again what was not ratified; praise no act can judge",
            trial="rulebooks/federation/trials/collective.md",
            acts=("decision.take", "poll.declare"),
        ),
        Requirement(
            12,
            Kind.FAILURE,
            "A cult: authority is worshipped. Marx made it a condition of joining that the rules be freed of it.",
            (
                Passage(CPSU, "section 1, quotation of Marx", "superstitious worshipping of authorities"),
                Passage(ENTRY, "heading Secret speech, first paragraph", "supernatural characteristics"),
            ),
            met=Met.PAPER,
            clause="no clause can name a person; 28: `terms in a row` ends every row of terms; worship no act can be judged by",
            trial="rulebooks/federation/trials/collective.md",
            acts=("mandate.begin",),
        ),
        Requirement(
            13,
            Kind.FAILURE,
            "Lack of collective leadership is named as a cause, over a stated period, 1934 to 1953.",
            (Passage(CPGB, "line 28", "lack of collective leadership"),),
        ),
        Requirement(
            14,
            Kind.NORM,
            "Work is collective at every level, from the executive to the branches.",
            (Passage(CPGB, "line 103", "collective work at every level"),),
            met=Met.REFUSAL,
            clause="4: `decides`; 7: `decides`; 10: `up to`: an office has only what a `power` names",
            trial="rulebooks/federation/trials/collective.md",
            acts=("decision.take", "motion.move"),
        ),
        Requirement(
            15,
            Kind.FAILURE,
            "To oppose or remove the holder would not have been understood and was held impossible. "
            "Removal rules without safe use are empty.",
            (
                Passage(
                    CPSU,
                    "section 2, on why he was not removed",
                    "would not have been understood by the people",
                ),
            ),
            met=Met.REFUSAL,
            clause="19: `hearing offered within`, `vote within`, `protected`",
            trial="rulebooks/federation/trials/removal.md",
            acts=("removal.ask", "hearing.offer", "meeting.call", "meeting.close", "poll.open"),
        ),
        Requirement(
            16,
            Kind.INSTITUTION,
            "A partial counterweight: in the war members took charge of sections of the work on "
            "their own, and the one man's acts were restricted. It can be measured: decisions by "
            "others against decisions by one.",
            (
                Passage(CPSU, "section 2, on the war", "individual actions were sharply restricted"),
                Passage(CPSU, "section 2, on the war", "independently took decisions"),
            ),
            met=Met.DUTY,
            clause="16: `reported to`, `limits`; each office's decisions alone are counted on its page",
            trial="rulebooks/federation/trials/urgent.md",
            acts=("decision.take", "decision.account"),
        ),
        Requirement(
            17,
            Kind.FAILURE,
            "Collective leadership is proclaimed while one-man rule is expected to come back; "
            "another document denies that the system breeds it.",
            (
                Passage(ROBERTS, "opening part, on collective leadership", "calls for re-creation of one-man rule"),
                Passage(CPSU, "section 3, second paragraph", "did not change the nature of our social system"),
            ),
            contested=True,
            met=Met.REFUSAL,
            clause="10: `up to`, `lapses`; 17: `ends`; 18: `again`; 28: `at most`; 13: `protected`",
            trial="rulebooks/federation/trials/delegation.md",
            acts=("decision.take", "delegation.give", "emergency.renew"),
        ),
        Requirement(
            18,
            Kind.NORM,
            "The organisation is to be seen as the victim and not as an accessory; against it "
            "stands the question whether all the trouble was one man's.",
            (
                Passage(
                    ENTRY,
                    "heading Secret speech, second paragraph",
                    "a victim of Stalin, not an accessory to his crimes",
                ),
                Passage(
                    ROBERTS,
                    "heading Partial Nature of Concessions",
                    "If the whole trouble were really with the super-devil",
                ),
            ),
            contested=True,
        ),
    ),
)
