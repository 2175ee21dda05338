"""What a row of the registry says of an act of staff (``panel/registry.py``)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from accounts.access import has_access, staff_required
from accounts.models import User
from reports.models import Photo, Report, ReportWord

from .report import forms


class Permission(StrEnum):
    """Who may do an act, of the staff who see the report."""

    STAFF = "staff"
    # The values are what accounts.access calls the roles.
    OPERATOR = "operator"
    # Of the report's unit: ``is_for`` asks, and so does the act.
    LEADER = "leader_or_operator"

    def includes(self, user: User) -> bool:
        return has_access(user, **self._roles)

    def require(self, view: Callable) -> Callable:
        """Decorate ``view``, see ``staff_required``."""
        return staff_required(**self._roles)(view)

    @property
    def _roles(self) -> dict[str, bool]:
        return {} if self is Permission.STAFF else {self.value: True}


class Section(StrEnum):
    """Where on the page an act is offered. Those of PHOTO stand at each photo and are about it; all
    others are about the report.
    """

    ASSIGNEE = "assignee"
    ANSWER = "answer"
    MEMO = "memo"
    QUESTION = "question"
    DESCRIPTION = "description"
    PHOTO = "photo"
    CORRECTIONS = "corrections"
    # Drawn beside the number of the report that this one repeats.
    ORIGINAL = "original"
    # Drawn at each letter that failed.
    LETTERS = "letters"
    SENDER = "sender"


class Tells(StrEnum):
    """Who gets a letter about an act, at once or when the report has reached its unit."""

    NOBODY = "nobody"
    # Sender and followers.
    READERS = "readers"
    ASSIGNEE = "assignee"


@dataclass(frozen=True, slots=True)
class Button:
    """``title``: of the box that opens to show the form, where there is one; ``look``: a CSS class
    of buttons.
    """

    label: Promise
    title: Promise | str = ""
    icon: str = ""
    look: str = "primary"


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """``path``: after ``zgloszenia/<reference>/``; ``name``: of the address; ``prefix``: of the
    fields' names.

    ``run`` is called with the report or the photo, the form's ``arguments()`` and ``by``; it owns
    its transaction and raises ``PortalError``. ``words``: what it may write on the trail.

    ``undo`` is the button where ``is_done`` says of the report or photo that the act undoes what it
    did. ``is_offered``: whether it makes sense now; ``is_for``: to this person.
    ``covered_by``: the name of an act that does the same and more; whoever may do that one is not
    offered this one.

    ``template`` draws the form. ``keeps_typed``: whether a refusal shows the form as it was sent;
    where there is only a button to press, the page shows it as things are now.

    ``in_bulk``: whether it makes sense to send one form for many reports (``panel/bulk``), whose
    preview says whom it ``tells``. ``shortcut``: the key that presses its button, or opens its
    form.
    """

    name: str
    path: str
    section: Section
    permission: Permission
    form: type[forms.ActForm]
    prefix: str
    run: Callable[..., object]
    words: tuple[ReportWord, ...]
    button: Button
    undo: Button | None = None
    is_done: Callable[[Any], bool] = lambda _subject: False
    is_offered: Callable[[Any], bool] = lambda _subject: True
    is_for: Callable[[User, Any], bool] = lambda _user, _subject: True
    covered_by: str = ""
    template: str = "panel/report/acts/typed.html"
    keeps_typed: bool = True
    in_bulk: bool = False
    tells: Tells = Tells.NOBODY
    shortcut: str = ""

    @property
    def is_about_photo(self) -> bool:
        return self.section is Section.PHOTO

    def button_for(self, subject: Report | Photo) -> Button:
        return self.undo if self.undo and self.is_done(subject) else self.button

    def form_for(self, report: Report, photo: Photo | None, *sent) -> forms.ActForm:
        """The form, bound to ``sent`` (values, files) where these are given."""
        ids = f"id_{photo.pk}_%s" if photo else "id_%s"
        return self.form(*sent, report=report, photo=photo, prefix=self.prefix, auto_id=ids)
