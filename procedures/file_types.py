"""Which files may be a template to download: a few types, told by their bytes."""

from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.errors import PortalError

from . import office_files
from .pdf_files import is_active

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
    if ending == ".pdf":
        is_harmless = not is_active(content)
    elif beginning == _ZIP:
        is_harmless = office_files.is_harmless(content, ending, content_type)
    else:
        is_harmless = _is_plain_text(content)
    if not is_harmless:
        raise UnsafeFile(
            _(
                "Ten plik zawiera coś więcej niż treść (makro, skrypt, inny plik, szyfrowanie) albo"
                " jest uszkodzony. Zapisz go bez tego i wgraj jeszcze raz."
            )
        )
    return content_type


def _is_plain_text(content: bytes) -> bool:
    """UTF-8 without control characters but tab and line ends."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in "\t\r\n\u00a0\u00ad" for sign in text)
