"""Errors about a place."""

from django.utils.translation import gettext_lazy as _

from web.errors import PortalError


class OutsideCity(PortalError):
    """The point lies outside every district; ``metres_to_city`` is the distance to the nearest."""

    code = "outside_city"
    status = 422
    detail = _("To miejsce leży poza granicami Łodzi.")

    def __init__(self, metres_to_city: float) -> None:
        super().__init__(metres_to_city=round(metres_to_city))
        self.metres_to_city = metres_to_city


class OutsideLayer(PortalError):
    """The point lies in no district of a layer that need not cover the city."""

    code = "outside_layer"
    status = 422
    detail = _("Tu nie sięga żaden rejon tej warstwy.")

    def __init__(self, metres: float | None) -> None:
        super().__init__(metres=None if metres is None else round(metres))


class NoEdition(PortalError):
    """No edition of the layer was in force at the instant asked for."""

    code = "no_edition"
    status = 404
    field = "at"
    detail = _("Wtedy nie obowiązywało jeszcze żadne wydanie granic.")
