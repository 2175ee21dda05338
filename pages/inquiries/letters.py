"""Letters about messages to the administrator, in the language in which they were written."""

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from pages.models import Inquiry, InquiryAnswer
from web.addresses import absolute_url


def owe_copy(inquiry: Inquiry) -> None:
    """Owe the copy to whoever wrote it."""
    with override(inquiry.language):
        subject = _("Twoja wiadomość do administratora portalu")
        _render(inquiry, "copy", subject, key="copy").send()


def owe_answer(answer: InquiryAnswer) -> None:
    with override(answer.inquiry.language):
        subject = _("Odpowiedź administratora portalu")
        _render(answer.inquiry, "answer", subject, key=f"answer:{answer.pk}", answer=answer).send()


def owe_notice() -> None:
    """Owe the administrator one letter a day that says that something waits in the inbox."""
    with override(settings.LANGUAGE_CODE):
        subject = _("Nowe wiadomości w skrzynce portalu")
        body = _("W skrzynce portalu czekają nowe wiadomości. Przeczytasz je tutaj:")
    link = absolute_url("panel:inbox")
    headers = {"X-Outbox-Key": f"inquiries:told:{timezone.localdate()}"}
    to = [settings.ADMINISTRATOR_EMAIL]
    EmailMessage(subject, f"{body}\n{link}\n", to=to, headers=headers).send()


def _render(
    inquiry: Inquiry, template: str, subject: str, *, key: str, **context: object
) -> EmailMultiAlternatives:
    words = {
        "inquiry": inquiry,
        "city": {"portal_name": settings.CITY_PORTAL_NAME},
        "withdraw_url": absolute_url("pages:withdraw-address", inquiry.secret),
        **context,
    }
    message = EmailMultiAlternatives(
        subject,
        render_to_string(f"pages/letters/{template}.txt", words),
        to=[inquiry.email],
        headers={"X-Outbox-Key": inquiry.letter_keys + key},
    )
    html = render_to_string(f"pages/letters/{template}.html", words)
    message.attach_alternative(html, "text/html")
    return message
