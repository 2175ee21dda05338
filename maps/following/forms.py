"""The form by which somebody begins to follow a district or a circle."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from districts.models import District, Edition
from maps.circle import Circle
from reports.placing import find_place, read_place
from web.errors import PortalError

_RADII = (100, 250, 500, 1_000, 2_000)


class WatchForm(forms.Form):
    """``needs_email``: nobody is logged in. Once it is valid, ``where`` is what to follow."""

    where: Circle | str = ""
    place_words = ""

    district = forms.ChoiceField(label=gettext_lazy("Co chcesz obserwować?"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Adres albo miejsce"),
        help_text=gettext_lazy("Na przykład Piotrkowska 110 albo Park Źródliska."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    metres = forms.TypedChoiceField(
        label=gettext_lazy("Jak daleko dookoła"),
        coerce=int,
        initial=500,
        required=False,
        empty_value=None,
    )
    email = forms.EmailField(
        label=gettext_lazy("Adres e-mail"),
        help_text=gettext_lazy(
            "Wyślemy jedną wiadomość z prośbą o potwierdzenie. Bez niego nie napiszemy więcej."
        ),
        max_length=254,
        error_messages={
            "invalid": gettext_lazy("To nie wygląda na adres e-mail."),
            "required": gettext_lazy("Wpisz adres e-mail."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(required=False)

    def __init__(self, *args, needs_email: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        edition = Edition.objects.in_force_or_none()
        rows = District.objects.filter(edition=edition).order_by("name").values_list("code", "name")
        districts = [(code, _("osiedle %(district)s") % {"district": name}) for code, name in rows]
        self._choose("district", [("", _("Okolicę miejsca, które wskażę")), *districts])
        self._choose("metres", [(one, _metres_words(one)) for one in _RADII])
        if not needs_email:
            del self.fields["email"]

    def _choose(self, name: str, choices: list) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict:
        values = super().clean() or {}
        if self.errors:
            return values
        if values["district"]:
            self.where = values["district"]
        elif not values["place"]:
            self.add_error("place", _("Wpisz adres albo wskaż miejsce na mapie."))
        else:
            self._find(values["place"], values["metres"] or 500)
        return values

    def _find(self, text: str, metres: int) -> None:
        try:
            given = read_place(text)
            found = find_place(given)
        except PortalError as refusal:
            self.add_error("place", str(refusal.detail))
            return
        self.where = Circle(found.location.x, found.location.y, metres)
        self.place_words = given.address or text


def _metres_words(metres: int) -> str:
    if metres < 1_000:
        return f"{metres} m"
    return f"{metres // 1_000} km"
