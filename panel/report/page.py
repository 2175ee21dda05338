"""The page of one report: what staff see of it, and all that they may do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms.utils import ErrorList
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from accounts.access import PersonRequest, staff_required
from accounts.models import AuditEntry
from catalogue.questions import answers_in_words
from panel.act import Act, Button, Section
from panel.registry import offered_acts
from reports.handling.answer_templates import fill_template
from reports.handling.asking import may_ask
from reports.handling.originals import suggest_originals
from reports.intake.personal_data import kinds_in_words
from reports.models import AnswerTemplate, Follow, Photo, Report, ReportWord, Status

from .forms import ActForm
from .letters import masked, shown_letters
from .meanwhile import Event
from .surroundings import find_surroundings


@dataclass(frozen=True, slots=True)
class Refused:
    """What somebody sent that was not done; the page shows ``form`` with its errors. ``meanwhile``:
    what others did since they opened the page.
    """

    act: Act
    photo: Photo | None
    form: ActForm
    meanwhile: Sequence[Event] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """An act of the registry as the page draws it; ``errors`` are those of the whole form;
    ``is_open``: it was sent and not done.
    """

    act: Act
    url: str
    button: Button
    form: ActForm
    errors: ErrorList
    is_open: bool


@staff_required
def report(request: PersonRequest, reference: str) -> HttpResponse:
    return show_report(request, find_report(request, reference))


def find_report(request: PersonRequest, reference: str) -> Report:
    """A report that this person may work on; 404 also for one that is not theirs."""
    related = ("category__group", "district__edition", "unit", "duplicate_of", "assignee", "owner")
    rows = Report.objects.visible_to(request.user).select_related(*related)
    return rows.find(reference)


def show_report(
    request: PersonRequest,
    report: Report,
    *,
    refused: Refused | None = None,
    status: int = 200,
    preview: object = None,
) -> HttpResponse:
    """One report with all that this person may do. ``preview``: of the letter that an answer
    causes.
    """

    def offers(section: Section, photo: Photo | None = None) -> list[Offer]:
        acts = offered_acts(request.user, section, photo or report)
        # What was typed stays, also where somebody else has made it impossible meanwhile.
        if refused and refused.act.section is section and refused.act not in acts:
            acts += [refused.act] if refused.act.keeps_typed and refused.photo == photo else []
        return [_offer(act, report, photo, refused) for act in acts]

    theirs = Report.objects.visible_to(request.user)
    context = {
        "report": report,
        "preview": preview,
        "meanwhile": refused.meanwhile if refused else (),
        "answer_texts": {
            template.pk: {
                "status": template.status,
                "text": fill_template(template.text, report),
            }
            for template in AnswerTemplate.objects.for_report(report)
        },
        "opens_original": report.original is not None
        and theirs.filter(pk=report.original.pk).exists(),
        "duplicates": theirs.filter(duplicate_of=report, status=Status.DUPLICATE),
        **{section.value: offers(section) for section in Section if section is not Section.PHOTO},
        "photos": [(photo, offers(Section.PHOTO, photo)) for photo in report.photos.all()],
        "timeline": report.changes.select_related("unit", "by"),
        "assignments": report.assignments.select_related(
            "unit", "rule", "edition", "by", "region__edition__layer", "dispatch"
        ).defer("region__boundary", "region__outline"),
        # Answers stand with their questions.
        "remarks": report.remarks.filter(answered=None),
        "questions": report.questions.select_related("by", "answer"),
        "memos": report.memos.select_related("by"),
        "senders": [
            {"address": masked(one.email), "state": one.get_state_display()}
            for one in report.contacts.filter(is_sender=True)
        ],
        "letter_rows": shown_letters(report),
        "around": find_surroundings(report, request.user),
        "followers": Follow.objects.people_of(report.pk).get(),
        "personal_data": kinds_in_words(report.personal_data),
        "answers": answers_in_words(report.category, report.answers),
        "trail": _trail_of(report),
    }
    if any(offer.act.name == "merge" for offer in context["corrections"]):
        context["suggested"] = suggest_originals(report, request.user)
    context["cannot_be_asked"] = may_ask(report) and not context["question"]
    return render(request, "panel/report.html", context, status=status)


def _offer(act: Act, report: Report, photo: Photo | None, refused: Refused | None) -> Offer:
    path = [report.reference, photo.pk] if photo else [report.reference]
    url, button = reverse(f"panel:{act.name}", args=path), act.button_for(photo or report)
    form, errors = act.form_for(report, photo), ErrorList()
    was_sent = refused is not None and refused.act is act and refused.photo == photo
    if refused is not None and was_sent:
        errors = refused.form.non_field_errors()
        form = refused.form if act.keeps_typed else form
    return Offer(act, url, button, form, errors, was_sent)


def _trail_of(report: Report) -> list[tuple[AuditEntry, Promise | str]]:
    """The newest first, each with the words for what was done."""
    rows = AuditEntry.objects.filter(
        target_type=Report._meta.label_lower, target_id=str(report.pk)
    ).select_related("actor")
    words = dict(ReportWord.choices)
    return [(entry, words.get(entry.action, entry.action)) for entry in rows.order_by("-at")]
