"""Builds the icon sprite into static/build; ``npm run build`` adds scripts and styles."""

from django.core.management.base import BaseCommand, CommandError

from web.icons import SPRITE, UnknownIcon, named_icons, write_sprite


class Command(BaseCommand):
    help = "Build the icon sprite, from lucide-static (npm)."
    requires_system_checks = []

    def handle(self, **options: object) -> None:
        names = named_icons()
        try:
            write_sprite(names)
        except UnknownIcon as unknown:
            raise CommandError(
                f"lucide has no icon named {unknown}; see lucide.dev/icons."
            ) from None
        self.stdout.write(f"{len(names)} icons in {SPRITE.name}")
