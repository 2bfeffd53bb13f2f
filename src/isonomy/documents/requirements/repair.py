"""Theme F, rehabilitation and repair: what is owed to those who were wronged, and what falls with false
evidence.
"""

from isonomy.documents.requirements.shape import CPGB, ROBERTS, Kind, Met, Passage, Requirement, Theme

REPAIR = Theme(
    "F",
    "Rehabilitation and repair",
    (
        Requirement(
            73,
            Kind.INSTITUTION,
            "A commission on rehabilitation works with the help of surviving veterans.",
            (
                Passage(
                    ROBERTS,
                    "heading Procedural Reforms, on rehabilitation",
                    "A commission on rehabilitation of victims",
                ),
            ),
            clause="`case`: `rehabilitation by`, `rehabilitation asked by`",
        ),
        Requirement(
            74,
            Kind.PROCEDURE,
            "A count of cases is stated: 7,679 rehabilitated, many after death. A count can be "
            "checked against its cases.",
            (Passage(ROBERTS, "heading Procedural Reforms, on rehabilitation", "7,679 purge victims"),),
            clause="`case`: `rehabilitation by`",
        ),
        Requirement(
            75,
            Kind.FAILURE,
            "Gaps remain: victims of the show trials are not cleared, applications by relatives are "
            "not answered. A request needs an answer date.",
            (
                Passage(
                    ROBERTS,
                    "heading But Silence on Trotsky",
                    "Nor have Khrushchev and Co. answered her request",
                ),
                Passage(ROBERTS, "heading Procedural Reforms, on rehabilitation"),
            ),
            clause="`case`: `answer within`, `rehabilitation asked by`",
        ),
        Requirement(
            76,
            Kind.REMEDY,
            "Injustices are repaired and it is made sure that they cannot recur.",
            (Passage(CPGB, "line 32", "repair injustices done"),),
            clause="`case`: `review`, `rehabilitation by`",
        ),
        Requirement(
            77,
            Kind.REMEDY,
            "One's own false condemnations are withdrawn, with regret, once the information is known to be false.",
            (
                Passage(CPGB, "line 49", "unreservedly withdraw our mistaken attacks"),
                Passage(CPGB, "line 47"),
            ),
            clause="`withdrawal`: `of`, `by`",
        ),
        Requirement(
            78,
            Kind.FAILURE,
            "Decisions in good faith rest on false information. A decision must be linked to its "
            "evidence, so that one falls with the other.",
            (Passage(CPGB, "line 47", "on the basis of false information"),),
            clause="`withdrawal`: `reopened by`, `reopened within`",
        ),
        Requirement(
            79,
            Kind.REMEDY,
            "People are released from the camps, and one category, the political, is not reported as freed.",
            (Passage(ROBERTS, "heading Procedural Reforms", "No political prisoners have been reported freed"),),
            clause="`case`: `rehabilitation by`",
        ),
        Requirement(
            80,
            Kind.REMEDY,
            "Officials tied to police terror are removed from their posts.",
            (Passage(ROBERTS, "heading Voices in Revolt", "have been removed from their posts"),),
            met=Met.REFUSAL,
            clause="19: `asked by`, `until then`; `removable by` of each seat; 20: `petition of`",
            trial="rulebooks/federation/trials/removal.md",
            acts=("removal.ask", "mandate.suspend", "petition.open"),
        ),
    ),
)
