"""What is wrong between the parts of a record is refused by its form too, and nothing is written."""

import pytest

from diplomacy.models import HeadOfMission, Milestone, Mission
from events.models import Event
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import ProposedChange
from tests.admin import FilledForm, address_of, words_of
from tests.factories import make_country, make_event, make_mission, make_organization, make_person

pytestmark = pytest.mark.django_db
EARLY, LATE = "2014-12-23", "2020-01"


@pytest.fixture
def mission() -> Mission:
    return make_mission(receiving=make_country("ETH"), status=Status.DRAFT)


def test_a_closing_before_the_opening(writing, mission):
    form = FilledForm(writing, address_of("change", mission))
    form.add_row("milestones", kind="opened", date=LATE)
    form.add_row("milestones", kind="closed", date=EARLY)

    answer = form.send()

    assert "“Closed” (23 December 2014) cannot come before “Opened” (January 2020)." in words_of(answer)
    assert not Milestone.objects.exists()


@pytest.mark.parametrize("kind", ["relocated", "upgraded", "suspended"])
def test_a_later_act_before_every_beginning(writing, mission, kind):
    form = FilledForm(writing, address_of("change", mission))
    form.add_row("milestones", kind="decree", date=LATE)
    form.add_row("milestones", kind=kind, date=EARLY)

    assert "cannot come before “Decree” (January 2020)" in words_of(form.send())


def test_a_row_that_is_to_be_deleted_is_in_nobodys_way(writing):
    milestones = [{"kind": "opened", "date": LATE}, {"kind": "closed", "date": EARLY}]
    mission = make_mission(receiving=make_country("ETH"), status=Status.DRAFT, milestones=milestones)
    form = FilledForm(writing, address_of("change", mission))

    form.send(**{"milestones-0-DELETE": "on"})

    assert Milestone.objects.get().kind == "opened"


def test_dates_that_overlap_are_no_fault(writing, mission):
    form = FilledForm(writing, address_of("change", mission))
    form.add_row("milestones", kind="opened", date="2014-12")
    form.add_row("milestones", kind="closed", date="2014")

    assert form.send().status_code == 302


def test_an_accreditation_to_the_state_that_sends_the_mission(writing):
    head = make_mission(receiving=make_country("ETH"), status=Status.DRAFT, heads=[{}]).heads.get()
    form = FilledForm(writing, address_of("change", head))
    form.add_row("accreditations", country=make_country("KAZ").pk)

    answer = form.send()

    assert "A head of mission is not accredited to the state that sends the mission." in words_of(answer)
    assert not HeadOfMission.objects.get().accreditations.exists()


@pytest.fixture
def announced_event():
    return make_event(slug="visit", occurrence="announced", date="2026-06-03")


def test_an_announced_date_that_would_be_lost(writing, announced_event):
    form = FilledForm(writing, address_of("change", announced_event))

    answer = form.send(occurrence="held", date="2026-06-10")

    assert "It was announced for 3 June 2026: keep that date in an announcement" in words_of(answer)
    assert Event.objects.get().date.edtf == "2026-06-03"


def test_an_announced_date_that_is_kept(writing, announced_event):
    form = FilledForm(writing, address_of("change", announced_event))
    form.add_row("announcements", kind="announced", made="2026-05", planned="2026-06-03")

    form.send(occurrence="held", date="2026-06-10")

    assert ProposedChange.objects.get().content["announcements"][0]["planned"] == "2026-06-03"


def test_a_slip_in_a_draft_is_corrected_freely(writing):
    draft = make_event(status=Status.DRAFT, slug="visit", occurrence="announced", date="2026-06-03")

    FilledForm(writing, address_of("change", draft)).send(date="2026-06-05")

    assert Event.objects.get().date.edtf == "2026-06-05"


def test_what_waits_for_an_editor_is_one_click_away(reviewing):
    make_event(title="Visit whose day has passed", occurrence="announced", date="2024-06-03")
    make_event(title="Visit that was held", date="2024-06-03")

    page = words_of(reviewing.get(f"{address_of('changelist', Event)}?waits=outcome"))

    assert "Visit whose day has passed" in page
    assert "Visit that was held" not in page


@pytest.mark.parametrize(("make", "of_the_other_kind"), [(make_person, "organization"), (make_organization, "person")])
def test_a_form_of_a_name_belongs_to_the_record_on_whose_form_it_stands(writing, make, of_the_other_kind):
    record = make(status=Status.DRAFT)
    other = {"organization": make_organization, "person": make_person}[of_the_other_kind]()
    form = FilledForm(writing, address_of("change", record))
    form.add_row("name_forms", text="Аскар", **{of_the_other_kind: other.pk})

    answer = form.send()

    assert of_the_other_kind not in form.formsets["name_forms"].empty_form.fields
    assert answer.status_code == 302
    assert record.name_forms.get().text == "Аскар"
