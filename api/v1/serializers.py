"""The shapes that the API takes. They have no district and no unit: the portal finds those."""

from functools import cache
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import User
from catalogue.categories import active_categories
from catalogue.models import Category
from reports.intake.submission import Submission
from reports.models import Source
from reports.photos.attaching import LONGEST_DESCRIPTION
from reports.placing import GivenPlace

from .geometry import ExtentField, PointField


class ReportInput(serializers.Serializer):
    """A report as a client sends it."""

    submission_id = serializers.UUIDField(
        help_text=_("UUID nadany przez nadawcę; powtórka zwraca pierwsze potwierdzenie.")
    )
    category = serializers.CharField(max_length=40)
    description = serializers.CharField(min_length=3, max_length=4000)
    location = PointField(required=False)
    extent = ExtentField(
        required=False, help_text=_("Odcinek do 2 km albo obszar do 0,5 km², zamiast punktu.")
    )
    address = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True, default="")
    consent = serializers.BooleanField(required=False, default=False)
    clause = serializers.CharField(
        max_length=16,
        required=False,
        allow_blank=True,
        default="",
        help_text=_("Wersja klauzuli, do której jest zgoda; bez niej: obowiązująca."),
    )
    photos = serializers.ListField(
        child=serializers.UUIDField(), max_length=settings.MAX_PHOTOS, required=False, default=list
    )
    photo_descriptions = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_DESCRIPTION, allow_blank=True),
        required=False,
        default=dict,
        help_text=_("Co widać na zdjęciach: identyfikator → krótki opis."),
    )
    answers = serializers.DictField(
        required=False,
        default=dict,
        help_text=_("Odpowiedzi na pytania kategorii: kod → odpowiedź."),
    )
    sent_from = serializers.ChoiceField(
        choices=[Source.WEB, Source.API], source="source", required=False, default=Source.API
    )
    proof = serializers.CharField(
        max_length=2000,
        required=False,
        allow_blank=True,
        default="",
        help_text=_("Rozwiązanie zadania z odpowiedzi 428 (ALTCHA, base64)."),
    )
    ticket = serializers.CharField(
        max_length=300,
        required=False,
        allow_blank=True,
        default="",
        help_text=_("Zamiast niego: bilet z odpowiedzi 428, po odczekaniu."),
    )
    account = serializers.CharField(
        max_length=100,
        required=False,
        allow_blank=True,
        help_text=_("Znak konta, z którego jest zgłoszenie; tylko formularz portalu go zna."),
    )
    side = serializers.SlugField(
        max_length=40,
        required=False,
        allow_blank=True,
        help_text=_("Osiedle wskazane przez nadawcę przy granicy; puste: zapytaj, gdy blisko."),
    )
    accuracy = serializers.FloatField(min_value=0, max_value=100_000, required=False)

    @classmethod
    def read(cls, data: object) -> dict:
        """The valid values of ``data``; raises ``ValidationError``."""
        return _report_input(get_language()).run_validation(data)

    @staticmethod
    def submission(values: dict, owner: User | None) -> Submission:
        """What ``submit_report`` takes."""
        place = GivenPlace(
            location=values.get("location"),
            extent=values.get("extent"),
            address=values["address"],
            side=values.get("side"),
            accuracy=values.get("accuracy"),
        )
        descriptions = values["photo_descriptions"]
        return Submission(
            submission_id=values["submission_id"],
            category=values["category"],
            description=values["description"],
            place=place,
            answers=values["answers"],
            photos={pk: descriptions.get(pk, "") for pk in values["photos"]},
            email=values["email"],
            consent=values["consent"],
            clause=values["clause"],
            owner=owner,
            source=values["source"],
        )

    def validate(self, values: dict) -> dict:
        if not (values.get("location") or values.get("extent")):
            raise serializers.ValidationError({"location": [_("Podaj punkt albo obszar.")]})
        return values

    def validate_photo_descriptions(self, texts: dict[str, str]) -> dict[UUID, str]:
        try:
            return {UUID(key): text for key, text in texts.items()}
        except ValueError as wrong:
            raise serializers.ValidationError(_("Podaj identyfikatory zdjęć.")) from wrong

    def validate_category(self, code: str) -> Category:
        try:
            return active_categories()[code]
        except KeyError:
            raise serializers.ValidationError(_("Nie ma takiej kategorii.")) from None


@cache
def _report_input(_language: str | None) -> ReportInput:
    """One for every language, whose messages it keeps: a new one copies all its fields, which took
    a tenth of the time of accepting a report.
    """
    return ReportInput()


class ExtentInput(serializers.Serializer):
    """A line or an area whose districts are asked for."""

    extent = ExtentField()
    category = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
