"""Shapes of what staff send about a report, and how an act takes it."""

from collections.abc import Collection
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import Category
from reports.handling.answer_templates import fill_template
from reports.handling.assignees import people_of
from reports.handling.workflow import BY_HAND, choices_from
from reports.models import AnswerTemplate, Photo, Report, Status
from reports.placing import GivenPlace, UnknownPlace, read_place
from reports.references import UnknownReport
from units.models import Unit
from web.errors import PortalError


class ActForm(forms.Form):
    """Base of all. ``version`` is that of the report as the page showed it, ``loaded`` when it did;
    ``photo`` is given where the act is about one.
    """

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    # Only asked for what to show after a refusal, so nothing of it is wrong.
    loaded = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, report: Report, photo: Photo | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = report.version
        self.initial["loaded"] = timezone.now().isoformat()

    def show_again(self, report: Report) -> None:
        """Keep what was typed, on a page that shows ``report`` as it is now: another press is one
        by a person who has seen that.
        """
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("version")] = str(report.version)
        data[self.add_prefix("loaded")] = timezone.now().isoformat()
        self.data = data

    def ask_for_files(self) -> None:
        """No browser puts a chosen file back into a form that is shown again."""
        for name in self.fields:
            if self.add_prefix(name) in self.files:
                self.add_error(name, _("Wybierz zdjęcie jeszcze raz: przeglądarka go nie pamięta."))

    def offer_from(self, statuses: Collection[str]) -> None:
        """Offer what makes sense for many reports that are in any of ``statuses``."""

    def arguments(self) -> dict[str, object]:
        """What was sent, by the names of the act's own arguments."""
        values = dict(self.cleaned_data)
        del values["loaded"]
        return {"seen_version": values.pop("version"), **values}


