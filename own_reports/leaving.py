"""Releases the reports of somebody who closes the account."""

from django.db import transaction

from accounts.models import User
from outbox.forgetting import forget_letters_about
from reports.changing import lock_with_originals
from reports.letter_keys import letters_to_readers, letters_to_units
from reports.letters.consents import withdraw_consent
from reports.models import Contact, Memo, Photo, Remark, Report, SenderQuestion, Verdict
from reports.photos.files import delete_later


@transaction.atomic
def release_reports(user: User, *, keep_texts: bool) -> None:
    """Leave the reports without an owner; their words and photos stay only if ``keep_texts``. The
    account's address is removed from every other report too.

    The reports are locked first: a change of status that is being written ends before this, and
    the next one finds nobody to write to.
    """
    contacts = Contact.objects.of_mailbox(user.email).select_related("report")
    theirs = Report.objects.filter(owner=user)
    keys = {*theirs.values_list("pk", flat=True), *contacts.values_list("report", flat=True)}
    own = [row.pk for row in lock_with_originals(keys) if row.owner_id == user.pk]
    for contact in contacts:
        withdraw_consent(contact, how="account_closed")
    if not keep_texts:
        _erase_content(own)
    # Somebody who worked for the city has nothing to do there any more.
    Report.objects.filter(assignee=user).update(assignee=None)
    # The fingerprints are made of the words, and of an address if one was left.
    Report.objects.filter(pk__in=own).update(owner=None, is_put_away=False, fingerprint="")


def _erase_content(reports: list[int]) -> None:
    """Delete what the sender wrote and photographed, also in letters that units received."""
    photos = Photo.objects.filter(report__in=reports, kind=Photo.Kind.SENDER)
    files = [name for row in photos.values_list("original", "large", "small") for name in row]
    photos.delete()
    delete_later(files)
    Remark.objects.filter(report__in=reports).delete()
    # Staff may have quoted them.
    Memo.objects.filter(report__in=reports).delete()
    SenderQuestion.objects.filter(report__in=reports, ended_at__isnull=False).delete()
    SenderQuestion.objects.filter(report__in=reports).update(text="")
    Verdict.objects.filter(report__in=reports).update(text="")
    references = Report.objects.filter(pk__in=reports).values_list("reference", flat=True)
    kinds = (letters_to_units, letters_to_readers)
    forget_letters_about([begin(reference) for reference in references for begin in kinds])
    Report.objects.filter(pk__in=reports).update(
        description="", personal_data=[], description_is_public=False, answers={}, address=""
    )
