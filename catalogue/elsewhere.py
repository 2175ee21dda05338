"""Categories that do not lead to a report: emergencies, formal matters, matters of others."""

from django.utils.translation import gettext_lazy as _

from web.errors import PortalError

from .models import Category, Kind


class NotForReports(PortalError):
    """The category does not lead to a report; its advice says where to go instead."""

    code = "not_for_reports"
    status = 422
    field = "category"
    detail = _("Tej sprawy nie da się zgłosić tutaj.")

    def __init__(self, category: Category) -> None:
        super().__init__(category.advice or None)


def check_is_report(category: Category) -> None:
    """Raises ``NotForReports`` for a category that leads elsewhere."""
    if category.kind != Kind.REPORT:
        raise NotForReports(category)
