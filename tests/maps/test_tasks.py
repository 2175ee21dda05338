"""What beat starts of following: each task does its work."""

import pytest

from maps import tasks
from maps.following.watching import begin_watch, confirm_watches
from maps.models import Watch, WatchLine
from outbox.models import Letter
from tests.factories import submitted


@pytest.mark.django_db
def test_followers_of_a_place_are_told_and_their_addresses_erased(time_machine):
    begin_watch("katedralna", email="anna@example.org", consent=True)
    confirm_watches(Watch.objects.get().mailbox)
    submitted()
    tasks.match_changes()
    assert WatchLine.objects.count() == 1
    tasks.send_digests()
    assert Letter.objects.filter(key__startswith="watch:").count() == 1
    with time_machine(days=366):
        tasks.erase_watches()
    assert Watch.objects.count() == 0
