"""One SMTP connection, as the settings say."""

import smtplib

from django.conf import settings


class Transport:
    """``with Transport() as transport: transport.send(...)``; errors are smtplib's own."""

    def __enter__(self) -> "Transport":
        self.server = smtplib.SMTP(
            settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT
        )
        if settings.EMAIL_USE_TLS:
            self.server.starttls()
        if settings.EMAIL_HOST_USER:
            self.server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        return self

    def __exit__(self, *_fault: object) -> None:
        self.server.close()

    def send(self, sender: str, recipients: list[str], raw: bytes) -> None:
        """Hand over one MIME message; returns only after the server's "250"."""
        self.server.sendmail(bare(sender), [bare(recipient) for recipient in recipients], raw)


def bare(address: str) -> str:
    """``ŁCKzM <lckm@example.org>`` → ``lckm@example.org`` for the envelope."""
    from email.utils import parseaddr

    return parseaddr(address)[1]
