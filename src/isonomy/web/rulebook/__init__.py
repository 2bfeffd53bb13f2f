"""The rulebook: its words, what the program reads in them, what was done under them, how they change."""
