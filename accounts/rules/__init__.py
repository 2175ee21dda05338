"""New rules: residents are told, accept or resign, are reminded, and leave if they do neither."""
