"""With ``SMTP_STARTTLS`` a letter leaves encrypted, to the server that it is meant for, or not."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from outbox.models import Letter
from outbox.sending import send_due
from tests.outbox.letters import owe, states
from tests.outbox.mail_server import running


def certificate(folder: Path, host: str) -> Path:
    """A certificate that ``host`` signed itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    day = timedelta(days=1)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - day)
        .not_valid_after(datetime.now(UTC) + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / f"{host}.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def encrypted(post, settings, tmp_path, monkeypatch):
    """``encrypted("localhost")``: the mail server with a trusted certificate for that host."""
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST = True, "localhost"

    def server(host: str):
        file = certificate(tmp_path, host)
        # Here OpenSSL looks for the authorities that it trusts.
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        post.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        post.tls.load_cert_chain(file)
        return post

    return server


def test_a_letter_leaves_encrypted(encrypted, db):
    with running(encrypted("localhost")) as server:
        owe("maria@example.org")
        assert send_due() == 1
    [letter] = server.letters
    assert letter.is_encrypted
    assert letter.raw == bytes(Letter.objects.get().raw)
    assert states() == {"maria@example.org": "sent"}


def test_a_server_that_cannot_encrypt_gets_nothing(mail_server, db, settings):
    settings.EMAIL_USE_TLS = True
    owe("maria@example.org")
    assert send_due() == 0
    assert mail_server.connections == 1
    assert mail_server.letters == []
    assert states() == {"maria@example.org": "queued"}


@pytest.mark.parametrize(("host", "trusted"), [("localhost", False), ("mail.example.org", True)])
def test_a_server_that_is_somebody_else_gets_nothing(encrypted, db, monkeypatch, host, trusted):
    server = encrypted(host)
    if not trusted:
        monkeypatch.delenv("SSL_CERT_FILE")
    with running(server):
        owe("maria@example.org")
        assert send_due() == 0
    assert server.letters == []
    assert states() == {"maria@example.org": "queued"}
