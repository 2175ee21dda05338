"""The worker does checks that are owed: once each, and again after it was killed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from districts.editions import checking
from districts.editions.approving import approve_edition
from districts.editions.checking import ask_for_check, check_due, check_edition
from districts.editions.drafting import Shape, change_draft
from districts.models import DraftChange, EditionCheck, State
from districts.models.findings import MOST_ATTEMPTS
from tests.districts.editions.drafts import drafted, gis, square
from tests.districts.editions.test_activating import portal, state_of  # noqa: F401

FREE = timedelta(minutes=10)


class Killed(BaseException):
    """The end of the worker, which nothing catches."""


def asked(**shapes):
    draft = drafted("next", shapes or {"a": square(0)})
    return draft, ask_for_check(draft, by=draft.author)


def test_a_check_that_is_owed_is_done_once():
    draft, check = asked()
    assert (check_due(), check_due()) == (1, 0)
    check.refresh_from_db()
    assert (check.revision, check.leased_until, check.attempts) == (draft.revision, None, 1)
    assert check.done_at
    assert state_of(draft) == State.CHECKED
    steps = list(draft.steps.filter(word="checked"))
    assert [step.by for step in steps] == [draft.author]


@pytest.mark.parametrize("at", ["find_flaws", "write_borders", "refresh_index"])
def test_a_worker_killed_anywhere_leaves_the_check_to_the_next(at, monkeypatch, time_machine):
    draft, _check = asked()
    with monkeypatch.context() as patch:
        patch.setattr(checking, at, lambda *_args, **_kwargs: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            check_due()
    connection.close()
    assert EditionCheck.objects.get().done_at is None
    # It is leased to the dead worker for a while.
    assert check_due() == 0
    with time_machine(minutes=10):
        assert check_due() == 1
    assert state_of(draft) == State.CHECKED
    assert draft.borders.exists()


def test_what_was_approved_after_a_kill_is_not_checked_again(monkeypatch, time_machine):
    draft, check = asked()
    with monkeypatch.context() as patch:
        patch.setattr(checking, "refresh_index", lambda **_how: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            check_due()
    approve_edition(draft, by=gis("gis2"))
    with time_machine(minutes=10):
        assert check_due() == 1
    check.refresh_from_db()
    assert check.done_at
    assert draft.steps.filter(word="checked").count() == 1


def test_a_check_that_kills_its_worker_is_given_up_until_somebody_asks_again(monkeypatch):
    draft, check = asked()
    with monkeypatch.context() as patch:
        patch.setattr(checking, "find_flaws", lambda _draft: (_ for _ in ()).throw(Killed))
        for _time in range(MOST_ATTEMPTS):
            with pytest.raises(Killed):
                check_due()
            EditionCheck.objects.update(leased_until=timezone.now() - FREE)
    assert check_due() == 0
    check.refresh_from_db()
    assert check.has_failed
    assert not ask_for_check(draft, by=draft.author).has_failed
    assert check_due() == 1


def test_a_draft_that_changes_meanwhile_is_checked_as_it_is_then(monkeypatch):
    draft, check = asked()
    real, drawn = checking.find_flaws, []

    def draw_once(edition):
        if not drawn:
            shapes = {"b": Shape("B", square(1))}
            drawn.append(change_draft(draft, shapes, by=draft.author, word=DraftChange.Word.DRAWN))
        return real(edition)

    monkeypatch.setattr(checking, "find_flaws", draw_once)
    assert check_due() == 1
    check.refresh_from_db()
    assert (check.revision, check.attempts) == (drawn[0].revision, 1)


def test_nobody_who_locates_waits_for_the_index(monkeypatch):
    """The index is renewed beside its use, which a transaction would forbid."""
    asked()
    seen = []
    real = checking.refresh_index
    monkeypatch.setattr(checking, "refresh_index", lambda **how: (seen.append(how), real(**how)))
    check_due()
    assert seen == [{"concurrently": True}]


def test_a_check_by_command_waits_for_no_worker():
    draft, _check = asked()
    assert check_edition(draft, by=None).checked_at
