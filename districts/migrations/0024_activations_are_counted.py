"""Processes keep the districts that were ever to be in force until boundaries are activated."""

from django.db import migrations

from web.kept import count_changes


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0023_the_last_to_change_does_not_approve"),
        ("web", "0001_revision"),
    ]
    operations = [count_changes("districts_activation")]
