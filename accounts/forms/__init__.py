"""Forms in which people register, log in, and decide about their account."""
