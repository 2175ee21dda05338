"""Files of boundaries: uploaded into a draft, chosen from, loaded by the worker."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import PersonRequest, staff_required
from districts.editions.uploading.choosing import choose
from districts.editions.uploading.loading import Choice
from districts.editions.uploading.positions import CHOICES
from districts.editions.uploading.storing import store_upload
from districts.editions.uploading.words import NOTES, crs_name, describe
from districts.models import Edition, EditionUpload
from web.errors import PortalError

from .acts import DRAFTS
from .editions import find_edition

State = EditionUpload.State
_ENCODINGS = ("UTF-8", "CP1250", "ISO-8859-2")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Plik z granicami"),
        help_text=gettext_lazy(
            "GeoPackage, Shapefile spakowany do ZIP, GeoJSON, GML, KML albo FlatGeobuf, najwyżej "
            "60 MB."
        ),
        allow_empty_file=True,
    )


class ChoiceForm(forms.Form):
    """What of one layer of a file makes the districts."""

    code = forms.ChoiceField(
        label=gettext_lazy("Pole z kodem"),
        help_text=gettext_lazy("Po kodzie poznajemy ten sam obszar w kolejnych wydaniach."),
    )
    name = forms.ChoiceField(label=gettext_lazy("Pole z nazwą"), required=False)
    borough = forms.ChoiceField(label=gettext_lazy("Pole z dzielnicą"), required=False)
    crs = forms.ChoiceField(label=gettext_lazy("Układ współrzędnych"), required=False)
    encoding = forms.ChoiceField(label=gettext_lazy("Kodowanie tekstów"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, upload: EditionUpload, layer: dict, **kwargs) -> None:
        chosen = upload.chosen if upload.chosen.get("layer") == layer["name"] else {}
        fits = [code for one in _position_problems(upload, layer) for code in one.get("fits", [])]
        kwargs["initial"] = {
            **(chosen.get("fields") or layer["guess"]),
            "crs": fits[0] if len(fits) == 1 else chosen.get("crs", ""),
            "encoding": chosen.get("encoding", ""),
            "revision": upload.edition.revision,
        }
        super().__init__(*args, **kwargs)
        fields = [(one["name"], _field_in_words(one)) for one in layer["fields"]]
        self._choices("code", fields)
        self._choices("name", [("", _("brak: nazwy zostaną ze szkicu")), *fields])
        self._choices("borough", [("", _("brak: dzielnice zostaną ze szkicu")), *fields])
        systems = [(code, crs_name(code)) for code in CHOICES]
        first = _("wybierz: plik go nie podaje")
        if layer["crs"]:
            first = _("jak w pliku: %(crs)s") % {"crs": crs_name(layer["crs"])[:60]}
        self._choices("crs", [("", first), *systems])
        self.fields["crs"].required = not layer["crs"]
        if upload.found["encoding"]:
            guessed = _("rozpoznane: %(encoding)s") % {"encoding": upload.found["encoding"]}
            self._choices("encoding", [("", guessed), *((one, one) for one in _ENCODINGS)])
        else:
            del self.fields["encoding"]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def choice(self, layer: str) -> Choice:
        given = self.cleaned_data
        fields = {what: given[what] for what in ("code", "name", "borough") if given[what]}
        return Choice(layer, fields, given["crs"], given.get("encoding", ""))


@staff_required(gis=True)
def uploads(request: PersonRequest, code: str) -> HttpResponse:
    """The files of a draft, and a place for another."""
    edition = find_edition(code)
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                upload = store_upload(edition, form.cleaned_data["file"], by=request.user)
            except PortalError as refusal:
                form.add_error(refusal.field or None, str(refusal.detail))
                status = refusal.status
            else:
                return redirect("panel:edition-upload", code, upload.pk)
    context = {
        "edition": edition,
        "form": form,
        "is_draft": edition.state in DRAFTS,
        "uploads": edition.uploads.select_related("by").defer("found"),
    }
    return render(request, "panel/boundaries/uploads.html", context, status=status)


@staff_required(gis=True)
def upload(request: PersonRequest, code: str, pk) -> HttpResponse:
    """One file: how far it is, what to choose, or what is wrong with it."""
    edition, row = find_edition(code), _find_upload(code, pk)
    if row.state != State.CHOOSING:
        if request.method == "POST":
            return redirect("panel:edition-upload", code, pk)
        return _show(request, edition, row)
    layers = row.found["layers"]
    wanted = request.GET.get("warstwa") or row.chosen.get("layer")
    layer = next((one for one in layers if one["name"] == wanted), layers[0])
    form = ChoiceForm(request.POST or None, upload=row, layer=layer)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                revision = form.cleaned_data["revision"]
                choose(row, form.choice(layer["name"]), revision=revision)
            except PortalError as refusal:
                messages.error(request, str(refusal.detail))
            return redirect("panel:edition-upload", code, pk)
    more = {
        "form": form,
        "layer": layer,
        "position": [describe(one) for one in _position_problems(row, layer)]
        if not row.problems
        else [],
        "samples": [(one["name"], one["samples"]) for one in layer["fields"]],
    }
    return _show(request, edition, row, status=status, **more)


@staff_required(gis=True)
def drawing(request: PersonRequest, code: str, pk) -> HttpResponse:
    """GeoJSON (EPSG:4326) of the layer ``?warstwa=`` of a file, simplified."""
    layers = _find_upload(code, pk).found.get("layers", [])
    wanted = request.GET.get("warstwa")
    drawn = next((one["drawing"] for one in layers if one["name"] == wanted), None)
    body = drawn or {"type": "FeatureCollection", "features": []}
    return JsonResponse(body, content_type="application/geo+json")


def _find_upload(code: str, pk) -> EditionUpload:
    rows = EditionUpload.objects.select_related("edition", "by")
    return get_object_or_404(rows, edition__code=code, pk=pk)


def _show(
    request: PersonRequest, edition: Edition, row: EditionUpload, *, status: int = 200, **more
) -> HttpResponse:
    context = {
        "edition": edition,
        "is_draft": edition.state in DRAFTS,
        "upload": row,
        "is_waiting": row.state in (State.LOOKING, State.LOADING),
        "problems": [describe(one) for one in row.problems],
        "notes": [NOTES[note] for note in row.notes],
        **more,
    }
    return render(request, "panel/boundaries/upload.html", context, status=status)


def _position_problems(row: EditionUpload, layer: dict) -> list[dict]:
    """What was found of where the data lie: when the file was loaded, or else at first sight."""
    loading = [one for one in row.problems if one["code"] == "data_elsewhere"]
    return loading or ([layer["position"]] if layer["position"] else [])


def _field_in_words(field: dict) -> str:
    samples = ", ".join(field["samples"])
    return f"{field['name']} ({samples})" if samples else field["name"]
