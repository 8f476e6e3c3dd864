"""What forms refuse because of other rows: the order of stages, and acts outside the life of a person."""

import pytest

from diplomacy.models import Agreement, Initiative
from events.models import Event
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import ProposedChange
from kzafrica.reference.models import Person
from tests.admin import FilledForm, address_of, words_of
from tests.factories import make_agreement, make_country, make_event, make_initiative, make_mission, make_person

pytestmark = pytest.mark.django_db

DIED = "Amara Diallo died (2024) before this took place (10 September 2025)."
BORN = "Amara Diallo was born (2026) after this took place (10 September 2025)."


class TestStages:
    @pytest.mark.parametrize(
        ("make", "earlier", "later", "sentence"),
        [
            (make_agreement, "signed", "ratified", "“Ratified” (2024) cannot come before “Signed” (2025)."),
            (make_agreement, "in_force", "ended", "“Ended” (2024) cannot come before “In force” (2025)."),
            (make_initiative, "raised", "delivered", "“Delivered” (2024) cannot come before “Raised” (2025)."),
            (make_initiative, "raised", "lapsed", "“Lapsed” (2024) cannot come before “Raised” (2025)."),
        ],
    )
    def test_a_stage_added_before_one_that_it_needs(self, writing, make, earlier, later, sentence):
        record = make(status=Status.DRAFT, stages=[{"kind": earlier, "date": "2025"}])
        form = FilledForm(writing, address_of("change", record))
        form.add_row("stages", kind=later, date="2024")

        answer = form.send()

        assert answer.status_code == 200
        assert sentence in words_of(answer)
        assert record.stages.count() == 1

    def test_of_a_new_record(self, writing):
        form = FilledForm(writing, address_of("add", Agreement))
        form.data |= {"title_en": "Memorandum", "slug": "memorandum", "kind": "memorandum"}
        form.add_row("stages", kind="signed", date="2025-09-10")
        form.add_row("stages", kind="in_force", date="2025-08")

        assert "“In force” (August 2025) cannot come before “Signed”" in words_of(form.send())
        assert not Agreement.objects.exists()

    def test_of_a_public_record_none_is_proposed(self, writing):
        record = make_initiative(stages=[{"kind": "raised", "date": "2025"}])
        form = FilledForm(writing, address_of("change", record))
        form.add_row("stages", kind="delivered", date="2024")

        assert "“Delivered” (2024) cannot come before “Raised” (2025)." in words_of(form.send())
        assert not ProposedChange.objects.exists()

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
    def test_a_stage_that_is_moved_on_its_own_page(self, writing, status):
        record = make_agreement(
            status=status, stages=[{"kind": "signed", "date": "2020"}, {"kind": "ratified", "date": "2021"}]
        )
        signed, ratified = record.stages.all()

        early = FilledForm(writing, address_of("change", ratified)).send(date="2019")
        late = FilledForm(writing, address_of("change", signed)).send(date="2022")

        assert "“Ratified” (2019) cannot come before “Signed” (2020)." in words_of(early)
        assert "“Ratified” (2021) cannot come before “Signed” (2022)." in words_of(late)
        assert [str(stage.date) for stage in Agreement.objects.get().stages.all()] == ["2020", "2021"]
        assert not ProposedChange.objects.exists()

    @pytest.mark.parametrize("date", ["2025", "2024/2026", ""])
    def test_an_overlap_is_taken(self, writing, date):
        record = make_initiative(status=Status.DRAFT, stages=[{"kind": "raised", "date": "2025-06"}])
        form = FilledForm(writing, address_of("change", record))
        form.add_row("stages", kind="delivered", date=date)

        assert form.send().status_code == 302
        assert Initiative.objects.get().stages.count() == 2


class TestLives:
    @pytest.fixture(params=[{"died": "2024"}, {"born": "2026"}], ids=["died before", "born after"])
    def life(self, request):
        return request.param

    @pytest.fixture
    def sentence(self, life):
        return DIED if "died" in life else BORN

    @pytest.fixture
    def person(self, life):
        return make_person(name="Amara Diallo", **life)

    @pytest.fixture
    def held(self):
        """A draft of an event on 10 September 2025."""
        return make_event(status=Status.DRAFT)

    def test_a_participation_added_to_an_event(self, writing, held, person, sentence):
        form = FilledForm(writing, address_of("change", held))
        form.add_row("participations", person=person.pk)

        assert sentence in words_of(form.send())
        assert not held.participations.exists()

    def test_a_participation_of_a_new_event(self, new_event, person, sentence):
        new_event.add_row("participations", person=person.pk)

        assert sentence in words_of(new_event.send(date="2025-09-10"))
        assert not Event.objects.exists()

    def test_an_event_that_is_moved(self, writing, life, person, sentence):
        other_day = "2020" if "died" in life else "2030"
        event = make_event(status=Status.DRAFT, date=other_day, participations=[{"person": person}])

        answer = FilledForm(writing, address_of("change", event)).send(date="2025-09-10")

        assert sentence in words_of(answer)
        assert str(Event.objects.get().date) == other_day

    def test_an_event_that_is_moved_and_gets_a_participant_of_its_new_date(self, writing, held, life, person):
        form = FilledForm(writing, address_of("change", held))
        form.add_row("participations", person=person.pk)

        assert form.send(date="2020" if "died" in life else "2026").status_code == 302
        assert held.participations.count() == 1

    def test_a_participation_that_is_given_to_another_person_on_its_own_page(self, writing, person, sentence):
        event = make_event(status=Status.DRAFT, participations=[{"person": make_person()}])

        answer = FilledForm(writing, address_of("change", event.participations.get())).send(person=person.pk)

        assert sentence in words_of(answer)

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
    def test_a_life_that_ends_or_begins_on_the_other_side_of_an_event(self, writing, life, sentence, status):
        person = make_person(name="Amara Diallo", status=status)
        make_event(participations=[{"person": person}], status=Status.DRAFT)

        answer = FilledForm(writing, address_of("change", person)).send(**life)

        assert sentence in words_of(answer)
        assert (Person.objects.get().born, Person.objects.get().died) == (None, None)
        assert not ProposedChange.objects.exists()

    def test_who_was_only_planned_to_take_part(self, writing, held, life, person):
        form = FilledForm(writing, address_of("change", held))
        form.add_row("participations", person=person.pk, attendance="planned")

        assert form.send().status_code == 302
        assert FilledForm(writing, address_of("change", person)).send(**life).status_code == 302

    def test_a_day_within_an_imprecise_life(self, writing, held):
        form = FilledForm(writing, address_of("change", held))
        form.add_row("participations", person=make_person(born="2025", died="2025").pk)

        assert form.send().status_code == 302

    def test_an_accreditation_and_who_heads_the_mission(self, writing, life, person, sentence):
        make_country("KAZ")
        accreditation = {"country": make_country("KEN"), "appointed": "2025-09-10"}
        mission = make_mission(
            status=Status.DRAFT, heads=[{"person": make_person(), "accreditations": [accreditation]}]
        )
        head = mission.heads.get()

        by_mission = FilledForm(writing, address_of("change", mission)).send(**{"heads-0-person": person.pk})
        by_head = FilledForm(writing, address_of("change", head)).send(person=person.pk)
        head.person = make_person(name="Amara Diallo")
        head.save()
        by_person = FilledForm(writing, address_of("change", head.person)).send(**life)

        for answer in (by_mission, by_head, by_person):
            assert sentence in words_of(answer)
