"""The ground floor: identifiers, the civil calendar, exact quantities, canonical bytes, and bad input.

Every room may stand on this one; it stands on the standard library alone. Nothing here knows what an organisation is.
"""
