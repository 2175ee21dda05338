"""Somebody begins to follow a part of the city, says that it is really them, and ends it.

A stranger's word is never enough here: one letter asks the mailbox, and nothing more goes there
until a press (docs/adr/0024 says why, docs/adr/0040 how it is here).
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import consents
from accounts.identity import email_key
from accounts.models import ConsentEntry, User
from maps.circle import Circle
from outbox.addresses import envelope_address
from outbox.cancelling import cancel_letters_about
from regulations.models import Kind, Version
from reports.letters.consents import ConsentRequired, clause_shown, lock_mailbox
from web.errors import PortalError
from web.models import Function
from web.switches import require_on

from .letters import letters_about, letters_that_ask, owe_question
from .models import Watch, in_a_year

_State = Watch.State
_PURPOSE = ConsentEntry.Purpose.PLACE_LETTERS
# So many places follows one mailbox; so many may wait for its press.
MOST, _MOST_WAITING = 10, 5
# After "that was not me" strangers cause no letter for so long.
_PEACE = timedelta(days=30)


class TooManyWatches(PortalError):
    code = "too_many"
    status = 409
    field = "email"
    detail = _("Obserwujesz już 10 miejsc. Zakończ któreś, a dodasz nowe.")


@transaction.atomic
def begin_watch(
    where: Circle | str,
    *,
    email: str,
    consent: bool,
    place: str = "",
    resident: User | None = None,
    clause: str = "",
) -> bool:
    """Follow a circle (``place``: its middle in words) or the district with a code. Returns whether
    it has begun: at the address of the account that is logged in by the press alone, else once its
    owner presses in the mailbox. Of a mailbox nothing is said: the answer is always the same.

    Raises ``ConsentRequired``, ``UnknownClause``, ``UnsendableAddress``, ``SwitchedOff``, and
    ``TooManyWatches`` to whoever is logged in.
    """
    require_on(Function.MAP)
    if not consent:
        raise ConsentRequired
    version = clause_shown(clause)
    envelope_address(email)
    is_own = resident is not None and email_key(resident.email) == email_key(email)
    watch = _row(where, place, email)
    mailbox = ConsentEntry.hash_of(email)
    lock_mailbox(mailbox)
    theirs = Watch.objects.filter(mailbox=mailbox)
    same = theirs.filter(district=watch.district, metres=watch.metres, centre=watch.centre)
    known = same.first()
    if known and (not known.is_waiting or not is_own):
        if known.is_waiting:
            _ask(known)
        return is_own
    if is_own:
        if theirs.hearing().count() >= MOST:
            raise TooManyWatches
        same.delete()
        watch.state = _State.LOGGED_IN
        watch.save()
        _write_consent(watch, version)
        return True
    # A stranger cannot fill the list of somebody else: the oldest one gives way.
    waiting = theirs.filter(state=_State.WAITING).order_by("-pk").values_list("pk", flat=True)
    Watch.objects.filter(pk__in=list(waiting[_MOST_WAITING - 1 :])).delete()
    watch.save()
    _ask(watch)
    return False


@transaction.atomic
def confirm_watches(mailbox: str, *, clause: str = "") -> int:
    """The owner of ``mailbox`` (its hash) wants what waits; returns how many begin. Beyond ``MOST``
    they go on waiting. Raises ``UnknownClause``.
    """
    version = clause_shown(clause)
    lock_mailbox(mailbox)
    theirs = Watch.objects.filter(mailbox=mailbox)
    room = max(0, MOST - theirs.hearing().count())
    waiting = list(theirs.filter(state=_State.WAITING).order_by("pk")[:room])
    for watch in waiting:
        watch.state, watch.last_day = _State.CONFIRMED, in_a_year()
        watch.save()
        _write_consent(watch, version)
    return len(waiting)


@transaction.atomic
def deny_watches(mailbox: str) -> int:
    """The owner of ``mailbox`` never asked for what waits: it goes. Returns how many."""
    lock_mailbox(mailbox)
    waiting = list(Watch.objects.filter(mailbox=mailbox, state=_State.WAITING))
    for watch in waiting:
        consents.deny(
            purpose=_PURPOSE,
            email=watch.email,
            version=Version.objects.in_force(Kind.CLAUSE),
            how="not_me",
            reference=watch.reference,
        )
        watch.delete()
    cancel_letters_about(letters_that_ask(mailbox))
    return len(waiting)


@transaction.atomic
def end_watch(watch: Watch, *, how: str) -> None:
    """Delete the address at once, with what it was still to be told. The proof of the consent stays
    in the ledger. A second call does nothing.
    """
    # Waits for a letter that is being written, which is then cancelled.
    current = Watch.objects.select_for_update().filter(pk=watch.pk).first()
    if current is None:
        return
    if not current.is_waiting:
        given = consents.version_given(
            purpose=_PURPOSE, email=current.email, reference=current.reference
        )
        consents.withdraw(
            purpose=_PURPOSE,
            email=current.email,
            version=given or Version.objects.in_force(Kind.CLAUSE),
            how=how,
            reference=current.reference,
        )
    cancel_letters_about(letters_about(current))
    current.delete()


def extend_watch(watch: Watch) -> None:
    """Its owner still wants it: for another year."""
    Watch.objects.filter(pk=watch.pk).update(last_day=in_a_year())


def _row(where: Circle | str, place: str, email: str) -> Watch:
    language = get_language() or "pl"
    if isinstance(where, str):
        return Watch(email=email, language=language, district=where)
    return Watch(
        email=email,
        language=language,
        centre=where.centre,
        reach=where.box,
        metres=where.metres,
        place=place[:200],
    )


def _ask(watch: Watch) -> None:
    since = timezone.now() - _PEACE
    lines = consents.history(watch.email).filter(purpose=_PURPOSE, at__gt=since)
    if lines.filter(act=ConsentEntry.Act.NOT_GIVEN).exists():
        return
    today = lines.filter(how=ConsentEntry.How.CONFIRMED, at__date=timezone.localdate())
    owe_question(watch, answered_today=today.values("at").distinct().count())


def _write_consent(watch: Watch, version: Version) -> None:
    consents.give(
        purpose=_PURPOSE,
        email=watch.email,
        version=version,
        how=watch.state,
        reference=watch.reference,
    )
