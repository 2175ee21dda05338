"""No page has inline code, and each forbids it to the browser."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories import dispatched

ROOT = Path(settings.BASE_DIR)
DATA = {"application/json", "application/ld+json"}
PUBLIC_PAGES = (
    "/",
    "/zgloszenia/nowe/",
    "/status/",
    "/mapa/",
    "/zalacznik/",
    "/regulamin/",
    "/klauzula-informacyjna/",
    "/deklaracja-dostepnosci/",
    "/konto/logowanie/",
    "/konto/haslo/",
    "/api/docs/",
    "/nie-ma-takiej-strony/",
)
ADMIN_PAGES = (
    "admin:index",
    "admin:accounts_user_changelist",
    "admin:accounts_user_add",
    "admin:accounts_auditentry_changelist",
    "admin:regulations_version_add",
    "admin:districts_district_changelist",
    "admin:units_unit_changelist",
)


class InlineCode(HTMLParser):
    """Collects in ``found`` everything that a strict policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        handlers = [name for name in values if name.startswith("on") or name == "style"]
        self.found += [f"<{tag} {name}>" for name in handlers]
        runs = values.get("type") not in DATA and "src" not in values
        if tag == "style" or (tag == "script" and runs and "nonce" not in values):
            self.found.append(f"<{tag}>")
        if (values.get("href") or "").strip().lower().startswith("javascript:"):
            self.found.append(f"<{tag} href=javascript:>")


def inline_code(html: str) -> list[str]:
    parser = InlineCode()
    parser.feed(html)
    return parser.found


def directives(response) -> dict[str, str]:
    parts = response["Content-Security-Policy"].split(";")
    return {
        name: values for name, _space, values in (part.strip().partition(" ") for part in parts)
    }


def is_strict(response) -> bool:
    policy = directives(response)
    open_words = ("unsafe", "*", "http:", "https:")
    code = [policy["script-src"], policy["style-src"], policy["default-src"]]
    return policy["object-src"] == policy["base-uri"] == "'none'" and not any(
        word in values for word in open_words for values in code
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_a_public_page_has_a_strict_policy_and_keeps_to_it(client, path):
    response = client.get(path)
    assert is_strict(response)
    assert inline_code(response.text) == []


@pytest.mark.django_db
def test_the_pages_of_a_report_keep_to_the_policy(client):
    report = dispatched()
    for name in ("reports:status", "reports:receipt"):
        response = client.get(reverse(name, args=[report.reference]))
        assert is_strict(response)
        assert inline_code(response.text) == []


def test_the_panel_keeps_to_the_policy(client, operator):
    client.force_login(operator)
    report = dispatched()
    for path in ("/panel/operator/", f"/panel/zgloszenia/{report.reference}/"):
        response = client.get(path)
        assert is_strict(response)
        assert inline_code(response.text) == []


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_the_admin_keeps_to_the_policy(client, administrator, name):
    client.force_login(administrator)
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert is_strict(response)
    assert inline_code(response.text) == []


def test_a_refusal_before_any_view_has_a_policy_too(client, db, settings):
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    response = client.get("/", headers={"host": "elsewhere.example.org"})
    assert response.status_code == 400
    assert is_strict(response)


def test_no_template_of_ours_has_inline_code():
    """Letters are left out, because mail programs understand only inline styles. So is the proxy's
    page of a portal that is down: it is one file, and its policy names the digest of its style.
    """
    templates = [
        path
        for path in ROOT.glob("*/templates/**/*.html")
        if not {"letters", ".venv", "maintenance.html"}.intersection(path.parts)
    ]
    tags = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
    assert len(templates) > 20
    found = {str(path): inline_code(tags.sub("x", path.read_text())) for path in templates}
    assert {path: code for path, code in found.items() if code} == {}
