"""Reports for tests, made by the portal's own acts."""

from uuid import uuid4

from django.contrib.gis.geos import Point

from catalogue.models import Category
from reports.dispatch.dispatching import dispatch_due
from reports.intake.submission import Submission, submit_report
from reports.models import Report
from reports.placing import GivenPlace

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


def dispatched(**changes) -> Report:
    """A report that was dispatched to its unit."""
    report = submitted(**changes)
    dispatch_due()
    report.refresh_from_db()
    return report
