"""The mailing of new rules. It goes in batches, may stop anywhere and be resumed, and writes to
every resident once.
"""

from datetime import date, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone

from accounts.letters import LetterText, render_text
from accounts.models import RulesNotice, User
from regulations.models import Kind, Version
from web.addresses import absolute_url

BATCH_SIZE = 500


def announce_rules() -> int:
    """Write to every resident about the newest published rules; returns how many letters are owed.

    A resident without a ``RulesNotice`` of these rules still needs a letter. So the next run
    resumes one that was killed, and reaches residents who register in between.
    """
    version = Version.objects.published().filter(kind=Kind.RULES).first()
    if version is None:
        return 0
    count, last = 0, 0
    while batch := _announce_to_batch(version, after=last):
        count += len(batch)
        last = batch[-1].pk
    return count


@transaction.atomic
def _announce_to_batch(version: Version, *, after: int) -> list[User]:
    """Write the notices and the letters for the next residents whose key is above ``after``: both
    or neither. Skips those whose account is just being closed.
    """
    waiting = User.objects.residents().filter(
        pk__gt=after, rules_accepted__in_force_from__lt=version.in_force_from
    )
    waiting = waiting.exclude(rules_notices__version=version).order_by("pk")
    batch = list(
        waiting.select_for_update(of=("self",), no_key=True, skip_locked=True)[:BATCH_SIZE]
    )
    # Residents have until the rules come into force, and at least so many days from now.
    soonest = timezone.localdate() + timedelta(days=settings.RULES_DAYS_TO_ACCEPT)
    accept_by = max(soonest, timezone.localdate(version.in_force_from))
    RulesNotice.objects.bulk_create(
        RulesNotice(user=user, version=version, accept_by=accept_by) for user in batch
    )
    # Everybody who reads the same language gets the same text, so it is rendered once.
    texts = {
        language: rules_letter("rules", version, accept_by, language)
        for language in {user.language for user in batch}
    }
    letters = [
        texts[user.language].message_to(user.email, key=letter_key(version, user)) for user in batch
    ]
    get_connection().send_messages(letters)
    return batch


def rules_letter(template: str, version: Version, accept_by: date, language: str) -> LetterText:
    """The text of a letter about ``version``, which is to be accepted by ``accept_by``."""
    context = {
        "version": version,
        "accept_by": accept_by,
        "rules": absolute_url("regulations:rules-version", version.number),
        "decide": absolute_url("account_rules"),
    }
    return render_text(template, context, language=language)


def letter_key(version: Version, user: User, reminder: int = 0) -> str:
    """The outbox key of the letter that announces (``reminder`` 0) or reminds (1, 2), so that no
    letter is written twice.
    """
    return f"rules:{version.pk}:{user.pk}:{reminder}"
