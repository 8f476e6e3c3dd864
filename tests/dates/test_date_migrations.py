"""Imprecise dates in migrations, which know their companions as ordinary fields."""

import re

import pytest
from django.db import connection, models
from django.db.migrations import AddField, CreateModel, Migration, RemoveField
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter

from kzafrica.date_fields import ImpreciseDateField, with_companions
from tests.dates.records import Milestone, Mission


def state_of_the_code():
    """The models as they stand in the code; anew each time, because the autodetector takes its states apart."""
    state = ProjectState()
    for record in (Mission, Milestone):
        state.add_model(ModelState.from_model(record))
    return state


def operations_between(before, after):
    asked = MigrationQuestioner(specified_apps={"dates"})
    found = MigrationAutodetector(before, after, asked).changes(MigrationGraph())
    return [operation for migration in found.get("dates", []) for operation in migration.operations]


def written(operations):
    """The migration as Django writes it to a file, and as it reads it back."""
    migration = type("Migration", (Migration,), {"operations": operations})("0001_initial", "dates")
    source = MigrationWriter(migration, include_header=False).as_string()
    read = {}
    exec(source, read)  # noqa: S102
    return source, read["Migration"]("0001_initial", "dates")


def column_names(model):
    return [field.name for field in model._meta.local_fields]


def test_a_written_migration_makes_the_models_that_the_code_has():
    source, migration = written(operations_between(ProjectState(), state_of_the_code()))

    made = migration.mutate_state(ProjectState())

    for record in (Mission, Milestone):
        assert sorted(column_names(made.apps.get_model("dates", record.__name__))) == sorted(column_names(record))
    assert operations_between(made, state_of_the_code()) == []
    assert "('opened_earliest', models.DateField(db_index=True, editable=False, null=True, serialize=False))" in source
    assert "('date', kzafrica.date_fields.ImpreciseDateField(max_length=32))" in source
    assert set(re.findall(r"date_fields\.(\w+)", source)) == {"ImpreciseDateField"}


def test_a_model_built_from_the_states_of_the_code_has_each_companion_once():
    built = state_of_the_code().apps.get_model("dates", "mission")

    assert sorted(column_names(built)) == sorted(column_names(Mission))


def apply(operations, state):
    """Run operations against the database, and give the state after them."""
    for operation in operations:
        after = state.clone()
        operation.state_forwards("dates", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("dates", editor, state, after)
        state = after
    return state


def companion_fields(name):
    day = {"null": True, "editable": False, "serialize": False, "db_index": True}
    order = {"default": 0, "editable": False, "serialize": False, "db_index": True}
    fields = (models.DateField(**day), models.DateField(**day), models.BigIntegerField(**order))
    return zip(with_companions(name)[1:], fields, strict=True)


@pytest.fixture
def office(outside_transactions):
    """A table that existed before it had dates, with one row; gone again after the test."""
    operation = CreateModel("Office", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())])
    state = apply([operation], ProjectState())
    state.apps.get_model("dates", "office").objects.create(name="Nairobi")
    yield state
    with connection.schema_editor() as editor:
        editor.delete_model(state.apps.get_model("dates", "office"))


def test_dates_can_be_added_filled_and_taken_away_by_migrations(office):
    added = apply(
        [
            AddField("office", "held", ImpreciseDateField(blank=True)),
            *(AddField("office", name, field) for name, field in companion_fields("held")),
        ],
        office,
    )
    historical = added.apps.get_model("dates", "office")
    nairobi = historical.objects.get()
    assert (nairobi.held, nairobi.held_order) == (None, 0)

    nairobi.held = "2025-09"
    nairobi.save()
    historical.objects.create(name="Dakar", held="2024")
    historical.objects.bulk_create([historical(name="Rabat", held="2020-12")])

    assert list(historical.objects.order_by("held_order").values_list("name", "held_order")) == [
        ("Rabat", 2020120120201231),
        ("Dakar", 2024010120241231),
        ("Nairobi", 2025090120250930),
    ]

    removed = apply([RemoveField("office", name) for name in reversed(with_companions("held"))], added)

    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, "dates_office")]
    assert columns == ["id", "name"]
    assert removed.apps.get_model("dates", "office").objects.count() == 3


def test_a_table_can_be_rebuilt_from_the_models_of_the_code(tables):
    # SQLite changes a column by building the table anew, from the fields of the model it is given.
    longer = ImpreciseDateField(blank=True, max_length=64)
    longer.set_attributes_from_name("opened")
    longer.model = Mission

    with connection.schema_editor() as editor:
        editor.alter_field(Mission, Mission._meta.get_field("opened"), longer)

    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, "dates_mission")]
    assert sorted(columns) == sorted(field.column for field in Mission._meta.local_fields)
