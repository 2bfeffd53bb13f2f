"""Record: entries, the tree over them, signed heads, proofs, tiles, boxes of ballots, bundles.

Lives here: the bytes of a C2SP tlog-tiles log and of closed boxes, and how they are checked. Not here: what
an act means (`engine`), where bytes are kept (`adapters`).

Invariant: bytes in, bytes or a verdict out; strict parsers with limits; `cryptography` is the only compiled
package reached, and only by the modules that sign or check signatures. This file imports none of them.
"""
