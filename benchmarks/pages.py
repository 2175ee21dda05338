"""A browser's way through the form, for what is measured there."""

import json
import urllib.request
from uuid import uuid4

HERE = {"latitude": 51.7652, "longitude": 19.4571}


def sent_report(url: str) -> str:
    """The reference of a report that the portal at ``url`` has taken."""
    place = {"type": "Point", "coordinates": [HERE["longitude"], HERE["latitude"]]}
    values = {
        "submission_id": str(uuid4()),
        "category": "dziura-w-jezdni",
        "description": "Głęboka dziura przy przejściu.",
        "location": place,
    }
    request = urllib.request.Request(
        f"{url}/api/v1/reports/",
        json.dumps(values).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["reference"]
