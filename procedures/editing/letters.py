"""Letters about cards: a link for an opinion, a review that is due, the week's list."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Role, User
from procedures.models import OutsideLink, Procedure, ReviewLink
from web.addresses import absolute_url

# How long before its day somebody is reminded of a card.
REVIEW_AHEAD = timedelta(days=14)
_FORGET = {"X-Outbox-Forget": "1"}


def send_review_link(link: ReviewLink, address: str, *, to: str) -> None:
    """The letter with the secret link; the outbox blanks it once it has left."""
    with override(settings.LANGUAGE_CODE):
        subject = _("Prośba o opinię: %(title)s") % {"title": link.version.title}
        context = {"link": link, "links": {"status": address}}
        _send("opinion", subject, to, context, headers=_FORGET)


def remind_of_reviews(today: date) -> int:
    """A letter to the keeper, or to all editors, for each card whose day of review comes within two
    weeks; once for each day, because its key holds it. How many cards that are.
    """
    due = _due_for_review(today).filter(review_by__gte=today - REVIEW_AHEAD)
    rows = list(due.select_related("keeper"))
    everybody = list(_editors())
    for procedure in rows:
        keeper = procedure.keeper
        readers = [keeper] if keeper and keeper.is_active and keeper.is_editor else everybody
        for reader in readers:
            with override(settings.LANGUAGE_CODE):
                context = _with_title(procedure) | {
                    "links": {"status": absolute_url("panel:procedure", procedure.number)}
                }
                subject = _("Karta %(number)s do przejrzenia do %(day)s") % {
                    "number": procedure.number,
                    "day": date_format(procedure.review_by, "j E Y"),
                }
                key = f"card-review:{procedure.number}:{procedure.review_by}:{reader.pk}"
                _send("review", subject, reader.email, context, headers={"X-Outbox-Key": key})
    return len(rows)


def tell_editors(today: date) -> int:
    """One letter a week to every editor: dead links, and cards whose day of review has come. How
    many letters; none where there is nothing to tell.
    """
    dead = list(links_to_tell_of(today))
    reviews = [_with_title(row) for row in _due_for_review(today).prefetch_related("versions")]
    if not dead and not reviews:
        return 0
    week = today.strftime("%G-%V")
    readers = list(_editors())
    for reader in readers:
        with override(settings.LANGUAGE_CODE):
            context = {
                "dead": dead,
                "reviews": reviews,
                "links": {"status": absolute_url("panel:procedures-links")},
            }
            subject = _("Baza wiedzy: co wymaga uwagi w tym tygodniu")
            headers = {"X-Outbox-Key": f"editors-week:{week}:{reader.pk}"}
            _send("week", subject, reader.email, context, headers=headers)
    return len(readers)


def links_to_tell_of(today: date):
    """Dead links, each with its cards, but those of which every card is paused on ``today``."""
    listening = Procedure.objects.published().filter(
        Q(links_paused_until=None) | Q(links_paused_until__lt=today)
    )
    rows = OutsideLink.objects.dead().filter(procedures__in=listening).distinct()
    return rows.prefetch_related("procedures").order_by("url")


def _due_for_review(today: date):
    return Procedure.objects.published().filter(review_by__lte=today + REVIEW_AHEAD)


def _with_title(procedure: Procedure) -> dict[str, object]:
    version = procedure.versions.begun().order_by("published_at").last()
    return {"procedure": procedure, "title": version.title if version else ""}


def _editors():
    return User.objects.filter(is_active=True, groups__name=Role.EDITOR).exclude(email="")


def _send(
    template: str, subject: str, to: str, context: Mapping[str, object], *, headers: dict[str, str]
) -> None:
    context = {
        "city": {"portal_name": settings.CITY_PORTAL_NAME},
        "now": timezone.now(),
        **context,
    }
    folder = "procedures/letters"
    letter = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{folder}/{template}.txt", context),
        to=[to],
        headers=headers,
    )
    letter.attach_alternative(render_to_string(f"{folder}/{template}.html", context), "text/html")
    letter.send()
