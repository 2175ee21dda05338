"""A re-encoded photo, for people who may see it."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import needs_second_factor
from accounts.models import User
from reports.models import Photo, Report

_SIZES = ("small", "large")


@require_safe
def photo(request: HttpRequest, pk: UUID, size: str) -> HttpResponse:
    """WebP. 404 for a photo that does not exist, is not ready, or is not for this person; also if
    the file is missing, as after a restore without the photos.
    """
    shown = get_object_or_404(Photo.objects.select_related("report"), pk=pk)
    if not _may_see(request.user, shown):
        raise Http404
    return photo_response(shown, size)


def photo_response(shown: Photo, size: str) -> HttpResponse:
    """The picture, for somebody who may see it. Raises ``Http404`` as ``photo`` does."""
    if size not in _SIZES or shown.state != Photo.State.READY:
        raise Http404
    try:
        with getattr(shown, size).open("rb") as file:
            content = file.read()
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = HttpResponse(content, content_type="image/webp")
    # Short and private, because what staff hide must soon vanish, also from caches on the way.
    response["Cache-Control"] = "private, max-age=300"
    return response


def _may_see(user: User | AnonymousUser, shown: Photo) -> bool:
    if shown.report is None:
        return False
    if shown.is_shown and not shown.report.is_hidden:
        return True
    if user.is_authenticated and needs_second_factor(user):
        return False
    return Report.objects.visible_to(user).filter(pk=shown.report.pk).exists()
