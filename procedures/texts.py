"""Texts of cards in other shapes than a page."""


def plain_text(markdown: str) -> str:
    """Markdown in one line without its signs, as far as a summary has any."""
    return " ".join(markdown.replace("*", "").replace("#", "").replace("`", "").split())
