"""Rulebooks with one fault each, and the change of one place that mends it.

Lives here: the texts, as a sound rulebook and the lines that are changed in it. Not here: what must be found (`test_faults`).

The sound rulebook is plainly fictional and has nothing that the structure finds. A fault replaces some of its lines.
"""

from __future__ import annotations

FRONT = "---\norganisation: Fictional Union\nlanguage: en\ntime zone: UTC\nedition: 1\nstatus: draft\n---\n"

SOUND = (
    FRONT
    + """
## 1. Members
Each member belongs to a branch. The branch meeting admits members.

```rule members full
admitted by: branch-meeting
belong to: branch
```

## 2. Branches
The congress founds branches.

```rule unit branch
founded by: congress
```

## 3. Branch meeting
In each branch all its members are the branch meeting. It meets every year on 1 February.

```rule body branch-meeting, in each branch
filled by: all members of the branch
meets: by right every year on 1 February
```

## 4. Branch secretary
The branch meeting elects the branch secretary by secret ballot for 1 year and removes the branch secretary.

```rule office branch-secretary, in each branch
filled by: election by branch-meeting
term: 1 year
removable by: branch-meeting
```

```rule election branch-secretary
by: branch-meeting
counting: plurality
secrecy: secret
```

## 5. Congress
The congress is the highest body and decides everything else. Each branch sends 2 delegates, elected by the branch meeting by secret ballot
for 2 years. It meets every 2 years on 1 May, and on demand of 1/3 of the branches, held within 30 days.

```rule body congress, supreme
filled by: delegation from each branch, 2 seats
term: 2 years
meets: by right every 2 years on 1 May; on demand of 1/3 of the branches, held within 30 days
decides: everything else
```

```rule election congress
by: branch-meeting
counting: plurality
secrecy: secret
```

## 6. Council
The congress elects a council of 7 by secret ballot for 2 years and may remove it. It meets every 3 months. It decides on the budget.

```rule body council
filled by: election by congress
seats: 7
term: 2 years
removable by: congress
meets: by right every 3 months
decides: budget
```

```rule election council
by: congress
counting: plurality
secrecy: secret
vacancy: by-election
nominations: open for 2 weeks
nominated by: members
returning officer: returning-officer
appeal: to tribunal within 14 days
```

A seat that falls vacant is filled by by-election. Nominations are open for 2 weeks, and any member nominates. The returning officer conducts
it; an appeal goes to the tribunal within 14 days.

## 7. Secretary
The council elects the secretary for 2 years and removes the secretary. The secretary keeps the minutes.

```rule office secretary
filled by: election by council
term: 2 years
removable by: council
keeps: minutes
```

## 8. Returning officer
The congress elects the returning officer for 2 years and removes the returning officer, who keeps the polls.

```rule office returning-officer
filled by: election by congress
term: 2 years
removable by: congress
keeps: polls
```

## 9. Tribunal
The congress elects a tribunal of 5 for 2 years and removes it. It meets every 6 months.

```rule body tribunal
filled by: election by congress
seats: 5
term: 2 years
removable by: congress
meets: by right every 6 months
```

## 10. Cases
The council may charge; the tribunal finds. The accuser stands aside. An appeal goes to the congress within 30 days; until then nothing takes
effect. The tribunal decides on rehabilitation and answers within 60 days.

```rule case charges
charged by: council
panel: tribunal
may not sit: the accuser
confession: alone proves nothing
effect: after the appeal
appeal: to congress within 30 days
rehabilitation asked by: the person; relatives
rehabilitation by: tribunal
answer within: 60 days
```

## 11. Accounts
Every year on 1 March the council publishes the accounts; if it does not, any branch asks for them.

```rule duty accounts
owed by: council
does: publishes the accounts
every: every year on 1 March
or else: any branch asks for them
```

## 12. Urgent spending
Between meetings of the council the secretary may decide on repairs. It lapses after 30 days unless the council ratifies it.

```rule power repairs
held by: secretary
matters: repairs
lapses: after 30 days unless ratified by council
```

## 13. Conditions
The congress may decide on condition; the council owns the condition, which is reviewed within 1 year. When nobody reviews it, the decision lapses.

```rule condition conditions
on decisions of: congress
owned by: council
reviewed within: 1 year
unreviewed: the decision lapses
```

## 14. Criticism
Any member may address a criticism to the council. A charge within 1 year goes to a panel for critics, which the branch meetings elect.

```rule criticism questions
to: council
protected for: 1 year
protected panel: critics-panel
```

```rule body critics-panel
filled by: delegation from each branch, 1 seat
term: 1 year
```

## 15. Emergency
When there is a flood the council may declare an emergency. It lapses after 14 days.

```rule emergency flood
declared by: council
facts: flood
lapses: after 14 days
bars: elections; removals; amendments
```

## 16. Amendment
The congress amends this rulebook by 2/3.

```rule amend rules
by: congress
majority: 2/3
```

## 17. Closed sessions
The congress may close its session by two thirds of the votes cast. The secretary publishes its minutes within 14 days. The tribunal's decisions
are published by the secretary within 30 days.

```rule publication minutes
of: minutes of congress
by: secretary
within: 14 days
```

```rule publication findings
of: decisions of tribunal
by: secretary
within: 30 days
```

```rule publication doors
of: closed sessions of congress
closed by: congress, majority 2/3 of cast
```
"""
)

Change = tuple[str, str]

