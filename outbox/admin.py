"""The list of letters shows whether and when they left, not what they say and to whom."""

from django.contrib import admin
from django.http import HttpRequest

from .models import Letter

_COLUMNS = ("key", "state", "attempts", "created_at", "next_attempt_at", "ended_at")


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    list_display = (*_COLUMNS,)
    list_filter = ["state"]
    search_fields = ["key"]
    ordering = ["-id"]
    fields = (*_COLUMNS, "leased_until", "last_error")
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False
