"""What the pages around the map keep."""

from .entry import Entry, News, Question, QuestionGroup

__all__ = ["Entry", "News", "Question", "QuestionGroup"]
