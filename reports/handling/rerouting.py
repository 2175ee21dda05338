"""After new boundaries have come into force, the open reports that they move are routed again.

Nothing is remembered of how far this has come: what is done already does not have to change any
more. So it may be killed anywhere, and the next call goes on. Reports are locked and looked at anew
in batches, each in a transaction of its own.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.models import RoutingRule
from catalogue.routing import RoutingDecision
from districts.covering import find_cover
from districts.models import Activation, District, Edition
from reports.assigning import Move, reassign_by_boundaries
from reports.changing import lock_reports
from reports.models import Report, Rerouting
from reports.placing import write_shares
from units.models import Unit
from web.errors import PortalError

from .affected import Affected
from .consequences import find_consequences
from .returning import returned_activations
from .staying import staying_groups

_BATCH = 500
# How long after an activation a report may still be written that was located before it: far longer
# than a request takes.
_LAST_LOOK = timedelta(minutes=5)
_METRES = """
SELECT given.id, found.metres
FROM unnest(%s::bigint[], %s::bigint[]) AS given (id, edition)
JOIN reports_report r ON r.id = given.id
CROSS JOIN LATERAL districts_locate(ST_X(r.location), ST_Y(r.location), given.edition) found
"""

_log = structlog.get_logger(__name__)


def reroute_due() -> int:
    """Route again whatever activations that have begun still owe; returns how many reports were
    changed. Many calls may run at once.
    """
    owe_reroutings()
    count = 0
    while claimed := Rerouting.objects.due(timezone.now()).claim(timezone.now(), most=1):
        count += go_through(claimed[0])
    return count


def owe_reroutings() -> None:
    """A row for each activation that has begun and has none yet."""
    begun = Activation.objects.filter(at__lte=timezone.now())
    begun = begun.exclude(pk__in=Rerouting.objects.values("activation"))
    Rerouting.objects.bulk_create(
        [
            Rerouting(
                activation=row, layer_id=row.layer_id, at=row.at, last_look_at=row.at + _LAST_LOOK
            )
            for row in begun
        ],
        ignore_conflicts=True,
    )


def go_through(rerouting: Rerouting) -> int:
    """All batches of one claimed row; returns how many reports were changed."""
    count, is_last_look = 0, rerouting.last_look_at <= timezone.now()
    keys = [one.report for one in _find(rerouting)]
    for start in range(0, len(keys), _BATCH):
        done = _reroute_batch(rerouting, keys[start : start + _BATCH])
        if done is None:
            # Somebody else holds the row by now, or it is to be begun anew.
            return count
        count += done
    _finish(rerouting, is_last_look=is_last_look)
    return count


def _finish(rerouting: Rerouting, *, is_last_look: bool) -> None:
    now = timezone.now()
    held = Rerouting.objects.still_leased([rerouting])
    held.update(leased_until=None, passed_at=now, ended_at=now if is_last_look else None)
    _log.info("rerouted", activation=rerouting.activation_id, last_look=is_last_look)


def _editions(rerouting: Rerouting) -> tuple[Edition | None, Edition]:
    """The edition before the activation, and the one that reports go by now: a later activation may
    have begun meanwhile, and then they go straight there.
    """
    earlier = Activation.objects.filter(layer=rerouting.layer_id, at__lt=rerouting.at)
    last = earlier.select_related("edition").order_by("-at").first()
    return last.edition if last else None, Edition.objects.in_force(rerouting.layer_id)


def _find(rerouting: Rerouting, *, only: Collection[int] | None = None) -> list[Affected]:
    """What has to change (``only`` of the reports with these keys)."""
    before, after = _editions(rerouting)
    activation = rerouting.activation
    is_return = activation.returns and activation.edition_id == after.pk
    returned = returned_activations(after, at=activation.at) if is_return else []
    found = find_consequences(before, after, returned=returned, only=only)
    stay = staying_groups(after, before)
    return [one for one in found.changed if one.group not in stay]


@transaction.atomic
def _reroute_batch(rerouting: Rerouting, keys: Sequence[int]) -> int | None:
    """Lock these reports and route again those that still have to change; returns how many, None
    if the row is not ours any more.
    """
    if not Rerouting.objects.renew(rerouting):
        return None
    locked = {report.pk: report for report in lock_reports(keys, no_key=True)}
    found = _find(rerouting, only=list(locked))
    if not found:
        return 0
    edition = _editions(rerouting)[1]
    moves = _moves(found, locked, edition)
    handed = sum(one.changes_hands for one in found)
    reassign_by_boundaries(
        moves, activation=rerouting.activation, reason=_reason(rerouting.activation, edition)
    )
    _replace_shares(move.report for move in moves)
    Rerouting.objects.filter(pk=rerouting.pk).update(
        handed_over=F("handed_over") + handed, moved=F("moved") + len(moves) - handed
    )
    return len(moves)


def _moves(found: Sequence[Affected], locked: Mapping[int, Report], edition: Edition) -> list[Move]:
    keys = {one.district_id for one in found}
    districts = District.objects.defer("boundary", "outline").select_related("edition")
    by_key = {row.pk: row for row in districts.filter(pk__in=keys)}
    units = Unit.objects.in_bulk({one.to_unit for one in found})
    rules = RoutingRule.objects.in_bulk({one.rule for one in found if one.rule is not None})
    metres = _metres({one.report: by_key[one.district_id].edition_id for one in found})
    return [
        Move(
            report=locked[one.report],
            district=by_key[one.district_id],
            metres_to_border=metres[one.report],
            decision=RoutingDecision(
                unit=units[one.to_unit],
                mode=one.mode,
                rule=rules[one.rule] if one.rule is not None else None,
            ),
            is_sent=one.changes_hands or one.mode != one.was_mode,
            region_id=one.region,
            note=_note(units[one.to_unit], edition) if one.changes_hands else "",
        )
        for one in found
    ]


def _metres(editions: Mapping[int, int]) -> dict[int, float]:
    """Of each report (its key), the metres to the border of its district in that edition."""
    with connection.cursor() as cursor:
        cursor.execute(_METRES, [list(editions), list(editions.values())])
        return dict(cursor.fetchall())


def _reason(activation: Activation, edition: Edition) -> str:
    """For staff."""
    with override(settings.LANGUAGE_CODE):
        if activation.returns:
            return _("powrót do granic %(edition)s") % {"edition": edition.code}
        return _("nowe granice %(edition)s") % {"edition": edition.code}


def _note(unit: Unit, edition: Edition) -> str:
    """In Polish, because everybody reads it."""
    with override(settings.LANGUAGE_CODE):
        words = _(
            "Zmieniły się granice, według których dzielimy zadania (wydanie %(edition)s), więc tę"
            " sprawę prowadzi teraz: %(unit)s."
        )
        return words % {"edition": edition.code, "unit": unit.name}


def _replace_shares(reports: Iterable[Report]) -> None:
    """Of lines and areas, how much lies in each district of the edition that they go by now."""
    for report in reports:
        if report.extent is None:
            continue
        report.touched.all().delete()
        try:
            found = find_cover(report.extent, edition=report.district.edition)
        except PortalError:
            # Most of it lies outside now; its point tells the district.
            continue
        write_shares(report, found.shares)
