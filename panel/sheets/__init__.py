"""Work on paper: one case, or a day's list."""
