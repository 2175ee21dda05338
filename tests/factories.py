"""Rows for tests, made through the portal's own acts."""

from uuid import uuid4

from django.contrib.gis.geos import Point

from catalogue.models import Category
from reports.dispatch.dispatching import dispatch_due
from reports.intake.submission import submit_report
from reports.models import Report, Source

# Piotrkowska 104, in front of the city hall: osiedle Katedralna, borough Śródmieście. EPSG:4326.
CITY_HALL = Point(19.4571, 51.7652, srid=4326)
WARSAW = Point(21.0122, 52.2297, srid=4326)
# Decided by the annex for the whole city, automatically, for ZDiT.
POTHOLE = "dziura-w-jezdni"


def category(code: str = POTHOLE) -> Category:
    return Category.objects.get(code=code)


def submitted(**changes) -> Report:
    """A report as a resident sends it, not yet dispatched."""
    values = {
        "submission_id": uuid4(),
        "category": changes.pop("category", None) or category(),
        "description": "Głęboka dziura przy przejściu dla pieszych.",
        "location": CITY_HALL,
        "source": Source.WEB,
    }
    return submit_report(**values | changes).report


def dispatched(**changes) -> Report:
    """A report that its unit has got."""
    report = submitted(**changes)
    dispatch_due()
    report.refresh_from_db()
    return report
