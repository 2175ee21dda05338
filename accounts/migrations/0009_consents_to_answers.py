from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_personal_tokens"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consententry",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("report_letters", "wiadomości o zgłoszeniu"),
                    ("inquiry", "odpowiedź administratora"),
                    ("account", "przetwarzanie danych w koncie"),
                    ("rules", "regulamin portalu"),
                    ("newsletter", "biuletyn"),
                ],
                max_length=32,
            ),
        ),
    ]
