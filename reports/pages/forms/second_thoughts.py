"""Forms for what the sender does after sending."""

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.gazetteer import parse_coordinates
from reports.models import Report
from reports.placing import GivenPlace

from .report import ReportForm


class CorrectionForm(ReportForm):
    """The report form without what is asked only once: e-mail address, consent, photos."""

    submission_id = None  # type: ignore[assignment]
    extent = None  # type: ignore[assignment]
    accuracy = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]
    consent = None  # type: ignore[assignment]
    clause = None  # type: ignore[assignment]
    similar_seen = None  # type: ignore[assignment]
    ticket = None  # type: ignore[assignment]
    website = None  # type: ignore[assignment]
    lat = None  # type: ignore[assignment]
    lon = None  # type: ignore[assignment]
    settle = None  # type: ignore[assignment]

    def correction(self) -> dict:
        """The arguments of ``correct``."""
        values = self.cleaned_data
        typed = "" if parse_coordinates(values["place"]) else values["place"]
        place = GivenPlace(
            location=values["location"],
            address=typed,
            is_approximate=values["is_approximate"],
            side=None if values["is_approximate"] else values["side"],
            accuracy=values.get("accuracy"),
        )
        return {
            "category": values["category"],
            "description": values["description"],
            "place": place,
        }

    @staticmethod
    def initial_values(report: Report) -> dict:
        """What the form shows before anybody types."""
        place = f"{report.location.y:.6f}, {report.location.x:.6f}"
        return {
            "place": place,
            "side": report.side,
            "category": report.category.code,
            "description": report.description,
        }


class VerdictForm(forms.Form):
    """Whether it is fixed; what is still broken may be said in words, and shown."""

    verdict = forms.ChoiceField(
        choices=[("fixed", ""), ("broken", "")],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Wybierz: naprawione albo nadal nie jest dobrze.")
        ),
    )
    text = forms.CharField(
        label=_("Co jest nadal źle? (nieobowiązkowo)"),
        help_text=_("Przeczytają to tylko pracownicy. Nie podawaj danych osobowych."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Twoja odpowiedź"),
        help_text=_("Przeczytają ją tylko pracownicy. Nie podawaj danych osobowych."),
        max_length=2000,
        error_messages={"required": _("Napisz odpowiedź.")},
        widget=forms.Textarea(attrs={"rows": 3, "id": "id_reply_text"}),
    )


class RemarkForm(forms.Form):
    text = forms.CharField(
        label=_("Uwaga dla jednostki"),
        help_text=_("Przeczytają ją tylko pracownicy. Nie podawaj danych osobowych."),
        max_length=2000,
        error_messages={"required": _("Napisz, co chcesz dodać.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
