"""Replies of units that the portal did not take: an operator reads them."""
