"""Removal of holders, recall, petitions: asked for, heard, voted on, reviewed."""
