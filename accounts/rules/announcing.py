"""The mailing of new rules: batches that can stop anywhere and go on, nobody told twice."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction

from accounts.letters import LetterText, absolute_url, render_text
from accounts.models import RulesNotice, User
from regulations.models import Kind, Version

from .accepting import accept_by

BATCH = 500


def tell_residents() -> int:
    """Owe every resident a letter about the newest published rules; returns how many letters.

    What is left to do is what has no ``RulesNotice`` yet, so a run that was killed is resumed by
    the next, and a resident who registers meanwhile is not forgotten.
    """
    version = Version.objects.published().filter(kind=Kind.RULES).first()
    return sum(len(batch) for batch in _batches(version)) if version else 0


def _batches(version: Version) -> Iterator[list[User]]:
    """Each batch told in a transaction of its own: the notices and the letters, or neither."""
    last = 0
    while batch := _tell_batch(version, after=last):
        yield batch
        last = batch[-1].pk


@transaction.atomic
def _tell_batch(version: Version, *, after: int) -> list[User]:
    """Tell the next residents whose key is above ``after``. Those who are just leaving are passed
    over.
    """
    untold = User.objects.residents().filter(
        pk__gt=after, rules_accepted__in_force_from__lt=version.in_force_from
    )
    untold = untold.exclude(rules_notices__version=version).order_by("pk")
    batch = list(untold.select_for_update(of=("self",), no_key=True, skip_locked=True)[:BATCH])
    until = accept_by(version, settings.RULES_DAYS_TO_ACCEPT)
    RulesNotice.objects.bulk_create(
        RulesNotice(user=user, version=version, accept_by=until) for user in batch
    )
    # The words are the same for all who read the same language.
    words = {one: told(version, until, "rules", one) for one in {user.language for user in batch}}
    letters = [
        words[user.language].message_to(user.email, key=key_of(version, user)) for user in batch
    ]
    get_connection().send_messages(letters)
    return batch


def told(version: Version, until: date, template: str, language: str) -> LetterText:
    context = {
        "version": version,
        "accept_by": until,
        "rules": absolute_url("regulations:rules-version", version.number),
        "decide": absolute_url("account_rules"),
    }
    return render_text(template, context, language=language)


def key_of(version: Version, user: User, reminder: int = 0) -> str:
    """Of the letter that tells (0) or reminds (1, 2): never written twice."""
    return f"rules:{version.pk}:{user.pk}:{reminder}"
