"""The worker does bulk acts that are due, one report after the other.

A report and the word that it is done are one transaction. So a worker that is killed leaves each
report done or not done, and the next one goes on with those that are not.
"""

from datetime import timedelta

import structlog
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from panel.act import Act
from panel.registry import ACTS
from panel.report.forms import ActForm
from reports.models import Report
from web.errors import PortalError

from .models import BulkAct, BulkItem

# After so many reports the lease is renewed.
_BATCH = 50
_KEPT = timedelta(days=30)
_LONGEST_REASON = BulkItem._meta.get_field("reason").max_length
_RELATED = ("category__group", "district__edition", "unit", "duplicate_of")

_DATABASE_AWAY = (OperationalError, InterfaceError)

_log = structlog.get_logger(__name__)


def do_bulk_acts() -> int:
    """Do all that is due; returns how many bulk acts came to their end."""
    count = 0
    while claimed := BulkAct.objects.due(timezone.now()).claim(timezone.now(), most=1):
        count += _go_through(claimed[0])
    return count


def erase_bulk_acts() -> None:
    """Only the trails of the reports keep what was done longer than a month."""
    BulkAct.objects.filter(created_at__lt=timezone.now() - _KEPT).delete()


def _go_through(bulk: BulkAct) -> int:
    open_states = (BulkAct.State.WAITING, BulkAct.State.RUNNING)
    held = BulkAct.objects.filter(state__in=open_states)
    # An undo may have come between the claim and this statement.
    if not held.still_leased([bulk]).update(state=BulkAct.State.RUNNING):
        return 0
    act = next(row for row in ACTS if row.name == bulk.act)
    keys = list(
        bulk.items.filter(state=BulkItem.State.WAITING)
        .order_by("report_id")
        .values_list("pk", flat=True)
    )
    # Reasons are kept in Polish; letters have the language of their readers.
    with override(settings.LANGUAGE_CODE):
        for number, key in enumerate(keys):
            if number % _BATCH == 0:
                if not BulkAct.objects.renew(bulk):
                    return 0
                # Their rights as they are now, not as they were when the worker began.
                bulk.by = User.objects.get(pk=bulk.by_id)
            try:
                _do_one(bulk, act, key)
            except _DATABASE_AWAY:
                raise
            except Exception:
                # Nobody foresaw it. The others are done; this one is left as it was, and named.
                _log.exception("bulk_item_broke", item=key)
                broken = bulk.items.filter(pk=key, state=BulkItem.State.WAITING)
                broken.update(state=BulkItem.State.REFUSED, reason=_("Coś poszło nie tak."))
    ended = BulkAct.objects.still_leased([bulk])
    ended.update(state=BulkAct.State.DONE, ended_at=timezone.now(), leased_until=None)
    _log.info("bulk_act_done", act=bulk.act, reports=len(keys))
    return 1


@transaction.atomic
def _do_one(bulk: BulkAct, act: Act, key: int) -> None:
    waiting = BulkItem.objects.filter(pk=key, state=BulkItem.State.WAITING)
    item = waiting.select_for_update(of=("self",)).first()
    if item is None:
        return
    reason, form, report = _find_refusal(bulk, act, item)
    if form is not None and report is not None and not reason:
        try:
            with transaction.atomic():
                act.run(report, **form.arguments(), by=bulk.by)
        except PortalError as refusal:
            reason = str(refusal.detail)
    item.state = BulkItem.State.REFUSED if reason else BulkItem.State.DONE
    item.reason = reason[:_LONGEST_REASON]
    item.save(update_fields=["state", "reason"])


def _find_refusal(
    bulk: BulkAct, act: Act, item: BulkItem
) -> tuple[str, ActForm | None, Report | None]:
    """Why the act cannot be done to this report, "" where nothing is known that speaks against it;
    then also the form for it, and the report. All that the page of the report would ask is asked:
    the role, whose report it is, whether the act makes sense, the shape of the form.
    """
    report = (
        Report.objects.visible_to(bulk.by).select_related(*_RELATED).filter(pk=item.report_id)
    ).first()
    if report is None or not act.permission.includes(bulk.by):
        return _("Nie masz już dostępu do tego zgłoszenia."), None, None
    is_possible = act.is_offered(report) and not act.is_done(report)
    if not (is_possible and act.is_for(bulk.by, report)):
        return _("Tej czynności nie można teraz wykonać na tym zgłoszeniu."), None, None
    form = form_for_item(bulk, act, item, report)
    if not form.is_valid():
        [name, words] = next(iter(form.errors.items()))
        label = "" if name == NON_FIELD_ERRORS else f"{form.fields[name].label}: "
        return f"{label}{words[0]}", None, None
    return "", form, report


def form_for_item(bulk: BulkAct, act: Act, item: BulkItem, report: Report) -> ActForm:
    """What was sent, as if it were sent from the page of this report when it was chosen: what was
    asked of none of them stays as it is.
    """
    shown = act.form_for(report, None)
    kept = {name: shown[name].value() for name in shown.fields if name not in bulk.values}
    data = kept | bulk.values | {"version": item.version}
    return act.form_for(report, None, {shown.add_prefix(name): data[name] for name in data})
