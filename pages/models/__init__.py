"""What the pages around the map keep."""

from .entry import Entry, News, Question, QuestionGroup
from .figures import Figures

__all__ = ["Entry", "Figures", "News", "Question", "QuestionGroup"]
