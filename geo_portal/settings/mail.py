"""Letters: Django writes them into the outbox, and the worker sends them by SMTP."""

from .env import env

EMAIL_BACKEND = "outbox.backend.OutboxBackend"
EMAIL_HOST = env.str("SMTP_HOST", "localhost")
EMAIL_PORT = env.int("SMTP_PORT", 25)
EMAIL_HOST_USER = env.str("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.str("SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.bool("SMTP_STARTTLS", False)
EMAIL_TIMEOUT = env.int("SMTP_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "ŁCKzM <lckm@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# The mailbox into which units reply. Without it nobody reads replies, and no letter invites them.
# What comes to REPLIES_ADDRESS with "+…" before its "@" has to arrive there too.
REPLIES_ADDRESS = env.str("REPLIES_ADDRESS", "")
IMAP_HOST = env.str("IMAP_HOST", "")
IMAP_PORT = env.int("IMAP_PORT", 993)
IMAP_TLS = env.bool("IMAP_TLS", True)
IMAP_USER = env.str("IMAP_USER", "")
IMAP_PASSWORD = env.str("IMAP_PASSWORD", "")
IMAP_FOLDER = env.str("IMAP_FOLDER", "INBOX")
# Of a larger letter only the head is read, and an operator is told.
MAX_REPLY_BYTES = env.int("MAX_REPLY_BYTES", 25 * 1024 * 1024)
# A folder (Maildir) in which the local SMTP sink stores letters. It is empty if letters really
# leave.
MAIL_SINK_DIR = env.str("MAIL_SINK_DIR", "")
