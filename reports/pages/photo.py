"""A re-encoded photo, for those who may see it."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import needs_second_factor
from accounts.models import User
from reports.models import Photo, Report

_SIZES = ("small", "large")


@require_safe
def photo(request: HttpRequest, pk: UUID, size: str) -> HttpResponse:
    """WebP; 404 for what does not exist, is not ready, or is not for this person."""
    shown = get_object_or_404(Photo.objects.select_related("report"), pk=pk)
    if size not in _SIZES or shown.state != Photo.State.READY or not _may_see(request.user, shown):
        raise Http404
    response = HttpResponse(_content(getattr(shown, size)), content_type="image/webp")
    # Short and private: what staff hide must vanish soon, also from caches in between.
    response["Cache-Control"] = "private, max-age=300"
    return response


def _content(file: FieldFile) -> bytes:
    """The whole file; ``Http404`` if it is gone, as after a restore without the photos."""
    try:
        with file.open("rb") as stored:
            return stored.read()
    except FileNotFoundError as missing:
        raise Http404 from missing


def _may_see(user: User | AnonymousUser, shown: Photo) -> bool:
    if shown.report is None:
        return False
    if shown.is_shown and not shown.report.is_hidden:
        return True
    if user.is_authenticated and needs_second_factor(user):
        return False
    return Report.objects.visible_to(user).filter(pk=shown.report.pk).exists()