FAULTS: dict[str, tuple[str, tuple[Change, ...]]] = {
    "local secretaries appointed from above sit in congress": (
        "C04",
        (
            ("filled by: election by branch-meeting\nterm: 1 year\nremovable by: branch-meeting", "filled by: appointment by secretary\nterm: 1 year\nremovable by: branch-meeting"),
            ("```rule election branch-secretary\nby: branch-meeting\ncounting: plurality\nsecrecy: secret\n```", ""),
            ("filled by: delegation from each branch, 2 seats\nterm: 2 years\n", "filled by: holders of branch-secretary\n"),
            ("```rule election congress\nby: branch-meeting\ncounting: plurality\nsecrecy: secret\n```", ""),
        ),
    ),
    "the council alone names its successors by show of hands": (
        "C06",
        (("nominated by: members", "nominated by: secretary"), ("secrecy: secret\nvacancy", "secrecy: by show of hands\nvacancy")),
    ),
    "the congress meets when the council likes": (
        "C08",
        (("meets: by right every 2 years on 1 May; on demand of 1/3 of the branches, held within 30 days", "meets: on call of council"),),
    ),
    "the accuser sits on the panel": ("C11", (("charged by: council", "charged by: tribunal"), ("may not sit: the accuser\n", ""))),
    "the panel charges and finds, though the accuser stands aside": ("C11", (("charged by: council", "charged by: tribunal"),)),
    "nobody need call the council, which decides on the budget": ("C08", (("meets: by right every 3 months", "meets: on call of secretary"), ("filled by: election by council", "filled by: election by congress"), ("removable by: council", "removable by: congress"), ("unless ratified by council", "unless ratified by congress"))),
    "an appeal against the panel goes to the panel": ("C11", (("appeal: to congress within 30 days", "appeal: to tribunal within 30 days"),)),
    "those elected hear appeals on their election": ("C11", (("appeal: to tribunal within 14 days", "appeal: to council within 14 days"),)),
    "who decides alone ratifies it": (
        "C11",
        (("held by: secretary\nmatters: repairs", "held by: council\nmatters: repairs"),),
    ),
    "a sanction takes effect at once": ("C12", (("effect: after the appeal", "effect: at once"),)),
    "there is no appeal": ("C12", (("effect: after the appeal\nappeal: to congress within 30 days\n", ""),)),
    "a confession is enough": ("C14", (("confession: alone proves nothing", "confession: is enough"),)),
    "nobody removes the secretary": ("C19", (("removable by: council\nkeeps: minutes", "keeps: minutes"),)),
    "the secretary appoints and is elected for ever": (
        "C21",
        (
            ("filled by: election by branch-meeting\nterm: 1 year\nremovable by: branch-meeting", "filled by: appointment by secretary\nterm: 1 year\nremovable by: branch-meeting"),
            ("```rule election branch-secretary\nby: branch-meeting\ncounting: plurality\nsecrecy: secret\n```", ""),
        ),
    ),
    "a vacancy stays": ("C22", (("vacancy: by-election", "vacancy: left vacant"),)),
    "one person removes the other and may be both": (
        "C25",
        (("removable by: congress\nkeeps: polls", "removable by: secretary\nkeeps: polls"),),
    ),
    "the returning officer answers to the secretary": (
        "C26",
        (("filled by: election by congress\nterm: 2 years\nremovable by: congress\nkeeps: polls", "filled by: appointment by secretary\nterm: 2 years\nremovable by: congress\nkeeps: polls"),),
    ),
    "what is decided behind closed doors is published whenever": ("C27", (("by: secretary\nwithin: 14 days\n", "by: secretary\n"),)),
    "what a closed hearing finds is published whenever": (
        "C27", (("by: secretary\nwithin: 30 days\n", "by: secretary\n"), ("confession: alone", "hearing: closed\nconfession: alone")),
    ),
    "a duty without a consequence": ("C28", (("or else: any branch asks for them\n", ""),)),
    "nobody decides the rest": ("C29", (("decides: everything else\n", "decides: programme\n"),)),
    "two bodies decide on the budget": ("C29", (("decides: everything else\n", "decides: budget; everything else\n"),)),
    "the council elected below is confirmed by the secretary": (
        "C05",
        (("## 7. Secretary\n", "```rule confirmation council\nby: tribunal\n```\n\n## 7. Secretary\n"),),
    ),
    "an emergency without a last day": ("C15", (("lapses: after 14 days\n", ""),)),
    "an emergency for years": ("C15", (("lapses: after 14 days\n", "lapses: after 3 years\n"),)),
    "a critic is charged by those criticised": (
        "C32",
        (("protected for: 1 year\nprotected panel: critics-panel\n", ""),),
    ),
    "an interim by one lasts a whole term": (
        "C22",
        (("## 9. Tribunal\n", "```rule interim returning-officer\nby: secretary\nat most: 2 years\n```\n\n## 9. Tribunal\n"),),
    ),
    "those who gain fill the vacancy": (
        "C22",
        (("## 9. Tribunal\n", "```rule interim council\nby: secretary\nat most: 6 months\n```\n\n## 9. Tribunal\n"),),
    ),
    "a condition may be reviewed whenever": ("C33", (("reviewed within: 1 year\n", ""),)),
    "nothing follows when nobody reviews": ("C33", (("unreviewed: the decision lapses\n", ""),)),
    "the block says what the words do not": ("C31", (("seats: 7", "seats: 9"),)),
    "nobody can ask to be cleared": (
        "C34",
        (("rehabilitation asked by: the person; relatives\nrehabilitation by: tribunal\nanswer within: 60 days\n", ""),),
    ),
    "who asks to be cleared is owed no answer": ("C34", (("answer within: 60 days\n", ""),)),
}  # fmt: skip
"""What is wrong, in words: the finding it must give, and the changes of the sound rulebook that make it so."""


def with_fault(name: str) -> bytes:
    """The sound rulebook with a fault in it."""
    text = SOUND
    for old, new in FAULTS[name][1]:
        assert text.count(old) == 1, (name, old, text.count(old))
        text = text.replace(old, new)
    return text.encode()
