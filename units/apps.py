from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = _("Jednostki")
    default_auto_field = "django.db.models.BigAutoField"
