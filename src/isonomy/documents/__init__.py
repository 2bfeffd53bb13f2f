"""Documents: pure renderers of what members, auditors and other programs read.

Lives here: text and data made from a state or a record (tables, calendars, minutes, the list of norms). Not
here: writing files or pages (`cli`, `web`, `adapters`).

Invariant: the same input gives the same bytes; nothing is stated that cannot be traced to an entry or a
clause.
"""
