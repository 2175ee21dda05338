"""The style sheet that every page needs, as one file: one request instead of eight."""

from pathlib import Path

from geo_portal.settings.env import BASE_DIR

SOURCES = BASE_DIR / "static" / "css"
TARGET = BASE_DIR / "static" / "build" / "portal.css"
# Later ones may refine earlier ones.
ORDER = ("tokens", "base", "frame", "controls", "components", "reports", "pages", "print")


def write_stylesheet(target: Path = TARGET) -> None:
    """Write ``target``: the files of ``ORDER``, one after the other."""
    target.parent.mkdir(parents=True, exist_ok=True)
    parts = [(SOURCES / f"{name}.css").read_text(encoding="utf-8") for name in ORDER]
    temporary = target.with_suffix(".new")
    temporary.write_text("\n".join(parts), encoding="utf-8")
    temporary.replace(target)
