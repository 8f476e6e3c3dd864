"""Add from a source: one source named once, any number of records, all of them saved or none."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from reversion.models import Revision

from diplomacy.models import Agreement, Award, Mission
from events.models import Event
from kzafrica.desk.story import Story, kinds
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Redirect, Source
from kzafrica.editorial.references import reference_kinds
from kzafrica.reference.models import Person
from kzafrica.statements.models import Claim, Figure
from kzafrica.workshop.compact import compact_form
from kzafrica.workshop.finding import FindableMixin
from kzafrica.workshop.texts import LONGEST_TEXT
from tests.admin import browser_of
from tests.desk_forms import ADDRESS, EVENT, SOURCE, Screen, story
from tests.factories import (
    make_event,
    make_office,
    make_person,
    make_source,
    make_user,
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

    @pytest.mark.parametrize("records", ["person award", "award person"])
    @pytest.mark.parametrize("name", ["Tete Antonio", "tete antonio", "Тете Антониу", "Téte António", "tete-antonio"])
    def test_records_name_each_other_by_name(self, writing, records, name):
        screen = story(writing, records)
        person, award = ("r0", "r1") if records.startswith("person") else ("r1", "r0")
        dostyk = {"title_en": "Dostyk", "order_en": "Dostyk", "recipient": name, "recipient_country": "KEN"}

        answer = screen.send(
            **SOURCE,
            **{f"{person}-name_en": "Tete Antonio", f"{person}-name_ru": "Тете Антониу"},
            **{f"{person}-name_forms-0-text": "Téte António"},
            **{f"{award}-{field}": value for field, value in dostyk.items()},
        )

        assert answer.status_code == 302, screen.words
        assert Award.objects.get().recipient == Person.objects.get(name_en="Tete Antonio")

    def test_a_name_of_several_words_is_one_of_what_a_claim_is_about(self, writing):
        screen = story(writing, "event claim")
        claim = {"text_en": "The first.", "kind": "first", "result": "holds", "reason_en": "None before."}

        screen.send(
            **SOURCE, **EVENT, **{f"r1-{name}": value for name, value in claim.items()},
            **{"r1-subjects.record": "Talks in Nairobi"},
        )  # fmt: skip

        assert [row.record for row in Claim.objects.get().subjects.all()] == ["event/talks-in-nairobi-2025"]

    def test_a_name_of_one_here_and_one_before_is_asked_about(self, writing):
        make_person(slug="other", name="Tete Antonio")
        screen = story(writing, "person event")

        screen.send(
            **SOURCE, r0__name_en="Tete Antonio",
            **{name.replace("r0", "r1"): value for name, value in EVENT.items()},
            **{"r1-participations-0-person": "Tete Antonio"},
        )  # fmt: skip

        assert "may be several: write one of tete-antonio, other (Tete Antonio)" in screen.words

    def test_one_that_is_not_there_can_be_added_on_the_same_screen(self, writing):
        screen = story(writing)

        screen.send(**SOURCE, **EVENT, **{"r0-participations-0-person": "Tete Antonio"})

        assert "Or add it below as one more record of this source" in screen.words

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


class TestSentTwice:
    """A double click sends the same form twice, and a browser shows the answer to the second."""

    def test_the_second_answer_is_that_of_the_first(self, writing):
        screen = story(writing, "event person")
        sent = {**SOURCE, **EVENT, "r1__name_en": "William Ruto"}

        first, second = screen.send(**sent), screen.send(**sent)

        assert (second.status_code, second.url) == (302, first.url)
        assert "2 drafts are saved." in writing.get(second.url).content.decode()
        assert Event.objects.count() == Source.objects.count() == Person.objects.count() == 1

    def test_so_it_is_where_the_first_is_saved_while_the_second_is_read(self, writing, monkeypatch):
        screen, save, firsts = story(writing), Story.save, []

        def save_after_another(second: Story) -> list:
            if not firsts:
                firsts.append(None)
                firsts[0] = screen.send(**SOURCE, **EVENT)
            return save(second)

        monkeypatch.setattr(Story, "save", save_after_another)
        second = screen.send(**SOURCE, **EVENT)

        assert (second.status_code, second.url) == (302, firsts[0].url)
        assert Event.objects.count() == Source.objects.count() == 1

    def test_what_was_changed_in_between_is_another_story(self, writing):
        screen = story(writing)
        screen.send(**SOURCE, **EVENT)

        screen.send(**SOURCE, **EVENT | {"r0__title_en": "Lunch in Mombasa", "r0__date": "2025-01-01"})

        assert Event.objects.count() == 2


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


def test_fields_say_in_which_language_they_are(writing):
    words = story(writing, "person event").words

    for label in (
        "Name (English)",
        "Name (Kazakh)",
        "Name (Russian)",
        "Name (French)",
        "Title (English)",
        "Text (English)",
    ):
        assert f">{label}:</label>" in words, label
    assert ">Name:</label>" not in words


class TestDates:
    def test_each_says_back_in_words_what_was_understood(self, writing):
        screen = story(writing, "event agreement award person")

        screen.send(**EVENT | {"r0__date": "2025-09~", "r0__slug": "no address"})

        assert screen.words.count("date-input") >= 6
        assert "about September 2025" in screen.words

    def test_one_that_is_not_understood_may_be_another(self, writing):
        screen = story(writing)

        screen.send(**SOURCE | {"s__published": "10 September 2025"}, **EVENT)

        assert "Did you mean 2025-09-10" in screen.words
        assert "How to write a date" not in screen.words


class TestLongTexts:
    """What is pasted by mistake, a whole book."""

    def test_a_text_has_the_limit_of_the_ordinary_form(self, writing):
        screen = story(writing)

        screen.send(**SOURCE, **EVENT, r0__summary_en="Ж" * (LONGEST_TEXT + 3))

        assert "This text has 20003 characters, and 20000 are allowed." in screen.words
        assert screen.data["r0-summary_en"] == ["Ж" * LONGEST_TEXT]
        assert screen.data["r0-title_en"] == ["Talks in Nairobi"]
        assert not Event.objects.exists()

    @pytest.mark.parametrize(
        "name",
        [
            "address", "records", "s-title", "s-publisher", "s-slug", "s-url", "s-published",
            "r0-title_en", "r0-date", "r0-participations.country", "r0-host", "r0-participations-0-person",
            "r0-as_printed", "r0-locator", "r0-slug", "r1-subject", "r1-value", "r1-low",
        ],
    )  # fmt: skip
    def test_no_field_comes_back_as_long_as_it_was_sent(self, writing, name):
        screen = story(writing, "event figure")

        screen.send(**SOURCE | EVENT | {"r1__measure": "turnover", "r1__printed": "1"} | {name: "Ж" * 300_000})

        assert screen.answer.status_code == 200
        assert len(screen.words) < 300_000
        assert not Event.objects.exists()

    def test_a_sign_that_nobody_can_see_is_refused_in_words(self, writing):
        screen = story(writing)

        screen.send(**SOURCE, **EVENT | {"r0__title_en": "Talks\x00 in Nairobi"})

        assert "U+0000" in screen.words
        assert screen.data["r0-title_en"] == ["Talks in Nairobi"]


class TestSubmitting:
    def test_a_new_source_is_submitted_with_its_records(self, writing):
        saved = story(writing).send(**SOURCE, **EVENT).url

        page = writing.get(saved).content.decode()
        writing.post(saved)

        assert "<td>Source</td>" in page
        assert (Event.objects.get().status, Source.objects.get().status) == (Status.IN_REVIEW, Status.IN_REVIEW)
        assert "2 records wait for review." in writing.get("/admin/").content.decode()

    @pytest.mark.parametrize("status", [Status.PUBLISHED, Status.DRAFT])
    def test_one_that_is_public_or_of_another_person_stays_as_it_is(self, writing, status):
        source = make_source(url="https://paper.kz/2025/09/talks", status=status)
        saved = story(writing).send(**EVENT).url

        page = writing.get(saved).content.decode()
        writing.post(saved)

        assert "<td>Source</td>" not in page
        source.refresh_from_db()
        assert (Event.objects.get().status, source.status) == (Status.IN_REVIEW, status)


class TestMoreRecords:
    def test_a_button_adds_an_empty_form_and_keeps_what_was_typed(self, writing):
        screen = story(writing)

        screen.send(button="add", value="award", **SOURCE, **EVENT)

        assert screen.data["record"] == ["0:event", "1:award"]
        assert screen.data["r0-title_en"] == ["Talks in Nairobi"]
        assert not Event.objects.exists()

    def test_a_record_is_taken_out(self, writing):
        screen = story(writing, "event figure")

        screen.send(button="remove", value="1", **SOURCE, **EVENT)

        assert screen.data["record"] == ["0:event"]

    def test_one_that_was_taken_out_can_be_put_back_as_it_was(self, writing):
        screen = story(writing, "event person")
        person = {"r1__name_en": "William <Ruto>", "r1-name_forms-0-text": "Уильям Руто"}
        screen.send(button="remove", value="0", **SOURCE, **EVENT, **person)
        screen.send(button="remove", value="1")

        assert "Event “Talks in Nairobi” is taken out and will not be saved." in screen.words
        assert (screen.data.get("record"), screen.data["taken"], screen.focus) == (
            None,
            ["0:event", "1:person"],
            "back",
        )
        screen.send(button="add", value="figure")
        assert screen.data["record"] == ["2:figure"]
        screen.send(button="remove", value="2")
        screen.send(button="back", value="1")
        screen.send(button="back", value="0")

        assert screen.data["record"] == ["0:event", "1:person"]
        assert screen.send().status_code == 302
        assert Event.objects.get().title == "Talks in Nairobi"
        assert Person.objects.get().name_forms.get().text == "Уильям Руто"

    def test_one_that_stays_out_is_not_saved(self, writing):
        screen = story(writing, "event person")
        screen.send(button="remove", value="1", **SOURCE, **EVENT, r1__name_en="William Ruto")

        assert screen.send().status_code == 302
        assert Event.objects.exists() and not Person.objects.exists()

    @pytest.mark.parametrize(("button", "value"), [("remove", "1"), ("add", "award"), ("again", "0/outcomes")])
    def test_what_is_not_to_be_saved_yet_is_not_found_fault_with(self, writing, button, value):
        screen = story(writing, "event person")

        screen.send(button=button, value=value, r0__title_en="Talks", r1__name_en="William Ruto", r0__venue="v" * 999)

        assert "This field is required" not in screen.words
        assert "This text has 999 characters" in screen.words
        screen.send(r0__venue="")
        assert "This field is required" in screen.words

    def test_another_row_is_there_when_the_last_is_filled_in(self, writing):
        screen = story(writing)

        screen.send(
            button="again",
            value="0/participations",
            **{"r0-participations-0-capacity": "", "r0-participations-0-country": "KEN"},
        )

        assert "r0-participations-1-country" in screen.data
        assert screen.focus == "r0-participations-1-country"

    def test_an_unknown_kind_is_answered_with_the_nearest(self, writing):
        screen = Screen(writing, ADDRESS, {"address": "https://paper.kz/a", "records": "evnt"})

        assert "Did you mean “event”?" in screen.words

    def test_a_name_that_may_be_several_is_answered_with_them(self, writing):
        for slug in ("one", "two"):
            make_person(slug=slug, name="Same Name")
        screen = story(writing)

        screen.send(**SOURCE, **EVENT, **{"r0-participations-0-person": "Same Name"})

        assert "“Same Name” may be several" in screen.words


class TestWhoMay:
    def test_nobody_without_signing_in(self, client):
        assert client.get(ADDRESS).status_code == 302

    def test_an_account_without_a_role_is_refused(self):
        client = browser_of(make_user(username="guest", is_staff=True))

        assert client.get(ADDRESS).status_code == 403

    def test_the_first_page_of_the_admin_leads_there(self, writing):
        assert f'href="{ADDRESS}"' in writing.get("/admin/").content.decode()

    def test_the_form_of_a_source_leads_there(self, writing):
        source = make_source(slug="known")

        page = writing.get(f"/admin/editorial/source/{source.pk}/change/").content.decode()

        assert f"{ADDRESS}?address=known" in page

    def test_drafts_that_are_not_there_are_not_found(self, writing):
        make_source(slug="known")

        assert writing.get(f"{ADDRESS}saved/?source=known&record=event/999").status_code == 404
        assert writing.get(f"{ADDRESS}saved/?source=known&record=user/1").status_code == 404


def test_the_screen_costs_no_more_queries_with_more_records_to_choose_from(writing):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            story(writing, "event figure agreement")
        return len(queries)

    make_event()
    cost()
    few = cost()
    for _number in range(5):
        make_event()
        make_person(offices_held=[{"office": make_office()}])

    assert cost() == few


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_key_of_a_short_form_can_be_looked_up(writing, kind):
    model = kinds()[kind]
    form = compact_form(model, admin.site.get_model_admin(model).compact)(prefix="r0")
    keys = {name: made for name, made in form.fields.items() if hasattr(made, "pending")}

    assert keys or kind == "person"
    for name, made in keys.items():
        asked = {"field": made.widget.asked_for, "term": "a"}
        assert writing.get(reverse("admin:references"), asked).status_code == 200, name
        known = reference_kinds()
        named = [made.model] if hasattr(made, "model") else [known[kind] for kind in made.kinds or known]
        assert all(isinstance(admin.site.get_model_admin(one), FindableMixin) for one in named), name
