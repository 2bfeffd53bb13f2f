"""Offices and bodies: who holds them, since and until when, by which act."""
