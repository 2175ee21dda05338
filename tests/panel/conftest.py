"""Who has the panel open."""

import pytest


@pytest.fixture
def of_unit(client, unit_member):
    client.force_login(unit_member)
