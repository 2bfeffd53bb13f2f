"""Ballot files: bytes to ballots and back, pure.

Lives here: one module a format, with its limits. Not here: opening files (`cli`, `adapters`).

Invariant: a bad line is refused with its number and the reason; a hostile file neither hangs nor exhausts
memory.
"""
