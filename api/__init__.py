"""What other systems call: each version of the API has its own folder."""
