"""``manage.py close_undecided [--dry-run]``: closes accounts that did not accept the new rules."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from accounts.rules.reminding import close_undecided, notices_to_close


class Command(BaseCommand):
    help = "Close accounts whose owners were reminded twice and have not accepted the new rules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only list whose")

    def handle(self, *, dry_run: bool, **options: object) -> None:
        if not dry_run:
            self.stdout.write(f"{close_undecided()} accounts closed.")
            return
        for notice in notices_to_close():
            dates = f"told {notice.told_at:%Y-%m-%d}, to accept by {notice.accept_by:%Y-%m-%d}"
            self.stdout.write(f"{notice.user_id}\t{notice.user.username}\t{dates}")
        self.stdout.write(f"{notices_to_close().count()} accounts would be closed.")
