"""Taking a report in: what is checked before it is accepted, and what is written then."""
