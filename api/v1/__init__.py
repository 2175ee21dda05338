"""Version 1: checks shapes and calls the same acts as the pages."""
