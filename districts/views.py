"""Public pages of the editions that came, or will come, into force; each address is permanent."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from districts.editions.exporting import checksum
from districts.editions.periods import periods_of
from districts.models import Edition, Layer

from .downloading import download_changes, download_edition, files_of_edition
from .forms import OtherEditionForm
from .showing import describe_changes, outlines_as_geojson


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Every layer with the periods of its editions, the newest first."""
    layers = Layer.objects.filter(activations__isnull=False).distinct()
    rows = [(layer, periods_of(layer.pk)[::-1]) for layer in layers]
    return render(request, "districts/editions.html", {"layers": rows})


@require_safe
def edition(request: HttpRequest, code: str) -> HttpResponse:
    """With the change sheet: what it changes of the edition before, or of another one."""
    row = _find_public(code)
    form = _other_edition(request, row)
    context = {
        "edition": row,
        "periods": [one for one in periods_of(row.layer.pk) if one.edition == row],
        "form": form,
        "files": files_of_edition(lambda suffix: _address("edition-file", row, suffix)),
        "checksum": checksum(row),
        **describe_changes(form.chosen, row, "districts:changes-file"),
    }
    return render(request, "districts/edition.html", context, status=400 if form.errors else 200)


@require_safe
def outlines(request: HttpRequest, code: str) -> HttpResponse:
    """The districts of an edition as maps draw them. They never change."""
    body = outlines_as_geojson(_find_public(code))
    response = HttpResponse(body, content_type="application/geo+json")
    patch_cache_control(response, public=True, max_age=24 * 3600)
    return response


@require_safe
def edition_file(request: HttpRequest, code: str, suffix: str) -> HttpResponse:
    return download_edition(_find_public(code), suffix)


@require_safe
def changes_file(request: HttpRequest, code: str, suffix: str) -> HttpResponse:
    row = _find_public(code)
    return download_changes(_other_edition(request, row).chosen, row, suffix)


def _public() -> QuerySet[Edition]:
    return Edition.objects.filter(activations__isnull=False).distinct()


def _find_public(code: str) -> Edition:
    return get_object_or_404(_public().select_related("layer", "based_on"), code=code)


def _other_edition(request: HttpRequest, row: Edition) -> OtherEditionForm:
    among = _public().filter(layer=row.layer).exclude(pk=row.pk).order_by("-approved_at")
    usual = row.based_on if row.based_on in among else None
    return OtherEditionForm(request.GET, among=among, usual=usual)


def _address(name: str, row: Edition, suffix: str) -> str:
    return reverse(f"districts:{name}", args=[row.code, suffix])
