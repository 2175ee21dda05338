"""What search engines are told."""

from xml.etree.ElementTree import fromstring

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from tests.pages.entries import ago, news, question
from web.brand_pictures import draw_pictures

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(client) -> list[str]:
    tree = fromstring(client.get("/sitemap.xml").content)
    return [loc.text.removeprefix("http://testserver") for loc in tree.iter(LOC)]


def test_every_address_of_the_sitemap_answers(client, db):
    news()
    question()
    found = addresses(client)
    assert len(found) == len(set(found)) > 20
    got = {address: client.get(address).status_code for address in found}
    assert {address for address, status in got.items() if status != 200} == set()


def test_drafts_and_what_expired_are_not_in_it(client, db):
    hidden = [
        news("szkic", published_at=None),
        news("minione", published_at=ago(days=2), expires_at=ago(days=1)),
        question("szkic", published_at=None),
    ]
    found = addresses(client)
    assert not [entry for entry in hidden if entry.get_absolute_url() in found]


def test_robots_are_kept_from_people_and_staff_and_shown_the_sitemap(client, db):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /panel/" in text
    assert "Disallow: /konto/" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    closed = [line.removeprefix("Disallow: ") for line in text.splitlines() if "Disallow" in line]
    assert not [path for path in addresses(client) if path.startswith(tuple(closed))]


def test_the_favicon_is_where_browsers_ask_for_it(client, db):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 301
    assert "favicon" in answer["Location"]


@pytest.mark.parametrize(
    ("name", "size"),
    [("share.png", (1200, 630)), ("touch-icon.png", (180, 180)), ("icon-512.png", (512, 512))],
)
def test_the_pictures_are_those_that_the_command_draws(tmp_path, name, size):
    """Text is left out of the comparison: fonts differ from machine to machine."""
    draw_pictures(tmp_path)
    kept, drawn = (
        Image.open(folder / name).convert("RGB")
        for folder in (settings.BASE_DIR / "static" / "img", tmp_path)
    )
    assert kept.size == drawn.size == size
    logo = (0, 0, size[0] // 3, size[1])
    assert kept.crop(logo).tobytes() == drawn.crop(logo).tobytes()


def test_the_page_that_search_engines_show_has_its_own_address(client, db):
    page = client.get(reverse("pages:news")).content.decode()
    assert f'property="og:url" content="{settings.SITE_URL}/aktualnosci/"' in page
