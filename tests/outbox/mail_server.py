"""A real SMTP server in a thread that answers as it is told."""

import asyncio
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from tests.faults.machine import free_port

OK = "250 OK"
DROP = "drop"


@dataclass
class Caught:
    """One letter that was answered with "250"."""

    sender: str
    recipients: list[str]
    raw: bytes
    options: list[str]
    is_encrypted: bool

    @property
    def message(self):
        return message_from_bytes(self.raw, policy=policy.default)

    def part(self, kind: str) -> str:
        body = self.message.get_body(preferencelist=(kind,))
        return body.get_content().replace("\r\n", "\n")


@dataclass
class MailServer:
    """``answers[step, address]`` lists what to say, one by one; "250" afterwards.

    Steps: MAIL (of the sender), RCPT, DATA (of the first recipient). With ``tls`` it takes letters
    only over a connection that STARTTLS encrypted.
    """

    port: int = field(default_factory=free_port)
    letters: list[Caught] = field(default_factory=list)
    answers: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    connections: int = 0
    seconds_a_letter: float = 0
    tls: ssl.SSLContext | None = None
    meanwhile: Callable[[], None] = lambda: None

    def will(self, step: str, address: str, *answers: str) -> None:
        self.answers[step, address] = list(answers)

    def counts(self) -> Counter:
        return Counter(address for letter in self.letters for address in letter.recipients)

    def answer(self, server, step: str, address: str) -> str:
        left = self.answers.get((step, address), [])
        text = left.pop(0) if left else OK
        if text == DROP:
            server.transport.abort()
        return text if text != DROP else "421 gone"

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from, envelope.mail_options = address, options
        return self.answer(server, "MAIL", address)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        text = self.answer(server, "RCPT", address)
        if text == OK:
            envelope.rcpt_tos.append(address)
        elif text.startswith("421"):
            asyncio.get_running_loop().call_later(0.05, server.transport.close)
        return text

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(self.seconds_a_letter)
        await asyncio.get_running_loop().run_in_executor(None, self.meanwhile)
        text = self.answer(server, "DATA", envelope.rcpt_tos[0])
        if text == OK:
            letter = Caught(
                envelope.mail_from,
                envelope.rcpt_tos,
                envelope.original_content,
                envelope.mail_options,
                session.ssl is not None,
            )
            self.letters.append(letter)
        return text


@contextmanager
def running(server: MailServer) -> Iterator[MailServer]:
    tls = {"tls_context": server.tls, "require_starttls": server.tls is not None}
    address = {"hostname": "127.0.0.1", "port": server.port}
    controller = Controller(server, **address, **tls, ready_timeout=20)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
