"""An SMTP server for the local run: it keeps letters in a Maildir, where they can be read."""
