"""Reports for tests, made by the portal's own acts."""

from uuid import uuid4

from django.contrib.gis.geos import Point

from accounts.models import User
from catalogue.models import Category
from reports.dispatch.dispatching import dispatch_due
from reports.intake.submission import Submission, submit_report
from reports.models import Report
from reports.placing import GivenPlace
from units.models import Membership, Unit

# Piotrkowska 104, in front of the city hall: osiedle Katedralna, borough Śródmieście. EPSG:4326.
CITY_HALL = Point(19.4571, 51.7652, srid=4326)
WARSAW = Point(21.0122, 52.2297, srid=4326)
# What a sender says of the place.
WHERE = ("location", "extent", "address", "is_approximate", "side", "accuracy")
# The annex sends this category to ZDiT, automatically, from the whole city.
POTHOLE = "dziura-w-jezdni"


def category(code: str = POTHOLE) -> Category:
    return Category.objects.get(code=code)


def submitted(**changes) -> Report:
    """A report as a resident sends it, not yet dispatched.

    ``changes``: fields of ``Submission`` and of its ``GivenPlace``, or ``photo_ids``.
    """
    where = {"location": CITY_HALL} | {name: changes.pop(name) for name in WHERE if name in changes}
    photos = dict.fromkeys(changes.pop("photo_ids", ()), "")
    words = changes.pop("photo_descriptions", {})
    values = {
        "submission_id": uuid4(),
        "category": changes.pop("category", None) or category(),
        "description": "Głęboka dziura przy przejściu dla pieszych.",
        "place": GivenPlace(**where),
        "photos": photos | {pk: words[pk] for pk in photos if pk in words},
    }
    return submit_report(Submission(**values | changes)).report


def staffed() -> None:
    """Somebody works in every unit that reads its reports in the panel."""
    units = Unit.objects.filter(channel=Unit.Channel.PANEL, takes_reports=True, is_operator=False)
    for unit in units.exclude(memberships__user__is_active=True):
        Membership.objects.create(unit=unit, user=User.objects.create(username=f"at-{unit.code}"))


def send_to_units() -> int:
    """Dispatch what is due, to units in which somebody works; returns how many were tried."""
    staffed()
    return dispatch_due()


def dispatched(**changes) -> Report:
    """A report that was dispatched to its unit."""
    report = submitted(**changes)
    send_to_units()
    report.refresh_from_db()
    return report
