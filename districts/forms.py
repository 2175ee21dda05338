"""Which other edition one is compared with."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from districts.models import Edition


class OtherEditionForm(forms.Form):
    """``among``: those that may be chosen; ``usual``: what is compared where nobody chose."""

    z = forms.ModelChoiceField(
        label=_("Porównaj z wydaniem"),
        queryset=Edition.objects.none(),
        to_field_name="code",
        required=False,
    )

    def __init__(self, data: QueryDict, *, among: QuerySet[Edition], usual: Edition | None) -> None:
        super().__init__({"z": data.get("z", usual.code if usual else "")})
        self.fields["z"].queryset = among  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Edition | None:
        return self.cleaned_data["z"] if self.is_valid() else None
