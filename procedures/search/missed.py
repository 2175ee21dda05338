"""What people searched for and did not find, for editors; never what one person typed about
somebody.

The words are kept once they were searched on three different days: what is asked again and again
is asked by several people, and a name, an address or a whole sentence is not. Until then only a
keyed hash is stored, by which the days are counted.
"""

import hashlib
import hmac
import re
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from procedures.models import MissedQuery

from .lemmas import is_name_of_person
from .words import split_words

DAYS_UNTIL_SHOWN = 3
_MOST_WORDS, _LONGEST = 6, 60
# A number of a person, a case, an account or a telephone.
_MANY_DIGITS = re.compile(r"[0-9]{4}")


def note_missed(text: str) -> None:
    """Count that nothing was found for ``text``, at most once a day."""
    words = split_words(text)
    query = " ".join(words)
    if not words or len(words) > _MOST_WORDS or len(query) > _LONGEST or is_personal(text):
        return
    today = timezone.localdate()
    key = settings.SECRET_KEY.encode()
    mark = hmac.new(key, query.encode(), hashlib.sha256).hexdigest()
    row, is_new = MissedQuery.objects.get_or_create(mark=mark, defaults={"last_on": today})
    if is_new or row.last_on == today:
        return
    days = row.days + 1
    shown = query if days >= DAYS_UNTIL_SHOWN else ""
    rows = MissedQuery.objects.filter(pk=row.pk, last_on__lt=today)
    rows.update(days=F("days") + 1, last_on=today, text=shown)


def is_personal(text: str) -> bool:
    """Whether ``text`` may name somebody: an e-mail address, a long number, a first name or a
    surname.
    """
    joined = re.sub(r"[\s-]", "", text)
    if "@" in text or _MANY_DIGITS.search(joined):
        return True
    return any(is_name_of_person(word.capitalize()) for word in split_words(text))


def erase_missed() -> None:
    """Forget what nobody has searched for ``MISSED_QUERY_DAYS``."""
    before = timezone.localdate() - timedelta(days=settings.MISSED_QUERY_DAYS)
    MissedQuery.objects.filter(last_on__lt=before).delete()
