from django.db import migrations

from kzafrica.translation import fill_order_columns

MODELS = ("Agreement", "Initiative", "Mission", "Programme")


def fill(apps, schema_editor):
    """Give the rows that are there the keys that are written with every row from now on."""
    for name in MODELS:
        fill_order_columns(apps.get_model("diplomacy", name))


class Migration(migrations.Migration):

    dependencies = [("diplomacy", "0006_titles_in_order")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
