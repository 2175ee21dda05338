"""Replies of units by e-mail, and how far their mailbox was read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("reports", "0023_indexes_of_the_work_list"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=255, unique=True)),
                ("validity", models.BigIntegerField(default=0)),
                ("last_uid", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "skrzynka odpowiedzi",
                "verbose_name_plural": "skrzynki odpowiedzi",
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("validity", models.BigIntegerField()),
                ("uid", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
                ("raw", models.BinaryField(default=bytes)),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "czeka na odczytanie"),
                            ("taken", "zapisana"),
                            ("ignored", "pominięta: automatyczna albo druga taka sama"),
                            ("left", "czeka na operatora"),
                            ("closed", "załatwiona przez operatora"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sender", models.CharField(blank=True, max_length=254)),
                ("message_id", models.CharField(blank=True, max_length=255)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("text", models.TextField(blank=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unreadable", "nie da się jej odczytać"),
                            ("too_large", "jest za duża; cała jest w skrzynce pocztowej"),
                            ("no_case", "nie wiadomo, której sprawy dotyczy"),
                            ("link_ended", "minął czas na odpowiedź na tamtą wiadomość"),
                            ("handed_over", "sprawą zajmuje się już inna jednostka"),
                            ("other_sender", "przyszła z innej domeny niż adres jednostki"),
                            ("no_word", "w pierwszym wierszu nie ma statusu"),
                            ("files", "są w niej załączniki, które nie są zdjęciami"),
                            ("refused", "portal nie przyjął odpowiedzi"),
                        ],
                        max_length=16,
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replies",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "wiadomość od jednostki",
                "verbose_name_plural": "wiadomości od jednostek",
                "ordering": ["-received_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "left"))),
                        fields=["state", "received_at"],
                        name="reply_open",
                    ),
                    models.Index(fields=["message_id"], name="reply_message_id"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("validity", "uid"), name="reply_read_once")
                ],
            },
        ),
    ]
