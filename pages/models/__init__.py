"""What the pages around the map keep."""

from .entry import Entry, News, Question, QuestionGroup
from .inquiry import Inquiry, InquiryAnswer

__all__ = ["Entry", "Inquiry", "InquiryAnswer", "News", "Question", "QuestionGroup"]
