"""The admin: only for administrators, by the portal's own log-in; changes leave an audit line."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Role, User
from regulations.models import Kind, Version

PEOPLE = "admin:accounts_user"


@pytest.mark.parametrize("person", ["resident", "operator", "unit_member", "gis", "editor"])
def test_closed_to_everybody_else(client, request, person):
    user = request.getfixturevalue(person)
    User.objects.filter(pk=user.pk).update(is_staff=True)
    client.force_login(user)
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get(reverse(f"{PEOPLE}_changelist"), follow=True).status_code == 403


@pytest.mark.django_db
def test_the_log_in_is_the_portals(client):
    answer = client.get("/admin/accounts/user/", follow=True)
    assert answer.redirect_chain[-1][0] == "/konto/logowanie/?next=/admin/accounts/user/"


def test_an_administrator_gives_a_role_and_the_trail_says_so(client, administrator, resident):
    client.force_login(administrator)
    role = resident.groups.model.objects.get(name=Role.OPERATOR)
    values = {"username": "maria", "email": "m@example.org", "is_active": "on", "groups": role.pk}
    answer = client.post(reverse(f"{PEOPLE}_change", args=[resident.pk]), values)
    assert answer.status_code == 302
    assert User.objects.get(pk=resident.pk).is_operator
    line = AuditEntry.objects.get(action="person_changed")
    assert (line.actor, line.target_id) == (administrator, str(resident.pk))
    assert line.details["roles"] == ["operator"]


def test_a_new_password_leaves_a_line_without_it(client, administrator, resident):
    client.force_login(administrator)
    secret = "nowe haslo maria 2026"
    path = reverse("admin:auth_user_password_change", args=[resident.pk])
    values = {"password1": secret, "password2": secret, "usable_password": "true"}
    assert client.post(path, values).status_code == 302
    assert User.objects.get(pk=resident.pk).check_password(secret)
    assert secret not in str(list(AuditEntry.objects.values()))
    assert AuditEntry.objects.filter(action="person_changed").exists()


def test_nobody_makes_themselves_more_than_a_role(client, administrator):
    client.force_login(administrator)
    page = client.get(reverse(f"{PEOPLE}_change", args=[administrator.pk]))
    assert not {"is_superuser", "user_permissions"} & set(page.context["adminform"].form.fields)


def test_people_and_the_trail_are_never_deleted(client, administrator, resident):
    client.force_login(administrator)
    for name, key in ((f"{PEOPLE}_delete", resident.pk),):
        assert client.post(reverse(name, args=[key]), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:accounts_auditentry_add")).status_code == 403
    assert client.get(reverse("admin:accounts_consententry_add")).status_code == 403


def test_boundaries_are_only_looked_at(client, administrator):
    client.force_login(administrator)
    assert client.get(reverse("admin:districts_district_changelist")).status_code == 200
    assert client.get(reverse("admin:districts_edition_add")).status_code == 403
    assert client.get(reverse("admin:districts_district_add")).status_code == 403


def test_a_published_text_is_only_looked_at(client, administrator):
    client.force_login(administrator)
    version = Version.objects.published().first()
    path = reverse("admin:regulations_version_change", args=[version.pk])
    assert client.get(path).status_code == 200
    assert client.post(path, {"title": "x"}).status_code == 403


def test_staff_made_here_need_no_letter_to_log_in(client, administrator):
    client.force_login(administrator)
    secret = "nowe haslo wojtek 2026"
    values = {
        "username": "wojtek",
        "email": "Wojtek@example.org",
        "password1": secret,
        "password2": secret,
        "usable_password": "true",
    }
    assert client.post(reverse(f"{PEOPLE}_add"), values).status_code == 302
    browser = Client()
    browser.post("/konto/logowanie/", {"login": "wojtek@example.org", "password": secret})
    assert browser.get("/konto/").status_code == 200


def test_a_name_like_somebody_elses_is_said_by_its_field(client, administrator, resident):
    client.force_login(administrator)
    values = {"username": "rnaria", "email": "x@example.org", "usable_password": "false"}
    page = client.post(reverse(f"{PEOPLE}_add"), values)
    assert page.status_code == 200
    assert "username" in page.context["adminform"].form.errors


def test_what_is_a_residents_own_is_only_looked_at(client, administrator, resident):
    client.force_login(administrator)
    page = client.get(reverse(f"{PEOPLE}_change", args=[resident.pk]))
    assert not {"username", "email", "is_active"} & set(page.context["adminform"].form.fields)


def test_the_annex_is_never_written_by_hand(client, administrator):
    client.force_login(administrator)
    page = client.get(reverse("admin:regulations_version_add"))
    kinds = {value for value, _label in page.context["adminform"].form.fields["kind"].choices}
    assert Kind.RULES in kinds
    assert Kind.ANNEX not in kinds
