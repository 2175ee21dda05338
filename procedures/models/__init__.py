"""Cards of the knowledge base, and how they are arranged."""

from .arrangement import Department, LifeSituation, Topic
from .contents import Document, Fee, Illustration, LegalBasis, Step
from .desks import Desk, DeskDistrict
from .editing import OutsideLink, ProcedureWord, ReviewLink
from .feedback import Feedback
from .files import Picture, ProcedureFile
from .procedure import Procedure, ProcedureVersion
from .search import MissedQuery, SearchEntry, SearchTerm, WordForm

__all__ = [
    "Department",
    "Desk",
    "DeskDistrict",
    "Document",
    "Fee",
    "Feedback",
    "Illustration",
    "LegalBasis",
    "LifeSituation",
    "MissedQuery",
    "OutsideLink",
    "Picture",
    "Procedure",
    "ProcedureFile",
    "ProcedureVersion",
    "ProcedureWord",
    "ReviewLink",
    "SearchEntry",
    "SearchTerm",
    "Step",
    "Topic",
    "WordForm",
]
