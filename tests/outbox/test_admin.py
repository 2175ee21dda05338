"""Administrators see that letters left, not what they say nor to whom."""

from django.urls import reverse

from outbox.models import Letter
from tests.outbox.letters import message


def test_letters_are_listed_without_what_they_say(client, administrator):
    message(key="report:1:received", text="tajne").send()
    client.force_login(administrator)
    for path in (
        reverse("admin:outbox_letter_changelist"),
        reverse("admin:outbox_letter_change", args=[Letter.objects.get().pk]),
    ):
        content = client.get(path).content.decode()
        assert "report:1:received" in content
        assert "maria@example.org" not in content
        assert "tajne" not in content


def test_nobody_writes_or_deletes_a_letter_there(client, administrator):
    message().send()
    client.force_login(administrator)
    key = Letter.objects.get().pk
    assert client.get(reverse("admin:outbox_letter_add")).status_code == 403
    assert client.post(reverse("admin:outbox_letter_change", args=[key])).status_code == 403
    assert client.post(reverse("admin:outbox_letter_delete", args=[key])).status_code == 403
