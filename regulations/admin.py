"""The admin page of the texts: drafts are written here, published versions can only be read."""

from django.contrib import admin

from .models import Kind, Translation, Version


@admin.register(Version)
class VersionAdmin(admin.ModelAdmin):
    list_display = ["title", "number", "kind", "published_at", "in_force_from"]
    list_filter = ["kind"]
    ordering = ["kind", "-in_force_from"]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """Offer every kind but the annex, which is made from the routing table, not by hand."""
        if db_field.name == "kind":
            kwargs["choices"] = [pair for pair in Kind.choices if pair[0] != Kind.ANNEX]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None) -> bool:
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return _is_draft(obj) and super().has_delete_permission(request, obj)


def _is_draft(version: Version | None) -> bool:
    return version is None or version.published_at is None


@admin.register(Translation)
class TranslationAdmin(admin.ModelAdmin):
    """Translations bind nobody, so they may be corrected."""

    list_display = ["title", "version", "language"]
    list_filter = ["language", "version__kind"]
