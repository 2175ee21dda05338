"""That a smaller city was accepted leaves a step. Nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0021_who_changed_a_draft_last"),
    ]

    operations = [
        migrations.AlterField(
            model_name="editionstep",
            name="word",
            field=models.CharField(
                choices=[
                    ("begun", "zaczęto szkic"),
                    ("described", "opisano"),
                    ("checked", "sprawdzono"),
                    ("explained", "wyjaśniono ostrzeżenie"),
                    ("approved", "zatwierdzono"),
                    ("scheduled", "wyznaczono dzień wejścia w życie"),
                    ("unscheduled", "odwołano dzień wejścia w życie"),
                    ("activated", "wprowadzono w życie"),
                    ("returned", "przywrócono"),
                    ("withdrawn", "wycofano"),
                    ("border_accepted", "przyjęto mniejsze miasto"),
                    ("annex_tried", "dołączono projekt załącznika"),
                    ("annex_dropped", "usunięto projekt załącznika"),
                ],
                max_length=16,
            ),
        ),
    ]
