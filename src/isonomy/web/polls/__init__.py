"""Polls: questions put to a frozen roll, ballots, counts, receipts."""
