"""Criticism with its owed answers, and commissions with the views they invite."""
