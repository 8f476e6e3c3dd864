"""Records that may be the same are named: while one is typed, and before a new one is first saved."""

import pytest

from diplomacy.models import Agreement, Award, Mission, Relation
from events.models import Event
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Source
from kzafrica.reference.models import Organization, Person
from kzafrica.statements.models import Figure
from tests.admin import FilledForm, address_of
from tests.desk_forms import EVENT, SOURCE, story
from tests.factories import (
    make_agreement,
    make_award,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_organization,
    make_person,
    make_relation,
    make_source,
)

pytestmark = pytest.mark.django_db


def named(client, model, **asked) -> str:
    """What the piece of a page says; keys are written as keys."""
    answer = client.get(address_of("may_be_same", model), {"by": "key", **asked})
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


class TestEvents:
    @pytest.fixture(autouse=True)
    def visit(self, states):
        return make_event(
            title="Visit to Nairobi",
            kind="state_visit",
            date="2025-09-10",
            status=Status.DRAFT,
            participations=[{"country": state} for state in states],
        )

    def asked(self, **other) -> dict:
        typed = {"kind": "official_visit", "date": "2025-09", "participations.country": "KAZ KEN"}
        return {**typed, **other}

    def test_of_one_kind_time_and_pair_is_named_drafts_too(self, writing):
        assert "Visit to Nairobi" in named(writing, Event, **self.asked())

    @pytest.mark.parametrize(
        "other",
        [
            {"kind": "call"},
            {"date": "2025-10"},
            {"date": ""},
            {"date": "2025-1"},
            {"participations.country": "KAZ"},
            {"participations.country": "KAZ UGA"},
        ],
    )
    def test_of_another_kind_time_or_pair_is_not(self, writing, other):
        make_country("UGA")

        assert named(writing, Event, **self.asked(**other)).strip() == ""

    def test_the_host_is_a_state_too(self, writing):
        assert "Visit" in named(writing, Event, kind="visit", date="2025-09-10", host="KEN")

    def test_the_record_itself_is_not_named_and_another_can_be_merged(self, writing, visit):
        asked = self.asked(of=visit.pk)
        party = {"country": make_country("KEN")}
        other = make_event(title="Same visit", kind="visit", date="2025-09", participations=[party])

        words = named(writing, Event, **asked)

        assert "Visit to Nairobi" not in words
        assert f"/admin/merge/events/event/{visit.pk}/?with={other.pk}" in words

    def test_keys_may_be_numbers(self, writing):
        kenya = make_country("KEN")

        words = named(writing, Event, **{**self.asked(by="number"), "participations.country": str(kenya.pk)})

        assert "Visit to Nairobi" in words


