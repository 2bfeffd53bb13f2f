"""Engine: `decide(rulebook, state, act)` and what follows from its verdict.

Lives here: acts, state, verdicts with clauses, effects, refusals with facts and cure, duties with their
derivation; proceedings/ holds one module each. Not here: appending, signing, storing, asking the time
(`chamber`).

Invariant: pure and total: every well-formed act gets a verdict; state is nothing but the fold of effects;
conditions are written against a small interface (count, share, elapsed, holds, consents) that the checker
implements too.
"""
