"""Which files may be a template to download: a few types, told by their bytes."""

from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.errors import PortalError

MOST_BYTES = 10 * 1024 * 1024
_ZIP = b"PK\x03\x04"
# Ending → content type and how such a file begins; text has no mark of its own.
_TYPES = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".odt": ("application/vnd.oasis.opendocument.text", _ZIP),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", _ZIP),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP),
    ".txt": ("text/plain; charset=utf-8", b""),
    ".csv": ("text/csv; charset=utf-8", b""),
}


class UnsafeFile(PortalError):
    """A file that is not kept; ``detail`` says why."""

    status = 400
    code = "unsafe_file"
    detail = gettext_lazy("Tego pliku nie przyjmujemy.")


def check_template(name: str, content: bytes) -> str:
    """The content type of a template; ``UnsafeFile`` where it is not accepted."""
    ending = PurePath(name).suffix.lower()
    if ending not in _TYPES:
        raise UnsafeFile(_("Przyjmujemy pliki PDF, ODT, DOCX, ODS, XLSX, TXT i CSV."))
    if not content:
        raise UnsafeFile(_("Ten plik jest pusty."))
    if len(content) > MOST_BYTES:
        raise UnsafeFile(_("Ten plik jest za duży. Przyjmujemy pliki do 10 MB."))
    content_type, beginning = _TYPES[ending]
    if not content.startswith(beginning):
        raise UnsafeFile(_("Zawartość pliku nie pasuje do jego nazwy. Zapisz go jeszcze raz."))
    return content_type
