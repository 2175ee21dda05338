"""A report keeps the fingerprint of what was submitted; a contact knows its mailbox."""

from django.db import migrations, models

from accounts.models import ConsentEntry


def fill_mailboxes(apps, _schema_editor) -> None:
    """Of two spellings of one mailbox on a report the first stays, so that it gets one letter."""
    seen = set()
    contacts = apps.get_model("reports", "Contact").objects
    for contact in contacts.order_by("pk").iterator():
        contact.mailbox = ConsentEntry.hash_of(contact.email)
        if (contact.report_id, contact.mailbox) in seen:
            contact.delete()
            continue
        seen.add((contact.report_id, contact.mailbox))
        contact.save(update_fields=["mailbox"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_consents_not_given"),
        ("reports", "0003_indexes_with_readers"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="fingerprint",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="contact",
            name="mailbox",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="contact",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "czeka na potwierdzenie"),
                    ("typed", "wpisany"),
                    ("confirmed", "potwierdzony"),
                    ("logged_in", "adres konta"),
                ],
                default="typed",
                max_length=16,
            ),
        ),
        migrations.RunPython(fill_mailboxes, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="contact", name="contact_hears_once"),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                fields=("report", "mailbox"), name="contact_hears_once"
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["mailbox", "state"], name="contact_mailbox"),
        ),
    ]
