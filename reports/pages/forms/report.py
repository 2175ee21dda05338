"""The report form: it turns what a resident typed into the values that the act takes."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.validators import MinLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.categories import active_categories
from catalogue.models import Category
from catalogue.questions import ANSWER_PREFIX
from districts.bordering import NearBorder
from districts.covering import Extent, ExtentOutside
from districts.gazetteer import parse_coordinates
from districts.geojson import read_extent
from districts.models import District
from reports.intake.submission import Submission
from reports.placing import GivenPlace, UnknownPlace, read_place
from reports.public import find_public
from web.errors import PortalError


class ReportForm(forms.Form):
    """One report. Its place is a pin (``lat``, ``lon``, EPSG:4326), an ``extent`` or words
    (``place``).
    """

    # The border, if the place is near one and nobody said on which side.
    border: NearBorder | None = None
    # The districts of pin and address, if they are two.
    contradiction: tuple[District, District] | None = None
    # If the portal is too busy to take the form at once, this ticket lets it pass after a while.
    wait_ticket = ""
    # What is wrong with the answers to the category's questions, by the name of the field.
    wrong_answers: dict[str, list[str]] = {}
    # The number of an earlier report with the same id that said something else.
    sent_before = ""
    # The letters to somebody who is logged in go to the account's address, even if a stored draft
    # holds another one.
    has_account = False

    submission_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Odśwież stronę i spróbuj znowu.")}
    )
    lat = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    lon = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    extent = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)
    accuracy = forms.FloatField(
        min_value=0, max_value=100_000, required=False, widget=forms.HiddenInput
    )
    side = forms.CharField(max_length=40, required=False)
    place = forms.CharField(
        label=_("Adres albo współrzędne"),
        help_text=_("Na przykład: Piotrkowska 104 albo 51.7652, 19.4571"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    category: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Kategoria"),
        queryset=Category.objects.filter(is_active=True).select_related("group"),
        to_field_name="code",
        error_messages={
            "required": _("Wybierz, czego dotyczy sprawa."),
            "invalid_choice": _("Wybierz kategorię z listy."),
        },
    )
    description = forms.CharField(
        label=_("Opis"),
        help_text=_("Co się stało i gdzie dokładnie? Nie podawaj danych osobowych."),
        max_length=4000,
        validators=[MinLengthValidator(3, _("Napisz choć kilka słów."))],
        error_messages={"required": _("Opisz krótko, co się stało.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    # A browser would cut what is too long without a word.
    del description.widget.attrs["maxlength"]
    email = forms.EmailField(
        label=_("Adres e-mail (nieobowiązkowo)"),
        help_text=_("Napiszemy tylko o tym zgłoszeniu: że przyszło i co się z nim dzieje."),
        max_length=254,
        required=False,
        error_messages={"invalid": _("To nie wygląda na adres e-mail.")},
        # The style sheet tells an empty field by its placeholder.
        widget=forms.EmailInput(attrs={"autocomplete": "email", "placeholder": " "}),
    )
    consent = forms.BooleanField(required=False)
    # The version of the clause that stood by the consent when it was ticked.
    clause = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    website = forms.CharField(max_length=200, required=False)
    # Scripts ask about similar reports while one types. Without scripts, the server asks once.
    similar_seen = forms.BooleanField(required=False)
    # Which of the two holds where pin and address lie in two districts.
    settle = forms.ChoiceField(choices=[("pin", ""), ("address", "")], required=False)
    ticket = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Zostaw to pole puste: jest pułapką na automaty."))
        return ""

    def clean_extent(self) -> Extent | None:
        text = self.cleaned_data["extent"]
        try:
            return read_extent(json.loads(text)) if text else None
        except (ValueError, RecursionError):
            raise forms.ValidationError(
                _("Nie rozumiemy narysowanego miejsca. Narysuj je jeszcze raz.")
            ) from None
        except ExtentOutside as refusal:
            raise forms.ValidationError(str(refusal.detail)) from refusal

    def clean(self) -> dict:
        values = super().clean() or {}
        if values.get("settle") == "pin":
            values["place"] = ""
        elif values.get("settle") == "address":
            values["lat"] = values["lon"] = ""
            values["accuracy"] = None
        values["location"], values["is_approximate"] = None, False
        if not values.get("extent") and (place := self._read_place(values)):
            values["location"], values["is_approximate"] = place.location, place.is_approximate
            values["accuracy"] = place.accuracy
        values["answers"] = self.given_answers(values.get("category"))
        if values.get("email") and not values.get("consent") and not self.has_account:
            self.add_error("consent", _("Bez tej zgody nie możemy zapisać adresu e-mail."))
        return values

    def given_place(self) -> GivenPlace:
        """Where a valid form says that the matter is. If only the district of an address is known,
        the side does not matter, and nobody is asked for it.
        """
        values = self.cleaned_data
        return GivenPlace(
            location=values["location"],
            extent=values.get("extent"),
            address=values["place"],
            is_approximate=values["is_approximate"],
            side=None if values["is_approximate"] else values["side"],
            accuracy=values.get("accuracy"),
        )

    def submission(self, photos: Sequence["SentPhoto"], owner: User | None) -> Submission:
        """What ``submit_report`` takes. The form must be valid."""
        values = self.cleaned_data
        return Submission(
            submission_id=values["submission_id"],
            category=values["category"],
            description=values["description"],
            place=self.given_place(),
            answers=values["answers"],
            photos=descriptions_by_id(photos),
            photo_digests={photo.pk: photo.digest for photo in photos if photo.digest},
            email=values["email"],
            consent=values["consent"],
            clause=values["clause"],
            owner=owner,
        )

    def ask_consent_again(self, clause: str) -> None:
        """Untick a consent that was given to another version than ``clause``, which the page shows
        now: nobody agrees to a text that they did not see.
        """
        if self.is_bound and self.data.get("clause") != clause:
            data = cast("QueryDict", self.data).copy()
            data.pop("consent", None)
            self.data = data

    def begin_anew(self, sent_before: str) -> None:
        """Make what was typed a report of its own, if it is sent again. ``sent_before``: the number
        under which the portal has the earlier one.
        """
        self.sent_before = sent_before
        data = cast("QueryDict", self.data).copy()
        data["submission_id"] = str(uuid4())
        self.data = data

    def given_answers(self, category: Category | None) -> dict[str, object]:
        """The answers as typed, by the code of the question. The act checks them."""
        questions = category.questions if category else []
        return {
            row["code"]: self.given(ANSWER_PREFIX + row["code"], row["kind"]) for row in questions
        }

    def given(self, name: str, kind: str) -> object:
        """What was typed into the field of a question: a list if it allows several choices."""
        data = cast("QueryDict", self.data)
        return data.getlist(name) if kind == "choices" else data.get(name, "")

    def _read_place(self, values: dict) -> GivenPlace | None:
        """The pin, else what the words name. Adds an error if there is neither."""
        if values.get("lat") or values.get("lon"):
            pin = self._read_pin(f"{values.get('lat')}, {values.get('lon')}")
            return GivenPlace(location=pin, accuracy=values.get("accuracy"))
        text = values.get("place", "")
        if text:
            try:
                return read_place(text)
            except UnknownPlace as refusal:
                self.add_error("place", str(refusal.detail))
        elif "place" not in self.errors:
            self.add_error("place", _("Wskaż miejsce na mapie albo wpisz adres."))
        return None

    def _read_pin(self, text: str) -> Point | None:
        point = parse_coordinates(text)
        if point is None:
            self.add_error(
                "place", _("Nie rozumiemy położenia pinezki. Wskaż miejsce jeszcze raz.")
            )
        return point


@dataclass(frozen=True, slots=True)
class SentPhoto:
    """A photo of the form, uploaded before the form or with it. ``digest``: of the file (SHA-256),
    if it came with the form.
    """

    pk: UUID
    name: str = ""
    description: str = ""
    digest: str = ""


def descriptions_by_id(photos: Sequence[SentPhoto]) -> dict[UUID, str]:
    """The photos as the acts take them: ids in order, each with a description of what it shows."""
    return {photo.pk: photo.description for photo in photos}


def sent_photos(data: QueryDict) -> list[SentPhoto]:
    """The photos that were uploaded before the form was sent, in order."""
    rows = zip_longest(
        data.getlist("photo"), data.getlist("photo_name"), data.getlist("photo_description")
    )
    found = []
    for pk, name, description in islice(rows, settings.MAX_PHOTOS + 1):
        with suppress(ValueError):
            photo = SentPhoto(UUID(pk or ""), (name or "")[:80], (description or "").strip())
            found.append(photo)
    return found


def new_form(initial: dict | None = None) -> ReportForm:
    """An empty form with a new submission id."""
    return ReportForm(initial={"submission_id": uuid4()} | (initial or {}))


def place_in_query(query: QueryDict) -> dict:
    """Where the link "report another here" puts the new report: the line or area of the report that
    ``extent_of`` names, if anybody may see it, with its last corner as the pin; else the pin.
    """
    try:
        extent = find_public(str(query["extent_of"])).extent if "extent_of" in query else None
    except PortalError:
        extent = None
    if extent is None:
        return _pin_in_query(query)
    coordinates = json.loads(extent.geojson)["coordinates"]
    lon, lat = coordinates[-1] if extent.dims == 1 else coordinates[0][-2]
    return {"extent": extent.geojson, "lat": f"{lat:.6f}", "lon": f"{lon:.6f}"}


def category_in_query(query: QueryDict) -> dict:
    """The category that a card of the knowledge base names in its link; {} if there is none."""
    code = query.get("kategoria", "")
    return {"category": code} if code in active_categories() else {}


def _pin_in_query(query: QueryDict) -> dict:
    """The pin in the query, or {} if it is not one."""
    point = parse_coordinates(f"{query.get('lat', '')}, {query.get('lon', '')}")
    return {"lat": f"{point.y:.6f}", "lon": f"{point.x:.6f}"} if point else {}
