"""The knowledge base: what one can settle with the city, card by card."""
