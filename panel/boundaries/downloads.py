"""Files of an edition, drafts too, and the change sheet against any other edition of its layer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import PersonRequest, staff_required
from districts.downloading import download_changes, download_edition, files_of_edition
from districts.forms import OtherEditionForm
from districts.models import Edition
from districts.showing import describe_changes

from .editions import edition_to_compare, find_edition


@staff_required(gis=True)
def downloads(request: PersonRequest, code: str) -> HttpResponse:
    row = find_edition(code)
    form = _other_edition(request, row)
    files = files_of_edition(lambda suffix: reverse("panel:edition-file", args=[code, suffix]))
    context = {
        "edition": row,
        "form": form,
        "is_public": row.activations.exists(),
        "files": files,
        **describe_changes(form.chosen, row, "panel:edition-changes-file"),
    }
    status = 400 if form.errors else 200
    return render(request, "panel/boundaries/downloads.html", context, status=status)


@staff_required(gis=True)
def edition_file(request: PersonRequest, code: str, suffix: str) -> HttpResponse:
    return download_edition(find_edition(code), suffix)


@staff_required(gis=True)
def changes_file(request: PersonRequest, code: str, suffix: str) -> HttpResponse:
    row = find_edition(code)
    return download_changes(_other_edition(request, row).chosen, row, suffix)


def _other_edition(request: PersonRequest, row: Edition) -> OtherEditionForm:
    among = Edition.objects.filter(layer=row.layer).exclude(pk=row.pk).order_by("-created_at")
    return OtherEditionForm(request.GET, among=among, usual=edition_to_compare(row))
