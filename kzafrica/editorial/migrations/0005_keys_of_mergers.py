from django.db import migrations

ARROW = " → "


def read_from_notes(apps, schema_editor):
    """The note of a merger named both keys; until now it alone said which record was kept."""
    change_model = apps.get_model("editorial", "Change")
    for change in change_model.objects.filter(action="merged", other_key="", note__contains=ARROW):
        change_model.objects.filter(pk=change.pk).update(other_key=change.note.rpartition(ARROW)[2][:140])


class Migration(migrations.Migration):
    dependencies = [("editorial", "0004_keys_of_changes")]

    operations = [migrations.RunPython(read_from_notes, migrations.RunPython.noop, elidable=True)]
