"""Version 1: checks the shape of what comes in and calls the same acts as the pages."""
