"""What the rooms of staff keep beside the reports."""

from .bulk.models import BulkAct, BulkItem
from .queue.models import SavedView
from .workbooks.models import Workbook

__all__ = ["BulkAct", "BulkItem", "SavedView", "Workbook"]
