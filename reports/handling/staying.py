"""Which groups of open reports stay with their unit when new boundaries come into force."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from districts.models import Edition
from reports.models import StayingGroup
from web.errors import PortalError

# Keys of the unit that has the reports, of the one that would get them, and of their category.
Group = tuple[int, int, int]


class AlreadyHandedOver(PortalError):
    code = "already_handed_over"
    status = 409
    detail = _("To wydanie już obowiązuje, więc zgłoszenia są już przekazane.")


def staying_groups(edition: Edition, before: Edition | None) -> set[Group]:
    """The groups that stay when ``edition`` comes after ``before``."""
    rows = StayingGroup.objects.filter(edition=edition, before=before)
    return set(rows.values_list("unit", "to_unit", "category"))


@transaction.atomic
def choose_staying(
    edition: Edition, before: Edition | None, groups: Collection[Group], *, by
) -> None:
    """Let exactly these groups stay when ``edition`` comes after ``before``, and hand over the
    others. Raises ``AlreadyHandedOver`` if ``edition`` is in force.
    """
    # Two people who choose at once take turns.
    locked = Edition.objects.select_for_update(of=("self",), no_key=True)
    layer = locked.get(pk=edition.pk).layer
    if Edition.objects.in_force_or_none(layer.pk) == edition:
        raise AlreadyHandedOver
    rows = StayingGroup.objects.filter(edition=edition, before=before)
    known = {(row.unit_id, row.to_unit_id, row.category_id): row for row in rows}
    rows.filter(pk__in=[row.pk for key, row in known.items() if key not in groups]).delete()
    StayingGroup.objects.bulk_create(
        [
            StayingGroup(
                edition=edition,
                before=before,
                unit_id=unit,
                to_unit_id=to_unit,
                category_id=category,
                by=by,
            )
            for unit, to_unit, category in sorted(set(groups) - known.keys())
        ]
    )
