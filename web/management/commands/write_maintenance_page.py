"""``manage.py write_maintenance_page``: what the proxy shows while no web process answers.

It writes ``deploy/maintenance.html``, and into ``deploy/Caddyfile`` the digest by which the policy
of that page admits its style. Both are kept in the repository, because they are needed just when
nothing of ours runs.
"""

import base64
import hashlib
import re

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from web.context import city_of

PAGE = settings.BASE_DIR / "deploy" / "maintenance.html"
PROXY = settings.BASE_DIR / "deploy" / "Caddyfile"
_STYLES = settings.BASE_DIR / "static" / "css"
_TOKEN = re.compile(r"^\s*(--[\w-]+): ", re.MULTILINE)


class Command(BaseCommand):
    help = "Write the page that the proxy shows while no web process answers."

    def handle(self, *args, **options) -> None:
        PAGE.write_text(maintenance_page())
        PROXY.write_text(re.sub(r"'sha256-[^']*'", f"'{style_digest()}'", PROXY.read_text()))


def maintenance_page() -> str:
    """The page, with its style inside, in all languages of the portal."""
    context = {
        "city": city_of(),
        "languages": [code for code, _name in settings.LANGUAGES],
        "style": mark_safe(_style()),  # noqa: S308 - of our own files
    }
    text = render_to_string("maintenance.html", context)
    return "".join(f"{line}\n" for line in text.splitlines() if line.strip())


def style_digest() -> str:
    """How a content security policy names the style of the page."""
    digest = hashlib.sha256(_style().encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _style() -> str:
    """The style of the page, and of the tokens those that it uses."""
    own = (_STYLES / "maintenance.css").read_text()
    used = set(re.findall(r"var\((--[\w-]+)\)", own))
    tokens = (_STYLES / "tokens.css").read_text()
    kept = [
        line
        for line in tokens.splitlines()
        if not (found := _TOKEN.match(line)) or found[1] in used
    ]
    whole = re.sub(r"/\*.*?\*/", "", "\n".join([*kept, own]), flags=re.DOTALL)
    return re.sub(r"\s+", " ", whole).strip()
