"""Adapters: one module for each thing of the outside world: SQLite, memory, files, keys, importers.

Lives here: how a port of the chamber is filled. Not here: decisions of any kind; two adapters of one port
pass the same tests.

Invariant: only the writer's connection writes the record; everything else opens it read-only.
"""
