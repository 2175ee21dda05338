"""The public map, what it is drawn from, and the base map."""
