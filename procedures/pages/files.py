"""Templates of documents to download, and pictures of cards."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from procedures.models import Document, Illustration, Picture, ProcedureFile, ProcedureVersion
from procedures.serving import picture_response, template_response


@require_safe
def download(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """A template that some published version names."""
    file = get_object_or_404(ProcedureFile, pk=pk, name=name)
    begun = ProcedureVersion.objects.begun()
    if not Document.objects.filter(template=file, version__in=begun).exists():
        raise Http404
    return template_response(file, is_public=True)


@require_safe
def picture(request: HttpRequest, pk: int) -> FileResponse:
    """A picture that some published version shows."""
    found = get_object_or_404(Picture, pk=pk)
    begun = ProcedureVersion.objects.begun()
    if not Illustration.objects.filter(picture=found, version__in=begun).exists():
        raise Http404
    return picture_response(found, is_public=True)
