"""What an editor may do with a card as a whole: one row an act.

Addresses (``panel/procedures/urls.py``), buttons and forms on the page of the card, and the rows of
the access matrix follow from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from procedures.editing.dead_links import pause_links
from procedures.editing.drafting import begin_version, discard_draft
from procedures.editing.publishing import (
    may_publish,
    publish_version,
    send_back,
    send_to_review,
    unschedule_version,
)
from procedures.editing.withdrawing import restore_procedure, withdraw_procedure
from procedures.models import Procedure, ProcedureVersion

from . import forms


@dataclass(frozen=True, slots=True)
class Card:
    """A procedure with its versions, the newest first, as the page shows it."""

    procedure: Procedure
    versions: list[ProcedureVersion]

    @property
    def newest(self) -> ProcedureVersion:
        return self.versions[0]

    @property
    def draft(self) -> ProcedureVersion | None:
        return next((one for one in self.versions if one.published_at is None), None)

    @property
    def scheduled(self) -> ProcedureVersion | None:
        now = timezone.now()
        ahead = (one for one in self.versions if one.published_at and one.published_at > now)
        return next(ahead, None)

    @property
    def current(self) -> ProcedureVersion | None:
        now = timezone.now()
        begun = [
            (one.published_at, one)
            for one in self.versions
            if one.published_at and one.published_at <= now
        ]
        return max(begun, key=lambda pair: pair[0])[1] if begun else None

    @property
    def in_review(self) -> ProcedureVersion | None:
        return self.draft if self.draft and self.draft.review_since else None

    @property
    def is_withdrawn(self) -> bool:
        at = self.procedure.withdrawn_at
        return at is not None and at <= timezone.now()


@dataclass(frozen=True, kw_only=True, slots=True)
class CardAct:
    """``path``: after the card's address; ``about(card)``: the version or procedure that ``run``
    gets, None where the act is not offered; ``run(…, by=…, **values of the form)`` raises
    ``PortalError``. ``with_edits``: the act refuses a page that is out of date. ``done``: what is
    said then. ``asks``: what must be understood before the press. ``at_end``: below, closed.
    """

    name: str
    path: str
    about: Callable[[Card], Procedure | ProcedureVersion | None]
    run: Callable[..., Any]
    label: Promise
    done: Promise
    icon: str
    form: type[forms.ActForm] = forms.ActForm
    with_edits: bool = False
    look: str = ""
    asks: Promise | str = ""
    at_end: bool = False
    leads_to: str = "panel:procedure"
    is_offered: Callable[[Card, User], bool] = lambda _card, _user: True


def offered_acts(card: Card, user: User) -> list[CardAct]:
    return [act for act in ACTS if act.about(card) is not None and act.is_offered(card, user)]


ACTS = (
    CardAct(
        name="procedure-begin",
        path="nowa-wersja/",
        about=lambda card: None if card.draft or card.scheduled else card.procedure,
        run=begin_version,
        label=_("Napisz nową wersję"),
        done=_("To jest wersja robocza. Czytelnicy widzą nadal poprzednią."),
        icon="pencil",
        look="primary",
        leads_to="panel:procedure-edit",
    ),
    CardAct(
        name="procedure-review",
        path="do-sprawdzenia/",
        about=lambda card: None if card.in_review else card.draft,
        run=send_to_review,
        with_edits=True,
        label=_("Przekaż do sprawdzenia"),
        done=_("Teraz druga osoba przeczyta kartę i ją opublikuje."),
        icon="send",
        look="primary",
    ),
    CardAct(
        name="procedure-publish",
        path="publikacja/",
        about=lambda card: card.in_review,
        run=publish_version,
        form=forms.PublicationForm,
        with_edits=True,
        label=_("Opublikuj"),
        done=_("Zapisano publikację."),
        icon="check",
        look="primary",
        asks=_("Opublikowanej wersji nikt już nie zmieni. Poprawka to następna wersja."),
        is_offered=lambda card, user: card.draft is not None and may_publish(card.draft, user),
    ),
    CardAct(
        name="procedure-send-back",
        path="do-poprawy/",
        about=lambda card: card.in_review,
        run=send_back,
        form=forms.SendBackForm,
        with_edits=True,
        label=_("Zwróć do poprawy"),
        done=_("Karta wróciła do poprawy."),
        icon="undo-2",
    ),
    CardAct(
        name="procedure-unschedule",
        path="odwolanie-publikacji/",
        about=lambda card: card.scheduled,
        run=unschedule_version,
        label=_("Odwołaj zaplanowaną publikację"),
        done=_("Odwołano. Wersja czeka na publikację."),
        icon="x",
    ),
    CardAct(
        name="procedure-restore",
        path="odwolanie-wycofania/",
        about=lambda card: card.procedure if card.procedure.withdrawn_at else None,
        run=restore_procedure,
        label=_("Odwołaj wycofanie karty"),
        done=_("Karta nie jest już wycofana."),
        icon="rotate-ccw",
    ),
    CardAct(
        name="procedure-pause-links",
        path="odnosniki/",
        about=lambda card: card.procedure if card.current else None,
        run=pause_links,
        form=forms.PauseForm,
        label=_("Wstrzymaj wiadomości o odnośnikach"),
        done=_("Zapisano."),
        icon="bell-off",
        at_end=True,
    ),
    CardAct(
        name="procedure-discard",
        path="usuniecie-wersji/",
        about=lambda card: card.draft,
        run=discard_draft,
        with_edits=True,
        label=_("Usuń wersję roboczą"),
        done=_("Usunięto wersję roboczą."),
        icon="trash-2",
        look="danger",
        asks=_("Tego, co w niej napisano, nie da się przywrócić."),
        at_end=True,
        leads_to="panel:procedures",
    ),
    CardAct(
        name="procedure-withdraw",
        path="wycofanie/",
        about=lambda card: (
            card.procedure if card.current and not card.procedure.withdrawn_at else None
        ),
        run=withdraw_procedure,
        form=forms.WithdrawalForm,
        label=_("Wycofaj kartę"),
        done=_("Zapisano wycofanie karty."),
        icon="archive",
        look="danger",
        asks=_("Adres karty zostaje na zawsze: powie, że karta jest wycofana i co jest w zamian."),
        at_end=True,
    ),
)
