"""Pages of power that one office uses alone, that a body hands over, and that an emergency widens."""
