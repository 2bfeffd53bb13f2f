"""Record: the entries as anybody may read them, their proofs, and what whoever doubts can do."""
