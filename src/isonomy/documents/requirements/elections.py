"""Theme D, democratic functioning, elections and committees: how the many decide, elect, take part and keep
their limits temporary.
"""

from isonomy.documents.requirements.shape import CPGB, CPSU, ROBERTS, Kind, Met, Passage, Requirement, Theme

ELECTIONS = Theme(
    "D",
    "Democratic functioning, elections and committees",
    (
        Requirement(
            45,
            Kind.INSTITUTION,
            "A special commission studies the methods and working of congress and committees, of "
            "discussion and election, of criticism and democracy within the organisation.",
            (Passage(CPGB, "line 103", "A special Commission has been established"),),
            met=Met.REFUSAL,
            clause="24: `set up by`, `may not sit`, `report within`",
            trial="rulebooks/federation/trials/commissions.md",
            acts=("commission.begin", "commission.report"),
        ),
        Requirement(
            46,
            Kind.PROCEDURE,
            "The report of the commission is published and the views of all organisations are invited on it.",
            (Passage(CPGB, "line 103", "The views of all Party organisations"),),
            met=Met.DUTY,
            clause="24: `views of`, `views answered within`, `report published within`",
            trial="rulebooks/federation/trials/commissions.md",
            acts=("commission.invite", "view.give", "view.answer", "commission.publish"),
        ),
        Requirement(
            47,
            Kind.FAILURE,
            "The democratic functioning of the organisation lapses seriously.",
            (Passage(CPGB, "line 30", "serious lapses in the democratic functioning"),),
            met=Met.DUTY,
            clause="24: `set up by`, `may not sit`, `report within`",
            trial="rulebooks/federation/trials/commissions.md",
            acts=("commission.begin", "commission.report"),
        ),
        Requirement(
            48,
            Kind.NORM,
            "The norms of inner life that the rules fix are kept.",
            (
                Passage(
                    CPSU,
                    "section 4, second call to all organisations",
                    "the norms of party life, as fixed by the rules",
                ),
            ),
            met=Met.REFUSAL,
            clause="every block: what no clause allows is refused, what is not done has its `or else` (25 to 27)",
            trial="rulebooks/federation/trials/instructions.md",
            acts=("overdue.enter",),
        ),
        Requirement(
            49,
            Kind.FAILURE,
            "Limits on democracy that were adopted for a time become permanent norms. Every "
            "emergency rule needs an end date.",
            (
                Passage(
                    CPSU,
                    "section 2, paragraph after the 13th Congress",
                    "began transferring some of the limitations",
                ),
            ),
            met=Met.REFUSAL,
            clause="18: `lapses`, `renewed by`, `renewals`, `again`; no amendment and no renewal by rules that yield; "
            "33: `lasts`: what goes on when the rules change ends within a year",
            trial="rulebooks/federation/trials/emergency.md",
            acts=("emergency.declare", "emergency.renew", "emergency.end"),
        ),
        Requirement(
            50,
            Kind.NORM,
            "Such limits were understood as temporary and due to go when conditions allow.",
            (Passage(CPSU, "section 2, on limitations to democracy", "regarded these limitations as temporary"),),
            met=Met.REFUSAL,
            clause="18: `lapses`, `notice`, `quorum`, `widens`, `postpones`: the same act is refused after the last day",
            trial="rulebooks/federation/trials/emergency.md",
            acts=("emergency.declare", "emergency.postpone"),
        ),
        Requirement(
            51,
            Kind.NORM,
            "The many decide: the mass of members makes history, not heroes.",
            (
                Passage(
                    CPSU,
                    "section 4, first call to all organisations",
                    "the people being the makers of history",
                ),
                Passage(CPSU, "section 1, quotation of Lenin", "The intellect of scores of millions"),
            ),
            met=Met.REFUSAL,
            clause="`credentials` 31: `refuses at most`, `overturned by`; `cooption` 29",
            trial="rulebooks/federation/trials/committees.md",
            acts=("credentials.refuse", "credentials.decide", "seat.coopt"),
        ),
        Requirement(
            52,
            Kind.REMEDY,
            "Local initiative: wider rights for the constituent republics and the local councils.",
            (
                Passage(
                    CPSU,
                    "section 3, on the further development of democracy",
                    "broadening the rights and competence",
                ),
            ),
            met=Met.REFUSAL,
            clause="`decides` 4",
            trial="rulebooks/federation/trials/committees.md",
            acts=("motion.move",),
        ),
        Requirement(
            53,
            Kind.REMEDY,
            "Superfluous apparatus and staff are cut.",
            (
                Passage(
                    ROBERTS,
                    "opening part, directives for the Sixth Plan",
                    "elimination of superfluous sections of the apparatus",
                ),
            ),
            met=Met.REFUSAL,
            clause="`finance` 34: the budget decides head by head, staff among them, and nothing is spent beyond a head; "
            "`dormancy` 26 ends bodies that do nothing",
            trial="rulebooks/federation/trials/finance.md",
            acts=("motion.terms", "payment.propose"),
        ),
        Requirement(
            54,
            Kind.NORM,
            "Attendance at discussions is noted and welcomed: taking part is a measured quantity.",
            (Passage(CPGB, "line 70", "the good attendance at these discussions"),),
            met=Met.INDICATOR,
            clause="the presence named at each opening and count; no block is needed",
            trial="tests/engine/test_seating.py::test_attendance_is_measured_from_the_acts_of_presence",
            acts=("meeting.open", "quorum.count"),
        ),
        Requirement(
            55,
            Kind.NORM,
            "The congress sets targets of membership: 50,000 and 5,000.",
            (Passage(CPGB, "line 103", "the aims of 50,000 members of the Party"),),
            met=Met.DUTY,
            clause="`target` 26",
            trial="rulebooks/federation/trials/instructions.md",
            acts=(
                "motion.terms",
                "target.follow",
            ),
        ),
        Requirement(
            56,
            Kind.NORM,
            "Each national organisation decides its own policy in its own conditions.",
            (
                Passage(CPGB, "line 63", "deciding our own policy and activities"),
                Passage(
                    CPSU,
                    "section 4, on the communist parties",
                    "the national peculiarities and conditions of every country",
                ),
            ),
            met=Met.REFUSAL,
            clause="`orders` 37: nothing from outside decides a matter; an order has six effects, and policy is none of them",
            trial="rulebooks/federation/trials/orders.md",
            acts=("outside.order",),
        ),
        Requirement(
            57,
            Kind.NORM,
            "Relations between organisations are an exchange of views and solidarity without subordination.",
            (
                Passage(CPGB, "line 65", "developing more exchanges and views"),
                Passage(CPGB, "line 57"),
                Passage(CPSU, "section 4, on the communist parties", "contacts and co-operation among themselves"),
            ),
            met=Met.REFUSAL,
            clause="`orders` 37: no other organisation orders anything here; only a court, a statute or a regulator does",
            trial="rulebooks/federation/trials/orders.md",
            acts=("outside.order",),
        ),
        Requirement(
            58,
            Kind.FAILURE,
            "International bodies that have ceased to act are to be recorded as ended, not left dormant.",
            (Passage(CPSU, "section 4, on international organisations", "have ceased their activities"),),
            met=Met.DUTY,
            clause="`dormancy` 26",
            trial="rulebooks/federation/trials/instructions.md",
            acts=("motion.terms",),
        ),
    ),
)
