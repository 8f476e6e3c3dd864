"""That a subscriber knows a part of a record again, whatever becomes of it and of the parts beside it."""

from importlib import import_module

import pytest
from django.apps import apps

from diplomacy.models import Accreditation, AgreementStage, InitiativeStage, Milestone, Mission, ProgrammeStage
from kzafrica.editorial import proposals
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ProposedChange
from kzafrica.reference.models import Person
from tests.admin import FilledForm, address_of, browser_of
from tests.factories import (
    make_agreement,
    make_country,
    make_initiative,
    make_mission,
    make_person,
    make_programme,
)

pytestmark = pytest.mark.django_db
# The name of a migration is none of Python.
fill_first_said = import_module("diplomacy.migrations.0005_fill_first_said").fill_first_said


@pytest.fixture
def change_milestones(change):
    """A change to the milestones of the mission, given a function that changes the list of their contents."""

    def apply(revise) -> None:
        mission = Mission.objects.get()
        milestones = content_of(mission)["milestones"]
        change(mission, milestones=revise(milestones) or milestones)

    return apply


class TestSteps:
    @pytest.fixture(autouse=True)
    def mission(self):
        milestones = [
            {"kind": "planned", "date": "2013"},
            {"kind": "relocated", "date": "2019"},
            {"kind": "relocated", "date": "2021"},
        ]
        return make_mission(slug="embassy", milestones=milestones)

    @pytest.fixture
    def dates_at(self, components_at):
        """Each milestone's date by what a subscriber knows it by."""
        return lambda: {
            milestone.uid.removeprefix("mission-embassy.").removesuffix("@kz-africa"): milestone.edtf
            for milestone in components_at("/missions/milestones.ics")
        }

    def test_each_is_told_apart_by_what_it_said_first(self, dates_at):
        assert dates_at() == {"planned.2013": "2013", "relocated.2019": "2019", "relocated.2021": "2021"}

    def test_a_corrected_date_leaves_it_what_it_was(self, dates_at, change_milestones):
        change_milestones(lambda rows: [row | {"date": "2020"} if row["date"] == "2019" else row for row in rows])

        assert dates_at() == {"planned.2013": "2013", "relocated.2019": "2020", "relocated.2021": "2021"}

    def test_a_date_corrected_past_the_next_leaves_both_what_they_were(self, dates_at, change_milestones):
        change_milestones(lambda rows: [row | {"date": "2024"} if row["date"] == "2019" else row for row in rows])

        assert dates_at() == {"planned.2013": "2013", "relocated.2019": "2024", "relocated.2021": "2021"}

    def test_a_date_corrected_in_the_admin_leaves_it_what_it_was(self, dates_at, mission, contributor, editor):
        milestone = mission.milestones.get(date="2019")

        FilledForm(browser_of(contributor), address_of("change", milestone)).send(date="2020")
        proposals.apply_proposal(ProposedChange.objects.get(), by=editor)

        assert dates_at() == {"planned.2013": "2013", "relocated.2019": "2020", "relocated.2021": "2021"}

    def test_a_date_corrected_in_the_admin_before_publication_leaves_it_what_it_was(self, contributor):
        draft = make_mission(status=Status.DRAFT, milestones=[{"kind": "opened", "date": "2014"}])

        FilledForm(browser_of(contributor), address_of("change", draft.milestones.get())).send(date="2015")

        milestone = draft.milestones.get()
        assert (milestone.date.edtf, milestone.first_said) == ("2015", "opened.2014")

    def test_a_step_found_later_takes_the_name_of_no_other(self, dates_at, change_milestones):
        change_milestones(lambda rows: [rows[0], rows[1] | {"date": "2017"}, *rows[1:]])

        assert dates_at() == {
            "planned.2013": "2013",
            "relocated.2017": "2017",
            "relocated.2019": "2019",
            "relocated.2021": "2021",
        }

    def test_a_step_of_another_kind_taken_out_leaves_the_rest_what_they_were(self, dates_at, change_milestones):
        change_milestones(lambda rows: rows[1:])

        assert dates_at() == {"relocated.2019": "2019", "relocated.2021": "2021"}

    def test_the_first_of_two_of_a_kind_taken_out_leaves_the_other_what_it_was(self, dates_at, change_milestones):
        change_milestones(lambda rows: [row for row in rows if row["date"] != "2019"])

        assert dates_at() == {"planned.2013": "2013", "relocated.2021": "2021"}

    def test_an_earlier_step_found_while_the_others_are_mended_takes_the_name_of_none(
        self, dates_at, change_milestones
    ):
        change_milestones(
            lambda rows: [rows[0], rows[1] | {"date": "2015"}, *(row | {"note": "Mended"} for row in rows[1:])]
        )

        assert dates_at() == {
            "planned.2013": "2013",
            "relocated.2015": "2015",
            "relocated.2019": "2019",
            "relocated.2021": "2021",
        }

    def test_a_new_step_that_says_what_another_said_first_is_another(self, dates_at, change_milestones):
        change_milestones(lambda rows: [row | {"date": "2020"} if row["date"] == "2019" else row for row in rows])
        change_milestones(lambda rows: [*rows, {"kind": "relocated", "date": "2019"}])

        assert dates_at() == {
            "planned.2013": "2013",
            "relocated.2019": "2020",
            "relocated.2019.2": "2019",
            "relocated.2021": "2021",
        }

    def test_a_new_step_does_not_take_the_name_of_one_that_was_taken_out(self, dates_at, change_milestones):
        change_milestones(lambda rows: [row for row in rows if row["date"] != "2019"])
        change_milestones(lambda rows: [*rows, {"kind": "relocated", "date": "2019"}])

        assert dates_at() == {"planned.2013": "2013", "relocated.2019.2": "2019", "relocated.2021": "2021"}

    def test_what_another_record_says_is_nothing_to_it(self, mission):
        another = make_mission(milestones=[{"kind": "relocated", "date": "2019"}])

        assert another.milestones.get().first_said == mission.milestones.get(date="2019").first_said

    def test_a_step_without_a_date_keeps_its_name_when_it_gets_one(self, dates_at, change_milestones):
        change_milestones(lambda rows: [{"kind": "opened"}, {"kind": "opened", "note": "Again"}])
        change_milestones(lambda rows: [row | {"date": "2014"} if "note" in row else row for row in rows])

        assert dates_at() == {"opened.undated": None, "opened.undated.2": "2014"}

    def test_signs_of_a_date_that_no_uri_holds_are_encoded(self, component_at, feed_at):
        Mission.objects.all().delete()
        make_mission(slug="embassy", milestones=[{"kind": "opened", "date": "2013%/2014-10~"}])

        name = "mission-embassy.opened.2013%25%2F2014-10~"
        assert component_at("/missions/milestones.ics").uid == f"{name}@kz-africa"
        assert feed_at("/missions/milestones.atom").entries[0].id == f"tag:kz-africa,2025:{name}"

    def test_filters_leave_it_what_it_was(self, component_at):
        assert component_at("/missions/milestones.ics?year=2021").uid == "mission-embassy.relocated.2021@kz-africa"

    def test_rows_of_another_database_have_the_same_names(self, dates_at):
        before = dates_at()
        Mission.objects.all().delete()
        make_mission(slug="another", milestones=[])

        milestones = [{"kind": kind, "date": date} for kind, date in (("planned", 2013), ("relocated", 2019))]
        make_mission(slug="embassy", milestones=[row | {"date": str(row["date"])} for row in milestones])

        assert dates_at().items() <= before.items()


