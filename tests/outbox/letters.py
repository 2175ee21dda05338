"""Letters for tests."""

from django.core.mail import EmailMultiAlternatives, get_connection

from outbox.models import Letter


def message(to="maria@example.org", *, key="", text="Dzień dobry", html="", **fields):
    """One message; ``to`` is an address or a list of them."""
    headers = {"X-Outbox-Key": key} if key else {}
    to = [to] if isinstance(to, str) else to
    letter = EmailMultiAlternatives("Zgłoszenie", text, to=to, headers=headers, **fields)
    if html:
        letter.attach_alternative(html, "text/html")
    return letter


def owe(*addresses: str) -> list[Letter]:
    """One letter to each of ``addresses``, in their order."""
    get_connection().send_messages([message(address) for address in addresses])
    return list(Letter.objects.order_by("id"))


def states() -> dict[str, str]:
    """First recipient → state."""
    return {letter.recipients[0]: letter.state for letter in Letter.objects.order_by("id")}
