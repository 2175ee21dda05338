"""How files of cards are given out, whoever asks for them."""

from django.http import FileResponse, Http404

from .models import Picture, ProcedureFile

# A file is data and nothing else: it loads nothing, runs nothing and is no page of ours.
_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
_FOR_EVERYBODY = "public, max-age=86400, immutable"
_FOR_ONE_READER = "private, no-store"


def template_response(file: ProcedureFile, *, is_public: bool) -> FileResponse:
    """To be saved, never to be opened in the page. ``Http404`` where the file is lost."""
    return _respond(file, file.content_type, is_public=is_public, as_attachment=True)


def picture_response(picture: Picture, *, is_public: bool) -> FileResponse:
    return _respond(picture, "image/webp", is_public=is_public, as_attachment=False)


def _respond(
    kept: ProcedureFile | Picture, content_type: str, *, is_public: bool, as_attachment: bool
) -> FileResponse:
    try:
        content = kept.file.open("rb")
    except (FileNotFoundError, ValueError):
        # Lost, or not made yet.
        raise Http404 from None
    response = FileResponse(
        content,
        as_attachment=as_attachment,
        filename=kept.name if as_attachment else f"{kept.pk}.webp",
        content_type=content_type,
    )
    for name, value in _HEADERS.items():
        response[name] = value
    # What is under an address never changes; whether it may be seen can.
    response["Cache-Control"] = _FOR_EVERYBODY if is_public else _FOR_ONE_READER
    return response