class TestHeads:
    @pytest.fixture(autouse=True)
    def mission(self):
        heads = [self.head("aigerim", "2014-05-06"), self.head("bolat", "2019-03-04"), self.head("", "2023-02-03")]
        return make_mission(slug="embassy", receiving=make_country("KEN"), heads=heads)

    def head(self, slug: str, day: str) -> dict:
        person = make_person(name=slug.title(), slug=slug) if slug else None
        return {"person": person, "accreditations": [{"country": make_country("KEN"), "credentials_presented": day}]}

    @pytest.fixture
    def days_at(self, components_at):
        """The day of each act by what a subscriber knows it by."""
        return lambda: {
            act.uid.removeprefix("mission-embassy.credentials_presented.").removesuffix("@kz-africa"): act.edtf
            for act in components_at("/missions/milestones.ics")
        }

    @pytest.fixture
    def change_heads(self, change):
        def apply(revise) -> None:
            mission = Mission.objects.get()
            change(mission, heads=revise(content_of(mission)["heads"]))

        return apply

    def test_each_is_told_apart_by_the_state_and_the_person(self, days_at):
        assert days_at() == {"KEN.aigerim": "2014-05-06", "KEN.bolat": "2019-03-04", "KEN.head": "2023-02-03"}

    def test_the_first_taken_out_leaves_the_others_what_they_were(self, days_at, change_heads):
        change_heads(lambda heads: heads[1:])

        assert days_at() == {"KEN.bolat": "2019-03-04", "KEN.head": "2023-02-03"}

    def test_one_who_takes_the_place_of_another_does_not_take_the_name(self, days_at, change_heads):
        make_person(name="Chinara", slug="chinara")

        change_heads(lambda heads: [heads[0] | {"person": "chinara"}, *heads[1:]])

        assert days_at() == {"KEN.chinara": "2014-05-06", "KEN.bolat": "2019-03-04", "KEN.head": "2023-02-03"}

    def test_another_state_is_another_act(self, days_at, change_heads):
        make_country("ETH")
        elsewhere = [{"country": "ETH", "appointed": "2014"}]

        change_heads(lambda heads: [heads[0] | {"accreditations": elsewhere}, *heads[1:]])

        assert {"KEN.bolat", "KEN.head"} == {name for name in days_at() if name.startswith("KEN")}

    def test_a_head_whose_name_is_found_later_stays_the_same(self, days_at, change_heads):
        make_person(name="Chinara", slug="chinara")

        change_heads(lambda heads: [*heads[:2], heads[2] | {"person": "chinara"}])

        assert days_at()["KEN.head"] == "2023-02-03"

    def test_a_corrected_day_leaves_it_what_it_was(self, days_at, change_heads):
        def correct(heads):
            (row,) = heads[0]["accreditations"]
            return [heads[0] | {"accreditations": [row | {"credentials_presented": "2014-05-07"}]}, *heads[1:]]

        change_heads(correct)

        assert days_at()["KEN.aigerim"] == "2014-05-07"

    def test_a_renamed_person_stays_the_same(self, days_at, change):
        change(Person.objects.get(slug="aigerim"), slug="aigerim-a")

        assert days_at()["KEN.aigerim"] == "2014-05-06"


