from django.apps import AppConfig


class GeoPortalConfig(AppConfig):
    name = "geo_portal"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers the system checks
