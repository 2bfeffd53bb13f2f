"""Small rulebooks for trials of the engine: plainly fictional, one norm a line.

Lives here: the texts. Not here: the trials.
"""

FRONT = """---
organisation: {name}
language: en
time zone: Europe/London
edition: 1
status: draft
---

"""

CLUB = (
    FRONT.format(name="Club of Four Branches")
    + """## 1. Members
The secretary admits members; each belongs to a branch and votes 3 months after admission.

```rule members full
admitted by: secretary
belong to: branch
vote: 3 months after admission
```

```rule unit branch
founded by: congress
closed by: congress
```

## 2. Congress
The congress of all members decides everything else: programme too. It meets by right every 2 years on 1 May.
14 clear days of notice are given. A quarter of the members are a quorum. More than half of the votes cast decide. The
chair presides; the secretary keeps the minutes. It elects the chair and the secretary, each for 1 year, and may remove them.

```rule body congress, supreme
filled by: all members
meets: by right every 2 years on 1 May; on call of secretary
notice: 14 clear days
quorum: 1/4 of the members
chaired by: chair
minutes by: secretary
decides: programme; everything else
majority: 1/2 of cast
```

```rule office chair
filled by: election by congress
term: 1 year
removable by: congress
```

```rule office secretary
filled by: election by congress
term: 1 year
removable by: congress
keeps: roll; minutes; record; polls
```

## 3. Spending
The chair may spend up to 200. It lapses after 30 days unless the congress ratifies it. The treasurer is appointed by the chair.

```rule power small-spending
held by: chair
matters: spending
up to: 200
lapses: after 30 days unless ratified by congress
```

```rule office treasurer
filled by: appointment by chair
term: 6 months
```

## 4. Amendment
The congress amends these rules by two thirds of the votes cast, clause 4 by three quarters.

```rule amend rules
by: congress
majority: 2/3 of cast
protected: 4, majority 3/4 of cast
```

## 5. Record
The secretary keeps the record, reports within 30 days with the chair's attestation, corrects and erases; the congress approves.

```rule record record
kept by: secretary
corrected by: secretary
erased by: secretary
approved by: congress
```

```rule reporting minutes
by: secretary
evidence: minutes
attested by: chair
within: 30 days
```
"""
)

SILENT = (
    FRONT.format(name="Club without Norms")
    + """## 1. Members
Anybody is a member.
"""
)
