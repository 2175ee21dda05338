"""``manage.py load_roles``: a group for every staff role, with its permissions in the admin."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand

from accounts.models import Role


class Command(BaseCommand):
    help = (
        "Make the groups of the staff roles; administrators may work on all that the admin shows."
    )

    def handle(self, *args, **options) -> None:
        for name in Role.values:
            Group.objects.get_or_create(name=name)
        administrators = Group.objects.get(name=Role.ADMINISTRATOR)
        # Permissions on the models of the city's own apps, not on those of the libraries.
        ours = [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
        own = [app.label for app in ours]
        permissions = Permission.objects.filter(content_type__app_label__in=own)
        administrators.permissions.set(permissions)
