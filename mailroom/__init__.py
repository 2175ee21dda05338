"""Replies of units by e-mail: read from a mailbox, understood, and saved as answers."""
