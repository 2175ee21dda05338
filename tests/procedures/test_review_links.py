"""Somebody without an account gives an opinion by a secret link, once, on the text as it was."""

import pytest

from accounts.models import AuditEntry
from procedures.editing.drafting import begin_procedure, save_draft
from procedures.editing.locking import CardChanged, NotNow
from procedures.editing.publishing import SentenceNeeded, publish_version, send_to_review
from procedures.editing.review_links import (
    LinkClosed,
    answer_review_link,
    find_review_link,
    make_review_link,
    revoke_review_link,
)
from procedures.models import ReviewLink
from tests.people import person
from tests.procedures.test_states import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(editor):
    version = begin_procedure(written(), by=editor)
    send_to_review(version, edits=0, by=editor)
    return version


@pytest.fixture
def link(version, editor):
    return make_review_link(version, edits=0, name="mec. Anna Prawo", days=7, by=editor)[0]


def test_a_press_approves_and_the_name_is_kept(version, link):
    answer_review_link(link, is_approval=True)
    version.refresh_from_db()
    assert version.approved_by == "mec. Anna Prawo"
    assert version.review_since is not None


def test_remarks_send_the_version_back(version, link):
    with pytest.raises(SentenceNeeded):
        answer_review_link(link, is_approval=False)
    answer_review_link(link, is_approval=False, note="Zła podstawa.")
    version.refresh_from_db()
    link.refresh_from_db()
    assert (version.review_since, link.note) == (None, "Zła podstawa.")


def test_only_a_hash_of_the_key_is_kept(version, editor):
    link, key = make_review_link(version, edits=0, name="x", days=7, by=editor)
    assert find_review_link(key) == link
    assert key not in repr(ReviewLink.objects.values())
    with pytest.raises(ReviewLink.DoesNotExist):
        find_review_link(key + "x")


def test_it_is_answered_once(link):
    answer_review_link(link, is_approval=True)
    with pytest.raises(LinkClosed):
        answer_review_link(link, is_approval=False, note="x")


def test_it_ends_with_its_time(link, time_machine):
    with time_machine(days=8), pytest.raises(LinkClosed):
        answer_review_link(link, is_approval=True)


def test_it_ends_when_it_is_revoked(link, editor):
    revoke_review_link(link, by=editor)
    with pytest.raises(LinkClosed):
        answer_review_link(link, is_approval=True)
    with pytest.raises(NotNow):
        revoke_review_link(link, by=editor)


def test_it_ends_when_the_text_is_edited(version, link, editor):
    save_draft(version, written(title="Inny"), edits=0, by=editor)
    send_to_review(version, edits=1, by=editor)
    with pytest.raises(LinkClosed):
        answer_review_link(link, is_approval=True)
    assert not ReviewLink.objects.open().exists()


def test_it_ends_when_the_version_is_published(version, link):
    publish_version(version, edits=0, by=person("danuta", role="editor"))
    with pytest.raises(LinkClosed):
        answer_review_link(link, is_approval=False, note="x")


def test_an_edit_takes_the_approval_away(version, link, editor):
    answer_review_link(link, is_approval=True)
    save_draft(version, written(title="Inny"), edits=0, by=editor)
    version.refresh_from_db()
    assert version.approved_by == ""


def test_no_link_is_made_to_a_text_that_somebody_changed(version, editor):
    save_draft(version, written(title="Inny"), edits=0, by=editor)
    with pytest.raises(CardChanged):
        make_review_link(version, edits=0, name="x", days=7, by=editor)


def test_the_trail_tells_of_it_without_the_name(link):
    answer_review_link(link, is_approval=True)
    entries = AuditEntry.objects.order_by("-pk")[:2]
    assert [entry.action for entry in entries] == ["card_approved_by_link", "card_link_made"]
    assert "Anna" not in repr([entry.details for entry in entries])
