"""Decisions and minutes: what was decided, by whom, on which ground, and the minutes of the meetings."""
