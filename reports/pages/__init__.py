"""Pages for everybody: the form, the receipt, the status, the front page and the map."""
