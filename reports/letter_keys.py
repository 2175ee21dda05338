"""How the keys of letters in the outbox begin, so that all letters about a report can be found."""


def letters_to_units(reference: str) -> str:
    """Letters by which the report was sent to units."""
    return f"dispatch:{reference}:"


def letters_to_readers(reference: str) -> str:
    """Letters to the sender of the report, its owner and those who follow it."""
    return f"report:{reference}:"


def letters_to_staff(reference: str) -> str:
    """Letters to a member of the staff who was given the report."""
    return f"staff:{reference}:"


def letters_that_ask(mailbox: str) -> str:
    """Letters that ask the owner of a mailbox (its hash) whether the address is theirs."""
    return f"mailbox:{mailbox}:"
