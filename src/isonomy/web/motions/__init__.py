"""Motions: what members ask a body to decide."""
