"""Files of pictures that others send: looked at without a decoder, then re-encoded in children."""
