"""Answers signals of accounts: somebody closes the account, or asks for their data."""

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.exporting import Archive
from accounts.models import User
from accounts.signals import collecting, leaving

from .inquiries.forgetting import erase_inquiries_of
from .models import Inquiry


@receiver(leaving)
def on_leaving(user: User, **kwargs: object) -> None:
    erase_inquiries_of(user)


@receiver(collecting)
def on_collecting(user: User, archive: Archive, **kwargs: object) -> None:
    """Add what was written to the administrator from this account, with the answers."""
    inquiries = list(Inquiry.objects.filter(sender=user).prefetch_related("answers"))
    archive.data["inquiries"] = [
        {
            "topic": one.topic,
            "text": one.text,
            "name": one.name,
            "email": one.email,
            "state": one.state,
            "at": one.created_at,
            "answers": [{"text": answer.text, "at": answer.at} for answer in one.answers.all()],
        }
        for one in inquiries
    ]
    if inquiries:
        rows = [
            (timezone.localtime(one.created_at), one.get_topic_display(), one.text)
            for one in inquiries
        ]
        columns = [_("Kiedy"), _("Czego dotyczy"), _("Treść")]
        archive.add_table(_("Wiadomości do administratora"), columns, rows)
