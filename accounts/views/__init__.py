"""Pages of the account, one topic a file."""
