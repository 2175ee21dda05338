"""Builds into static/build what is made of many small files: icons and the common style sheet."""

from django.core.management.base import BaseCommand, CommandError

from web.icons import SPRITE, UnknownIcon, named_icons, write_sprite
from web.stylesheet import TARGET, write_stylesheet


class Command(BaseCommand):
    help = "Build the icon sprite, from lucide-static (npm), and the common style sheet."
    requires_system_checks = []

    def handle(self, **options: object) -> None:
        names = named_icons()
        try:
            write_sprite(names)
        except UnknownIcon as unknown:
            raise CommandError(
                f"lucide has no icon named {unknown}; see lucide.dev/icons."
            ) from None
        write_stylesheet()
        self.stdout.write(f"{len(names)} icons in {SPRITE.name}; {TARGET.name}")
