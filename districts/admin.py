"""Boundary editions and their districts, to look at: they change by a new edition only."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from .models import District, Edition


class BoundaryAdmin(admin.ModelAdmin):
    """Looked at, never changed here."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(BoundaryAdmin):
    list_display = ["code", "published_at", "in_force_from", "source"]


@admin.register(District)
class DistrictAdmin(BoundaryAdmin):
    list_display = ["name", "borough", "code", "edition"]
    list_filter = ["borough", "edition"]
    search_fields = ["name", "code"]
    # Thousands of coordinates tell nobody anything.
    exclude = ["boundary", "outline", "label_point"]
