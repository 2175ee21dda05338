"""Where the pictures of a version stand in its texts, and how Markdown shows them."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from web.markdown import AllowedPicture, names_of_pictures

from .contents import Contents, GivenIllustration
from .models import Illustration, Picture

# Fields of ``Contents`` in Markdown; steps are too.
_FIELDS = ("summary", "handling", "place", "exemptions", "appeal")


def shown_pictures(
    illustrations: Iterable[Illustration | GivenIllustration], url_of: Callable[[Picture], str]
) -> dict[str, AllowedPicture]:
    """What ``render_markdown`` may show: the pictures that are ready, by their names."""
    return {
        one.name: AllowedPicture(
            url_of(one.picture), one.description, one.picture.width, one.picture.height
        )
        for one in illustrations
        if one.picture.is_ready
    }


def find_unknown(contents: Contents) -> dict[str, str]:
    """What is wrong with the pictures that stand in the texts, by field; a step is "steps-0" and
    so on. Only a picture of this version can stand there: nothing is loaded from elsewhere.
    """
    known = {one.name for one in contents.illustrations}
    faults = {}
    for field, text in _texts(contents):
        if missing := [name for name in names_of_pictures(text) if name not in known]:
            faults[field] = _(
                "Nie ma tu ilustracji „%(name)s”. Dodaj ją w części „Ilustracje” albo popraw nazwę."
            ) % {"name": missing[0][:60]}
    return faults


def names_placed(contents: Contents) -> set[str]:
    """The names of pictures that stand in a text."""
    return {name for _field, text in _texts(contents) for name in names_of_pictures(text)}


def _texts(contents: Contents) -> Iterator[tuple[str, str]]:
    for name in _FIELDS:
        yield name, getattr(contents, name)
    for place, step in enumerate(contents.steps):
        yield f"steps-{place}", step.text
