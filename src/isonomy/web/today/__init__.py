"""Today: what is due of a member and of the bodies the member sits in, and what is open to decide."""
