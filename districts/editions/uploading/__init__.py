"""A file of boundaries becomes a draft: stored, looked at, chosen from, loaded whole, erased.

Only children of a worker open the file (``districts.editions.opening``).
"""
