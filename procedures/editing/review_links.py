"""An opinion on one version by a secret link, from somebody without an account."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from procedures.models import ProcedureVersion, ProcedureWord, ReviewLink
from web.errors import PortalError

from .locking import NotNow, lock_unpublished, lock_version
from .publishing import SentenceNeeded


class LinkClosed(PortalError):
    code = "link_closed"
    status = 410
    detail = _("Ten link już nie działa: minął jego czas, użyto go albo treść karty się zmieniła.")


@transaction.atomic
def make_review_link(
    version: ProcedureVersion, *, edits: int, name: str, days: int, by: User
) -> tuple[ReviewLink, str]:
    """A link for ``name`` to ``version``, which waits for review, and its key, which is kept
    nowhere. Raises ``CardChanged`` and ``NotNow``.
    """
    locked = lock_unpublished(version, edits=edits)
    if locked.review_since is None:
        raise NotNow
    key = secrets.token_urlsafe(32)
    link = ReviewLink.objects.create(
        version=locked,
        edits=locked.edits,
        hash=_hash(key),
        name=name,
        made_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    _record(ProcedureWord.LINK_MADE, link, by=by)
    return link, key


def find_review_link(key: str) -> ReviewLink:
    """The link of that key, open or not; ``ReviewLink.DoesNotExist``."""
    links = ReviewLink.objects.select_related("version__procedure", "version__unit")
    return links.get(hash=_hash(key))


@transaction.atomic
def answer_review_link(link: ReviewLink, *, is_approval: bool, note: str = "") -> None:
    """Approve the version, or send it back with ``note``. Once only. Raises ``LinkClosed`` and
    ``SentenceNeeded``.
    """
    if not is_approval and not note.strip():
        raise SentenceNeeded
    version = lock_version(link.version)
    link = ReviewLink.objects.select_related("version__procedure").get(pk=link.pk)
    if not link.is_open or version.review_since is None:
        raise LinkClosed
    link.answered_at, link.is_approval, link.note = timezone.now(), is_approval, note.strip()
    link.save(update_fields=["answered_at", "is_approval", "note"])
    if is_approval:
        version.approved_by = link.name
        word = ProcedureWord.APPROVED_BY_LINK
    else:
        version.review_since, version.approved_by = None, ""
        word = ProcedureWord.SENT_BACK_BY_LINK
    version.save(update_fields=["approved_by", "review_since"])
    _record(word, link, by=None)


@transaction.atomic
def revoke_review_link(link: ReviewLink, *, by: User) -> None:
    """Raises ``NotNow`` where it is answered or revoked already."""
    lock_version(link.version)
    closed = ReviewLink.objects.filter(pk=link.pk, revoked_at=None, answered_at=None)
    if not closed.update(revoked_at=timezone.now()):
        raise NotNow
    _record(ProcedureWord.LINK_REVOKED, link, by=by)


def _record(word: ProcedureWord, link: ReviewLink, *, by: User | None) -> None:
    """The name stands in the row of the link: the trail holds no personal data."""
    version = link.version
    record(actor=by, action=word, target=version.procedure, version=version.number, link=link.pk)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
