"""Add from a source: one source named once, any number of records, all of them saved or none."""

import pytest
from reversion.models import Revision

from diplomacy.models import Agreement, Mission
from events.models import Event
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Redirect, Source
from kzafrica.reference.models import Person
from kzafrica.statements.models import Figure
from tests.desk_forms import EVENT, SOURCE, story
from tests.factories import (
    make_event,
    make_office,
    make_person,
    make_source,
)

pytestmark = pytest.mark.django_db


class TestTheSource:
    @pytest.mark.parametrize(
        "address",
        [
            "https://paper.kz/2025/09/talks",
            "http://www.paper.kz/2025/09/talks/",
            "paper.kz/2025/09/talks?utm_source=mail&fbclid=7#top",
            "https://PAPER.kz:443/2025/09/talks",
            "https://archive.org/web/1/talks",
            "known",
            "Astana Times: Talks",
        ],
    )
    def test_one_that_is_known_is_taken(self, writing, address):
        make_source(
            slug="known",
            title="Talks",
            url="https://paper.kz/2025/09/talks",
            archived_url="https://archive.org/web/1/talks",
        )
        screen = story(writing, address=address)

        screen.send(**EVENT)

        assert Source.objects.count() == 1
        assert Event.objects.get().citations.get().source.slug == "known"

    def test_another_page_of_the_same_paper_is_another_source(self, writing):
        make_source(slug="known", url="https://paper.kz/2025/09/talks")
        screen = story(writing, address="https://paper.kz/2025/09/talks?page=2")

        screen.send(**SOURCE, **EVENT)

        assert Source.objects.count() == 2

    def test_publisher_kind_and_language_are_those_of_the_same_host(self, writing):
        make_source(url="https://paper.kz/2024/01/a", publisher="The Paper", kind="official", language="ru")

        screen = story(writing)

        assert screen.data["s-publisher"] == ["The Paper"]
        assert screen.data["s-kind"] == ["official"]
        assert screen.data["s-language"] == ["ru"]

    @pytest.mark.parametrize(
        ("title", "language"),
        [("Послы в Луанде", "ru"), ("Елшілер Луандада", "kk"), ("سفراء في لواندا", "ar"), ("Ambassadors", "pt")],
    )
    def test_the_letters_of_the_title_tell_the_language(self, writing, title, language):
        make_source(url="https://paper.kz/2024/01/a", language="pt")
        cited = story(writing, address=f"Paper: {title}")
        screen = story(writing)

        screen.send(**SOURCE | {"s__title": title}, **EVENT)

        assert cited.data["s-language"] == [language.replace("pt", "en")]
        assert Source.objects.get(title=title).language == language

    def test_a_paper_in_kazakh_is_so_where_a_title_has_no_letter_of_its_own(self, writing):
        make_source(url="https://paper.kz/2024/01/a", language="kk")
        screen = story(writing)

        screen.send(**SOURCE | {"s__title": "Астанада"}, **EVENT)

        assert Source.objects.get(title="Астанада").language == "kk"

    def test_a_language_that_was_chosen_is_kept(self, writing):
        screen = story(writing)

        screen.send(**SOURCE | {"s__title": "Послы в Луанде", "s__language": "it"}, **EVENT)

        assert Source.objects.get().language == "it"

    def test_the_month_is_read_from_the_address(self, writing):
        assert story(writing).data["s-published"] == ["2025-09"]

    def test_one_without_a_title_saves_nothing_and_keeps_what_was_typed(self, writing):
        screen = story(writing)

        screen.send(**EVENT)

        assert screen.focus == "s-title"
        assert screen.data["r0-title_en"] == ["Talks in Nairobi"]
        assert not Event.objects.exists() and not Source.objects.exists()

    def test_one_of_the_same_title_is_named(self, writing):
        make_source(slug="known", title="Presidents meet", publisher="Paper")
        screen = story(writing)

        screen.send(button="again", value="0/participations", **SOURCE)

        assert "<code>known</code>" in screen.words


