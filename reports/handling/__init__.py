"""What staff do with a report: status, corrections, what the public may see."""
