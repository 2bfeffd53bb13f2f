"""Theme E, legality, security organs, justice: law above persons, control over powerful organs, and the
rights of the accused.
"""

from isonomy.documents.requirements.shape import CPGB, CPSU, ROBERTS, Kind, Met, Passage, Requirement, Theme

JUSTICE = Theme(
    "E",
    "Legality, security organs, justice",
    (
        Requirement(
            59,
            Kind.NORM,
            "The law is strictly kept and violations are corrected for good.",
            (
                Passage(CPSU, "section 4, third call to all organisations", "finally to correct the violations"),
                Passage(CPGB, "line 93", "the methods of guaranteeing socialist legality"),
            ),
            met=Met.DUTY,
            clause="`orders` 37: what the law annuls does nothing more, and what rested on it is reviewed by a day",
            trial="rulebooks/federation/trials/orders.md",
            acts=("outside.order", "outside.confirm", "outside.review"),
        ),
        Requirement(
            60,
            Kind.FAILURE,
            "The standards of justice give way to the decisions of one individual.",
            (Passage(CPSU, "section 2, on the security organs", "replaced by his individual decisions"),),
            clause="`case`: `panel`, `may not sit`",
        ),
        Requirement(
            61,
            Kind.FAILURE,
            "Control of a powerful organ by party and government gives way to control by one person.",
            (
                Passage(
                    CPSU,
                    "section 2, on the security organs",
                    "personal control over them had been gradually superseded",
                ),
            ),
            met=Met.REFUSAL,
            clause="16: `limits`, `again`, `refusal`; 17: `ends`, and nothing handed on",
            trial="rulebooks/federation/trials/delegation.md",
            acts=("decision.take", "delegation.give"),
        ),
        Requirement(
            62,
            Kind.FAILURE,
            "A special status granted for past service is kept after the control has gone.",
            (
                Passage(
                    CPSU,
                    "section 2, on the security organs",
                    "a special status was created for the state security organs",
                ),
            ),
            met=Met.REFUSAL,
            clause="17: `at most`, `ends`: power that was handed over is over with its day and its holder",
            trial="rulebooks/federation/trials/delegation.md",
            acts=("delegation.give", "delegation.revoke"),
        ),
        Requirement(
            63,
            Kind.FAILURE,
            "A doctrine is used to justify repression: that struggle must grow sharper as success comes nearer.",
            (
                Passage(
                    CPSU,
                    "section 2, on the formula of class struggle",
                    "the class struggle would grow increasingly sharp",
                ),
            ),
            clause="`case`: `standard`, `sanctions`",
        ),
        Requirement(
            64,
            Kind.FAILURE,
            "Provocation and fabricated evidence; innocent persons are convicted.",
            (
                Passage(CPGB, "line 43", "deliberate provocations and fabricated evidence"),
                Passage(CPSU, "section 2, on the security organs", "although completely innocent"),
            ),
            clause="`case`: `standard`, `review`; `withdrawal`: `of`",
        ),
        Requirement(
            65,
            Kind.FAILURE,
            "Conviction rests on confession alone.",
            (
                Passage(
                    ROBERTS,
                    "heading Cultural “Thaw”, paragraph on justice",
                    "confession alone can never be the basis for conviction",
                ),
            ),
            clause="`case`: `confession`",
        ),
        Requirement(
            66,
            Kind.REMEDY,
            "Proof comes before conviction, doubt is resolved for the accused, and nobody has to prove innocence.",
            (
                Passage(
                    ROBERTS,
                    "heading Cultural “Thaw”, paragraph on justice",
                    "Doubt must be resolved in favor of the defendant",
                ),
            ),
            clause="`case`: `standard`, `doubt`",
        ),
        Requirement(
            67,
            Kind.REMEDY,
            "Political charges are heard in open court; secret sentencing by a special board is abolished.",
            (
                Passage(
                    ROBERTS,
                    "heading Cultural “Thaw”, paragraph on justice",
                    "must now be prosecuted in open court",
                ),
            ),
            clause="`case`: `hearing`, `panel`",
        ),
        Requirement(
            68,
            Kind.REMEDY,
            "Everyone accused has a right to a representative, in every case and from the moment of arrest.",
            (
                Passage(
                    ROBERTS,
                    "heading Cultural “Thaw”, paragraph on justice",
                    "The right to representation by attorney",
                ),
            ),
            clause="`case`: `representation`",
        ),
        Requirement(
            69,
            Kind.REMEDY,
            "The accused may plead not guilty; searches are made in proper form.",
            (Passage(ROBERTS, "heading Procedural Reforms", "given the chance to plead not guilty"),),
            clause="`case`: `notice`, `representation`",
        ),
        Requirement(
            70,
            Kind.FAILURE,
            "Proper form stands beside sentences as heavy as before. An audit must look at outcomes as well.",
            (Passage(ROBERTS, "heading Procedural Reforms", "an outward appearance of regularity"),),
            contested=True,
        ),
        Requirement(
            71,
            Kind.REMEDY,
            "The organisation sets its own control over the security organs.",
            (
                Passage(
                    CPSU,
                    "section 2, on what became known later",
                    "establishment of party control over the security organs",
                ),
            ),
            met=Met.DUTY,
            clause="17: `report`, and what was handed over is taken back at any time",
            trial="rulebooks/federation/trials/delegation.md",
            acts=("delegation.revoke", "delegation.report"),
        ),
        Requirement(
            72,
            Kind.FAILURE,
            "Wrongful acts become known only after the holder has died. Records must be readable by "
            "others at the time.",
            (
                Passage(
                    CPSU,
                    "section 2, on what became known later",
                    "became known only lately, already after Stalin's death",
                ),
            ),
            met=Met.DUTY,
            clause="32: minutes are published to everybody `within` 14 days; `sealed at most`",
            trial="rulebooks/federation/trials/publication.md",
            acts=(
                "text.publish",
                "text.open",
            ),
        ),
    ),
)
