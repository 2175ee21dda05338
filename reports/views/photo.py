"""A re-encoded photo, for those who may see it."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from reports.models import Photo, Report

SIZES = ("small", "large")


def photo(request: HttpRequest, pk: UUID, size: str) -> FileResponse:
    """WebP; 404 for what does not exist, is not ready, or is not for this person."""
    shown = get_object_or_404(Photo.objects.select_related("report"), pk=pk)
    if size not in SIZES or shown.state != Photo.State.READY or not may_see(request.user, shown):
        raise Http404
    response = FileResponse(getattr(shown, size).open("rb"), content_type="image/webp")
    # Short and private: what staff hide must vanish soon, also from caches in between.
    response["Cache-Control"] = "private, max-age=300"
    return response


def may_see(user, shown: Photo) -> bool:
    if shown.report is None:
        return False
    if shown.is_shown and not shown.report.is_hidden:
        return True
    return Report.objects.visible_to(user).filter(pk=shown.report_id).exists()
