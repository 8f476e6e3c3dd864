from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editorial", "0003_link_may_not_tell")]

    operations = [
        migrations.AddField("change", "is_of_many", models.BooleanField(default=False)),
        migrations.AddField("change", "other_key", models.CharField(blank=True, max_length=140)),
    ]
