"""Letters to whoever follows a part of the city."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from maps.selection import Selection
from reports.models import Report
from web.addresses import absolute_url

from .links import end_link, watches_link
from .models import Watch


def letters_about(watch: Watch) -> str:
    """How the keys of the letters about a watch begin."""
    return f"watch:{watch.pk}:"


def letters_that_ask(mailbox: str) -> str:
    return f"watches:{mailbox}:"


def owe_question(watch: Watch, *, answered_today: int) -> None:
    """Owe the letter that asks whether the address is its owner's: one a day, and one more after
    each answer. It quotes nobody, because a stranger may have caused it.
    """
    key = f"{letters_that_ask(watch.mailbox)}{timezone.localdate():%Y-%m-%d}-{answered_today}"
    with override(watch.language):
        subject = _("Czy to Ty chcesz obserwować okolicę? Potwierdź")
        links = {"status": watches_link(watch.mailbox)}
        _message(watch, "question", subject, key, {"links": links}).send()


def owe_digest(watch: Watch, reports: Sequence[Report], *, further: int) -> None:
    """Owe the letter of today about ``reports``; ``further``: how many more there are."""
    with override(watch.language):
        links = {
            "status": f"{absolute_url('maps:map')}?{_query(watch)}",
            "end": end_link(watch),
            "watches": watches_link(watch.mailbox),
        }
        context = {
            "links": links,
            "rows": [(one, absolute_url("reports:status", one.reference)) for one in reports],
            "further": further,
        }
        subject = _("Co nowego: %(place)s") % {"place": watch.words}
        key = f"{letters_about(watch)}{timezone.localdate():%Y-%m-%d}"
        message = _message(watch, "digest", subject, key, context)
        # RFC 8058: the program of the reader ends it by one press, without a page.
        message.extra_headers |= {
            "List-Unsubscribe": f"<{links['end']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        message.send()


def _query(watch: Watch) -> str:
    if watch.reach is None:
        return Selection(district=watch.district).as_query()
    box = ",".join(f"{number:.5f}" for number in watch.reach.extent)
    return f"{Selection().as_query()}&bbox={box}"


def _message(
    watch: Watch, template: str, subject: str, key: str, context: dict
) -> EmailMultiAlternatives:
    context |= {"watch": watch, "city": {"portal_name": settings.CITY_PORTAL_NAME}}
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"maps/letters/{template}.txt", context),
        to=[watch.email],
        headers={"X-Outbox-Key": key},
    )
    html = render_to_string(f"maps/letters/{template}.html", context)
    message.attach_alternative(html, "text/html")
    return message
