"""What staff do with a report: change its status, correct it, decide what the public may see."""
