"""Texts of cards in other shapes than a page."""

import re

_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")


def plain_text(markdown: str) -> str:
    """Markdown in one line without its signs and its pictures, as far as a summary has any."""
    words = _PICTURE.sub("", markdown)
    return " ".join(words.replace("*", "").replace("#", "").replace("`", "").split())
