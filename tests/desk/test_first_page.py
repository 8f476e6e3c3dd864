"""What waits for whoever opens the admin, and that each number is that of the list it leads to."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from events.models import Event
from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ErrorReport, LinkCheck, ProposedChange, Source
from tests.admin import browser_of, words_of
from tests.factories import (
    make_agreement,
    make_bloc,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_mission,
    make_relation,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def groups_of(client, address: str = "/admin/") -> dict:
    """The groups of the page by name, those in which nothing waits left out."""
    answer = client.get(address)
    assert answer.status_code == 200
    return {group.name: group for section in answer.context["sections"] for group in section.groups}


def titles_of(client, name: str) -> list[str]:
    groups = groups_of(client)
    return [row.title for row in groups[name].rows] if name in groups else []


def propose(event: Event, user, venue: str = "Akorda") -> ProposedChange:
    return proposals.propose(event, content_of(event) | {"venue": venue}, by=user, note="As printed")


class TestReview:
    def test_an_editor_sees_what_another_has_submitted(self, reviewing, contributor, written_by):
        event = written_by(contributor, make_event, title="Visit to Kigali")
        workflow.submit(event, by=contributor, note="Both papers agree.")

        [row] = groups_of(reviewing)["review"].rows

        assert row.title == "Visit to Kigali"
        assert row.words == "Both papers agree."
        assert "submitted by aigerim" in row.facts[0]
        assert reviewing.get(row.address).status_code == 200

    def test_an_editor_does_not_see_what_nobody_else_has_touched(self, reviewing, editor, second_editor, written_by):
        event = written_by(editor, make_event, title="Visit to Kigali")
        workflow.submit(event, by=editor)

        assert titles_of(reviewing, "review") == []
        assert titles_of(browser_of(second_editor), "review") == ["Visit to Kigali"]

    def test_an_editor_sees_own_work_where_one_person_suffices(self, reviewing, editor, written_by, settings):
        settings.PUBLISHING_TAKES_TWO = False
        workflow.submit(written_by(editor, make_event, title="Visit to Kigali"), by=editor)

        assert titles_of(reviewing, "review") == ["Visit to Kigali"]

    def test_a_contributor_is_not_asked_to_review(self, writing, second_editor, written_by):
        workflow.submit(written_by(second_editor, make_event), by=second_editor)

        assert "review" not in groups_of(writing)
        assert "To review and publish" not in words_of(writing.get("/admin/"))

    def test_what_has_waited_longest_comes_first_whatever_its_kind(self, reviewing, contributor, written_by):
        for number, maker in enumerate([make_event, make_agreement, make_mission, make_event]):
            workflow.submit(written_by(contributor, maker, title=f"Number {number}"), by=contributor)

        assert titles_of(reviewing, "review") == [f"Number {number}" for number in range(4)]

    def test_what_may_be_published_is_what_the_page_offers(self, reviewing, editor, contributor, written_by):
        offered = written_by(contributor, make_event, title="Offered")
        workflow.submit(offered, by=contributor)
        own = written_by(contributor, make_event, title="Own")
        workflow.submit(own, by=editor)

        assert titles_of(reviewing, "review") == ["Offered"]
        workflow.publish(offered, by=editor)
        with pytest.raises(workflow.NotAllowed):
            workflow.publish(own, by=editor)


class TestProposals:
    def test_an_editor_decides_on_those_of_others(self, reviewing, editor, contributor):
        event = make_event(title="Visit to Kigali")
        propose(event, contributor)
        propose(event, editor, venue="Hilton")

        [row] = groups_of(reviewing)["decide"].rows

        assert row.title == "Visit to Kigali"
        assert row.words == "As printed"
        assert reviewing.get(row.address).status_code == 200

    def test_their_author_learns_what_became_of_them(self, writing, editor, contributor):
        event = make_event(title="Visit to Kigali")
        proposals.reject_proposal(propose(event, contributor), by=editor, note="Another hotel.")
        propose(event, contributor, venue="Hilton")
        old = propose(event, contributor, venue="Serena")
        proposals.reject_proposal(old, by=editor, note="No.")
        ProposedChange.objects.filter(pk=old.pk).update(decided_at=timezone.now() - timedelta(days=31))

        groups = groups_of(writing)

        [row] = groups["decided"].rows
        assert (row.facts[0], row.words) == ("Rejected", "Another hotel.")
        assert groups["proposed"].count == 1
        assert "decide" not in groups


class TestOwnDrafts:
    def test_a_returned_one_is_told_with_the_note_of_the_reviewer(self, writing, editor, contributor, written_by):
        event = written_by(contributor, make_event, title="Visit to Kigali")
        workflow.submit(event, by=contributor)
        workflow.return_to_draft(event, by=editor, note="Who was there?")
        written_by(contributor, make_event, title="Begun")

        groups = groups_of(writing)

        [row] = groups["returned"].rows
        assert (row.title, row.words) == ("Visit to Kigali", "Who was there?")
        assert "returned by bolat" in row.facts[0]
        assert [row.title for row in groups["mine"].rows] == ["Begun"]

    def test_one_that_is_submitted_again_does_not_wait_any_more(self, writing, editor, contributor, written_by):
        event = written_by(contributor, make_event)
        workflow.submit(event, by=contributor)
        workflow.return_to_draft(event, by=editor, note="Who was there?")
        workflow.submit(event, by=contributor)

        assert {"returned", "mine"} & groups_of(writing).keys() == set()

    def test_those_of_others_are_not_shown(self, writing, second_editor, written_by):
        written_by(second_editor, make_event)

        assert "mine" not in groups_of(writing)

    def test_a_reviewer_who_returned_one_is_not_its_author(self, reviewing, editor, contributor, written_by):
        event = written_by(contributor, make_event)
        workflow.submit(event, by=contributor)
        workflow.return_to_draft(event, by=editor, note="Who was there?")

        assert {"returned", "mine"} & groups_of(reviewing).keys() == set()


class TestWhatTheRecordNeeds:
    def test_drafts_without_a_citation(self, writing, contributor, written_by):
        written_by(contributor, make_event, title="Uncited", citations=False)
        written_by(contributor, make_event, title="Cited")
        disputed = [{"source": make_source(), "stated": "2024", "field": "date", "reason": "Later."}]
        written_by(contributor, make_event, title="Only contradicted", citations=disputed)
        written_by(contributor, make_source, title="Speaks for itself")
        written_by(contributor, make_derived_figure)

        assert titles_of(writing, "citation") == ["Uncited", "Only contradicted"]

    def test_missions_not_checked_for_a_year_those_never_checked_first(self, writing):
        make_mission(title="Lately", last_checked_on=localdate())
        make_mission(title="Long ago", last_checked_on=date(2020, 1, 1))
        make_mission(title="Never")
        make_mission(title="Draft", status="draft")

        group = groups_of(writing)["check"]

        assert [row.title for row in group.rows] == ["Never", "Long ago"]
        assert [row.facts for row in group.rows] == [["never checked"], ["checked on 1 January 2020"]]

    def test_dead_links_and_how_many_addresses_were_not_asked(self, writing):
        dead, _other = make_source(title="Lost", url="https://a.example/x"), make_source(url="https://b.example/x")
        assert "link" not in groups_of(writing)
        assert "Of 2 addresses of sources, 2 have not been asked yet" in words_of(writing.get("/admin/"))

        check = {"field": "url", "checked_at": timezone.now(), "is_alive": False, "answer": "404 Not Found"}
        LinkCheck.objects.create(source=dead, address="https://a.example/x", **check)

        [row] = groups_of(writing)["link"].rows
        assert row.facts == ["https://a.example/x: 404 Not Found"]
        assert "Of 2 addresses of sources, 1 has not been asked yet" in words_of(writing.get("/admin/"))

        Source.objects.filter(pk=dead.pk).update(url="https://a.example/mended")
        assert "link" not in groups_of(writing)

    def test_figures_that_differ_from_what_we_compute(self, writing):
        make_bloc(members=[make_country("COD")])
        make_mission(receiving=make_country("COD"), milestones=[{"kind": "opened", "date": "2014"}])
        counts = {"measure": "mission_count", "unit": "count", "period": "2024"}
        make_figure(title="Too many", value="9", printed="nine", **counts)
        assert titles_of(writing, "difference") == ["Too many"]

        make_figure(title="Far too many", value="90", printed="ninety", **counts)
        make_figure(title="Right", value="1", printed="one", **counts)

        group = groups_of(writing)["difference"]
        assert [row.title for row in group.rows] == ["Too many", "Far too many"]
        assert group.rows[0].facts == ["stated: nine", "computed: 1"]

    def test_events_without_a_date_and_those_whose_date_has_passed(self, writing):
        make_event(title="Some day", occurrence="announced", date="")
        make_event(title="Passed", occurrence="announced", date="2025-09")
        make_event(title="To come", occurrence="announced", date="2999")
        make_event(title="Held", date="2025-09")

        assert titles_of(writing, "date") == ["Some day"]
        assert titles_of(writing, "outcome") == ["Passed"]


def test_new_reports_of_readers_wait_for_editors_alone(reviewing, writing):
    event = make_event(title="Visit")
    ErrorReport.objects.create(record=event, record_title="Visit", message="Not so", content_revision=1)
    ErrorReport.objects.create(message="Answered", state="declined", content_revision=1)

    [row] = groups_of(reviewing)["report"].rows

    assert row.title == "Not so"
    assert "Visit" in row.facts
    assert "report" not in groups_of(writing)


def fill(writer, written_by, count: int, reviewer) -> None:
    """Rows in every group, for the reviewer or the writer."""
    make_bloc()
    for _row in range(count):
        workflow.submit(written_by(writer, make_event), by=writer)
        workflow.submit(written_by(writer, make_relation, second=make_country()), by=writer)
        returned = written_by(writer, make_relation, second=make_country())
        workflow.submit(returned, by=writer)
        workflow.return_to_draft(returned, by=reviewer, note="Why?")
        written_by(writer, make_agreement, citations=False)
        relation = make_relation(second=make_country())
        proposals.propose(relation, content_of(relation) | {"established": "1993"}, by=writer)
        decided = proposals.propose(relation, content_of(relation) | {"established": "1994"}, by=writer)
        proposals.reject_proposal(decided, by=reviewer, note="No.")
        make_mission()
        make_event(occurrence="announced", date="")
        make_event(occurrence="announced", date="2025-09")
        make_figure(measure="mission_count", value="9", unit="count", period="2024")
        source = make_source(url="https://a.example/x")
        check = {"field": "url", "checked_at": timezone.now(), "is_alive": False, "answer": "404 Not Found"}
        LinkCheck.objects.create(source=source, address=source.url, **check)
        ErrorReport.objects.create(message="Not so", content_revision=1)


class TestPage:
    @pytest.mark.parametrize("address", ["/admin/", "/admin/events/", "/admin/editorial/"])
    def test_costs_the_same_with_two_rows_and_with_seven(
        self, address, reviewing, writing, editor, contributor, written_by
    ):
        fill(contributor, written_by, 2, editor)
        few = [cost_of(client, address) for client in (reviewing, writing)]

        fill(contributor, written_by, 5, editor)

        assert [cost_of(client, address) for client in (reviewing, writing)] == few
        assert max(few) <= 40

    @pytest.mark.parametrize("who", ["editor", "contributor"])
    def test_every_number_is_that_of_the_list_it_leads_to(self, who, editor, contributor, written_by):
        fill(contributor, written_by, 7, editor)
        client = browser_of({"editor": editor, "contributor": contributor}[who])

        groups = groups_of(client)

        assert len(groups) >= 8
        for group in groups.values():
            assert len(group.rows) == min(group.count, 5), group.name
            for kind in group.kinds:
                answer = client.get(kind.address)
                assert answer.context["cl"].result_count == kind.count, kind.address

    def test_every_row_leads_to_a_form(self, reviewing, editor, contributor, written_by):
        fill(contributor, written_by, 1, editor)

        for group in groups_of(reviewing).values():
            for row in group.rows:
                assert reviewing.get(row.address).status_code == 200, row

    def test_a_list_that_may_not_be_opened_is_not_told(self, contributor, written_by, editor):
        fill(contributor, written_by, 1, editor)
        reader = make_user("", "dana", is_staff=True)
        reader.user_permissions.add(Permission.objects.get(codename="view_event"))

        answer = browser_of(reader).get("/admin/")

        groups = {group.name: group for section in answer.context["sections"] for group in section.groups}
        assert groups.keys() == {"outcome", "date"}
        assert {kind.label for group in groups.values() for kind in group.kinds} == {"Events"}
        assert answer.context["links"] is None
        assert "manage.py" not in words_of(answer)
        assert "Add" not in words_of(answer).split("Add or look up")[1]

    def test_whoever_may_open_nothing_is_told_so(self):
        nobody = make_user("", "dana", is_staff=True)

        words = words_of(browser_of(nobody).get("/admin/"))

        assert "Nothing waits here for you." in words
        assert "You may open none of the lists." in words

    def test_an_empty_record_waits_for_nothing(self, reviewing):
        answer = reviewing.get("/admin/")

        assert groups_of(reviewing) == {}
        assert "Nothing waits under:" in words_of(answer)

    def test_the_lists_of_daily_work_come_first_and_each_list_once(self, reviewing):
        answer = reviewing.get("/admin/")

        daily = [kind.name for kind in answer.context["daily_types"]]
        others = [kind.name for _app, kinds in answer.context["other_types"] for kind in kinds]
        assert daily[:3] == ["Sources", "Events", "Missions"]
        everything = [model["name"] for app in answer.context["app_list"] for model in app["models"]]
        assert sorted(daily + others) == sorted(everything)

    def test_has_one_first_heading_and_none_is_skipped(self, reviewing, editor, contributor, written_by):
        fill(contributor, written_by, 1, editor)

        page = reviewing.get("/admin/").content.decode()

        levels = [int(part[0]) for part in page.split("<h")[1:] if part[0].isdigit()]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_that_of_an_application_tells_of_its_own_lists(self, reviewing, editor, contributor, written_by):
        fill(contributor, written_by, 1, editor)

        groups = groups_of(reviewing, "/admin/diplomacy/")

        assert "check" in groups
        assert {"report", "difference", "link", "date"} & groups.keys() == set()
        assert {kind.label for kind in groups["review"].kinds} == {"Relations"}


def cost_of(client, address: str) -> int:
    """How many queries the page costs that person once the process is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
