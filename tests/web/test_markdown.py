"""Markdown of editors becomes HTML that shows their pictures and loads nothing else."""

import re

import pytest

from web.markdown import AllowedPicture, names_of_pictures, render_markdown

PICTURES = {"wejscie": AllowedPicture("/ilustracje/1.webp", 'Wejście "B" <od podwórza>', 600, 400)}


def test_a_picture_is_placed_by_its_name_with_its_own_description():
    html = render_markdown("Idź tędy:\n\n![](wejscie)", PICTURES)
    assert '<img src="/ilustracje/1.webp"' in html
    assert 'alt="Wejście &quot;B&quot; &lt;od podwórza&gt;"' in html
    assert 'width="600" height="400" loading="lazy"' in html


def test_words_in_the_place_of_the_description_go_first():
    assert 'alt="Brama &amp; furtka"' in render_markdown("![Brama & *furtka*](wejscie)", PICTURES)


@pytest.mark.parametrize("pictures", [None, PICTURES])
@pytest.mark.parametrize(
    "hostile",
    [
        "![słowa](https://evil.example/p.png)",
        "![słowa](//evil.example/p.png)",
        "![słowa](/konto/wyloguj/)",
        "![słowa](../wejscie)",
        "![słowa](WEJSCIE)",
        "![słowa](wejscie?x)",
        "![słowa](data:image/png;base64,AAAA)",
        "![słowa](javascript:alert(1))",
        "![słowa][a]\n\n[a]: https://evil.example/p.png",
        '<img src="wejscie" alt="słowa" onerror="alert(1)">',
        '![słowa" onerror="alert(1)](x)',
        "![![słowa](https://evil.example/a.png)](https://evil.example/b.png)",
        "[![słowa](https://evil.example/a.png)](javascript:alert(1))",
    ],
)
def test_nothing_else_is_ever_loaded(hostile, pictures):
    html = render_markdown(hostile, pictures)
    tags = "".join(re.findall("<[^>]*>", html))
    assert not re.search("<img|src=|onerror", tags)
    assert "słowa" in html


def test_hostile_words_of_a_picture_stay_words():
    html = render_markdown('![" onload="x" <script>](wejscie)', PICTURES)
    assert html.count("<img") == 1
    assert "<script" not in html
    assert 'alt="&quot; onload=&quot;x&quot; &lt;script&gt;"' in html


def test_the_names_of_pictures_are_found_wherever_they_stand():
    body = "- ![](a)\n- **x ![y](b)**\n\n| k |\n|---|\n| ![](c) |\n\n`![](d)`"
    assert names_of_pictures(body) == ["a", "b", "c"]
