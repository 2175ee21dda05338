"""How staff open the page of a report and press there."""

import re

from django.http import HttpResponse
from django.urls import reverse

from reports.models import Report


def page(report: Report) -> str:
    return reverse("panel:report", args=[report.reference])


def press(client, name, report, values, *, prefix, version=None) -> HttpResponse:
    """Send the form of the act ``name``; ``version``: of the report as the page showed it."""
    data = {f"{prefix}-{key}": value for key, value in values.items()}
    data[f"{prefix}-version"] = report.version if version is None else version
    return client.post(reverse(f"panel:{name}", args=[report.reference]), data)


def shown_version(answer: HttpResponse, prefix: str) -> int:
    """The version that a form of the page carries."""
    found = re.search(rf'name="{prefix}-version" value="(\d+)"', answer.text)
    assert found, "the page has no such form"
    return int(found[1])


def shown_loaded(answer: HttpResponse, prefix: str) -> str:
    """When the page says that a form of it was loaded."""
    found = re.search(rf'name="{prefix}-loaded" value="([^"]+)"', answer.text)
    assert found, "the page has no such form"
    return found[1]
