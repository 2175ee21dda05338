"""Changes the status of a report: lock, check, append and owe the letters, in one transaction."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F, Q, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import record
from reports.assigning import supersede_dispatches
from reports.changing import lock_with
from reports.clock import end_question
from reports.history import append_status, append_statuses
from reports.letters.notices import is_news, owe_status_letters
from reports.models import Dispatch, Photo, Report, ReportWord, Status, StatusChange
from reports.models.report import FINAL
from reports.unit_link import check_still_theirs
from web.errors import PortalError

from . import workflow


class OriginalRefused(PortalError):
    """The report cannot be the repetition of that one."""

    code = "original_refused"
    field = "duplicate_of"
    detail = gettext_lazy("Podaj numer zgłoszenia, które już mamy.")


class OriginalOfOthers(OriginalRefused):
    """Whoever merges has to see both reports."""

    detail = gettext_lazy("Tamtej sprawy nie prowadzi Twoja jednostka. Połączyć je może operator.")


class ResultPhotoRequired(PortalError):
    """The category wants to see the result."""

    code = "result_photo_required"
    field = "photo"
    detail = gettext_lazy("Dołącz zdjęcie wyniku: bez niego tej sprawy nie można załatwić.")


@transaction.atomic
def change_status(
    report: Report,
    to: str,
    *,
    by=None,
    note: str = "",
    duplicate_of: Report | None = None,
    seen_version: int | None = None,
    letter: Dispatch | None = None,
) -> StatusChange:
    """Move ``report`` to the status ``to``; ``by`` None is the portal itself, or the unit that
    answers ``letter``, which was sent to it by e-mail. ``duplicate_of``: the
    report that it repeats, needed for the status of that name. Raises ``ForbiddenStatusChange``,
    ``NoteRequired``, ``OriginalRefused``, ``ResultPhotoRequired``, ``StaleReport`` and
    ``HandedOver``.
    """
    locked, original = lock_with(report, duplicate_of, seen_version)
    if letter is not None:
        check_still_theirs(letter)
    workflow.check_change(current=locked.status, to=to, note=note)
    if to == Status.RESOLVED and find_without_proof([locked]):
        raise ResultPhotoRequired
    if to == Status.DUPLICATE:
        check_original(locked, original, by=by, letter=letter)
        locked.duplicate_of = original
        locked.save(update_fields=["duplicate_of"])
    change = append_status(locked, to, by=by, note=note)
    # After the step, like the dispatches below: what a step has ended can be told by its time.
    if to in FINAL:
        end_question(locked)
    # Whoever answers has the report already. A dispatch that succeeds later must not undo the
    # answer.
    supersede_dispatches([locked], [Dispatch.State.OWED])
    of = {"original": original.reference} if original else {}
    if by is not None:
        record(actor=by, action=ReportWord.STATUS_CHANGED, target=locked, to=to, **of)
    elif letter is not None:
        of |= {"unit": letter.unit.code, "dispatch": str(letter.pk)}
        record(actor=None, action=ReportWord.ANSWERED_BY_MAIL, target=locked, to=to, **of)
    owe_status_letters([change])
    report.refresh_from_db(fields=["status", "updated_at", "version"])
    return change


def find_without_proof(reports: Iterable[Report]) -> set[int]:
    """The keys of those that have no photo of the result though their category needs one; after a
    second call, of the new one.
    """
    asked = {report.pk for report in reports if report.category.needs_result_photo}
    if not asked:
        return set()
    results = Photo.objects.filter(report__in=asked, kind=Photo.Kind.RESULT)
    of_now = Q(report__called_again_at=None) | Q(uploaded_at__gt=F("report__called_again_at"))
    shown = results.exclude(state=Photo.State.REFUSED).filter(of_now)
    return asked - set(shown.values_list("report", flat=True))


def check_as_original(original: Report | None, *, by, letter: Dispatch | None = None) -> None:
    """Raise ``OriginalRefused`` unless ``by`` (None: the portal itself, or the unit of ``letter``)
    may close others as those that repeat ``original``.
    """
    if original is None:
        raise OriginalRefused
    if original.original is not None:
        words = _(
            "Zgłoszenie %(other)s też jest powtórzone. Podaj to, które ono powtarza: %(first)s."
        )
        names = {"other": original.reference, "first": original.original.reference}
        raise OriginalRefused(words % names)
    if letter is not None:
        seen = Report.objects.held_by([letter.unit])
    else:
        seen = Report.objects.all() if by is None else Report.objects.visible_to(by)
    if not seen.filter(pk=original.pk).exists():
        raise OriginalOfOthers
    if original.is_hidden:
        raise OriginalRefused(
            _("Tamto zgłoszenie jest ukryte przed mieszkańcami. Nikt by nie widział, co z nim.")
        )


def check_original(
    report: Report, original: Report | None, *, by, letter: Dispatch | None = None
) -> None:
    """Raise ``OriginalRefused`` unless ``by`` (None: the portal itself, or the unit of ``letter``)
    may close ``report`` as one that repeats ``original``. Nobody is led on from one to the next:
    of two reports of one matter one has an original, and an original has none.
    """
    if original == report:
        raise OriginalRefused(_("To jest to samo zgłoszenie. Podaj numer tamtego, wcześniejszego."))
    check_as_original(original, by=by, letter=letter)
    if repeating := report.duplicates.filter(status=Status.DUPLICATE).order_by("pk").first():
        words = _(
            "To zgłoszenie powtarza już inne: %(other)s. Rozdziel je najpierw albo połącz w drugą"
            " stronę."
        )
        raise OriginalRefused(words % {"other": repeating.reference})


def change_by_dispatch(
    dispatched: Mapping[Report, str], notes: Mapping[Report, str] | None = None
) -> None:
    """Move many locked reports as the portal itself, in the caller's transaction; ``notes``: what
    the public is told of some of them.

    A report whose status changed in the meantime, so that the move is no longer allowed, stays as
    it is. No letter says what the one before has said.
    """
    moves = {
        report: to for report, to in dispatched.items() if to in workflow.ALLOWED[report.status]
    }
    # Read after the lock: the row that somebody else changed meanwhile names another unit.
    prefetch_related_objects(list(moves), "unit")
    latest = StatusChange.objects.filter(report__in=moves).order_by("report_id", "-at", "-id")
    before = {step.report_id: step for step in latest.distinct("report_id")}
    steps = append_statuses(moves, notes or {})
    owe_status_letters([step for step in steps if is_news(step, before[step.report_id])])
