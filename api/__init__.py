"""What other systems open: each version in its folder."""
