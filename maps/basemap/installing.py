"""Puts a checked file in force, all at once, and says which file is."""

import os
import shutil
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.utils.translation import gettext as _

from .checking import check_basemap
from .errors import BasemapError

SUFFIX = ".pmtiles"
# A link to the file in force. Its target is changed at once, so there is always one or none.
_IN_FORCE = "w-mocy"
_DIGITS = 16


def install_basemap(path: Path) -> str:
    """Check the file at ``path``, copy it to the folder of base maps and put it in force; returns
    its name there, which tells its content.

    Raises ``BasemapError``; what was in force then stays. The file before it is kept, for pages
    that are open; older ones are deleted. The same file again changes nothing.
    """
    folder = settings.BASEMAP_DIR
    folder.mkdir(parents=True, exist_ok=True)
    before = name_in_force()
    with NamedTemporaryFile(dir=folder, prefix="nowy-", delete=False) as copy:
        new = Path(copy.name)
        try:
            with path.open("rb") as source:
                shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
            # The copy is checked: what is written over the original meanwhile does no harm.
            check_basemap(new)
            name = _digest(new)
            new.chmod(0o644)
            new.replace(folder / f"{name}{SUFFIX}")
        except OSError as wrong:
            problem = _("Nie udało się odczytać albo zapisać pliku: %(reason)s")
            raise BasemapError(problem % {"reason": wrong}) from wrong
        finally:
            new.unlink(missing_ok=True)
    _point_at(folder, name)
    for old in folder.glob(f"*{SUFFIX}"):
        if old.stem not in (name, before):
            old.unlink(missing_ok=True)
    return name


def name_in_force() -> str:
    """The name of the base map in force, or "" if there is none."""
    try:
        target = Path(os.readlink(settings.BASEMAP_DIR / _IN_FORCE))
    except OSError:
        return ""
    return target.stem if (settings.BASEMAP_DIR / target).is_file() else ""


def path_of(name: str) -> Path:
    return settings.BASEMAP_DIR / f"{name}{SUFFIX}"


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()[:_DIGITS]


def _point_at(folder: Path, name: str) -> None:
    link = folder / f"{_IN_FORCE}.nowy"
    link.unlink(missing_ok=True)
    link.symlink_to(f"{name}{SUFFIX}")
    link.replace(folder / _IN_FORCE)
