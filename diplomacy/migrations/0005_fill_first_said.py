from collections import defaultdict
from itertools import count
from urllib.parse import quote

from django.db import migrations

# Each step with the key to its record.
STEPS = {
    "Milestone": "mission_id",
    "AgreementStage": "agreement_id",
    "InitiativeStage": "initiative_id",
    "ProgrammeStage": "programme_id",
}


def fill_first_said(apps, schema_editor):
    """What was said first of the rows that are there is not known any more: they get what they say now."""
    for name, owner in STEPS.items():
        _fill(apps.get_model("diplomacy", name).objects.all(), lambda row, owner=owner: getattr(row, owner), _step)
    accreditations = apps.get_model("diplomacy", "Accreditation").objects
    accreditations = accreditations.select_related("country", "organization", "head__person")
    _fill(accreditations, lambda row: row.head.mission_id, _to_whom_and_who)


def _fill(rows, record_of, of):
    """The earlier written down has the text, those after it in the same record a number behind it."""
    rows = list(rows.order_by("pk"))
    taken = defaultdict(set)
    for row in rows:
        said, beside = of(row), taken[record_of(row)]
        numbered = (f"{said}.{number}" for number in count(2))
        row.first_said = said if said not in beside else next(text for text in numbered if text not in beside)
        beside.add(row.first_said)
    if rows:
        type(rows[0]).objects.bulk_update(rows, ["first_said"], batch_size=200)


def _step(row):
    return f"{row.kind}.{quote(str(row.date), safe='') if row.date else 'undated'}"


def _to_whom_and_who(row):
    to = row.country.alpha3 if row.country else row.organization.slug
    return f"{to}.{row.head.person.slug if row.head.person else 'head'}"


class Migration(migrations.Migration):

    dependencies = [
        ("diplomacy", "0004_first_said"),
        ("reference", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill_first_said, migrations.RunPython.noop)]
