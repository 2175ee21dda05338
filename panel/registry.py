"""What staff may do about a report: one row an act.

Addresses (``panel/urls.py``), the view behind them (``panel/report/acts.py``), buttons and forms on
the page of the report (``panel/report/page.py``) and the access matrix of the tests follow from the
rows. To add an act: its function in ``reports/``, a form in ``panel/report/forms.py``, a row here.

Three kinds of acts have no row here, because they concern no report: publishing the annex, raising
the guard, and what administrators do to an account (``accounts/people``). They check no version of
a report, and each returns to a page of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import has_access, staff_required
from accounts.models import User
from reports.handling import asking, assignees, correcting, memos, merging, moderation
from reports.handling.answering import answer_report
from reports.handling.workflow import choices_from
from reports.letters import mending
from reports.models import Photo, Report, ReportWord, Status
from reports.photos.blurring import blur_photo
from reports.photos.clearing import clear_photo

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

    ``in_bulk``: whether it makes sense to send one form for many reports. ``shortcut``: the key
    that presses its button, or opens its form.
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


def offered_acts(user: User, section: Section, subject: Report | Photo) -> list[Act]:
    """The rows of ``section`` that the page offers now to ``user``, who sees the report."""
    allowed = {act.name for act in ACTS if act.permission.includes(user)}
    return [
        act
        for act in ACTS
        if act.section is section
        and act.name in allowed
        and act.covered_by not in allowed
        and act.is_offered(subject)
        and act.is_for(user, subject)
    ]


_PRESSED = "panel/report/acts/pressed.html"
_SHOW = Button(_("Pokaż publicznie"), icon="eye", look="small")
_SHOW_NO_LONGER = Button(_("Nie pokazuj publicznie"), icon="eye-off", look="small")

ACTS = (
    Act(
        name="take",
        path="wziecie/",
        section=Section.ASSIGNEE,
        permission=Permission.STAFF,
        form=forms.ActForm,
        prefix="take",
        run=assignees.take_report,
        words=(ReportWord.TAKEN,),
        button=Button(_("Biorę tę sprawę"), icon="user-check", look="small"),
        is_for=lambda user, report: report.assignee_id != user.pk,
        template=_PRESSED,
        keeps_typed=False,
        in_bulk=True,
        shortcut="c",
    ),
    Act(
        name="let-go",
        path="oddanie/",
        section=Section.ASSIGNEE,
        permission=Permission.STAFF,
        form=forms.ActForm,
        prefix="let_go",
        run=assignees.let_go,
        words=(ReportWord.LET_GO,),
        button=Button(_("Oddaję tę sprawę"), icon="user-x", look="small quiet"),
        is_for=lambda user, report: report.assignee_id == user.pk,
        template=_PRESSED,
        keeps_typed=False,
        in_bulk=True,
        shortcut="c",
    ),
    Act(
        name="set-assignee",
        path="osoba/",
        section=Section.ASSIGNEE,
        permission=Permission.LEADER,
        form=forms.AssigneeForm,
        prefix="assignee",
        run=assignees.set_assignee,
        words=(ReportWord.ASSIGNEE_SET,),
        button=Button(_("Przydziel"), title=_("Przydziel osobie")),
        is_for=lambda user, report: assignees.may_assign(user, report.unit),
        in_bulk=True,
    ),
    Act(
        name="change-status",
        path="status/",
        section=Section.ANSWER,
        permission=Permission.STAFF,
        form=forms.StatusForm,
        prefix="status",
        run=answer_report,
        words=(ReportWord.STATUS_CHANGED,),
        button=Button(_("Zapisz odpowiedź")),
        template="panel/report/acts/answer.html",
        shortcut="a",
        is_offered=lambda report: bool(choices_from(report.status)),
        in_bulk=True,
    ),
    Act(
        name="add-memo",
        path="notatka/",
        section=Section.MEMO,
        permission=Permission.STAFF,
        form=forms.MemoForm,
        prefix="memo",
        run=memos.add_memo,
        words=(ReportWord.MEMO_ADDED,),
        button=Button(_("Dopisz notatkę"), look="small"),
    ),
    Act(
        name="ask-sender",
        path="pytanie/",
        section=Section.QUESTION,
        permission=Permission.STAFF,
        form=forms.QuestionForm,
        prefix="question",
        run=asking.ask_sender,
        words=(ReportWord.SENDER_ASKED,),
        button=Button(_("Wyślij pytanie"), title=_("Zapytaj zgłaszającego")),
        is_offered=asking.may_be_asked_now,
    ),
    Act(
        name="clear-description",
        path="opis/",
        section=Section.DESCRIPTION,
        permission=Permission.STAFF,
        form=forms.ClearDescriptionForm,
        prefix="description",
        run=moderation.clear_description,
        words=(ReportWord.DESCRIPTION_CLEARED,),
        button=_SHOW,
        undo=_SHOW_NO_LONGER,
        is_done=lambda report: report.description_is_public,
        template=_PRESSED,
        keeps_typed=False,
    ),
    Act(
        name="blur-photo",
        path="zdjecia/<uuid:pk>/zamazanie/",
        section=Section.PHOTO,
        permission=Permission.STAFF,
        form=forms.BlurForm,
        prefix="blur",
        run=blur_photo,
        words=(ReportWord.PHOTO_BLURRED,),
        button=Button(_("Zamaż zaznaczone na zawsze"), icon="eye-off", look="small"),
        is_offered=lambda photo: bool(photo.areas) and photo.state == Photo.State.READY,
        template="panel/report/acts/blur.html",
        keeps_typed=False,
    ),
    Act(
        name="clear-photo",
        path="zdjecia/<uuid:pk>/",
        section=Section.PHOTO,
        permission=Permission.STAFF,
        form=forms.ClearPhotoForm,
        prefix="photo",
        run=clear_photo,
        words=(ReportWord.PHOTO_CLEARED,),
        button=_SHOW,
        undo=_SHOW_NO_LONGER,
        is_done=lambda photo: photo.is_public,
        is_offered=lambda photo: photo.state == Photo.State.READY,
        template=_PRESSED,
        keeps_typed=False,
    ),
    Act(
        name="correct-category",
        path="kategoria/",
        section=Section.CORRECTIONS,
        permission=Permission.OPERATOR,
        form=forms.CategoryForm,
        prefix="category",
        run=correcting.correct_category,
        words=(ReportWord.CATEGORY_CORRECTED,),
        button=Button(_("Zmień kategorię"), title=_("Popraw kategorię")),
        in_bulk=True,
    ),
    Act(
        name="correct-place",
        path="miejsce/",
        section=Section.CORRECTIONS,
        permission=Permission.OPERATOR,
        form=forms.PlaceForm,
        prefix="place",
        run=correcting.correct_place,
        words=(ReportWord.PLACE_CORRECTED,),
        button=Button(_("Zmień miejsce"), title=_("Popraw miejsce")),
    ),
    Act(
        name="forward",
        path="przekazanie/",
        section=Section.CORRECTIONS,
        permission=Permission.OPERATOR,
        form=forms.ForwardForm,
        prefix="forward",
        run=correcting.forward,
        words=(ReportWord.FORWARDED,),
        button=Button(_("Przekaż"), title=_("Przekaż innej jednostce")),
        in_bulk=True,
        shortcut="f",
    ),
    Act(
        name="give-back",
        path="zwrot/",
        section=Section.CORRECTIONS,
        permission=Permission.STAFF,
        form=forms.GiveBackForm,
        prefix="give_back",
        run=correcting.forward,
        words=(ReportWord.FORWARDED,),
        button=Button(_("Zwróć operatorowi"), title=_("Sprawa nie należy do nas"), look="danger"),
        covered_by="forward",
        in_bulk=True,
        shortcut="f",
    ),
    Act(
        name="merge",
        path="polaczenie/",
        section=Section.CORRECTIONS,
        permission=Permission.STAFF,
        form=forms.MergeForm,
        prefix="merge",
        run=merging.merge,
        words=(ReportWord.STATUS_CHANGED,),
        button=Button(_("Połącz"), title=_("Połącz z wcześniejszym zgłoszeniem")),
        is_offered=lambda report: Status.DUPLICATE in choices_from(report.status),
        template="panel/report/acts/merge.html",
    ),
    Act(
        name="unmerge",
        path="rozdzielenie/",
        section=Section.ORIGINAL,
        permission=Permission.STAFF,
        form=forms.ActForm,
        prefix="unmerge",
        run=merging.unmerge,
        words=(ReportWord.UNMERGED,),
        button=Button(_("Rozdziel z powrotem"), icon="rotate-ccw", look="small"),
        is_offered=lambda report: report.status == Status.DUPLICATE,
        template=_PRESSED,
        keeps_typed=False,
    ),
    Act(
        name="send-letter-again",
        path="wiadomosc/",
        section=Section.LETTERS,
        permission=Permission.STAFF,
        form=forms.LetterForm,
        prefix="letter",
        run=mending.send_letter_again,
        words=(ReportWord.LETTER_SENT_AGAIN,),
        button=Button(_("Wyślij jeszcze raz"), icon="rotate-ccw", look="small"),
        template="panel/report/acts/letter.html",
        keeps_typed=False,
    ),
    Act(
        name="mend-address",
        path="adres/",
        section=Section.SENDER,
        permission=Permission.OPERATOR,
        form=forms.AddressForm,
        prefix="address",
        run=mending.mend_address,
        words=(ReportWord.ADDRESS_MENDED,),
        button=Button(_("Zapisz adres"), title=_("Popraw adres e-mail zgłaszającego")),
        is_offered=lambda report: report.contacts.filter(is_sender=True).exists(),
    ),
    Act(
        name="visibility",
        path="widocznosc/",
        section=Section.CORRECTIONS,
        permission=Permission.OPERATOR,
        form=forms.VisibilityForm,
        prefix="visibility",
        run=moderation.set_visibility,
        words=(ReportWord.HIDDEN, ReportWord.UNHIDDEN),
        button=Button(_("Ukryj zgłoszenie"), title=_("Ukryj przed mieszkańcami"), look="danger"),
        undo=Button(_("Pokaż zgłoszenie"), title=_("Pokaż mieszkańcom"), look="danger"),
        is_done=lambda report: report.is_hidden,
        in_bulk=True,
    ),
)