class TestOtherKinds:
    def test_a_mission_of_the_same_kind_sender_and_receiver(self, writing, states):
        make_mission(title="Embassy in Nairobi", receiving=states[1])
        asked = {"kind": "embassy", "sending": "KAZ", "receiving": "KEN"}

        assert "Embassy in Nairobi" in named(writing, Mission, **asked)
        assert "Embassy" not in named(writing, Mission, **{**asked, "kind": "consulate"})

    def test_relations_the_other_way_round(self, writing, states):
        make_relation(first=states[0], second=states[1])

        assert "Kazakhstan – Kenya" in named(writing, Relation, first="KEN", second="KAZ")

    def test_an_award_to_the_same_person_at_the_same_time(self, writing, states):
        make_award(title="Dostyk for Ruto", recipient=make_person(slug="ruto"), date="2025-09-10")

        assert "Dostyk for Ruto" in named(writing, Award, recipient="ruto", date="2025-09")
        assert "Dostyk for Ruto" not in named(writing, Award, recipient="ruto", date="2024")

    def test_an_agreement_between_the_same_at_the_same_time(self, writing, states):
        make_agreement(
            title="On visas",
            parties=[{"country": state} for state in states],
            stages=[{"kind": "signed", "date": "2025-09-10"}],
        )
        asked = {"kind": "memorandum", "parties.country": "KAZ KEN"}

        assert "On visas" in named(writing, Agreement, **asked, **{"stages.date": "2025-09"})
        assert "On visas" not in named(writing, Agreement, **asked, **{"stages.date": "2024"})

    def test_a_figure_of_the_same_scope_and_period(self, writing, states):
        make_figure(title="Turnover with Kenya", counterpart=states[1], period="2024")
        asked = {"measure": "turnover", "subject": "KAZ", "counterpart": "KEN"}

        assert "Turnover with Kenya" in named(writing, Figure, **asked, period="2024")
        assert "Turnover with Kenya" not in named(writing, Figure, **asked, period="2023")

    @pytest.mark.parametrize(
        "name", ["Tshisekedi Felix", "FÉLIX TSHISEKEDI TSHILOMBO", "Чисекеди Феликс", "Felix Tshisekdi"]
    )
    def test_a_person_under_another_form_of_the_name(self, writing, name):
        make_person(name="Félix Tshisekedi", name_forms=[{"text": "Феликс Чисекеди"}])

        assert "Félix Tshisekedi" in named(writing, Person, name_en=name)

    @pytest.mark.parametrize("name", ["Félix", "Félix Houphouët-Boigny", "T"])
    def test_a_person_of_another_name_is_not_named(self, writing, name):
        make_person(name="Félix Tshisekedi")

        assert "Tshisekedi" not in named(writing, Person, name_en=name)

    def test_an_organization_by_a_form_of_the_name(self, writing):
        make_organization(name="KazMunayGas", name_forms=[{"text": "КазМунайГаз"}])

        assert "KazMunayGas" in named(writing, Organization, name_ru="КазМунайГаз")

    def test_a_source_at_the_same_address(self, writing):
        make_source(title="Talks", url="https://paper.kz/talks")

        assert "Talks" in named(writing, Source, url="http://www.paper.kz/talks/?utm_source=x")


class TestWhatIsAsked:
    @pytest.mark.parametrize("asked", [{"titel": "x"}, {"by": "name"}, {"of": "x"}, {"participations-country": "KEN"}])
    def test_any_other_parameter_is_refused_in_words(self, writing, asked):
        answer = writing.get(address_of("may_be_same", Event), asked)

        assert answer.status_code == 400
        assert answer.content.decode().strip()

    def test_it_changes_nothing_and_is_only_read(self, writing):
        assert writing.post(address_of("may_be_same", Event)).status_code == 400

    def test_it_is_for_those_who_work_here(self, client, db):
        assert client.get(address_of("may_be_same", Event)).status_code == 302


class TestBeforeTheFirstSave:
    def test_the_ordinary_form_asks_once_and_then_keeps_both(self, writing, states):
        make_person(name="Félix Tshisekedi", slug="felix")
        form = FilledForm(writing, address_of("add", Person))
        form.data |= {"name_en": "Felix Tshisekedi", "slug": "felix-2"}

        refused = form.send()

        assert refused.status_code == 409
        words = refused.content.decode()
        assert "Save again to keep both" in words and "Félix Tshisekedi" in words
        assert 'name="_keep_both"' in words and 'value="Felix Tshisekedi"' in words
        assert Person.objects.count() == 1
        assert form.send(_keep_both="1").status_code == 302
        assert Person.objects.count() == 2

    def test_a_change_of_a_record_is_not_asked(self, writing):
        make_person(name="Félix Tshisekedi", slug="felix")
        other = make_person(name="Felix Tshisekedi", slug="other", status=Status.DRAFT)

        assert FilledForm(writing, address_of("change", other)).send(summary_en="President.").status_code == 302

    def test_a_story_asks_once_and_then_keeps_both(self, writing, states):
        make_event(title="Old talks", kind="meeting", date="2025-09-09", participations=[{"country": states[1]}])
        screen = story(writing)

        answer = screen.send(**SOURCE, **EVENT)

        assert answer.status_code == 409
        assert "Old talks" in screen.words
        assert screen.focus == "save"
        assert Event.objects.count() == 1
        assert screen.send().status_code == 302
        assert Event.objects.count() == 2
