"""The screen of a story: records added, taken out and put back, sent twice, submitted, and who may use it."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from kzafrica.desk.story import Story
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Source
from kzafrica.reference.models import Person
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

    def test_who_saves_at_the_same_address_in_the_same_moment_is_told_so(self, writing, monkeypatch):
        screen = story(writing)

        def lose(_story: Story) -> list:
            raise IntegrityError

        monkeypatch.setattr(Story, "save", lose)
        answer = screen.send(**SOURCE, **EVENT)

        assert answer.status_code == 409
        assert "others have saved something in the same moment" in screen.words
        assert screen.data["r0-title_en"] == ["Talks in Nairobi"]

    def test_what_was_changed_in_between_is_another_story(self, writing):
        screen = story(writing)
        screen.send(**SOURCE, **EVENT)

        screen.send(**SOURCE, **EVENT | {"r0__title_en": "Lunch in Mombasa", "r0__date": "2025-01-01"})

        assert Event.objects.count() == 2


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