@pytest.mark.parametrize(
    ("make", "record_type", "kind"),
    [
        (make_agreement, "agreement", "signed"),
        (make_initiative, "initiative", "raised"),
        (make_programme, "programme", "adopted"),
    ],
)
def test_a_stage_taken_out_leaves_those_of_its_kind_what_they_were(component_at, change, make, record_type, kind):
    record = make(slug="mines", stages=[{"kind": kind, "date": "2019"}, {"kind": kind, "date": "2021"}])

    change(record, stages=[{"kind": kind, "date": "2021"}])

    stage = component_at(f"/{record_type}s/{record_type}s.ics")
    assert stage.uid == f"{record_type}-mines.{kind}.2021@kz-africa"


@pytest.mark.parametrize("part", [Milestone, Accreditation, AgreementStage, InitiativeStage, ProgrammeStage])
def test_the_rows_that_were_there_before_are_given_what_they_say(part):
    country = make_country("KEN")
    steps = [{"kind": "signed", "date": "2013/2014"}, {"kind": "signed", "date": "2013/2014"}, {"kind": "signed"}]
    heads = [{"accreditations": [{"country": country}]}, {"accreditations": [{"country": country}]}]
    make_mission(milestones=steps, heads=heads)
    for make in (make_agreement, make_initiative, make_programme):
        make(stages=steps)
    before = list(part.objects.order_by("pk").values_list("first_said", flat=True))
    part.objects.update(first_said="")

    fill_first_said(apps, None)

    assert list(part.objects.order_by("pk").values_list("first_said", flat=True)) == before
    assert any(text.endswith(".2") for text in before)


def test_parts_of_records_with_like_names_are_told_apart(components_at):
    for slug in ("mines", "mines-signed", "mines_signed"):
        make_agreement(slug=slug, stages=[{"kind": "signed"}, {"kind": "ended"}])

    assert len(components_at("/agreements/agreements.ics")) == 6