class TestSaving:
    def test_everything_is_a_draft_cited_to_the_source(self, writing, contributor):
        screen = story(writing)

        answer = screen.send(**SOURCE, **EVENT, r0__as_printed="September 9", r0__locator="paragraph 2")

        assert answer.status_code == 302
        event = Event.objects.get()
        assert event.status == Status.DRAFT
        assert event.slug == "talks-in-nairobi-2025"
        assert [(row.field, row.as_printed, row.locator) for row in event.citations.all()] == [
            ("", "", "paragraph 2"),
            ("date", "September 9", "paragraph 2"),
        ]
        assert Revision.objects.filter(user=contributor).count() == 2  # The source and the event.

    def test_a_fault_in_one_record_keeps_all_of_them_from_being_saved(self, writing):
        screen = story(writing, "event agreement")

        screen.send(**SOURCE, **EVENT, r1__title_en="Memorandum", r1__kind="memorandum", **{"r1-stages.date": "soon"})

        assert not Event.objects.exists() and not Source.objects.exists() and not Revision.objects.exists()
        assert screen.focus == "r1-stages.date"
        assert screen.data["r1-stages.date"] == ["soon"]
        assert screen.data["r0-title_en"] == ["Talks in Nairobi"]

    def test_a_rule_of_the_model_is_told_at_its_field(self, writing):
        screen = story(writing)

        screen.send(**SOURCE, **{**EVENT, "r0__date": "2999-01-01"})

        assert "This has not taken place yet" in screen.words
        assert not Event.objects.exists()

    def test_a_rule_between_parts_is_told_at_its_field(self, writing):
        make_person(slug="late", name="Late One", died="2020")
        screen = story(writing)

        screen.send(**SOURCE, **EVENT, **{"r0-participations-0-person": "late"})

        assert screen.focus == "r0-participations-0-person"
        assert "died" in screen.words

    def test_typing_goes_on_at_a_kind_that_is_only_the_usual_one(self, writing):
        screen = story(writing, "event mission")

        screen.send(**SOURCE, **EVENT)

        assert (screen.focus, screen.data["r1-kind"]) == ("r1-kind", ["embassy"])

    def test_a_record_left_empty_is_waited_for(self, writing):
        screen = story(writing, "event figure")

        screen.send(**SOURCE, **EVENT)

        assert screen.focus == "r1-measure"
        assert "One record is still to be filled in" in screen.words
        assert "This field is required" not in screen.words
        assert not Event.objects.exists()

    def test_what_a_story_shares_is_filled_in_further_down(self, writing):
        screen = story(writing, "event agreement figure")

        screen.send(**SOURCE, **EVENT)

        assert screen.data["r1-stages.date"] == ["2025-09-09"]
        assert screen.data["r1-parties.country"] == ["KAZ KEN"]
        assert screen.data["r1-signed_at"] == ["talks-in-nairobi-2025"]
        assert screen.data["r2-counterpart"] == ["KEN"]

    def test_records_name_each_other(self, writing):
        screen = story(writing, "event agreement")
        screen.send(**SOURCE, **EVENT)

        screen.send(r1__title_en="Memorandum on visas", r1__kind="memorandum")

        agreement = Agreement.objects.get()
        assert agreement.signed_at == Event.objects.get()
        assert [party.country.alpha3 for party in agreement.parties.all()] == ["KAZ", "KEN"]

    def test_an_address_that_is_taken_gets_a_number(self, writing):
        make_event(slug="talks-in-nairobi-2025", date="2020")
        Redirect.objects.create(record_type="events.event", old_key="talks-in-nairobi-2025-2", target_key="other")
        screen = story(writing)

        screen.send(**SOURCE, **EVENT)

        assert Event.objects.filter(slug="talks-in-nairobi-2025-3").exists()

    def test_an_address_keeps_the_words_of_a_title_in_cyrillic(self, writing):
        screen = story(writing, "event person", address="Вестник: Послы в Луанде")

        screen.send(**EVENT | {"r0__title_en": "Встреча послов"}, r1__name_en="Мухтар Тлеуберди")

        assert Source.objects.get().slug == "vestnik-posly-v-luande"
        assert Event.objects.get().slug == "vstrecha-poslov-2025"
        assert Person.objects.get().slug == "mukhtar-tleuberdi"

    def test_an_address_can_be_chosen(self, writing):
        screen = story(writing)

        screen.send(**SOURCE, **EVENT, r0__slug="nairobi")

        assert Event.objects.get().slug == "nairobi"

    def test_a_state_for_which_someone_took_part_is_named_once(self, writing):
        make_person(slug="ruto", name="William Ruto")
        screen = story(writing)

        screen.send(
            **SOURCE, **EVENT, **{"r0-participations-0-person": "William Ruto", "r0-participations-0-country": "ken"}
        )

        rows = [(str(row.country), str(row.person)) for row in Event.objects.get().participations.all()]
        assert rows == [("Kenya", "William Ruto"), ("Kazakhstan", "None")]


