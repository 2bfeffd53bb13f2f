"""Command line: `isonomy VERB`, one file a verb.

Lives here: reading arguments and files, calling a room below, printing for people or as stable JSON. Not
here: any rule and any permission.

Invariant: exit 0 done, 2 refused or does not verify, 1 bad input with place and cure on standard error;
never a traceback; heavy imports wait until their verb runs.
"""
