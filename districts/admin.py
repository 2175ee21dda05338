"""Boundary editions and their districts, read-only: they change only by a new edition."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from .models import District, Edition


class _ReadOnlyAdmin(admin.ModelAdmin):
    """Lists and shows rows, and lets nobody add, change or delete them."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(_ReadOnlyAdmin):
    list_display = ["code", "published_at", "in_force_from", "source"]


@admin.register(District)
class DistrictAdmin(_ReadOnlyAdmin):
    list_display = ["name", "borough", "code", "edition"]
    list_filter = ["borough", "edition"]
    search_fields = ["name", "code"]
    # Each holds thousands of coordinates, which nobody can read.
    exclude = ["boundary", "outline", "label_point"]
