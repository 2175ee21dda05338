"""Admin pages of people and of what staff did. Every change leaves a line in the audit trail."""

from typing import cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from web.read_only_admin import ReadOnlyAdmin

from .audit import record
from .confirming import mark_email_confirmed
from .models import AccountWord, AuditEntry, ConsentEntry, User

admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Administrators create staff here and give them roles. They block and delete accounts in
    ``accounts.people``. Only residents themselves change their names and addresses.
    """

    list_display = ["username", "first_name", "last_name", "email", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Osoba"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Dostęp"), {"fields": ["is_active", "groups"]}),
        (_("Daty"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "email", "usable_password", "password1", "password2"]})
    ]
    readonly_fields = ["last_login", "date_joined", "is_active"]
    filter_horizontal = ()
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        own = ["username", "email", "first_name", "last_name"]
        is_resident = obj is not None and obj.rules_accepted_id is not None
        return self.readonly_fields + (own if is_resident else [])

    def formfield_for_manytomany(self, db_field, request: HttpRequest, **kwargs):
        """The few roles are boxes to tick, not two lists with a search."""
        boxes = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, widget=boxes, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.rules_accepted_id is None:
            mark_email_confirmed(obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = ""):  # noqa: A002
        with transaction.atomic():
            return super().user_change_password(request, id, form_url)

    def log_addition(self, request: HttpRequest, obj: User, message: object):
        record(actor=cast("User", request.user), action=AccountWord.PERSON_ADDED, target=obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: User, message: object):
        groups = sorted(obj.groups.values_list("name", flat=True))
        record(
            actor=cast("User", request.user),
            action=AccountWord.PERSON_CHANGED,
            target=obj,
            fields=_changed_fields(message),
            roles=groups,
            is_active=obj.is_active,
        )
        return super().log_change(request, obj, message)


def _changed_fields(message: object) -> list[str]:
    """Names of the fields in Django's change message; none if it is a plain text."""
    parts = message if isinstance(message, list) else []
    return [str(name) for part in parts for name in part.get("changed", {}).get("fields", [])]


@admin.register(AuditEntry)
class AuditAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "action", "target_type", "target_id"]
    list_filter = ["action", "target_type"]
    list_select_related = ["actor"]
    search_fields = ["target_id", "actor__username"]
    date_hierarchy = "at"


@admin.register(ConsentEntry)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ["at", "purpose", "act", "version", "subject_reference", "how"]
    list_filter = ["purpose", "act"]
    list_select_related = ["version"]
    search_fields = ["subject_reference"]
    date_hierarchy = "at"
