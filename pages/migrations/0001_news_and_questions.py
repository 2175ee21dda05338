import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QuestionGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=80, unique=True, verbose_name="adres")),
                ("title", models.CharField(max_length=100, verbose_name="tytuł")),
                ("title_pl", models.CharField(max_length=100, null=True, verbose_name="tytuł")),
                ("title_en", models.CharField(max_length=100, null=True, verbose_name="tytuł")),
                ("title_uk", models.CharField(max_length=100, null=True, verbose_name="tytuł")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="kolejność")),
            ],
            options={
                "verbose_name": "grupa pytań",
                "verbose_name_plural": "grupy pytań",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="News",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=80, unique=True, verbose_name="adres")),
                ("title", models.CharField(max_length=160, verbose_name="tytuł")),
                ("title_pl", models.CharField(max_length=160, null=True, verbose_name="tytuł")),
                ("title_en", models.CharField(max_length=160, null=True, verbose_name="tytuł")),
                ("title_uk", models.CharField(max_length=160, null=True, verbose_name="tytuł")),
                (
                    "body",
                    models.TextField(
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="treść",
                    ),
                ),
                (
                    "body_pl",
                    models.TextField(
                        null=True,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="treść",
                    ),
                ),
                (
                    "body_en",
                    models.TextField(
                        null=True,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="treść",
                    ),
                ),
                (
                    "body_uk",
                    models.TextField(
                        null=True,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="treść",
                    ),
                ),
                ("is_pinned", models.BooleanField(default=False, verbose_name="przypięte")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="publikacja"),
                ),
                (
                    "expires_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="do kiedy aktualne"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("lead", models.CharField(max_length=300, verbose_name="zajawka")),
                ("lead_pl", models.CharField(max_length=300, null=True, verbose_name="zajawka")),
                ("lead_en", models.CharField(max_length=300, null=True, verbose_name="zajawka")),
                ("lead_uk", models.CharField(max_length=300, null=True, verbose_name="zajawka")),
                (
                    "updated_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "aktualność",
                "verbose_name_plural": "aktualności",
                "ordering": ["-is_pinned", "-published_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at", None),
                            ("published_at", None),
                            ("expires_at__gt", models.F("published_at")),
                            _connector="OR",
                        ),
                        name="news_expires_after_it_is_published",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=80, unique=True, verbose_name="adres")),
                ("title", models.CharField(max_length=160, verbose_name="tytuł")),
                ("title_pl", models.CharField(max_length=160, null=True, verbose_name="tytuł")),
                ("title_en", models.CharField(max_length=160, null=True, verbose_name="tytuł")),
                ("title_uk", models.CharField(max_length=160, null=True, verbose_name="tytuł")),
                (
                    "body",
                    models.TextField(
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="treść",
                    ),
                ),
                (
                    "body_pl",
                    models.TextField(
                        null=True,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="treść",
                    ),
                ),
                (
                    "body_en",
                    models.TextField(
                        null=True,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="treść",
                    ),
                ),
                (
                    "body_uk",
                    models.TextField(
                        null=True,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="treść",
                    ),
                ),
                ("is_pinned", models.BooleanField(default=False, verbose_name="przypięte")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="publikacja"),
                ),
                (
                    "expires_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="do kiedy aktualne"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="kolejność")),
                (
                    "updated_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="pages.questiongroup",
                        verbose_name="grupa",
                    ),
                ),
            ],
            options={
                "verbose_name": "pytanie",
                "verbose_name_plural": "pytania i odpowiedzi",
                "ordering": ["group__position", "group", "-is_pinned", "position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at", None),
                            ("published_at", None),
                            ("expires_at__gt", models.F("published_at")),
                            _connector="OR",
                        ),
                        name="question_expires_after_it_is_published",
                    )
                ],
            },
        ),
    ]
