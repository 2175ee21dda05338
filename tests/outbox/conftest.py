import pytest

from outbox import sending
from owed import nudging
from tests.outbox.mail_server import MailServer, running


@pytest.fixture(autouse=True)
def breakers():
    """A server that an earlier test left unreachable is tried at once."""
    sending.breaker.reset()
    nudging.breaker.reset()


@pytest.fixture
def post(settings):
    """A mail server that is not listening yet: ``with running(post):``."""
    server = MailServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
    return server


@pytest.fixture
def mail_server(post):
    """A mail server that takes everything until told otherwise."""
    with running(post):
        yield post
