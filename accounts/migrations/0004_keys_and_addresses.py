"""Keys of names and addresses, and the addresses of staff, which the administrator vouched for."""

from django.db import migrations

from accounts.identity import email_key, username_key


def fill(apps, schema_editor) -> None:
    User = apps.get_model("accounts", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    database = schema_editor.connection.alias
    seen: set[str] = set()
    for user in User.objects.using(database).order_by("pk"):
        key = email_key(user.email)
        user.username_key = username_key(user.username)
        # Two people with one address: the older account keeps it as its own.
        user.email_key = None if key in seen else key
        seen.add(key)
        user.save(update_fields=["username_key", "email_key"])
        if user.email_key:
            addresses = EmailAddress.objects.using(database)
            addresses.filter(user=user).delete()
            addresses.create(user=user, email=user.email.lower(), verified=True, primary=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_residents"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
