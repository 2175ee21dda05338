"""The annex to the rules: read from its file, put into words, published in versions."""
