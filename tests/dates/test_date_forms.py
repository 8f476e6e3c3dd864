"""What an editor meets: the input for an imprecise date, and the constraint between two of them."""

import pytest
from django import forms
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kzafrica.date_fields import HELP, ImpreciseDateFormField
from kzafrica.dates import ImpreciseDate
from tests.dates.records import Milestone, Mission

parse = ImpreciseDate.parse


class MissionForm(forms.ModelForm):
    class Meta:
        model = Mission
        fields = ["name", "opened", "closed"]


class ClosingForm(forms.ModelForm):
    class Meta:
        model = Mission
        fields = ["closed"]


def test_the_input_shows_what_is_kept_and_how_to_write_it():
    form = MissionForm(instance=Mission(name="Nairobi", opened="2025-05~/.."))

    assert isinstance(form.fields["opened"], ImpreciseDateFormField)
    assert 'value="2025-05~/.."' in str(form["opened"])
    assert form.fields["opened"].help_text == HELP
    assert form.fields["closed"].help_text == f"Empty while it works. {HELP}"


@pytest.mark.parametrize("value", [None, "", " "])
def test_an_optional_input_may_stay_empty(records, value):
    form = MissionForm({"name": "Nairobi", "opened": value})

    assert form.is_valid()
    assert form.instance.opened is None


def test_a_date_that_must_be_given_is_asked_for():
    field = Milestone._meta.get_field("date").formfield()

    with pytest.raises(ValidationError, match="This field is required"):
        field.clean(" ")


def test_a_form_saves_the_date_with_its_companions(records):
    MissionForm({"name": "Nairobi", "opened": " 2025-05~/.. "}).save()

    assert Mission.objects.values_list("opened", "opened_order").get() == (parse("2025-05~/.."), 20250501 * 10**8)


def test_a_wrong_date_is_explained_beside_its_input_which_keeps_it(records):
    form = MissionForm({"name": "Nairobi", "opened": "10.09.2025"})

    assert list(form.errors) == ["opened"]
    assert form.errors["opened"][0].startswith('"10.09.2025" is not a date: year, month, day is the order. Write')
    assert 'value="10.09.2025"' in str(form["opened"])


@pytest.mark.parametrize(
    ("kept", "sent", "changed"),
    [("2025", "2025 ", False), ("2025", "2025~", True), (None, "", False), ("2025", "", True), (None, "2025-13", True)],
)
def test_a_form_knows_whether_a_date_was_changed(kept, sent, changed):
    form = MissionForm({"name": "Nairobi", "opened": sent}, instance=Mission(name="Nairobi", opened=kept))

    assert ("opened" in form.changed_data) is changed


def test_the_admin_takes_the_same_input():
    admin = ModelAdmin(Mission, AdminSite())

    field = admin.formfield_for_dbfield(Mission._meta.get_field("opened"), request=None)

    assert isinstance(field, ImpreciseDateFormField)
    assert isinstance(field.widget, AdminTextInputWidget)


# --- ends_after_it_begins


IN_ORDER = [
    ("2020-12", "2025"),
    ("2025", "2025-01-01"),
    ("2025-05", "2025"),
    ("2005/..", "1999/.."),
    ("", "2020"),
    ("2020", ""),
]
OUT_OF_ORDER = [("2025", "2024"), ("2025-05", "2025-04-30"), ("2025/..", "../2024")]


@pytest.mark.parametrize(("opened", "closed"), IN_ORDER)
def test_an_end_that_is_not_certainly_before_the_start_is_kept(records, opened, closed):
    mission = Mission(name="Nairobi", opened=opened, closed=closed)

    mission.full_clean()
    mission.save()

    assert Mission.objects.get() == mission


@pytest.mark.parametrize(("opened", "closed"), OUT_OF_ORDER)
def test_an_end_that_is_certainly_before_the_start_is_refused(records, opened, closed):
    mission = Mission(name="Nairobi", opened=opened, closed=closed)

    with pytest.raises(ValidationError, match="A mission cannot close before it opens"):
        mission.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        mission.save()


def test_a_form_refuses_an_end_before_the_start_although_it_has_no_input_for_their_bounds(records):
    both = MissionForm({"name": "Nairobi", "opened": "2025", "closed": "2024"})
    one = ClosingForm({"closed": "2024"}, instance=Mission.objects.create(name="Nairobi", opened="2025"))

    assert both.non_field_errors() == one.non_field_errors() == ["A mission cannot close before it opens."]
