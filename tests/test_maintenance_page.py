"""What the proxy shows while no web process answers is what the command writes."""

import re
from pathlib import Path

import yaml
from django.conf import settings

from web.errors import Unavailable
from web.management.commands import write_maintenance_page as writing

PAGE = writing.PAGE.read_text()
PROXY = writing.PROXY.read_text()
MOUNTS = yaml.safe_load((Path(settings.BASE_DIR) / "docker-compose.yml").read_text())


def test_the_page_is_the_one_that_the_command_writes():
    assert writing.maintenance_page() == PAGE, "manage.py write_maintenance_page"


def test_its_policy_admits_its_style_and_nothing_else():
    assert f"style-src '{writing.style_digest()}'" in PROXY
    assert "default-src 'none'" in PROXY
    (style,) = re.findall("<style>(.*?)</style>", PAGE, re.DOTALL)
    assert "{" in style
    assert "style=" not in PAGE
    assert "<script" not in PAGE


def test_it_needs_nothing_that_is_not_in_it():
    assert not re.search(r"(src|url\()|<link", PAGE)
    assert set(re.findall(r'href="([^"]*)"', PAGE)) == {"", "tel:112", "tel:+48426384444"}


def test_it_is_written_in_every_language():
    assert re.findall(r'<section lang="(\w+)"', PAGE) == [
        code for code, _name in settings.LANGUAGES
    ]


def test_the_proxy_has_the_page_and_says_when_to_ask_again():
    mounts = MOUNTS["services"]["proxy"]["volumes"]
    assert "./deploy/maintenance.html:/etc/caddy/maintenance.html:ro" in mounts
    assert "rewrite * /maintenance.html" in PROXY
    assert "Retry-After 60" in PROXY
    assert "status 503" in PROXY


def test_programs_get_our_own_shape_from_the_proxy():
    (answer,) = re.findall(r"respond `(\{.*\})` 503", PROXY)
    said = yaml.safe_load(answer)
    assert said == {"code": Unavailable.code, "detail": str(Unavailable.detail)}
