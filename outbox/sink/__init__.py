"""An SMTP server for the local run: what is sent to it lies in a Maildir and can be read."""
