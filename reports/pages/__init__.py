"""Pages for everybody: the front page, the map, the form, the receipt and the status."""