class StatusForm(ActForm):
    template = forms.ModelChoiceField(
        label=_("Szablon"),
        queryset=AnswerTemplate.objects.none(),
        required=False,
        empty_label=_("bez szablonu"),
    )
    status = forms.ChoiceField(
        label=_("Nowy status"),
        widget=forms.Select(attrs={"data-shortcut": "x", "data-chooses": Status.RESOLVED.value}),
    )
    duplicate_of = forms.CharField(
        label=_("Które zgłoszenie powtarza?"),
        help_text=_("Numer zgłoszenia, które już mamy. Zgłaszający zobaczy odnośnik do niego."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    note = forms.CharField(
        label=_("Odpowiedź dla zgłaszającego"),
        help_text=_(
            "Zobaczą ją wszyscy, na stronie zgłoszenia i w wiadomościach o nim."
            " Nie wpisuj danych osobowych."
        ),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photo = forms.FileField(label=_("Zdjęcie po wykonaniu"), required=False)
    cause = forms.ChoiceField(
        label=_("Przyczyna"), help_text=_("Widzą ją tylko pracownicy."), required=False
    )
    cost = forms.DecimalField(
        label=_("Koszt w złotych"),
        help_text=_("Widzą go tylko pracownicy. Na przykład: 1250,50"),
        min_value=0,
        max_digits=9,
        decimal_places=2,
        localize=True,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, *args, report: Report, **kwargs) -> None:
        super().__init__(*args, report=report, **kwargs)
        self._ask_what_the_category_asks(report)
        templates = cast("forms.ModelChoiceField", self.fields["template"])
        templates.queryset = AnswerTemplate.objects.for_report(report)
        # The page offers what is allowed now. A status that was allowed when the page was loaded is
        # still valid input: the act refuses it and says why.
        field = cast("forms.ChoiceField", self.fields["status"])
        field.choices = _named(BY_HAND)
        self._offer(choices_from(report.status))

    def show_again(self, report: Report) -> None:
        super().show_again(report)
        self._offer(choices_from(report.status))

    def offer_from(self, statuses: Collection[str]) -> None:
        allowed = {to for status in statuses for to in choices_from(status)}
        # Merging many is an act of its own.
        self._offer(list(allowed - {Status.DUPLICATE}))

    def _offer(self, allowed: list[Status]) -> None:
        """Offer what is allowed, and what was chosen too: a browser would choose the first one in
        its place.
        """
        chosen = self["status"].value()
        offered = [status for status in BY_HAND if status in allowed or status == chosen]
        # Nothing is chosen at first: a press by mistake must not close a case.
        choices = [("", _("wybierz")), *_named(offered)]
        cast("forms.ChoiceField", self.fields["status"]).widget.choices = choices

    def with_template_inserted(self, report: Report) -> "StatusForm":
        """What was sent, with the chosen template in place of the note, to be gone on with."""
        typed = {name: self[name].value() for name in self.fields if name != "photo"}
        chosen = str(typed["template"] or "")
        templates = AnswerTemplate.objects.for_report(report)
        template = templates.filter(pk=chosen).first() if chosen.isdecimal() else None
        if template is not None:
            typed["note"] = fill_template(template.text, report)
            typed["status"] = template.status or typed["status"]
        form = StatusForm(
            report=report, prefix=self.prefix, auto_id=self.auto_id, initial=dict(typed)
        )
        # Whoever was faster is still noticed when this is sent.
        form.initial.update(typed)
        return form

    def _ask_what_the_category_asks(self, report: Report) -> None:
        if report.category.needs_result_photo:
            self.fields["photo"].help_text = _("Potrzebne, żeby zakończyć sprawę jako załatwioną.")
        if causes := report.category.causes:
            # One that was chosen before the category changed stays choosable.
            known = list(dict.fromkeys([*causes, *filter(None, [report.cause])]))
            choices = [("", _("wybierz")), *((cause, cause) for cause in known)]
            cast("forms.ChoiceField", self.fields["cause"]).choices = choices
            self.initial["cause"] = report.cause
        else:
            del self.fields["cause"]
        if report.category.asks_cost:
            self.initial["cost"] = report.cost
        else:
            del self.fields["cost"]

    def clean_duplicate_of(self) -> Report | None:
        """Any report with this number: who marks a repetition need not work on the first one."""
        number = self.cleaned_data["duplicate_of"]
        if not number or self.cleaned_data.get("status") != Status.DUPLICATE:
            return None
        return _find_original(number)

    def arguments(self) -> dict[str, object]:
        values = super().arguments()
        del values["template"]
        photo = values.pop("photo")
        return {"to": values.pop("status"), "photos": [photo] if photo else [], **values}


def _find_original(number: str) -> Report:
    try:
        return Report.objects.select_related("duplicate_of").find(number)
    except UnknownReport as refusal:
        raise forms.ValidationError(_("Nie ma zgłoszenia o tym numerze.")) from refusal
    except PortalError as refusal:
        raise forms.ValidationError(str(refusal.detail)) from refusal


class MergeForm(ActForm):
    """``chosen``: the number of one of those that the page suggests; ``duplicate_of``: one that
    was typed, which goes first.
    """

    chosen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    duplicate_of = forms.CharField(
        label=_("Numer wcześniejszego zgłoszenia"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_duplicate_of(self) -> Report:
        number = self.cleaned_data["duplicate_of"] or self.cleaned_data.get("chosen")
        if not number:
            raise forms.ValidationError(_("Wybierz zgłoszenie albo wpisz jego numer."))
        return _find_original(number)

    def arguments(self) -> dict[str, object]:
        values = super().arguments()
        del values["chosen"]
        return values


def _named(statuses) -> list[tuple[str, str]]:
    return [(status.value, status.label) for status in statuses]


class ReasonForm(ActForm):
    reason = forms.CharField(label=_("Powód (dla pracowników)"), max_length=300, required=False)


class GiveBackForm(ReasonForm):
    def arguments(self) -> dict[str, object]:
        return {"unit": Unit.objects.get(is_operator=True), **super().arguments()}


class _PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return person.get_full_name() or person.get_username()


class AssigneeForm(ActForm):
    assignee = _PersonField(
        label=_("Kto ją prowadzi"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nikt"),
    )

    def __init__(self, *args, report: Report, **kwargs) -> None:
        super().__init__(*args, report=report, **kwargs)
        cast("forms.ModelChoiceField", self.fields["assignee"]).queryset = people_of(report.unit)
        self.initial["assignee"] = report.assignee_id


class MemoForm(ActForm):
    text = forms.CharField(
        label=_("Notatka dla pracowników"),
        help_text=_("Nie zobaczy jej nikt poza pracownikami, którzy prowadzą tę sprawę."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def arguments(self) -> dict[str, object]:
        return {"text": self.cleaned_data["text"]}


class QuestionForm(ActForm):
    text = forms.CharField(
        label=_("Pytanie"),
        help_text=_(
            "Zgłaszający dostanie je e-mailem. Do jego odpowiedzi termin sprawy się zatrzyma."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CategoryForm(ReasonForm):
    category = forms.ModelChoiceField(
        label=_("Kategoria"),
        queryset=Category.objects.reportable().select_related("group"),
    )
    field_order = ["category", "reason", "version"]


class PlaceForm(ReasonForm):
    place = forms.CharField(
        label=_("Adres albo współrzędne"),
        help_text=_("Na przykład: Piotrkowska 104 albo 51.7652, 19.4571"),
        max_length=200,
    )
    field_order = ["place", "reason", "version"]

    def clean_place(self) -> GivenPlace:
        try:
            return read_place(self.cleaned_data["place"])
        except UnknownPlace as refusal:
            raise forms.ValidationError(str(refusal.detail)) from refusal


class ForwardForm(ReasonForm):
    unit = forms.ModelChoiceField(
        label=_("Jednostka"), queryset=Unit.objects.filter(is_active=True, takes_reports=True)
    )
    field_order = ["unit", "reason", "version"]


class LetterForm(ActForm):
    """``letter``: its key; each letter that failed has such a form."""

    letter = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class AddressForm(ActForm):
    email = forms.EmailField(
        label=_("Właściwy adres e-mail"),
        help_text=_(
            "Zapytamy tę skrzynkę, czy to jej adres. Do potwierdzenia nic więcej tam nie wyślemy."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(label=_("Skąd go znamy"), max_length=300)
    field_order = ["email", "reason", "version"]


class VisibilityForm(ActForm):
    """``hidden``: what the press leads to, the opposite of what the page showed."""

    hidden = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Powód"), max_length=300)

    def __init__(self, *args, report: Report, **kwargs) -> None:
        super().__init__(*args, report=report, **kwargs)
        self.initial["hidden"] = not report.is_hidden

    def arguments(self) -> dict[str, object]:
        values = super().arguments()
        return {"is_hidden": values.pop("hidden"), **values}


class ClearDescriptionForm(ActForm):
    """``public``: what the press leads to, the opposite of what the page showed."""

    public = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, report: Report, **kwargs) -> None:
        super().__init__(*args, report=report, **kwargs)
        self.initial["public"] = not report.description_is_public

    def arguments(self) -> dict[str, object]:
        values = super().arguments()
        return {"is_public": values.pop("public"), **values}


class PhotoForm(ActForm):
    """Base of the forms about one photo. ``look``: of the picture that the page showed. The
    report's version also changes for other reasons, so the photo is compared by a hash of its own.
    """

    look = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args, photo: Photo, **kwargs) -> None:
        super().__init__(*args, photo=photo, **kwargs)
        self.initial["look"] = photo.look

    def arguments(self) -> dict[str, object]:
        values = super().arguments()
        del values["seen_version"]
        return {"seen": values.pop("look"), **values}


class ClearPhotoForm(PhotoForm):
    """``public``: what the press leads to, the opposite of what the page showed."""

    public = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, photo: Photo, **kwargs) -> None:
        super().__init__(*args, photo=photo, **kwargs)
        self.initial["public"] = not photo.is_public

    def arguments(self) -> dict[str, object]:
        values = super().arguments()
        return {"is_public": values.pop("public"), **values}


class BlurForm(PhotoForm):
    """``areas``: their places in the list that the page showed."""

    areas = forms.TypedMultipleChoiceField(
        choices=[(number, number) for number in range(100)], coerce=int, required=False
    )

    def arguments(self) -> dict[str, object]:
        values = super().arguments()
        return {"numbers": values.pop("areas"), **values}
