"""``manage.py prepare``: brings a database to this release, with its reference data and on request
the demo.
"""

from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand

# Each command may be repeated. A later one may need what an earlier one loaded.
_REFERENCE_DATA = (
    "load_roles",
    "load_regulations",
    "load_districts",
    "import_addresses",
    "load_units",
    "load_categories",
    "load_annex",
    "publish_annex",
)
_DEMO = ("load_demo_people", "load_demo", "load_demo_boundaries", "load_pages")


class Command(BaseCommand):
    help = "Migrate and load reference data; with --demo, people and reports to look at too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="demo people and reports")

    def handle(self, *, demo: bool, **options: object) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        for command in _REFERENCE_DATA + (_DEMO if demo else ()):
            call_command(command, stdout=self.stdout)
        if demo:
            # What editors made of a demo card stays.
            call_command("load_procedures", "--demo", "--only-new", stdout=self.stdout)
        call_command("check_map", "--repair", stdout=self.stdout)
        call_command("check_numbers", "--repair", stdout=self.stdout)
