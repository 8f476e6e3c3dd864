"""Records that may be the same are named: while one is typed, and before a new one is first saved."""

import pytest

from diplomacy.models import Agreement, Award, Mission, Relation
from events.models import Event
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Source
from kzafrica.reference.models import Organization, Person
from kzafrica.statements.models import Figure
from kzafrica.workshop.names_alike import are_alike
from kzafrica.workshop.new_source import source_named
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

    @pytest.mark.parametrize(("measure", "is_named"), [("turnover", True), ("exports", False)])
    def test_the_turnover_of_two_states_is_one_whichever_is_the_subject(self, writing, states, measure, is_named):
        make_figure(title="Trade with Kenya", measure=measure, counterpart=states[1], period="2024")
        turned = {"measure": measure, "subject": "KEN", "counterpart": "KAZ", "period": "2024"}

        assert ("Trade with Kenya" in named(writing, Figure, **turned)) is is_named

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

    @pytest.mark.parametrize("name", ["K. Tokayev", "Tokayev K.", "K.-J. Tokayev", "TOKAEV K", "Tokayev, Kassym J."])
    def test_a_person_under_initials(self, writing, name):
        make_person(name="Kassym-Jomart Tokayev")

        assert "Kassym-Jomart Tokayev" in named(writing, Person, name_en=name)

    @pytest.mark.parametrize("name", ["T. Tokayev", "K.-B. Tokayev", "K. J.", "K. J. Nazarbayev"])
    def test_a_person_of_other_initials_or_another_surname_is_not_named(self, writing, name):
        make_person(name="Kassym-Jomart Tokayev")

        assert "Tokayev" not in named(writing, Person, name_en=name)

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ("k tokayev", "a tokayev", False),
            ("k tokayev", "k j tokayev", True),
            ("k j tokayev", "kassym tokayev", True),
            ("a b tokayev", "aigerim k tokayev", False),
            ("h houphouet boigny", "felix houphouet boigny", False),
            ("т токаев", "к токаев", False),
        ],
    )
    def test_initials_are_held_against_initials_and_words(self, one, other, expected):
        assert are_alike(one, other) is expected
        assert are_alike(other, one) is expected

    @pytest.mark.parametrize(
        ("kept", "typed"),
        [
            ("Mukhtar Tleuberdi", "Мухтар Тлеуберди"),
            ("Askar Mussinov", "Мусинов Аскар"),
            ("Yerlan Idrissov", "Ерлан Идрисов"),
            ("William Ruto", "У. Руто"),
            ("João Lourenço", "Жуан Лоренсу"),
            ("Alassane Ouattara", "Алассан Уаттара"),
            ("Kassym-Jomart Tokayev", "Қасым-Жомарт Тоқаев"),
            ("Kassym-Jomart Tokayev", "Qasym-Zhomart Toqaev"),
            ("Феликс Чисекеди", "Félix Tshisekedi"),
        ],
    )
    def test_a_person_in_another_script_or_latin_spelling(self, writing, kept, typed):
        make_person(name=kept)

        assert kept in named(writing, Person, name_en=typed)

    @pytest.mark.parametrize(
        ("kept", "typed"),
        [
            ("Askar Mussinov", "Аскар Мамин"),
            ("William Ruto", "Д. Руто"),
            ("João Lourenço", "Жуан Мигель"),
            ("Kassym-Jomart Tokayev", "Касым Масимов"),
        ],
    )
    def test_another_person_in_another_script_is_not_named(self, writing, kept, typed):
        make_person(name=kept)

        assert kept not in named(writing, Person, name_en=typed)

    def test_an_organization_by_a_form_of_the_name(self, writing):
        make_organization(name="KazMunayGas", name_forms=[{"text": "КазМунайГаз"}])

        assert "KazMunayGas" in named(writing, Organization, name_ru="КазМунайГаз")

    def test_a_source_at_the_same_address(self, writing):
        make_source(title="Talks", url="https://paper.kz/talks")

        assert "Talks" in named(writing, Source, url="http://www.paper.kz/talks/?utm_source=x")


