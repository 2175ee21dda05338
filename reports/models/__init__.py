"""Reports and everything that belongs to them, one topic in each file."""

from .answer_template import AnswerTemplate
from .contact import Contact
from .digest import DigestLine
from .dispatch import Assignment, Dispatch
from .extent import TouchedDistrict
from .follow import Follow
from .guard import GuardRaise
from .memo import Memo
from .photo import Photo
from .report import Report, Source, ToOperator
from .rerouting import Rerouting, StayingGroup
from .second_thoughts import Remark, Verdict
from .sender_question import SenderQuestion
from .status import Status, StatusChange
from .tally import Mark, Tally, TallyChange, TallyState
from .trail import AnswerTemplateWord, ReportWord
from .upload import Upload

__all__ = [
    "AnswerTemplate",
    "AnswerTemplateWord",
    "Assignment",
    "Contact",
    "DigestLine",
    "Dispatch",
    "Follow",
    "GuardRaise",
    "Mark",
    "Memo",
    "Photo",
    "Remark",
    "Report",
    "ReportWord",
    "Rerouting",
    "SenderQuestion",
    "Source",
    "Status",
    "StatusChange",
    "StayingGroup",
    "Tally",
    "TallyChange",
    "TallyState",
    "ToOperator",
    "TouchedDistrict",
    "Upload",
    "Verdict",
]
