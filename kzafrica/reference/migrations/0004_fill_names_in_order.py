from django.db import migrations

from kzafrica.translation import fill_order_columns

MODELS = ("Area", "Bloc", "Country", "Office", "Organization", "Person", "Place", "Theme")


def fill(apps, schema_editor):
    """Give the rows that are there the keys that are written with every row from now on."""
    for name in MODELS:
        fill_order_columns(apps.get_model("reference", name))


class Migration(migrations.Migration):

    dependencies = [("reference", "0003_names_in_order")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
