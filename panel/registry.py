"""What staff may do about a report: one row an act.

Addresses (``panel/urls.py``), the view behind them (``panel/report/acts.py``), buttons and forms on
the page of the report (``panel/report/page.py``) and the access matrix of the tests follow from the
rows. To add an act: its function in ``reports/``, a form in ``panel/report/forms.py``, a row here.

Three kinds of acts have no row here, because they concern no report: publishing the annex, raising
the guard, and what administrators do to an account (``accounts/people``). They check no version of
a report, and each returns to a page of its own.
"""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.handling import asking, assignees, correcting, memos, merging, moderation
from reports.handling.answering import answer_report
from reports.handling.workflow import choices_from
from reports.letters import mending
from reports.models import Photo, Report, ReportWord, Status
from reports.photos.blurring import blur_photo
from reports.photos.clearing import clear_photo

from .act import Act, Button, Permission, Section, Tells
from .report import forms


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
        tells=Tells.ASSIGNEE,
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
        tells=Tells.READERS,
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
        tells=Tells.READERS,
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
        tells=Tells.READERS,
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
        tells=Tells.READERS,
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
        in_bulk=True,
        tells=Tells.READERS,
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
