"""Cards of the knowledge base, and how they are arranged."""

from .arrangement import Department, LifeSituation, Topic
from .contents import Document, Fee, LegalBasis, Step
from .desks import Desk, DeskDistrict
from .editing import OutsideLink, ProcedureWord, ReviewLink
from .files import ProcedureFile
from .procedure import Procedure, ProcedureVersion

__all__ = [
    "Department",
    "Desk",
    "DeskDistrict",
    "Document",
    "Fee",
    "LegalBasis",
    "LifeSituation",
    "OutsideLink",
    "Procedure",
    "ProcedureFile",
    "ProcedureVersion",
    "ProcedureWord",
    "ReviewLink",
    "Step",
    "Topic",
]