class TestKinds:
    @pytest.mark.parametrize(
        ("kind", "fields", "expected"),
        [
            (
                "figure",
                {
                    "measure": "turnover",
                    "printed": "$1.2 million",
                    "value": "1200000",
                    "period": "2024",
                    "counterpart": "KEN",
                },
                "Trade turnover: Kazakhstan – Kenya, 2024",
            ),
            (
                "mission",
                {"receiving": "KEN", "milestones.kind": "opened", "milestones.date": "2025"},
                "Embassy of Kazakhstan in Kenya",
            ),
            (
                "initiative",
                {"title_en": "Direct flights", "countries": "KEN", "stages.date": "2025-09"},
                "Direct flights",
            ),
            (
                "award",
                {"title_en": "Dostyk", "order_en": "Dostyk", "recipient": "ruto", "recipient_country": "KEN"},
                "Dostyk",
            ),
            (
                "claim",
                {
                    "text_en": "The first visit.",
                    "kind": "first",
                    "subjects.record": "KEN",
                    "result": "holds",
                    "reason_en": "None before.",
                },
                "The first visit.",
            ),
            ("relation", {"second": "KEN", "established": "1992"}, "Kazakhstan – Kenya"),
            (
                "person",
                {"name_en": "Musalia Mudavadi", "offices_held.office": "minister", "offices_held.attested": "2025"},
                "Musalia Mudavadi",
            ),
            ("organization", {"name_en": "Kenya Airways", "kind": "company", "country": "Kenya"}, "Kenya Airways"),
            (
                "project",
                {"title_en": "Tea plant", "kind": "plant", "host_country": "KEN", "stages.kind": "raised"},
                "Tea plant",
            ),
            ("route", {"title_en": "Aktau to Mombasa", "countries": "KEN"}, "Aktau to Mombasa"),
            (
                "programme",
                {"title_en": "Africa strategy", "kind": "strategy", "country": "KAZ", "begins": "2025"},
                "Africa strategy",
            ),
            (
                "agreement",
                {"title_en": "On visas", "kind": "agreement", "parties.country": "KAZ, Kenya", "stages.date": "2025"},
                "On visas",
            ),
        ],
    )
    def test_every_kind_is_written_down_and_can_be_submitted(self, writing, kind, fields, expected):
        make_person(slug="ruto", name="William Ruto")
        make_office(slug="minister", title="Minister")
        screen = story(writing, kind)

        answer = screen.send(**SOURCE, **{f"r0-{name}": value for name, value in fields.items()})

        assert answer.status_code == 302, screen.words
        saved = writing.get(answer.url)
        assert expected in saved.content.decode()
        submitted = writing.post(answer.url)
        assert submitted.status_code == 302
        record = saved.context["rows"][0]["record"]
        record.refresh_from_db()
        assert record.status == Status.IN_REVIEW
        assert record.submitted_by.username == "aigerim"

    def test_a_figure_keeps_its_words_in_its_citation(self, writing):
        screen = story(writing, "figure")

        screen.send(
            **SOURCE, r0__measure="turnover", r0__printed="$1.2 million", r0__value="1200000", r0__counterpart="Kenya"
        )

        assert Figure.objects.get().citations.get().as_printed == "$1.2 million"

    def test_the_date_of_a_step_is_cited_at_the_step(self, writing):
        screen = story(writing, "mission")

        screen.send(
            **SOURCE,
            r0__receiving="KEN",
            r0__as_printed="last spring",
            **{"r0-milestones.kind": "opened", "r0-milestones.date": "2025-21"},
        )

        citation = Mission.objects.get().milestones.get().citations.get()
        assert (citation.field, citation.as_printed) == ("date", "last spring")

    def test_a_person_keeps_other_forms_of_the_name(self, writing):
        screen = story(writing, "person")

        screen.send(**SOURCE, r0__name_en="William Ruto", **{"r0-name_forms-0-text": "Уильям Руто"})

        assert Person.objects.get().name_forms.get().text == "Уильям Руто"
