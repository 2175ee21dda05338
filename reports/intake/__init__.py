"""How a report comes in: what is checked before it is taken, and what is written then."""
