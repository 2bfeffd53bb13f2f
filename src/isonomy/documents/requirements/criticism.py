"""Theme C, right of criticism and discussion: who may say what to whom, and what is owed in answer."""

from isonomy.documents.requirements.shape import CPGB, CPSU, ROBERTS, Kind, Met, Passage, Requirement, Theme

CRITICISM = Theme(
    "C",
    "Right of criticism and discussion",
    (
        Requirement(
            29,
            Kind.NORM,
            "Criticism and self-criticism are to be developed; an organisation is strong enough to name its mistakes.",
            (Passage(CPSU, "section 4, quotation of Lenin", "call a mistake a mistake"),),
            met=Met.DUTY,
            clause="22: `answer within`; the answer stands beside the words, and nobody judges it",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make", "criticism.answer", "criticism.rejoin"),
        ),
        Requirement(
            30,
            Kind.NORM,
            "Every level listens attentively to those who raise points and criticisms.",
            (Passage(CPGB, "line 105", "listen more attentively to those who raise points"),),
            met=Met.DUTY,
            clause="22: `answer within`, `escalates to`",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make", "criticism.answer"),
        ),
        Requirement(
            31,
            Kind.NORM,
            "Points may be raised freely and are heard, however critical they are.",
            (
                Passage(CPGB, "line 105", "freely raised and listened to in a comradely manner"),
                Passage(CPGB, "line 70", "all points of view, however critical"),
            ),
            met=Met.REFUSAL,
            clause="22: `by`, `length`: no clause can limit anything else",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make", "criticism.join"),
        ),
        Requirement(
            32,
            Kind.INSTITUTION,
            "Discussion in branches and committees is a regular organ of the organisation.",
            (
                Passage(CPGB, "line 70", "live inner-Party discussion"),
                Passage(CPGB, "line 101"),
            ),
        ),
        Requirement(
            33,
            Kind.PROCEDURE,
            "The executive opens a discussion on named questions before the next congress, so that "
            "a new edition of the programme comes to branches and congress.",
            (Passage(CPGB, "line 101", "with the aim of preparing a new edition"),),
        ),
        Requirement(
            34,
            Kind.INSTITUTION,
            "The periodicals of the organisation carry more controversy and discussion.",
            (Passage(CPGB, "line 107", "more controversy and discussion"),),
        ),
        Requirement(
            35,
            Kind.FAILURE,
            "Questions of principle behind the decisions of the day are neglected.",
            (Passage(CPGB, "line 83", "neglect discussion of the questions of principle"),),
        ),
        Requirement(
            36,
            Kind.FAILURE,
            "Dogma, rigidity and sectarian habits stand in the way of common work.",
            (Passage(CPGB, "line 85", "A certain dogmatism, rigidity and sectarianism"),),
        ),
        Requirement(
            37,
            Kind.NORM,
            "Balance: neither covering up errors nor seeing nothing else.",
            (
                Passage(CPGB, "line 76", "equally wrong to see nothing but the errors"),
                Passage(CPGB, "line 74"),
            ),
            met=Met.DUTY,
            clause="22: `answer within`, `rejoinder within`: words, answer and reply stand side by side",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.answer", "criticism.rejoin"),
        ),
        Requirement(
            38,
            Kind.FAILURE,
            "To refuse to acknowledge errors, or to cover them up, makes learning impossible.",
            (Passage(CPGB, "line 74", "we can never learn from them"),),
            met=Met.DUTY,
            clause="22: `escalates to`, `silence published`",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make", "criticism.answer"),
        ),
        Requirement(
            39,
            Kind.FAILURE,
            "Critics are punished: four academicians who asked for a second party were expelled at "
            "once and lost all functions. No hearing or appeal is described.",
            (Passage(ROBERTS, "heading “Rotten Elements” And “Demagogues”", "expelled from the party forthwith"),),
            met=Met.REFUSAL,
            clause="22: `protected for`, `protected panel`",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make", "mandate.end", "mandate.begin", "member.move"),
        ),
        Requirement(
            40,
            Kind.FAILURE,
            "Treatment is unequal: one who faked evidence keeps his seat in the same body.",
            (
                Passage(ROBERTS, "heading “Rotten Elements” And “Demagogues”", "the leniency shown Lysenko"),
                Passage(ROBERTS, "heading Cultural “Thaw”", "faked evidence"),
            ),
            met=Met.REFUSAL,
            clause="22: `protected panel`: those criticised do not decide alone on a critic",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make", "mandate.end"),
        ),
        Requirement(
            41,
            Kind.FAILURE,
            "Criticism is allowed within limits that those criticised set.",
            (
                Passage(
                    ROBERTS,
                    "heading “Rotten Elements” And “Demagogues”",
                    "beyond what the government considers permissible",
                ),
            ),
            met=Met.REFUSAL,
            clause="22: `by`, `length`: those criticised neither limit nor withdraw a criticism",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make", "criticism.withdraw"),
        ),
        Requirement(
            42,
            Kind.REMEDY,
            "The right of criticism and real freedom of elections are restored.",
            (
                Passage(
                    ROBERTS,
                    "heading Political Revolution, quotation of 1937",
                    "A restoration of the right of criticism",
                ),
            ),
            met=Met.DUTY,
            clause="22: `to`, `answer within`, `silence published`",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make", "criticism.answer"),
        ),
        Requirement(
            43,
            Kind.REMEDY,
            "Parties are free, and unions are independent organs of defence.",
            (
                Passage(
                    ROBERTS,
                    "heading Political Revolution, quotation of 1937",
                    "a revival of freedom of Soviet parties",
                ),
                Passage(ROBERTS, "heading Voices in Revolt", "instruments of defense of the workers"),
            ),
        ),
        Requirement(
            44,
            Kind.NORM,
            "Open dispute between unions and management is welcome.",
            (
                Passage(
                    ROBERTS,
                    "heading Criminal Code Softened",
                    "between trade unions and industrial management",
                ),
            ),
            met=Met.DUTY,
            clause="22: `to`, `answer within`: addressed openly, answered openly",
            trial="rulebooks/federation/trials/criticism.md",
            acts=("criticism.make", "criticism.answer"),
        ),
    ),
)
