"""Pictures of cards: files that the worker re-encodes, and where a version shows them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import procedures.models.files

FIX = """
CREATE TRIGGER illustration_fixed BEFORE INSERT OR UPDATE OR DELETE ON procedures_illustration
    FOR EACH ROW EXECUTE FUNCTION procedures_part_is_fixed();

-- A picture that is ready stays as it is: published cards show it. An account that is closed leaves
-- no name.
CREATE FUNCTION procedures_picture_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept jsonb := to_jsonb(OLD);
BEGIN
    IF OLD.state <> 'ready' THEN
        RETURN NEW;
    END IF;
    IF NEW.uploaded_by_id IS NULL THEN
        kept := kept || '{"uploaded_by_id": null}';
    END IF;
    IF kept IS DISTINCT FROM to_jsonb(NEW) THEN
        RAISE EXCEPTION 'picture % of a card is ready', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER picture_fixed BEFORE UPDATE ON procedures_picture
    FOR EACH ROW EXECUTE FUNCTION procedures_picture_is_fixed();
"""
FREE = """
DROP TRIGGER picture_fixed ON procedures_picture;
DROP FUNCTION procedures_picture_is_fixed();
DROP TRIGGER illustration_fixed ON procedures_illustration;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0004_search_and_feedback"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Illustration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.SlugField(max_length=60)),
                ("description", models.CharField(max_length=300)),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "original",
                    models.FileField(
                        blank=True,
                        storage=procedures.models.files.files_of_procedures,
                        upload_to="",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        storage=procedures.models.files.files_of_procedures,
                        upload_to="",
                    ),
                ),
                ("size", models.PositiveIntegerField(default=0)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "w przygotowaniu"),
                            ("ready", "gotowa"),
                            ("refused", "odrzucona"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=200)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "ilustracja",
                "verbose_name_plural": "ilustracje",
            },
        ),
        migrations.RemoveConstraint(
            model_name="procedurefile",
            name="file_of_cards_is_kept_once",
        ),
        migrations.RemoveField(
            model_name="procedurefile",
            name="description",
        ),
        # All were templates; with a default the way back works.
        migrations.AlterField(
            model_name="procedurefile",
            name="kind",
            field=models.CharField(
                choices=[("template", "wzór dokumentu"), ("picture", "ilustracja")],
                default="template",
                max_length=16,
            ),
        ),
        migrations.RemoveField(
            model_name="procedurefile",
            name="kind",
        ),
        migrations.AddConstraint(
            model_name="procedurefile",
            constraint=models.UniqueConstraint(
                fields=("sha256", "name"), name="file_of_cards_is_kept_once"
            ),
        ),
        migrations.AddField(
            model_name="illustration",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="illustrations",
                to="procedures.procedureversion",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="uploaded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="illustration",
            name="picture",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="illustrations",
                to="procedures.picture",
            ),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["uploaded_at"],
                name="picture_of_card_owed",
            ),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(fields=["sha256"], name="picture_of_card_by_content"),
        ),
        migrations.AddConstraint(
            model_name="illustration",
            constraint=models.UniqueConstraint(
                fields=("version", "name"), name="picture_name_once_a_version"
            ),
        ),
        migrations.RunSQL(FIX, FREE),
    ]
