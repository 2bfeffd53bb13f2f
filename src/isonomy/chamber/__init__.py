"""Chamber: the imperative shell around the engine: load, judge, append, publish.

Lives here: the ports that adapters fill, the one writer of an organisation, the signer's duty never to sign
a fork. Not here: any rule (those are in `engine` and the rulebook), any particular database or file layout
(`adapters`).

Invariant: one writer an organisation; it answers after the entry is durable; nothing is appended that
`decide` did not accept.
"""
