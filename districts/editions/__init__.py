"""Editions of boundaries: made from a file, checked as a whole, published. No reports here."""
