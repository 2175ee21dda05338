"""What the pages around the map keep."""

from .entry import Entry, News, Question, QuestionGroup
from .figures import Figures
from .inquiry import Inquiry, InquiryAnswer

__all__ = ["Entry", "Figures", "Inquiry", "InquiryAnswer", "News", "Question", "QuestionGroup"]
