"""Which version of a card people read, at every instant."""

from datetime import timedelta

import pytest
from django.utils import timezone

from procedures.models import Procedure, ProcedureVersion
from tests.procedures.cards import make_card, make_version

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def read(procedure) -> list[str]:
    return [version.title for version in procedure.versions.current()]


def test_people_read_the_newest_version_that_has_begun():
    card = make_card("Dawna", published_at=timezone.now() - 2 * HOUR)
    make_version(card, title="Dzisiejsza", published_at=timezone.now() - HOUR)
    make_version(card, title="Jutrzejsza", published_at=timezone.now() + HOUR)
    make_version(card, title="Szkic", published_at=None)
    assert read(card) == ["Dzisiejsza"]


def test_a_withdrawn_card_has_no_current_version_and_stays_known():
    card = make_card(withdrawn_at=timezone.now() - HOUR)
    assert read(card) == []
    assert card in Procedure.objects.known()
    assert card not in Procedure.objects.published()


def test_a_card_that_will_be_withdrawn_is_read_until_then():
    card = make_card("Jeszcze", withdrawn_at=timezone.now() + HOUR)
    assert read(card) == ["Jeszcze"]
    assert card in Procedure.objects.published()


def test_a_draft_is_known_to_nobody():
    card = make_card(published_at=None)
    assert card not in Procedure.objects.known()
    assert not ProcedureVersion.objects.begun().exists()
