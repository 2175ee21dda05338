"""Messages to the administrator: sending, answering, forgetting."""
