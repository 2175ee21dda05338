"""An SMTP server for the local run, which sends nothing on."""

import asyncio

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from outbox.sink.maildir import open_maildir


class _Sink:
    """Puts each letter, byte for byte, into the Maildir before it says "250"."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        open_maildir().add(envelope.content)
        return "250 OK"


class Command(BaseCommand):
    help = "Catch letters on SMTP_HOST:SMTP_PORT into MAIL_SINK_DIR. For the local run only."

    def handle(self, *args, **options):
        if not settings.MAIL_SINK_DIR or settings.IS_PRODUCTION:
            raise CommandError("MAIL_SINK_DIR is not set, or this is production.")
        try:
            asyncio.run(_serve())
        except ModuleNotFoundError as missing:
            raise CommandError(
                f"{missing.name} is missing: it comes with requirements/dev.txt."
            ) from missing
        except OSError as fault:
            where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
            raise CommandError(f"Cannot listen on {where}: {fault.strerror}") from fault
        except KeyboardInterrupt:
            self.stdout.write("sink: stopped")


async def _serve() -> None:
    """Runs until interrupted."""
    # A development requirement: the command can be listed without it.
    from aiosmtpd.smtp import SMTP

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(_Sink(), enable_SMTPUTF8=True), settings.EMAIL_HOST, settings.EMAIL_PORT
    )
    await server.serve_forever()
