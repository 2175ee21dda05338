"""What the public opens: the search, a card, its files and its data."""
