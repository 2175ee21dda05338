"""Units and their members, for administrators."""

from django.contrib import admin

from .models import Membership, Unit


class MembershipInline(admin.TabularInline):
    model = Membership
    raw_id_fields = ["user"]
    extra = 0


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ["short_name", "name", "channel", "email", "is_operator", "is_active"]
    list_filter = ["channel", "is_active"]
    search_fields = ["code", "name", "short_name"]
    inlines = [MembershipInline]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """The code is what the annex and the addresses refer to: never changed afterwards."""
        return ["code"] if obj else []

    def has_delete_permission(self, request, obj=None) -> bool:
        """Reports refer to units: they are switched off instead."""
        return False
