"""Boundary editions and their districts, read-only: they change only by a new edition."""

from django.contrib import admin

from web.read_only_admin import ReadOnlyAdmin

from .models import District, Edition


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["code", "layer", "approved_at", "source"]


@admin.register(District)
class DistrictAdmin(ReadOnlyAdmin):
    list_display = ["name", "borough", "code", "edition"]
    list_filter = ["borough", "edition"]
    search_fields = ["name", "code"]
    # Each holds thousands of coordinates, which nobody can read.
    exclude = ["boundary", "outline", "label_point"]
