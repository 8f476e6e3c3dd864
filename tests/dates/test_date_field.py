"""Imprecise dates in records: what can be assigned, what is written, what comes back."""

from datetime import date

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializationError
from django.db import connection, models, transaction
from django.test.utils import isolate_apps

from kzafrica.date_fields import ImpreciseDateField, with_companions
from kzafrica.dates import DateError, ImpreciseDate
from tests.dates.records import Milestone, Mission, registry

parse = ImpreciseDate.parse


def column(name):
    """What the database really holds in a column of Mission."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {Mission._meta.db_table} ORDER BY id")  # noqa: S608
        return [value for (value,) in cursor.fetchall()]


def companions(mission):
    return mission.opened_earliest, mission.opened_latest, mission.opened_order


# --- Values


@pytest.mark.parametrize("assigned", ["2025-09", " 2025-09\n", parse("2025-09")])
def test_a_date_is_read_and_its_companions_known_as_soon_as_it_is_assigned(assigned):
    mission = Mission(opened=assigned)

    assert mission.opened == parse("2025-09")
    assert companions(mission) == (date(2025, 9, 1), date(2025, 9, 30), 2025090120250930)


@pytest.mark.parametrize("assigned", [None, "", "  "])
def test_no_date_is_none_and_its_companions_are_empty(assigned):
    mission = Mission(opened="2025")

    mission.opened = assigned

    assert mission.opened is None
    assert companions(mission) == (None, None, 0)


def test_companions_follow_their_date_and_nothing_else():
    mission = Mission(opened="2025", opened_earliest=date(1999, 1, 1))

    mission.opened_order = 5

    assert companions(mission) == (date(2025, 1, 1), date(2025, 12, 31), 2025010120251231)


def test_a_saved_date_comes_back_with_its_companions(records):
    Mission.objects.create(name="Nairobi", opened="2025-05~/..")

    mission = Mission.objects.get()

    assert mission.opened == parse("2025-05~/..")
    assert companions(mission) == (date(2025, 5, 1), None, 20250501 * 10**8)
    assert Mission.objects.values_list("opened", "opened_earliest", "closed").get() == (
        parse("2025-05~/.."),
        date(2025, 5, 1),
        None,
    )


def test_no_date_is_an_empty_text_in_the_database_and_never_null(records):
    Mission.objects.create(name="Nairobi")

    assert column("opened") == [""]
    assert Mission.objects.get().opened is None


def test_what_is_not_a_date_waits_for_full_clean_which_names_the_field(records):
    mission = Mission(name="Nairobi", opened="2025-13")

    with pytest.raises(ValidationError) as refused:
        mission.full_clean()

    assert mission.opened == "2025-13"
    assert list(refused.value.message_dict) == ["opened"]
    assert refused.value.message_dict["opened"][0].startswith('"2025-13" is not a date: there is no month 13. Write')


@pytest.mark.parametrize("assigned", ["2025-13", date(2025, 9, 10), models.F("closed")])
def test_what_is_not_a_date_is_never_written(records, assigned):
    mission = Mission.objects.create(name="Nairobi", opened="2025")

    mission.opened = assigned
    with pytest.raises(DateError), transaction.atomic():
        mission.save()
    with pytest.raises(DateError), transaction.atomic():
        Mission.objects.bulk_create([Mission(opened=assigned)])

    assert column("opened") == ["2025"]


def test_a_date_must_be_given_where_it_is_not_optional():
    with pytest.raises(ValidationError) as refused:
        Milestone().full_clean(exclude=["mission"])

    assert refused.value.message_dict == {"date": ["This field cannot be blank."]}


def test_a_text_that_others_wrote_into_the_database_can_be_read_and_corrected(records):
    Mission.objects.create(name="Nairobi")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Mission._meta.db_table} SET opened = 'late 2023'")  # noqa: S608

    mission = Mission.objects.get()

    assert mission.opened == "late 2023"
    with pytest.raises(ValidationError, match="words are not read here"):
        mission.full_clean()


def test_a_record_inherits_a_date_with_one_set_of_companions():
    fields = [field.name for field in Mission._meta.get_fields()]

    assert Mission(last_checked="2025").last_checked_latest == date(2025, 12, 31)
    assert [fields.count(name) for name in with_companions("last_checked")] == [1, 1, 1, 1]


@isolate_apps("tests.dates")
def test_a_nullable_date_is_refused_by_the_system_check():
    class Undecided(models.Model):  # noqa: DJ008
        date = ImpreciseDateField(null=True)

        class Meta:
            app_label = "dates"

    assert [error.id for error in Undecided.check(databases=[])] == ["dates.E001"]


def test_the_records_of_these_tests_pass_the_system_check():
    assert Mission.check(databases=["default"]) == Milestone.check(databases=["default"]) == []


# --- Writing


def test_bulk_writes_keep_companions_in_step(records):
    Mission.objects.bulk_create([Mission(opened="2024"), Mission(opened="2025-09")])

    one, other = Mission.objects.order_by("opened_order")
    one.opened, other.opened = "2011/2014", None
    Mission.objects.bulk_update([one, other], with_companions("opened"))

    assert [companions(mission) for mission in Mission.objects.order_by("-opened_order")] == [
        (date(2011, 1, 1), date(2014, 12, 31), 2011010120141231),
        (None, None, 0),
    ]


def test_a_save_of_named_columns_names_the_companions_too(records):
    mission = Mission.objects.create(name="Nairobi", opened="2024")

    mission.name, mission.opened = "Mombasa", "2025"
    mission.save(update_fields=with_companions("opened"))

    assert Mission.objects.values_list("name", *with_companions("opened")).get() == (
        "Nairobi",
        parse("2025"),
        date(2025, 1, 1),
        date(2025, 12, 31),
        2025010120251231,
    )


def test_update_or_create_keeps_companions_in_step(records):
    Mission.objects.create(name="Nairobi", opened="2024")

    Mission.objects.update_or_create(name="Nairobi", defaults={"opened": "2025"})

    assert column("opened_order") == [2025010120251231]


def test_a_record_read_in_part_is_saved_with_its_companions(records):
    Mission.objects.create(name="Nairobi", opened="2024")

    mission = Mission.objects.only("opened").get()
    mission.opened = "2025"
    mission.save()

    assert column("opened_order") == [2025010120251231]


def test_a_date_left_out_of_a_query_is_fetched_when_it_is_read(records, django_assert_num_queries):
    Mission.objects.create(name="Nairobi", opened="2024")

    mission = Mission.objects.defer(*with_companions("opened")).get()

    with django_assert_num_queries(1):
        assert (mission.opened, mission.opened_earliest) == (parse("2024"), date(2024, 1, 1))


def test_a_refreshed_record_forgets_what_was_assigned(records):
    mission = Mission.objects.create(name="Nairobi", opened="2024")
    mission.opened = "2025"

    mission.refresh_from_db()

    assert (mission.opened, mission.opened_earliest) == (parse("2024"), date(2024, 1, 1))


# --- Fixtures, revisions, copies


@pytest.fixture
def serialized_records(monkeypatch):
    """Serializers that find the records of these tests, which are in a registry of their own."""
    monkeypatch.setattr("django.core.serializers.python.apps", registry)


@pytest.mark.parametrize("form", ["json", "python", "jsonl"])
@pytest.mark.parametrize("opened", ["2025-05~/..", None])
def test_a_serialized_record_comes_back_whole(records, serialized_records, form, opened):
    mission = Mission.objects.create(name="Nairobi", opened=opened)
    serialized = serializers.serialize(form, [mission])
    Mission.objects.all().delete()

    for loaded in serializers.deserialize(form, serialized):
        loaded.save()

    again = Mission.objects.get()
    assert again.opened == mission.opened
    assert companions(again) == companions(mission)


def test_a_serialized_record_tells_the_date_and_not_its_companions():
    (serialized,) = serializers.serialize("python", [Mission(name="Nairobi", opened="2025-05~/..")])

    assert serialized["fields"]["opened"] == "2025-05~/.."
    assert not set(with_companions("opened")[1:]) & set(serialized["fields"])


def test_a_fixture_with_a_wrong_date_is_refused(serialized_records):
    wrong = [{"model": "dates.mission", "pk": 1, "fields": {"name": "Nairobi", "opened": "2025-13"}}]

    with pytest.raises(DeserializationError, match="there is no month 13"):
        list(serializers.deserialize("python", wrong))
