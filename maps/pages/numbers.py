"""How many reports there are, in words, and by district for a list and a press on the map."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from districts.models import OSIEDLA, District, Edition
from maps.selection import Selection, StatusClass
from maps.summary.reading import Count, count_districts


@dataclass(frozen=True, slots=True)
class DistrictNumbers:
    """``residents``: None where the edition does not say how many there are."""

    code: str
    name: str
    residents: int | None
    count: Count

    @property
    def words(self) -> str:
        statuses = status_words(self.count)
        return f"{total_words(self.count)} ({statuses})" if statuses else total_words(self.count)


def numbers_of_districts(selection: Selection) -> list[DistrictNumbers] | None:
    """Of all districts in force, by name, whichever of them is chosen. None where counting would
    take too long.

    A report that has ended keeps its district of an earlier edition: it counts with the one of the
    same code.
    """
    counted = count_districts(replace(selection, district=""))
    if counted is None:
        return None
    codes = dict(
        District.objects.filter(edition__layer=OSIEDLA, pk__in=counted).values_list("pk", "code")
    )
    by_code: dict[str, Count] = {}
    for key, count in counted.items():
        sums = by_code.setdefault(codes.get(key, ""), Count()).statuses
        for status, number in count.statuses.items():
            sums[status] = sums.get(status, 0) + number
    shown = District.objects.filter(edition=Edition.objects.in_force_or_none()).order_by("name")
    return [
        DistrictNumbers(code, name, residents, by_code.get(code, Count()))
        for code, name, residents in shown.values_list("code", "name", "population")
    ]


def total_words(count: Count) -> str:
    """``12 zgłoszeń``, or "more than" so many; in words alone where nobody counted that far."""
    if count.more_than == 0:
        return _("Zgłoszeń jest tyle, że nie zdążyliśmy ich policzyć")
    if count.more_than is not None:
        return _("więcej niż %(number)s zgłoszeń") % {"number": spaced(count.more_than)}
    words = ngettext("%(number)s zgłoszenie", "%(number)s zgłoszeń", count.total)
    return words % {"number": spaced(count.total)}


def status_words(count: Count) -> str:
    """``czeka na jednostkę: 3, załatwione: 9``; empty where nothing is known."""
    known = [(one.label, count.statuses.get(one, 0)) for one in StatusClass]
    return ", ".join(f"{label}: {spaced(number)}" for label, number in known if number)


def spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
