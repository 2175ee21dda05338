from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand

from accounts.models import Role


class Command(BaseCommand):
    help = "Make the groups of the staff roles, once."

    def handle(self, *args, **options):
        for name in Role.values:
            Group.objects.get_or_create(name=name)
