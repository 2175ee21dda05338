"""What a bulk act would do, and to whom letters would go, by a few statements."""

from collections import Counter
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from panel.act import Act, Tells
from panel.registry import ACTS
from panel.report.forms import ActForm
from reports.handling.status import find_without_proof
from reports.handling.workflow import choices_from
from reports.letters.notices import count_letters, preview_status_letter
from reports.models import Report, Status

from .executing import form_for_item
from .models import BulkAct
from .steps import Step, step_of


@dataclass(frozen=True, slots=True)
class Preview:
    """``possible``: for how many reports the act makes sense now; ``impossible``: for how many
    others, by why. ``readers``: how many people get a letter for each report of theirs, None where
    the act tells no reader. ``letter``: as the sender of the first one would get it, where the act
    decides what it says.
    """

    possible: int
    impossible: dict[str, int]
    tells: Tells
    readers: int | None = None
    letter: EmailMultiAlternatives | None = None


def act_of(bulk: BulkAct) -> Act:
    return next(row for row in ACTS if row.name == bulk.act)


def preview_of(bulk: BulkAct) -> Preview:
    act, form = act_of(bulk), _sample_form(bulk)
    step = step_of(act, form) if form is not None and form.is_valid() else None
    rows = Report.objects.visible_to(bulk.by).filter(pk__in=bulk.items.values("report"))
    reports = list(rows.select_related("unit", "category").order_by("pk"))
    known: dict[tuple[int, int | None], bool] = {}
    unproven = find_without_proof(reports) if step and step.status == Status.RESOLVED else set()
    possible: list[Report] = []
    impossible: Counter[str] = Counter()
    for report in reports:
        # Whether it is for this person depends on who has the report.
        whose = (report.unit_id, report.assignee_id)
        if whose not in known:
            known[whose] = act.is_for(bulk.by, report)
        if not known[whose]:
            impossible[_("nie możesz tego z nimi zrobić")] += 1
        elif act.is_done(report):
            impossible[_("już tak jest")] += 1
        elif not _is_allowed(act, step, report):
            impossible[_("status: %(status)s") % {"status": report.get_status_display()}] += 1
        elif step and step.original == report:
            impossible[_("pozostałe mają je powtarzać")] += 1
        elif report.pk in unproven:
            impossible[_("potrzebne jest zdjęcie wyniku")] += 1
        else:
            possible.append(report)
    if act.tells is not Tells.READERS:
        return Preview(len(possible), dict(impossible), act.tells)
    readers = count_letters(possible)
    letter = _letter(step, possible[0]) if step and readers else None
    return Preview(len(possible), dict(impossible), act.tells, readers, letter)


def values_in_words(bulk: BulkAct) -> list[tuple[str | Promise, str]]:
    """What was filled in, with the labels of the fields."""
    form = _sample_form(bulk)
    if form is None:
        return []
    return [
        (field.label, _in_words(form, field.name))
        for field in form.visible_fields()
        if bulk.values.get(field.name)
    ]


def _sample_form(bulk: BulkAct) -> ActForm | None:
    """For the first of its reports."""
    item = bulk.items.select_related("report__category", "report__unit").order_by("pk").first()
    return form_for_item(bulk, act_of(bulk), item, item.report) if item else None


def _in_words(form: ActForm, name: str) -> str:
    chosen = str(form[name].value())
    choices = getattr(form.fields[name], "choices", ())
    return next((str(label) for key, label in choices if str(key) == chosen), chosen)


def _is_allowed(act: Act, step: Step | None, report: Report) -> bool:
    if not act.is_offered(report):
        return False
    return step is None or step.status in choices_from(report.status)


def _letter(step: Step, report: Report) -> EmailMultiAlternatives:
    return preview_status_letter(report, step.status, note=step.note, duplicate_of=step.original)
