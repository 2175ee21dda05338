"""Second thoughts: what the sender may still do after sending. Only the secret link opens them."""
