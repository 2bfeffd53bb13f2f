"""Meetings: calling them lawfully, noticing them, holding them."""
