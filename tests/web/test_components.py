"""Shapes that many pages use: what a page gives stands where it belongs, and is escaped."""

import re
from datetime import UTC, datetime

from django.template import Context, Template


def rendered(source: str, **values: object) -> str:
    text = Template("{% load components %}" + source).render(Context(values))
    return re.sub(r"\s*\n\s*", "", text)


def test_a_disclosure_is_closed_until_somebody_asks():
    source = '{% disclosure title class="legend" data_steps=True %}<p>inside</p>{% enddisclosure %}'
    assert rendered(source, title="More & more") == (
        '<details class="legend" data-steps><summary>More &amp; more</summary>'
        '<div class="disclosed"><p>inside</p></div></details>'
    )


def test_a_disclosure_with_errors_inside_is_open():
    source = "{% disclosure title is_open=errors %}{% enddisclosure %}"
    assert rendered(source, title="x", errors=["wrong"]).startswith("<details open>")
    assert rendered(source, title="x", errors=[]).startswith("<details>")


def test_a_file_field_speaks_the_language_of_the_page_and_stays_a_file_field():
    source = '{% file_field "Wybierz plik" none="Brak" %}<input type="file">{% endfile_field %}'
    shown = rendered(source)
    assert shown.startswith('<div class="file-field" data-file-field><input type="file">')
    assert 'Wybierz plik</span><span data-file-names data-none="Brak"></span>' in shown


def test_what_a_person_typed_stays_text_inside_a_component():
    source = "{% disclosure title note=note %}{{ words }}{% enddisclosure %}"
    typed = "<script>"
    assert "<script>" not in rendered(source, title=typed, note=typed, words=typed)


def test_a_notice_without_an_icon_or_a_tone_is_plain():
    assert rendered("{% notice %}Words{% endnotice %}") == (
        '<p class="notice"><span>Words</span></p>'
    )


def test_a_notice_of_paragraphs_takes_classes_and_attributes():
    source = (
        '{% notice_box "warn" layout="row" hidden=True role="status" %}<p></p>{% endnotice_box %}'
    )
    assert rendered(source) == (
        '<div class="notice warn" role="status" hidden><div class="row"><p></p></div></div>'
    )


def test_a_row_of_a_list_leads_to_its_page_where_it_has_one():
    source = '{% list_row title="A" icon="user" url=url %}<p></p>{% endlist_row %}'
    assert '<a class="whole" href="/x/?a=1&amp;b=2">A</a><p></p></li>' in rendered(
        source, url="/x/?a=1&b=2"
    )
    assert "<p><strong>A</strong></p><p></p></li>" in rendered(source)


def test_a_step_of_a_timeline_says_when_and_where():
    source = (
        '{% timeline_step title="A" icon="x" tone="good" at=at unit=unit %}{% endtimeline_step %}'
    )
    at = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    assert "21 listopada 2026, 13:00</time>, ZDiT</p>" in rendered(source, at=at, unit="ZDiT")
    assert "13:00</time></p>" in rendered(source, at=at, unit="")
