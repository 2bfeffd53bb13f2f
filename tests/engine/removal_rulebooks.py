"""Rulebooks for trials of removal, recall and petition: plainly fictional, one norm a line.

Lives here: the texts. Not here: the trials.
"""

from tests.engine.rulebooks import FRONT

GUILD = (
    FRONT.format(name="Guild of Lamplighters")
    + """## 1. Members
The clerk admits members; each belongs to a branch, which the assembly founds.

```rule members full
admitted by: clerk
belong to: branch
```

```rule unit branch
founded by: assembly
```

## 2. Assembly
The assembly of all members decides everything else. It meets on call of the chair, with 7 days of notice. The chair presides,
the clerk keeps the minutes.

```rule body assembly, supreme
filled by: all members
meets: on call of chair
notice: 7 days
chaired by: chair
minutes by: clerk
decides: everything else
```

## 3. Offices
The assembly elects the chair, the deputy and the clerk for 2 years, and may remove the chair. The clerk keeps the roll, the minutes
and the polls. Each branch elects its steward by the branch meeting for 2 years.

```rule office chair
filled by: election by assembly
term: 2 years
removable by: assembly
```

```rule office deputy
filled by: election by assembly
term: 2 years
```

```rule office clerk
filled by: election by assembly
term: 2 years
keeps: roll; minutes; polls; record
```

```rule body branch-meeting, in each branch
filled by: all members of the branch
meets: on call of steward
chaired by: steward
```

```rule office steward, in each branch
filled by: election by branch-meeting
term: 2 years
```

## 4. Removal
The removal of the chair is asked for by 3 members, or by decision of the branch meeting, on stated grounds. The chair is offered
a hearing within 5 days, 4 days after the offer or later. The vote is held within 28 days, by secret ballot. Until then the
assembly may suspend the chair for 20 days at most. The deputy acts as chair until the seat is filled, which is within 60
days. After a vote that failed it is not asked for again for 6 months; for 1 year those who asked are protected. The assembly
may censure the chair by 2/3. Whoever is kept on a condition is reviewed 3 months after the decision; the clerk watches it, and
without a review the mandate ends after 30 days.

```rule removal chair
from: chair
asked by: 3 members or decision of branch-meeting
grounds: stated
hearing offered within: 5 days
hearing notice: 4 days
vote within: 28 days
secrecy: secret
until then: may be suspended by assembly, for 20 days at most
interim holder: deputy
filled within: 60 days
barred again: 6 months
protected: 1 year
censured by: assembly, majority 2/3
review on: 3 months after the decision
owner: clerk
unreviewed: ends after 30 days
```

## 5. Recall
One third of those who elect a steward may petition for a recall; they are secret, known to the clerk. Support is gathered within
30 days. The poll is opened within 14 days and lasts 3 days; otherwise it is opened by those who asked. The vote is secret. After
a poll that failed there is no other for 6 months.

```rule recall steward
from: steward
petition of: 1/3 of those who elect
supporters: secret, known to clerk
gathered within: 30 days
poll within: 14 days
or else: opened by those who asked
polling: 3 days
secrecy: secret
barred again: 6 months
```

## 6. Petitions
2 members may put a matter on the next agenda of the assembly; support is gathered within 60 days, and the assembly takes it up
within 90 days.

```rule petition agenda
to: assembly
of: 2 members
gathered within: 60 days
within: 90 days
```

3 members may ask an answer of the assembly, which is given within 30 days.

```rule petition question
to: assembly
of: 3 members
asks: an answer
within: 30 days
```

## 7. Leaving office
A resignation of the chair or the deputy takes effect 14 days after it is given, and may be withdrawn until it takes effect. The
death of a member is entered by the clerk or the chair, on the evidence of a certificate or of two members.

```rule resignation officers
from: chair or deputy
takes effect: 14 days after it is given
withdrawn: until it takes effect
```

```rule death members
entered by: clerk or chair
evidence: a certificate, or two members
```
"""
)
