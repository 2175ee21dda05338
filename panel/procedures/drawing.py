"""The text of a version as editors see it, with its pictures, and its files to download."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest, staff_required
from procedures.contents import Contents, templates_of
from procedures.illustrations import shown_pictures
from procedures.models import Picture, ProcedureFile
from procedures.serving import picture_response, template_response
from procedures.text import text_of
from web.markdown import render_markdown


def draw_text(contents: Contents) -> SafeString:
    return render_markdown(text_of(contents), shown_pictures(contents.illustrations, picture_url))


def files_to_download(contents: Contents) -> list[tuple[ProcedureFile, str]]:
    """The templates, each with its address in this room."""
    return [
        (file, reverse("panel:procedure-file", args=[file.pk, file.name]))
        for file in templates_of(contents)
    ]


def picture_url(picture: Picture) -> str:
    return reverse("panel:procedure-picture", args=[picture.pk])


@require_safe
@staff_required(editor=True)
def file(request: PersonRequest, pk: int, name: str) -> Any:
    """A template, whichever version names it."""
    return template_response(get_object_or_404(ProcedureFile, pk=pk, name=name), is_public=False)


@require_safe
@staff_required(editor=True)
def picture(request: PersonRequest, pk: int) -> Any:
    return picture_response(get_object_or_404(Picture, pk=pk), is_public=False)
