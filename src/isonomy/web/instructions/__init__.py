"""Mandates to act: instructions with their reports, decisions on condition, targets, and what follows undone."""
