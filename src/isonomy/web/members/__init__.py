"""Members and units: the roll as the viewer may see it, admitting, moving, leaving, inviting."""
