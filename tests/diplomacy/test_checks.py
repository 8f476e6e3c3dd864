"""When an editor last looked: set by editors alone, never ahead of time."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from diplomacy.models import Check, Mission
from kzafrica.dataset.loading import load_dataset
from tests.admin import FilledForm, address_of, browser_of, words_of
from tests.dataset.files import MISSIONS, minimal_dataset
from tests.factories import make_check, make_country, make_mission, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset(tmp_path):
    return minimal_dataset(tmp_path)


def test_a_file_cannot_say_when_a_mission_was_last_checked(dataset):
    dataset.replace(MISSIONS, "sending: KAZ", "sending: KAZ\n    last_checked_on: 2026-01-05")

    assert dataset.fault().endswith("Only an editor who has looked says this, in the admin: leave it out of the file.")


def test_loading_again_leaves_the_day_that_an_editor_has_set(dataset):
    dataset.load()
    Mission.objects.update(last_checked_on=date(2026, 1, 5))

    report = load_dataset(dataset.directory)

    assert (report.changed.total(), report.kept) == (0, [])
    assert Mission.objects.get().last_checked_on == date(2026, 1, 5)


@pytest.mark.parametrize("days", [0, 1])
def test_nobody_has_checked_on_a_day_to_come(days):
    check = Check(country=make_country("KEN"), strand="visits_paid", checked_on=localdate() + timedelta(days=days))
    mission = make_mission(last_checked_on=check.checked_on)

    for record in (check, mission):
        if days == 0:
            record.full_clean()
        else:
            with pytest.raises(ValidationError, match="Nobody can have checked on a day to come"):
                record.full_clean()


def test_only_african_states_make_a_pair():
    with pytest.raises(ValidationError, match="Only the states and territories of Africa make a pair here"):
        make_check(make_country("TUR")).full_clean()


def test_an_editor_records_a_check_and_a_contributor_cannot():
    kenya = make_country("KEN")
    form = FilledForm(browser_of(make_user("editor")), address_of("add", Check))

    form.send(country=kenya.pk, strand="consuls_sent", checked_on="2026-01-05", note="Register of the ministry")

    assert Check.objects.get().natural_key() == ("KEN", "consuls_sent")
    contributor = browser_of(make_user("contributor"))
    assert contributor.get(address_of("add", Check)).status_code == 403


def test_a_strand_is_checked_once_and_its_day_changed_there():
    kenya = make_country("KEN")
    make_check(kenya, strand="consuls_sent")
    form = FilledForm(browser_of(make_user("editor")), address_of("add", Check))

    answer = form.send(country=kenya.pk, strand="consuls_sent", checked_on="2026-01-05")

    assert "This is recorded for the country already: change the day there." in words_of(answer)


def test_a_check_leaves_every_page_as_it_was_and_its_mistake_is_taken_out(client):
    make_country("KAZ")
    kenya, editor = make_country("KEN"), browser_of(make_user("editor"))
    form = FilledForm(editor, address_of("add", Check))
    form.send(country=kenya.pk, strand="missions_sent", checked_on="2026-01-05")

    assert [client.get(address).status_code for address in ("/", "/fr/", "/api/v1/changes/")] == [200, 200, 200]
    assert client.get("/api/v1/changes/").json()["results"][-1]["action"] == "published"

    editor.post(address_of("delete", Check.objects.get()), {"post": "yes"})

    assert not Check.objects.exists()
    assert client.get("/").status_code == 200
    assert client.get("/api/v1/changes/").json()["results"][-1]["action"] == "deleted"
