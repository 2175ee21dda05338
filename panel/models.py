"""What the rooms of staff keep beside the reports."""

from .queue.models import SavedView

__all__ = ["SavedView"]
