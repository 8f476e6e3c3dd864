from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("events", "0003_keep_announced_dates")]

    operations = [
        migrations.RemoveField(
            model_name='event',
            name='announced_date',
        ),
        migrations.RemoveField(
            model_name='event',
            name='announced_date_earliest',
        ),
        migrations.RemoveField(
            model_name='event',
            name='announced_date_latest',
        ),
        migrations.RemoveField(
            model_name='event',
            name='announced_date_order',
        ),
    ]
