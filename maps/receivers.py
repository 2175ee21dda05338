"""Answers signals of accounts: somebody closes the account, or asks for their data."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.signals import collecting, leaving

from .following.models import Watch
from .following.retention import erase_watches_of


@receiver(leaving)
def on_leaving(user: User, **kwargs: object) -> None:
    erase_watches_of(user)


@receiver(collecting)
def on_collecting(user: User, archive, **kwargs: object) -> None:
    watches = list(Watch.objects.of_mailbox(user.email).order_by("pk"))
    archive.data["watches"] = [
        {"where": one.words, "at": one.created_at, "last_day": one.last_day} for one in watches
    ]
    rows = [(one.words, one.created_at.date(), one.last_day) for one in watches]
    archive.add_table(_("Obserwowane miejsca"), [_("Miejsce"), _("Od"), _("Do")], rows)
