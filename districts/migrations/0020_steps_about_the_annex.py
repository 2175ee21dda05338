"""An annex that is tried with a draft leaves steps in its trail. Nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("districts", "0019_edition_uploads"),
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
                    ("annex_tried", "dołączono projekt załącznika"),
                    ("annex_dropped", "usunięto projekt załącznika"),
                ],
                max_length=16,
            ),
        ),
    ]
