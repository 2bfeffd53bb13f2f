"""Theme B, regular meetings of the deciding bodies: when the deciding bodies meet, and what happens when they
do not.
"""

from isonomy.documents.requirements.shape import CPGB, CPSU, ENTRY, Kind, Met, Passage, Requirement, Theme

MEETINGS = Theme(
    "B",
    "Regular meetings of the deciding bodies",
    (
        Requirement(
            19,
            Kind.NORM,
            "Congresses and plenary meetings of the committee are held when they are due.",
            (
                Passage(
                    CPSU,
                    "section 2, on congresses and plenary meetings",
                    "Plenary meetings of the central committee and congresses",
                ),
            ),
            met=Met.DUTY,
            clause="`meets: by right` 6, `else called by` 6 and 27",
            trial="rulebooks/federation/trials/instructions.md",
            acts=(
                "meeting.call",
                "call.join",
            ),
        ),
        Requirement(
            20,
            Kind.FAILURE,
            "They were held irregularly, and then not for many years.",
            (
                Passage(
                    CPSU,
                    "section 2, on congresses and plenary meetings",
                    "were not held at all for many years",
                ),
            ),
            met=Met.DUTY,
            clause="`meets: by right` 6, `else called by` 6 and 27",
            trial="rulebooks/federation/trials/instructions.md",
            acts=(
                "meeting.call",
                "call.join",
            ),
        ),
        Requirement(
            21,
            Kind.INSTITUTION,
            "The congress is the supreme meeting: it hears the report of the committee, instructs it and elects it.",
            (
                Passage(
                    CPSU,
                    "section 1, on the decisions of the congress",
                    "The congress instructed the central committee",
                ),
                Passage(ENTRY, "first part", "The congress elected"),
            ),
            met=Met.DUTY,
            clause="`body` 6, `instruction` 25, `election` 7",
            trial="rulebooks/federation/trials/instructions.md",
            acts=(
                "motion.terms",
                "instruction.report",
            ),
        ),
        Requirement(
            22,
            Kind.PROCEDURE,
            "The congress instructs the committee to carry out measures consistently and in every "
            "field: a mandate whose execution can be followed up.",
            (Passage(CPSU, "section 1, on the decisions of the congress", "carry out consistently the measures"),),
            met=Met.DUTY,
            clause="`instruction` 25",
            trial="rulebooks/federation/trials/instructions.md",
            acts=(
                "motion.terms",
                "instruction.report",
            ),
        ),
        Requirement(
            23,
            Kind.PROCEDURE,
            "The committee reports what it did on the mandate and calls on all organisations to go on.",
            (
                Passage(
                    CPSU,
                    "section 4, before the calls to all organisations",
                    "calls upon all party organisations",
                ),
            ),
            met=Met.DUTY,
            clause="`instruction` 25: `report within`, `discharge within`",
            trial="rulebooks/federation/trials/instructions.md",
            acts=(
                "instruction.report",
                "motion.terms",
            ),
        ),
        Requirement(
            24,
            Kind.FAILURE,
            "A session that was on no programme is held closed on the last day, for part of the "
            "delegates, without notice of its subject.",
            (
                Passage(
                    ENTRY,
                    "heading Secret speech, first paragraph",
                    "an unscheduled session had been called for the Soviet delegates",
                ),
                Passage(ENTRY, "first part", "given no warning of what to expect"),
            ),
            met=Met.REFUSAL,
            clause="32: `closed by`: for matters on the notice, and no delegate is sent out; 6: nothing that was not on it",
            trial="rulebooks/federation/trials/publication.md",
            acts=(
                "session.close",
                "session.reopen",
            ),
        ),
        Requirement(
            25,
            Kind.FAILURE,
            "The text was kept back: the public was told of it after a month and could read it in "
            "full in 1989. A record was made and withheld.",
            (Passage(ENTRY, "heading Secret speech, on publication", "the full text was published only in 1989"),),
            met=Met.DUTY,
            clause="32: `within`, `or else by` for minutes; `sealed at most`, `kept by`, `opened by` for what is sealed",
            trial="rulebooks/federation/trials/publication.md",
            acts=(
                "text.publish",
                "text.seal",
                "text.open",
            ),
        ),
        Requirement(
            26,
            Kind.PROCEDURE,
            "Copies of a suppressed document are handed to the delegates before it is debated.",
            (Passage(ENTRY, "heading Secret speech, second paragraph", "copies of which had been distributed"),),
            met=Met.REFUSAL,
            clause="32: `laid`, `asked for`",
            trial="rulebooks/federation/trials/publication.md",
            acts=("paper.lay",),
        ),
        Requirement(
            27,
            Kind.PROCEDURE,
            "A report is given and discussed in closed session of the congress, and then discussed "
            "in all organisations.",
            (Passage(CPGB, "line 68", "discussions at the closed session"),),
            clause="`discussion`: `asks`, `period`",
        ),
        Requirement(
            28,
            Kind.PROCEDURE,
            "The dead are commemorated by name at the opening: an act that decides nothing and signals much.",
            (Passage(ENTRY, "first part", "stand in memory of the Communist leaders"),),
        ),
    ),
)
