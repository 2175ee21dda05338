"""The administrator looks at editions and districts, and changes none."""

import pytest
from django.urls import reverse

from districts.models import District, Edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Edition, District])
def test_the_administrator_looks_and_changes_nothing(client, administrator, model):
    client.force_login(administrator)
    name = f"admin:districts_{model._meta.model_name}"
    row = model.objects.first()
    assert row.code in client.get(reverse(f"{name}_changelist")).text
    assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
    assert client.get(reverse(f"{name}_add")).status_code == 403
