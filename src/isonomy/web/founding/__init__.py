"""Founding: the first days of an organisation, from the founder's sign-in to the first members and meeting."""
