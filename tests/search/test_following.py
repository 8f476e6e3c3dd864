"""The index follows what editors do: within one request, whole, and cheaply."""

import pytest

from events.models import Event
from kzafrica.editorial import merging, proposals, workflow
from kzafrica.editorial.choices import ChangeAction, Status
from kzafrica.editorial.content import content_of
from kzafrica.reference.models import Commodity
from kzafrica.revision import holding
from kzafrica.search.index import catch_up, rebuild
from kzafrica.search.models import IndexedDocument, Progress
from tests.factories import (
    make_commodity,
    make_country,
    make_event,
    make_figure,
    make_office,
    make_person,
    make_place,
)
from tests.search.indexes import content_of_index, found

pytestmark = pytest.mark.django_db


def written(**fields) -> Event:
    return make_event(**{"title": "Talks on beryllium", "slug": "talks", "status": Status.DRAFT, **fields})


def published(event: Event, writer, reviewer) -> Event:
    workflow.submit(event, by=writer)
    workflow.publish(event, by=reviewer)
    return event


def changed(record, content: dict, writer, reviewer):
    """Through a proposal that another editor applies."""
    proposal = proposals.propose(record, content_of(record) | content, by=writer)
    proposals.apply_proposal(proposal, by=reviewer)
    record.refresh_from_db()


def test_published_record_is_on_the_page_of_the_next_request(client, contributor, editor):
    event = written()
    assert b"/events/talks/" not in client.get("/search/?q=beryllium").content

    published(event, contributor, editor)

    assert b"/events/talks/" in client.get("/search/?q=beryllium").content


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_what_is_not_public_is_not_found(status):
    written(status=status)

    assert found("beryllium") == []


def test_withdrawn_record_is_gone_with_the_next_request(client, contributor, editor):
    event = published(written(), contributor, editor)
    assert found("beryllium") == ["event/talks"]

    workflow.withdraw(event, by=editor, note="Not so")

    assert b"/events/talks/" not in client.get("/search/?q=beryllium").content


def test_what_a_record_says_no_longer_is_not_found(contributor, editor):
    event = published(written(), contributor, editor)
    assert found("beryllium") == ["event/talks"]

    changed(event, {"title_en": "Talks on uranium"}, contributor, editor)

    assert (found("beryllium"), found("uranium")) == ([], ["event/talks"])


def test_renamed_record_is_found_at_its_new_address_alone(client, contributor, editor):
    event = published(written(), contributor, editor)
    found("beryllium")

    changed(event, {"slug": "talks-in-astana"}, contributor, editor)

    assert found("beryllium") == ["event/talks-in-astana"]


def test_of_two_merged_records_one_is_found(contributor, editor):
    kept = published(written(slug="kept"), contributor, editor)
    absorbed = published(written(slug="absorbed"), contributor, editor)
    assert sorted(found("beryllium")) == ["event/absorbed", "event/kept"]

    content = merging.merged_content(kept, absorbed)
    proposals.apply_proposal(merging.propose_merge(kept, absorbed, content, by=contributor), by=editor)

    assert found("beryllium") == ["event/kept"]


def test_renamed_place_renames_what_happened_there(editor):
    place = make_place("Akmola")
    make_event(slug="talks", place=place)
    assert "event/talks" in found("akmola")

    place.name_en = "Astana"
    workflow.change_reference(place, by=editor)

    assert "event/talks" not in found("akmola")
    assert "event/talks" in found("astana")


def test_office_that_is_no_document_itself_still_renames_its_holders(editor):
    office = make_office("Minister of geology")
    make_person(slug="minister", offices_held=[{"office": office}])
    assert found("geology") == ["person/minister"]

    office.title_en = "Minister of ecology"
    workflow.change_reference(office, by=editor)

    assert (found("geology"), found("ecology")) == ([], ["person/minister"])


def test_deleted_reference_data_is_gone(editor):
    place = make_place("Kolwezi")
    assert found("kolwezi") == [f"place/{place.slug}"]

    workflow.delete_reference(place, by=editor)

    assert found("kolwezi") == []


def test_one_line_of_the_log_brings_in_a_table_that_was_loaded_at_once(editor):
    make_commodity("09", description="Coffee and spices")
    assert found("coffee") == ["commodity/09"]

    rows = Commodity.objects.bulk_create(
        Commodity(code=code, level=4, description="Coffee roasted") for code in ("0901", "0902", "0903")
    )
    workflow.record_change(rows[0], ChangeAction.PUBLISHED, by=editor)

    assert sorted(found("roasted")) == ["commodity/0901", "commodity/0902", "commodity/0903"]


def test_nothing_changed_costs_one_query(django_assert_num_queries):
    make_event()
    catch_up()
    number = workflow.content_revision()

    with holding(number), django_assert_num_queries(1):
        catch_up()


def test_taking_in_a_change_does_not_read_everything_anew(contributor, editor):
    for number in range(6):
        published(written(slug=f"talks-{number}"), contributor, editor)
    catch_up()
    numbers = dict(IndexedDocument.objects.values_list("key", "pk"))

    workflow.withdraw(Event.objects.get(slug="talks-3"), by=editor, note="Not so")
    catch_up()

    kept = dict(IndexedDocument.objects.values_list("key", "pk"))
    assert kept == {key: pk for key, pk in numbers.items() if key != "talks-3"}


def test_an_index_of_another_rule_is_made_anew(monkeypatch):
    make_event(slug="talks", title="Talks on beryllium")
    mark = catch_up().mark

    monkeypatch.setattr("kzafrica.search.index.RULE", "another")

    assert catch_up().mark != mark
    assert found("beryllium") == ["event/talks"]


def test_pages_of_the_site_are_read_anew_when_the_code_is_another(monkeypatch):
    catch_up()
    Progress.objects.update(states={"page": "code of yesterday"})
    IndexedDocument.objects.filter(type="page", key="privacy").delete()

    assert "page/privacy" in found("privacy")


def test_rebuilding_twice_gives_the_same():
    make_event(title="Talks", participations=[{"country": make_country("COD"), "person": make_person()}])
    make_figure()
    rebuild()
    first = content_of_index()

    rebuild()

    assert content_of_index() == first
