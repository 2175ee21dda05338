"""The step of the history that an act would write to each report of a selection."""

from dataclasses import dataclass

from accounts.models import User
from panel.act import Act
from panel.report.forms import ActForm
from reports.handling.merging import note_of_merging
from reports.handling.status import check_as_original
from reports.handling.workflow import check_note
from reports.models import Report, Status


@dataclass(frozen=True, slots=True)
class Step:
    """``original``: the report that all of them repeat, for that status."""

    status: str
    note: str
    original: Report | None = None

    def check(self, *, by: User) -> None:
        """Raise ``NoteRequired`` or ``OriginalRefused`` where it can be written to none of them."""
        check_note(to=self.status, note=self.note)
        if self.status == Status.DUPLICATE:
            check_as_original(self.original, by=by)


def step_of(act: Act, form: ActForm) -> Step | None:
    """None where it depends on the report or is no step. ``form``: valid."""
    values = form.cleaned_data
    if act.name == "change-status":
        return Step(values["status"], values["note"])
    if act.name == "merge":
        original = values["duplicate_of"]
        return Step(Status.DUPLICATE, note_of_merging(original), original)
    return None