class TestWhatWasWithdrawn:
    def test_is_no_duplicate(self, writing):
        make_person(name="Félix Tshisekedi", status=Status.WITHDRAWN)
        make_source(title="Talks", url="https://paper.kz/talks", status=Status.WITHDRAWN)

        assert named(writing, Person, name_en="Félix Tshisekedi").strip() == ""
        assert named(writing, Source, url="https://paper.kz/talks").strip() == ""

    @pytest.mark.parametrize("text", ["https://paper.kz/talks", "Astana Times: Talks", "Talks"])
    def test_is_no_source_that_is_known_already(self, text):
        make_source(slug="old", title="Talks", url="https://paper.kz/talks", status=Status.WITHDRAWN)

        assert source_named(text).is_new

    def test_gives_way_to_the_one_that_stands_at_its_address_now(self):
        make_source(slug="old", title="Talks", url="https://paper.kz/talks", status=Status.WITHDRAWN)
        source = make_source(slug="new", title="Talks", url="https://paper.kz/talks")

        assert source_named("paper.kz/talks").source == source
        assert source_named("Astana Times: Talks").source == source


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
        assert 'name="_keep_both" value="person/felix"' in words and 'value="Felix Tshisekedi"' in words
        assert Person.objects.count() == 1
        assert form.send(_keep_both="person/felix").status_code == 302
        assert Person.objects.count() == 2

    def test_the_ordinary_form_asks_again_about_a_record_that_was_not_shown(self, writing, states):
        make_person(name="Félix Tshisekedi", slug="felix")
        make_person(name="William Ruto", slug="ruto")
        form = FilledForm(writing, address_of("add", Person))
        form.data |= {"name_en": "Felix Tshisekedi", "slug": "new"}
        form.send()

        answer = form.send(name_en="W. Ruto", _keep_both="person/felix")

        assert answer.status_code == 409
        assert 'name="_keep_both" value="person/ruto"' in answer.content.decode()
        assert Person.objects.count() == 2
        assert form.send(name_en="W. Ruto", _keep_both=["person/felix", "person/ruto"]).status_code == 302

    def test_what_was_looked_at_stays_so_while_the_form_has_a_fault(self, writing, states):
        make_person(name="Félix Tshisekedi", slug="felix")
        form = FilledForm(writing, address_of("add", Person))
        form.data |= {"name_en": "Felix Tshisekedi", "slug": "new"}

        answer = form.send(born="soon", _keep_both="person/felix")

        assert answer.status_code == 200
        assert 'name="_keep_both" value="person/felix"' in answer.content.decode()

    def test_a_story_asks_again_about_a_record_that_was_not_shown(self, writing, states):
        for title, date in (("Old talks", "2025-09-09"), ("Older talks", "2024-09-09")):
            make_event(title=title, kind="meeting", date=date, participations=[{"country": states[1]}])
        screen = story(writing)
        screen.send(**SOURCE, **EVENT)

        answer = screen.send(r0__date="2024-09-09")

        assert answer.status_code == 409
        assert "Older talks" in screen.words
        assert screen.send().status_code == 302
        assert Event.objects.count() == 3

    def test_what_was_looked_at_for_one_record_of_a_story_is_asked_for_another(self, writing, states):
        make_event(title="Old talks", kind="meeting", date="2025-09-09", participations=[{"country": states[1]}])
        screen = story(writing)
        screen.send(**SOURCE, **EVENT)
        screen.send(button="add", value="event")

        answer = screen.send(**{name.replace("r0", "r1"): value for name, value in EVENT.items()})

        assert answer.status_code == 409
        assert [twin.title for twin in answer.context["entries"][1].twins] == ["Old talks", "Talks in Nairobi"]
        assert screen.send().status_code == 302
        assert Event.objects.count() == 3

    @pytest.mark.parametrize("title", ["Talks in Nairobi", "Ministers meet"])
    def test_a_record_typed_twice_on_one_screen_is_named(self, writing, title):
        screen = story(writing, "event event")
        again = {name.replace("r0", "r1"): value for name, value in EVENT.items()} | {"r1__title_en": title}

        answer = screen.send(**SOURCE, **EVENT, **again)

        assert answer.status_code == 409
        first, second = (entry.twins for entry in answer.context["entries"])
        assert first == []
        assert [(twin.title, twin.address) for twin in second] == [("Talks in Nairobi", "#record-0")]
        assert 'href="#record-0"' in screen.words
        assert not Event.objects.exists() and not Source.objects.exists()
        assert screen.send().status_code == 302
        assert Event.objects.count() == 2

    def test_a_person_typed_in_two_scripts_on_one_screen_is_named(self, writing):
        screen = story(writing, "person person")

        answer = screen.send(**SOURCE, r0__name_en="Жуан Лоренсу", r1__name_en="Joao Lourenco")

        assert answer.status_code == 409
        assert [twin.title for twin in answer.context["entries"][1].twins] == ["Жуан Лоренсу"]

    @pytest.mark.parametrize("other", [{"r1__kind": "call"}, {"r1__date": "2025-10"}])
    def test_two_records_of_one_screen_that_differ_are_not(self, writing, other):
        screen = story(writing, "event event")
        again = {name.replace("r0", "r1"): value for name, value in EVENT.items()} | {"r1__title_en": "Other"}

        assert screen.send(**SOURCE, **EVENT, **again | other).status_code == 302

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
