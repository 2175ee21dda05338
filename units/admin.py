"""Units and their members, for administrators."""

from django.contrib import admin

from .models import Membership, Unit


class _MembershipInline(admin.StackedInline):
    # A table would have a column without a head.
    model = Membership
    raw_id_fields = ["user"]
    extra = 0


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ["short_name", "name", "channel", "email", "is_operator", "is_active"]
    list_filter = ["channel", "is_active"]
    search_fields = ["code", "name", "short_name"]
    inlines = [_MembershipInline]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """The code cannot be changed once it is set, because the annex and web addresses use it."""
        return ["code"] if obj else []

    def has_delete_permission(self, request, obj=None) -> bool:
        """Nobody deletes a unit, because reports refer to it: it is switched off instead."""
        return False
