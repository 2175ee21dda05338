"""One SMTP connection, made as the settings say."""

import smtplib
import ssl

from django.conf import settings
from django.core.mail.utils import DNS_NAME

_CONNECT_SECONDS = 10


class Transport:
    """``with Transport() as transport: transport.send(...)``; errors are smtplib's own."""

    def __enter__(self) -> "Transport":
        patience = min(_CONNECT_SECONDS, settings.EMAIL_TIMEOUT)
        self.server = smtplib.SMTP(
            settings.EMAIL_HOST, settings.EMAIL_PORT, str(DNS_NAME), timeout=patience
        )
        try:
            if self.server.sock:
                self.server.sock.settimeout(settings.EMAIL_TIMEOUT)
            if settings.EMAIL_USE_TLS:
                self.server.starttls(context=ssl.create_default_context())
            if settings.EMAIL_HOST_USER:
                self.server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            self.server.ehlo_or_helo_if_needed()
        except OSError:
            self.server.close()
            raise
        return self

    def __exit__(self, *fault: object) -> None:
        """Say QUIT if all went well, so that the server does not log a broken connection."""
        try:
            if not any(fault) and self.is_open:
                self.server.quit()
        except OSError:
            pass  # The letters are sent, so a failure to say QUIT changes nothing.
        finally:
            self.server.close()

    @property
    def is_open(self) -> bool:
        """False once the server has ended the connection ("421")."""
        return self.server.sock is not None

    def send(self, sender: str, recipients: list[str], raw: bytes) -> dict[str, int]:
        """Hand over one MIME message; returns only after the server's "250".

        Returns the SMTP codes of those recipients who were refused while others were accepted.
        Raises smtplib's errors if none was accepted.
        """
        is_8bit = not raw.isascii() and self.server.has_extn("8bitmime")
        options = ["BODY=8BITMIME"] if is_8bit else []
        refused = self.server.sendmail(sender, recipients, raw, options)
        return {address: code for address, (code, _text) in refused.items()}
