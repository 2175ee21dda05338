"""Second thoughts: what the sender may still do, by a secret link and nothing else."""
