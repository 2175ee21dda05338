"""Files of cards are kept once each, under the hash of what they hold."""

from hashlib import sha256
from pathlib import PurePath

from django.core.files.base import ContentFile

from accounts.models import User

from .file_types import check_template
from .models import ProcedureFile
from .models.files import files_of_procedures


def keep_template(name: str, content: bytes, *, by: User | None = None) -> ProcedureFile:
    """The template of that name and content, kept from now on if it was not yet. Raises
    ``UnsafeFile`` where a type, its size or what it hides is not accepted.
    """
    content_type = check_template(name, content)
    name = short_name(name)
    digest = sha256(content).hexdigest()
    path = f"{digest[:2]}/{digest}"
    storage = files_of_procedures()
    # What a transaction that failed left behind has the same content.
    if not storage.exists(path):
        path = storage.save(path, ContentFile(content))
    kept, _is_new = ProcedureFile.objects.get_or_create(
        sha256=digest,
        name=name,
        defaults={
            "file": path,
            "content_type": content_type,
            "size": len(content),
            "uploaded_by": by,
        },
    )
    return kept


def short_name(name: str) -> str:
    """The name without signs that nobody sees, as long as its column may be."""
    path = PurePath("".join(sign for sign in name if sign.isprintable()))
    return path.stem[: 120 - len(path.suffix)] + path.suffix


def find_file(name: str) -> ProcedureFile | None:
    """The newest template with that name."""
    return ProcedureFile.objects.filter(name=name).order_by("pk").last()
