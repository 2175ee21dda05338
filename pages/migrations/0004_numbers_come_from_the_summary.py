"""The numbers of the front page come from the summary of the map; the counted row goes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_inquiries")]

    operations = [migrations.DeleteModel("Figures")]
