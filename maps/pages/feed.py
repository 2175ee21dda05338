"""``/mapa/kanal.atom``: what changed among selected reports, as Atom with GeoRSS."""

import hashlib

from django.contrib.gis.feeds import GeoAtom1Feed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maps.circle import Circle, read_circle
from maps.selection import Selection, read_selection
from maps.turns import in_turn
from reports.models import Report
from web.addresses import absolute_url
from web.errors import Unavailable

from .filters import chosen_filters
from .listing import within_time

_MOST = 50
# Seconds for which a reader of feeds need not ask again.
_FRESH = 300


@require_safe
@in_turn
def feed(request: HttpRequest) -> HttpResponse:
    """The last changes by the filters of the map (none: all), and in a circle (``kolo``)."""
    selection, circle = read_selection(request.GET), read_circle(request.GET.get("kolo", ""))
    reports = _changed(selection, circle)
    edition = repr((get_language(), [(one.reference, one.updated_at) for one in reports]))
    etag = f'W/"{hashlib.sha256(edition.encode()).hexdigest()[:32]}"'
    newest = int(reports[0].updated_at.timestamp()) if reports else None
    response = get_conditional_response(request, etag=etag, last_modified=newest)
    if response is None:
        body = _atom(request, selection, circle, reports)
        response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={_FRESH}"
    return response


def _changed(selection: Selection, circle: Circle | None) -> list[Report]:
    found = selection.filter(Report.objects.all())
    if circle:
        found = circle.filter(found)
    shown = found.select_related("category", "district")
    shown = shown.defer("district__boundary", "district__outline")
    rows = within_time(shown.order_by("-updated_at", "-id")[:_MOST])
    if rows is None:
        raise Unavailable
    return rows


def _atom(
    request: HttpRequest, selection: Selection, circle: Circle | None, reports: list[Report]
) -> str:
    words = [one.words for one in chosen_filters(selection)]
    if circle:
        words.append(_("w promieniu %(metres)s m") % {"metres": circle.metres})
    title = _("Zgłoszenia w Łodzi")
    atom = GeoAtom1Feed(
        title=f"{title}: {', '.join(words)}" if words else title,
        link=f"{absolute_url('maps:map')}?{selection.as_query()}",
        description=_("Co się zmieniło. Najnowsze na początku."),
        language=get_language(),
        feed_url=f"{absolute_url('maps:feed')}?{request.GET.urlencode()}",
    )
    for report in reports:
        link = absolute_url("reports:status", report.reference)
        atom.add_item(
            title=f"{report.category.name}: {report.get_status_display()}",
            link=link,
            description=report.public_place_in_words,
            unique_id=link,
            pubdate=report.created_at,
            updateddate=report.updated_at,
            geometry=report.public_location.coords,
        )
    return atom.writeString("utf-8")
