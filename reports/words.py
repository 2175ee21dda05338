"""Words by which staff look for a report: of its description, its address and its number."""

from django.db.models import F, Func, Q, TextField
from django.db.models.lookups import Contains

# The index knows parts of three letters; a shorter word alone would mean reading every report.
SHORTEST = 3
# As the SQL function reports_words does it.
_PLAIN = str.maketrans("ĄĆĘŁŃÓŚŹŻąćęłńóśźż", "ACELNOSZZacelnoszz")


class Words(Func):
    """All of these words of a report, in small letters and without Polish marks; the expression of
    the index ``report_words``.
    """

    function = "reports_words"
    output_field = TextField()

    def __init__(self, *_expressions, **extra) -> None:
        super().__init__(F("description"), F("address"), F("near"), F("reference"), **extra)


def fold(text: str) -> str:
    """``text`` as ``Words`` has it."""
    return text.translate(_PLAIN).lower()


def saying(text: str) -> Q | None:
    """Reports with all words of ``text``, or with parts that begin or end like them; None where no
    word is long enough to be looked for.
    """
    words = fold(text).split()
    if not any(len(word) >= SHORTEST for word in words):
        return None
    said = Q()
    for word in words:
        said &= Q(Contains(Words(), word))
    return said
