"""``manage.py draw_pictures``: draws the favicon and the pictures for links anew."""

from django.core.management.base import BaseCommand

from web.brand_pictures import draw_pictures


class Command(BaseCommand):
    help = "Draw favicon, home screen icons and the picture of links into static/img."
    requires_system_checks = []

    def handle(self, **options: object) -> None:
        for path in draw_pictures():
            self.stdout.write(path.name)
