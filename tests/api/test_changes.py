"""The change log as a feed: what a line tells, what is left of a record that is gone, how to go on from any place."""

import pytest
from django.db import transaction

from kzafrica.dataset.tables import LongTable
from kzafrica.editorial import merging, proposals, workflow
from kzafrica.editorial.changing import change_published
from kzafrica.editorial.choices import ChangeAction, Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ContentRevision
from kzafrica.reference.models import Office, Theme
from tests.admin import FilledForm, address_of
from tests.factories import (
    make_bloc,
    make_commodity,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_office,
    make_place,
    make_release,
    make_slice,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db

CHANGES = "/api/v1/changes/"


@pytest.fixture
def later(document_at):
    """The lines written since this was asked for, as the API gives them."""
    before = workflow.content_revision()

    def read(**parameters) -> list[dict]:
        return document_at(CHANGES, {"after": max(before, read.after), **parameters})["results"]

    read.after = 0
    return read


def publish(record) -> None:
    workflow.publish(record, by=workflow.system_user())


def change(record, **content) -> None:
    change_published(record, content_of(record) | content, by=workflow.system_user())
    record.refresh_from_db()


def told(line: dict) -> tuple:
    return line["action"], line["resource"], line["record_key"], line["is_public"]


def url(path: str) -> str:
    return f"http://testserver/api/v1/{path}/"


def test_a_line_tells_what_happened_to_which_document(later, document_at):
    event = make_event(slug="visit", title="Visit", status=Status.DRAFT, citations=[make_source(slug="decree")])
    later.after = workflow.content_revision()

    publish(event)
    change(event, venue="Palace")

    published, changed = later()
    assert told(published) == ("published", "events", "visit", True)
    assert told(changed) == ("changed", "events", "visit", True)
    assert (changed["record_type"], changed["record_title"]) == ("events.event", "Visit")
    assert changed["number"] == published["number"] + 1 == int(changed["id"])
    assert (changed["renamed_from"], changed["merged_into"], changed["is_of_many"]) == (None, None, False)
    assert document_at(changed["record_url"])["venue"] == "Palace"


def test_a_withdrawn_record_leaves_a_tombstone(later, client):
    event = make_event(slug="visit")
    later.after = workflow.content_revision()

    workflow.withdraw(event, by=workflow.system_user(), note="Never took place")

    (line,) = later()
    assert told(line) == ("withdrawn", "events", "visit", False)
    assert line["merged_into"] is None
    assert client.get(line["record_url"]).status_code == 410


def test_a_renamed_record_is_told_with_its_former_address(later, client, contributor, editor):
    event = make_event(slug="visit")
    make_figure(slug="guests", subject=event)
    later.after = workflow.content_revision()

    changed = content_of(event) | {"slug": "state-visit"}
    proposals.apply_proposal(proposals.propose(event, changed, by=contributor), by=editor)

    renamed, naming = later()
    assert told(renamed) == ("renamed", "events", "state-visit", True)
    assert renamed["renamed_from"] == {"id": "visit", "url": url("events/visit")}
    assert client.get(url("events/visit")).headers["Location"] == "/api/v1/events/state-visit/"
    assert told(naming) == ("changed", "figures", "guests", True)


def test_a_merged_record_leaves_a_tombstone_that_leads_to_the_one_kept(later, client, contributor, editor):
    kept, absorbed = make_event(slug="visit"), make_event(slug="same-visit", venue="Palace")
    later.after = workflow.content_revision()

    content = merging.merged_content(kept, absorbed)
    proposals.apply_proposal(merging.propose_merge(kept, absorbed, content, by=contributor), by=editor)

    changed, merged = later()
    assert told(changed) == ("changed", "events", "visit", True)
    assert told(merged) == ("merged", "events", "same-visit", False)
    assert merged["merged_into"] == {"id": "visit", "url": url("events/visit")}
    assert client.get(merged["record_url"]).status_code == 301


class TestReferenceData:
    def test_it_has_no_workflow_and_is_told_when_it_is_saved(self, later, reviewing, client):
        place = make_place("Kolwezi", slug="kolwezi", country=make_country("COD"))
        form = address_of("change", place)

        FilledForm(reviewing, form).send()
        nothing = later()
        FilledForm(reviewing, form).send(name_en="Kolwezi town")
        FilledForm(reviewing, form).send(slug="kolwezi-town")

        assert nothing == []
        changed, renamed = later()
        assert told(changed) == ("changed", "places", "kolwezi", True)
        assert told(renamed) == ("renamed", "places", "kolwezi-town", True)
        assert renamed["renamed_from"] == {"id": "kolwezi", "url": url("places/kolwezi")}
        assert client.get(url("places/kolwezi")).status_code == 301

    def test_a_key_can_be_taken_back_and_what_names_it_follows(self, reviewing, client):
        place = make_place("Kolwezi", slug="kolwezi", country=make_country("COD"))
        figure = make_figure(subject=place)

        for slug in ("kolwezi-town", "kolwezi", "kolwezi-town"):
            assert FilledForm(reviewing, address_of("change", place)).send(slug=slug).status_code == 302
            figure.refresh_from_db()
            assert figure.subject == f"place/{slug}"

        assert client.get(url("places/kolwezi")).headers["Location"] == "/api/v1/places/kolwezi-town/"
        assert client.get(url("places/kolwezi-town")).status_code == 200

    def test_a_member_that_joins_a_bloc_changes_the_bloc(self, later, reviewing):
        form = FilledForm(reviewing, address_of("change", make_bloc("EAC")))
        form.add_row("memberships", country=make_country("KEN").pk, status="member", verification="L")

        assert form.send().status_code == 302

        assert [told(line) for line in later()] == [("changed", "blocs", "EAC", True)]

    def test_a_deleted_row_leaves_a_tombstone(self, later, editor, client):
        theme = make_theme("Mining", slug="mining")

        workflow.delete_reference(theme, by=editor)

        (line,) = later()
        assert told(line) == ("deleted", "themes", "mining", False)
        assert client.get(line["record_url"]).status_code == 410

    def test_a_row_that_cannot_be_deleted_is_not_told_to_be(self, later, editor):
        make_place("Kolwezi", country=make_country("COD"))

        with pytest.raises(Exception, match="Cannot delete"):
            workflow.delete_reference(make_country("COD"), by=editor)

        assert later() == []

    def test_one_line_for_many_rows_says_so(self, later, tmp_path, editor):
        class Themes(LongTable):
            file_name, model, columns = "themes.csv", Theme, ()

            def _rows_of_their_own(self):
                return []

            def create(self, contents):
                return [make_theme("Mining"), make_theme("Energy")]

        class Report:
            created, unchanged = {"themes.csv": 0}, {"themes.csv": 0}

        Themes(tmp_path, Report()).load(by=editor, note="Loaded")

        (line,) = later()
        assert (line["resource"], line["is_of_many"]) == ("themes", True)

    def test_what_has_no_document_of_its_own_has_no_address(self, later, editor):
        workflow.change_reference(make_office("President"), by=editor)

        (line,) = later()
        assert (line["record_type"], line["resource"], line["record_url"]) == (Office._meta.label_lower, None, None)


def test_rows_of_trade_come_and_go_with_their_release_and_the_one_it_replaces_is_told(later, document_at, client):
    source = make_source(kind="statistics")
    old, new = (
        make_release(slug=slug, source=source, released_on=day, status=status)
        for slug, day, status in (("old", "2024-01-01", Status.PUBLISHED), ("new", "2025-01-01", Status.DRAFT))
    )
    for release in (old, new):
        make_slice(release=release, year=2023)
    old.visibility_changed()
    later.after = workflow.content_revision()

    publish(new)
    old_after = document_at(url("releases/old"))
    workflow.withdraw(new, by=workflow.system_user(), note="Wrong file")

    assert [told(line)[:3] for line in later()] == [
        ("published", "releases", "new"),
        ("changed", "releases", "old"),
        ("withdrawn", "releases", "new"),
        ("changed", "releases", "old"),
    ]
    assert [part["is_current"] for part in old_after["slices"]] == [False]
    assert [part["is_current"] for part in document_at(url("releases/old"))["slices"]] == [True]
    assert client.get("/trade/releases/releases.atom").status_code == 200
    versions = document_at("/api/v1/versions/", {"record": "release/old"})["results"]
    assert [version["action"] for version in versions] == ["published"]


class TestGoingOn:
    def test_resume_leads_from_zero_through_every_line_and_on_when_there_are_more(self, document_at):
        for _event in range(3):
            make_event()
        everything = [line["number"] for line in document_at(CHANGES)["results"]]

        page, seen = document_at(CHANGES, {"after": 0, "limit": 2, "fields": "number"}), []
        while page["results"]:
            seen += [line["number"] for line in page["results"]]
            page = document_at(page["resume"])
        place = page["resume"]
        again = document_at(place)
        make_event(slug="new")
        after = document_at(place)

        assert seen == everything == sorted(set(everything))
        assert (again["results"], again["resume"]) == ([], place)
        assert [line.keys() for line in after["results"]] == [{"number"}] * len(after["results"])
        assert after["results"][-1]["number"] == workflow.content_revision()

    def test_pages_by_cursor_say_where_to_go_on_too(self, document_at):
        for _event in range(3):
            make_event()

        first = document_at(CHANGES, {"limit": 2})
        second = document_at(first["next"])
        back = document_at(second["previous"])

        assert document_at(first["resume"])["results"] == second["results"]
        assert back["results"] == first["results"]
        assert back["resume"] == first["resume"]

    def test_a_number_that_changes_nothing_public_is_left_out_and_can_be_gone_on_from(self, document_at):
        make_event()
        ContentRevision.objects.update(number=99)  # As a check of links leaves it.

        assert document_at(CHANGES, {"after": 99})["results"] == []
        make_event(slug="new")
        assert document_at(CHANGES, {"after": 99})["results"][-1]["record_key"] == "new"

    def test_one_resource_can_be_followed_alone(self, document_at):
        make_event(slug="visit")
        make_mission(slug="embassy")

        lines = document_at(CHANGES, {"resource": "Missions", "after": 0})["results"]

        assert {line["resource"] for line in lines} == {"missions"}
        assert document_at(CHANGES, {"resource": "missions", "action": "withdrawn"})["results"] == []


class TestBadParameters:
    @pytest.mark.parametrize(
        ("name", "value", "nearest"),
        [
            ("after", "-1", None),
            ("after", "ten", None),
            ("after", "1.5", None),
            ("after", "9" * 40, None),
            ("after", "7", "2"),
            ("limit", "0", "500"),
            ("limit", "501", "500"),
            ("cursor", "nonsense", None),
            ("resource", "event", "events"),
            ("resource", "changes", None),
            ("action", "publish", "published"),
            ("since", "2025-01-01", None),
        ],
    )
    def test_is_refused_with_the_nearest(self, name, value, nearest, errors_at):
        make_source()
        make_source()

        errors = errors_at(CHANGES, {name: value})

        assert errors.keys() == {name}
        if nearest:
            assert errors[name]["nearest"] == nearest

    def test_a_number_of_another_database_is_no_place_to_go_on_from(self, errors_at):
        make_source()

        assert "Begin again with 0" in errors_at(CHANGES, {"after": "2"})["after"]["detail"]


def test_lines_are_written_with_what_they_tell_or_not_at_all(later, editor):
    event = make_event(slug="visit")
    later.after = workflow.content_revision()

    with pytest.raises(RuntimeError), transaction.atomic():
        workflow.withdraw(event, by=editor, note="Not so")
        raise RuntimeError

    assert later(action=ChangeAction.WITHDRAWN) == []
    workflow.withdraw(event, by=editor, note="Not so")
    assert later()[0]["number"] == later.after + 1


def test_a_code_of_a_commodity_leads_to_its_document(later, editor, document_at):
    workflow.change_reference(make_commodity("0902"), by=editor)

    (line,) = later()
    assert document_at(line["record_url"])["code"] == "0902"
