"""One report as staff see it, and the acts on it."""
