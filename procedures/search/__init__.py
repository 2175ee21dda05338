"""Finding a card by words, whatever their form, spelling and order."""
