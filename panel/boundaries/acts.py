"""What GIS staff may do with an edition as a whole: one row an act.

Addresses (``panel/boundaries/urls.py``), buttons and forms on the page of the edition, and the rows
of the access matrix follow from it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from districts.editions.activating import activate_edition, cancel_activations
from districts.editions.approving import approve_edition, may_approve, withdraw_edition
from districts.editions.checking import ask_for_check
from districts.editions.drafting import describe_draft, redo_change, undo_change
from districts.models import Edition, State

from . import forms

DRAFTS = (State.DRAFT, State.CHECKED)


class Section(StrEnum):
    """Where on the page an act stands: what comes next, the description, or at the very end."""

    NEXT = "next"
    DESCRIPTION = "description"
    END = "end"


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionAct:
    """``path``: after ``granice/<code>/``; ``run(edition, by=…, **values of the form)`` raises
    ``PortalError``. ``states``: those in which it is offered; ``is_offered``: whether to this
    person now. ``done``: what is said then, on the page ``leads_to``. ``asks``: what must be
    understood before the press.
    """

    name: str
    path: str
    states: Collection[State]
    run: Callable[..., object]
    label: Promise
    done: Promise
    icon: str
    section: Section = Section.NEXT
    form: type[forms.EditionActForm] = forms.EditionActForm
    look: str = ""
    asks: Promise | str = ""
    leads_to: str = "panel:edition"
    is_offered: Callable[[Edition, User], bool] = field(default=lambda _edition, _user: True)


def offered_acts(edition: Edition, user: User) -> list[EditionAct]:
    """The acts that the page of ``edition`` (with its state) offers ``user`` now."""
    return [act for act in ACTS if edition.state in act.states and act.is_offered(edition, user)]


ACTS = (
    EditionAct(
        name="edition-check",
        path="sprawdzenie/zlecenie/",
        states=DRAFTS,
        run=ask_for_check,
        label=_("Sprawdź szkic"),
        done=_("Sprawdzamy szkic."),
        icon="list-checks",
        leads_to="panel:edition-checks",
    ),
    EditionAct(
        name="edition-undo",
        path="cofniecie/",
        states=DRAFTS,
        run=undo_change,
        label=_("Cofnij ostatnią zmianę"),
        done=_("Cofnięto ostatnią zmianę."),
        icon="rotate-ccw",
        is_offered=lambda edition, _user: edition.changes.filter(undone_at=None).exists(),
    ),
    EditionAct(
        name="edition-redo",
        path="ponowienie/",
        states=DRAFTS,
        run=redo_change,
        label=_("Przywróć cofniętą zmianę"),
        done=_("Przywrócono zmianę."),
        icon="rotate-cw",
        is_offered=lambda edition, _user: edition.changes.exclude(undone_at=None).exists(),
    ),
    EditionAct(
        name="edition-describe",
        path="opis/",
        states=DRAFTS,
        run=describe_draft,
        section=Section.DESCRIPTION,
        form=forms.DescriptionForm,
        label=_("Zapisz opis"),
        done=_("Zapisano opis."),
        icon="pencil",
    ),
    EditionAct(
        name="edition-approve",
        path="zatwierdzenie/",
        states=(State.CHECKED,),
        run=approve_edition,
        label=_("Zatwierdź wydanie"),
        done=_("Wydanie jest zatwierdzone. Teraz można wyznaczyć dzień, od którego obowiązuje."),
        icon="check",
        look="primary",
        asks=_("Zatwierdzonego wydania nikt już nie zmieni, także administrator."),
        is_offered=may_approve,
    ),
    EditionAct(
        name="edition-activate",
        path="wejscie-w-zycie/",
        states=(State.APPROVED, State.PAST),
        run=activate_edition,
        form=forms.ActivationForm,
        label=_("Wprowadź w życie"),
        done=_("Zapisano, od kiedy wydanie obowiązuje."),
        icon="calendar",
        look="primary",
    ),
    EditionAct(
        name="edition-cancel",
        path="odwolanie/",
        states=(State.SCHEDULED, State.IN_FORCE),
        run=cancel_activations,
        label=_("Odwołaj wyznaczony dzień"),
        done=_("Odwołano. Wydanie pozostaje zatwierdzone."),
        icon="x",
        is_offered=lambda edition, _user: bool(
            edition.starts_at and edition.starts_at > timezone.now()
        ),
    ),
    EditionAct(
        name="edition-withdraw",
        path="wycofanie/",
        states=(*DRAFTS, State.APPROVED, State.SCHEDULED),
        run=withdraw_edition,
        section=Section.END,
        label=_("Wycofaj wydanie"),
        done=_("Wydanie jest wycofane."),
        icon="trash-2",
        asks=_("Wycofane wydanie nie wróci. Jeśli będzie potrzebne, zacznij nowy szkic."),
    ),
)
