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
# A folder (Maildir) in which the local SMTP sink stores letters. It is empty if letters really
# leave.
MAIL_SINK_DIR = env.str("MAIL_SINK_DIR", "")
