"""The sprite holds the icons that the portal names, and no others."""

from xml.etree import ElementTree

import pytest

from web.icons import UnknownIcon, named_icons, write_sprite


@pytest.fixture
def house(tmp_path):
    """A small house that names an icon in a template, in a fixture and in code."""
    sources = {
        "reports/templates/reports/page.html": '{% icon "map-pin" %} {% icon status.icon %}',
        "reports/templates/reports/status.html": '{% notice icon="clock" %}x{% endnotice %}',
        "fixtures/categories.yaml": "# icon: comment\n- icon: trash-2\n",
        "reports/handling/status.py": 'Look(icon="send")',
        "tests/test_page.py": 'icon = "skull"',
    }
    for path, text in sources.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def test_icons_are_found_in_templates_fixtures_and_code(house):
    assert named_icons(house) == {"map-pin", "clock", "trash-2", "send"}


def test_the_sprite_has_a_symbol_for_each_name(tmp_path):
    write_sprite({"map-pin", "trash-2"}, tmp_path / "icons.svg")
    symbols = ElementTree.parse(tmp_path / "icons.svg").getroot()
    assert [symbol.get("id") for symbol in symbols] == ["map-pin", "trash-2"]
    assert all(len(symbol) for symbol in symbols)


def test_a_name_that_lucide_does_not_have_is_refused(tmp_path):
    with pytest.raises(UnknownIcon, match="no-such-icon"):
        write_sprite({"no-such-icon"}, tmp_path / "icons.svg")


def test_every_icon_that_the_portal_names_exists(tmp_path):
    write_sprite(named_icons(), tmp_path / "icons.svg")
