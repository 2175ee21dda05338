"""What the trail says was done is a member of an enumeration, never a string of somebody's own."""

import re
from collections import Counter

import pytest
from django.urls import get_resolver

from accounts.audit import record
from accounts.models import AuditEntry, AuditWord
from tests.test_architecture import APPS, ROOT, sources


def enumerations() -> list[type[AuditWord]]:
    """Those of the portal, once all its modules are loaded."""
    assert get_resolver().url_patterns
    return [
        found for found in AuditWord.__subclasses__() if not found.__module__.startswith("tests")
    ]


def test_a_word_of_no_enumeration_is_refused(operator):
    with pytest.raises(TypeError):
        record(actor=operator, action="hidden", target=operator)
    assert not AuditEntry.objects.exists()


def test_no_two_enumerations_hold_the_same_value():
    values = Counter(word.value for words in enumerations() for word in words)
    assert len(values) > 20
    assert [value for value, times in values.items() if times > 1] == []


def test_every_value_fits_its_column():
    longest = AuditEntry._meta.get_field("action").max_length
    assert all(len(word.value) <= longest for words in enumerations() for word in words)


def test_entries_are_made_by_record_alone():
    """But for the admin's own log, which has no row to give to ``record``."""
    makes = re.compile(r"(?<!class )AuditEntry(\.objects\.\w*create\w*)?\(")
    files = [path for app in APPS for path in sources(app) if "migrations" not in path.parts]
    makers = {str(path.relative_to(ROOT)) for path in files if makes.search(path.read_text())}
    assert makers == {"accounts/audit.py", "accounts/receivers.py"}
