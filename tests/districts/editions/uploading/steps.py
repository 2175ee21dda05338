"""What a person and the worker do with a file, one after the other."""

from django.core.files.base import ContentFile

from districts.editions.drafting import begin_draft
from districts.editions.uploading.choosing import choose
from districts.editions.uploading.loading import Choice
from districts.editions.uploading.processing import process_due
from districts.editions.uploading.storing import store_upload
from districts.editions.uploading.words import describe
from districts.models import OSIEDLA, Edition, EditionUpload, Layer


def draft(code: str = "next", *, by=None) -> Edition:
    return begin_draft(Layer.objects.get(pk=OSIEDLA), code, by=by, source="x", credit="x")


def uploaded(edition: Edition, content: bytes, *, name: str = "granice", by=None) -> EditionUpload:
    """Stored, and looked at by the worker."""
    upload = store_upload(edition, ContentFile(content, name), by=by)
    process_due()
    upload.refresh_from_db()
    return upload


def loaded(upload: EditionUpload, **choice: object) -> EditionUpload:
    """The layer and fields that are guessed are chosen, but for ``choice``; the worker loads it."""
    layer = upload.found["layers"][0]
    guessed = {what: field for what, field in layer["guess"].items() if field}
    given = {"layer": layer["name"], "fields": guessed, **choice}
    upload.edition.refresh_from_db()
    choose(upload, Choice(**given), revision=upload.edition.revision)
    process_due()
    upload.refresh_from_db()
    return upload


def told(upload: EditionUpload) -> list[str]:
    return [describe(problem) for problem in upload.problems]
