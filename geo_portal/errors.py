"""Domain errors and their one translation to HTML and JSON."""

from django.utils.translation import gettext_lazy as _


class PortalError(Exception):
    """A refusal that a person can understand.

    ``code``: stable word for programs; ``status``: HTTP status; ``detail``: a Polish sentence;
    ``extra``: further members of the JSON answer.
    """

    code = "error"
    status = 400
    detail = _("Nie udało się wykonać tej czynności.")

    def __init__(self, detail: str | None = None, **extra: object) -> None:
        if detail is not None:
            self.detail = detail
        self.extra = extra
        super().__init__(str(self.detail))
