"""What editors do with a card, act by act: it is written, checked, published, withdrawn."""
