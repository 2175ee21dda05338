"""Templates of documents to download, and pictures of cards."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from procedures.models import Document, ProcedureFile, ProcedureVersion


@require_safe
def download(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """A file that some published version names. It is given out to be saved, never to be opened in
    the page, and never interpreted as another type.
    """
    file = get_object_or_404(ProcedureFile, pk=pk, name=name, kind=ProcedureFile.Kind.TEMPLATE)
    begun = ProcedureVersion.objects.begun()
    if not Document.objects.filter(template=file, version__in=begun).exists():
        raise Http404
    try:
        content = file.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=True, filename=file.name, content_type=file.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    # What is under this address never changes.
    response["Cache-Control"] = "public, max-age=86400, immutable"
    return response
