"""Importers: what others published, read into plain data and told to an organisation as reported acts.

Lives here: one importer a source. Not here: the judging of what is reported (the engine), and ballot files
that are only counted (`counting.formats`).

Invariant: an importer adds no fact. What its source does not tell is None, and who says what is told stays
with it.
"""
