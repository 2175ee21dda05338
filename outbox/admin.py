"""The list of letters shows whether and when they left, not what they say and to whom."""

from django.contrib import admin

from web.read_only_admin import ReadOnlyAdmin

from .models import Letter

_COLUMNS = ("key", "state", "attempts", "created_at", "next_attempt_at", "ended_at")


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = (*_COLUMNS,)
    list_filter = ["state"]
    search_fields = ["key"]
    ordering = ["-id"]
    fields = (*_COLUMNS, "leased_until", "last_error")
    show_full_result_count = False
