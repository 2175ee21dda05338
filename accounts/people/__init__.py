"""Pages of the administrator for finding a person and acting on their account."""
