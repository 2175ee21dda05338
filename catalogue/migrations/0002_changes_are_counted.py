"""Processes keep categories, the annex and its units in memory until these are changed."""

from django.db import migrations

from web.kept import count_changes


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
        ("units", "0001_initial"),
        ("web", "0001_revision"),
    ]
    operations = [
        count_changes("catalogue_categorygroup"),
        count_changes("catalogue_category"),
        count_changes("catalogue_routingrule"),
        count_changes("units_unit"),
    ]
