"""A draft by API is a draft like any other: its author follows it, others review it, readers do not see it."""

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from events.models import Event
from kzafrica.editorial import merging, workflow
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Change
from kzafrica.statements.models import Figure
from tests.admin import FilledForm, address_of, words_of
from tests.factories import make_bloc, make_country, make_event, make_person

pytestmark = pytest.mark.django_db

DRAFT, VISIT = "drafts/events/", "drafts/events/visit-of-a-minister/"


def followed(answer) -> str:
    return answer["Location"].removeprefix("http://testserver/api/v1/")


def test_a_draft_says_what_was_sent_and_where_to_follow_it(send, visit):
    make_country("COD")
    answer = send(
        DRAFT,
        visit
        | {
            "title": {"en": "Visit of a minister", "ru": "Визит министра"},
            "participations": [{"country": "COD", "citations": [{"source": "paper", "field": "country"}]}],
        },
    )

    event = Event.objects.get()
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "private, no-store" and not answer.has_header("ETag")
    said = answer.json()
    assert (said["status"], said["record"], said["record_url"]) == ("draft", "event/visit-of-a-minister", None)
    assert said["admin_url"] == f"http://testserver{address_of('change', event)}"
    assert said["content"] == content_of(event)
    assert (event.title_ru, event.participations.get().citations.get().field) == ("Визит министра", "country")
    assert send(followed(answer), "", method="get").json() == said


def test_only_its_own_account_sees_what_was_written(send, visit, client, key_of, other_contributor, editor):
    place = followed(send(DRAFT, visit))

    for other in (other_contributor, editor):
        token = key_of(other)
        assert send(place, "", method="get", by=token).status_code == 404
        assert send("contributions/", "", method="get", by=token).json()["results"] == []
        assert send(VISIT, {"venue": "Akorda"}, method="patch", by=token).status_code == 404
    assert client.get(f"/api/v1/{place}").status_code == 401
    mine = send("contributions/", "", method="get").json()["results"]
    assert [row["record"] for row in mine] == ["event/visit-of-a-minister"]


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_there_is_no_contribution_of_another_number(number, send):
    assert send(f"contributions/{number}/", "", method="get").status_code == 404


def test_nothing_that_readers_see_moves(send, visit, client):
    make_event(slug="visit")
    pages = ["/", "/events/", "/api/v1/events/", "/api/v1/changes/?after=0", "/events/visit/"]
    tags = [client.get(page)["ETag"] for page in pages]
    revision, changes = workflow.present_revision(), Change.objects.count()

    send(DRAFT, visit | {"submit": True})
    send("proposals/events/visit/", {"venue": "Akorda"})

    assert (workflow.present_revision(), Change.objects.count()) == (revision, changes)
    assert [client.get(page)["ETag"] for page in pages] == tags
    assert "Visit of a minister" not in client.get("/api/v1/events/").content.decode()


def test_a_reader_gets_the_same_with_a_key_that_writes(client, token):
    make_event()

    plain, with_key = (
        client.get("/api/v1/events/", headers=headers) for headers in ({}, {"Authorization": f"Bearer {token}"})
    )

    assert (plain.content, plain["ETag"]) == (with_key.content, with_key["ETag"])


def test_a_draft_is_amended_submitted_returned_and_submitted_again(send, visit, editor, faults):
    place = followed(send(DRAFT, visit))

    submitted = send(VISIT, {"venue": "Akorda", "submit": True}, method="patch")
    assert (submitted.status_code, submitted.json()["status"]) == (200, "in_review")
    assert "is no draft any more (In review)" in faults(send(VISIT, {"venue": "x"}, method="patch"), 409)[""]
    workflow.return_to_draft(Event.objects.get(), by=editor, note="Which palace?")
    returned = send(place, "", method="get").json()
    assert (returned["status"], returned["note"]) == ("draft", "Which palace?")

    again = send(VISIT, {"venue": "Ak Orda", "base_version": returned["version"], "submit": True}, method="patch")
    assert again.json()["status"] == "in_review"
    workflow.publish(Event.objects.get(), by=editor)
    public = send(place, "", method="get").json()
    assert (public["status"], public["record_url"]) == (
        "published",
        "http://testserver/api/v1/events/visit-of-a-minister/",
    )


def test_a_draft_that_an_editor_has_changed_is_not_overwritten(send, visit, reviewing, faults):
    version = send(DRAFT, visit).json()["version"]
    FilledForm(reviewing, address_of("change", Event.objects.get())).send(venue="Akorda")

    found = faults(send(VISIT, {"venue": "Ak Orda", "base_version": version}, method="patch"), 409)

    assert "Read it again, then send the change." in found["base_version"]
    assert Event.objects.get().venue == "Akorda"


def test_a_draft_that_is_deleted_is_told_as_deleted(send, visit, editor):
    place = followed(send(DRAFT, visit))
    workflow.delete_draft(Event.objects.get(), by=editor)

    told = send(place, "", method="get").json()

    assert (told["status"], told["record"], told["title"]) == ("deleted", None, "Visit of a minister")
    assert (told["version"], told["admin_url"], told["content"]) == (None, None, {})


def test_a_draft_that_is_merged_is_told_as_the_record_that_is_kept(send, visit, contributor):
    place = followed(send(DRAFT, visit))
    kept, draft = make_event(slug="kept", status="draft"), Event.objects.get(slug="visit-of-a-minister")
    merging.merge(kept, draft, merging.merged_content(kept, draft), by=contributor)

    told = send(place, "", method="get").json()

    assert (told["record"], told["status"]) == ("event/kept", "draft")


def test_a_record_that_may_be_there_already_is_kept_beside_it_when_said(send, visit):
    send(DRAFT, visit)

    refused = send(DRAFT, visit)
    twins = refused.json()["may_be_same"]
    kept = send(DRAFT, visit | {"keep_beside": [twin["record"] for twin in twins]})

    assert refused.status_code == 409
    assert twins == [{"record": "event/visit-of-a-minister", "title": "Visit of a minister", "status": "Draft"}]
    assert (kept.status_code, kept.json()["record"]) == (201, "event/visit-of-a-minister-2")


def test_an_amount_keeps_every_digit(send, paper, document_at, editor):
    make_country("KAZ"), make_bloc()
    document = {
        "title": "Turnover",
        "measure": "turnover",
        "subject": "country/KAZ",
        "counterpart": "bloc/002",
        "period": "2024",
        "value": "783000000.0001",
        "unit": "USD",
        "printed": "783 000 000.0001",
        "headline": True,
        "citations": [{"source": "paper", "field": "headline"}],
        "submit": True,
    }

    answer = send("drafts/figures/", document)

    assert answer.status_code == 201, answer.content.decode()
    workflow.publish(Figure.objects.get(), by=editor)
    read = document_at("/api/v1/figures/turnover/")
    assert (read["value"], read["headline"], read["citations"][0]["field"]) == ("783000000.0001", True, "headline")


def test_html_in_a_text_is_text(send, paper, client, editor):
    send(
        "drafts/people/",
        {"id": "x", "name": "A", "summary": "<script>alert(1)</script>", "citations": [{"source": "paper"}]},
    )
    person = make_person(slug="other")

    assert type(person).objects.get(slug="x").summary_en == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ({"date": "2025-02-30"}, {"date": "2025-02-30"}),
        ({"date": "2025-10/2025-09"}, {"date": "2025-10/2025-09"}),
        ({"date": "2999", "status": "held"}, {"date": "2999", "occurrence": "held"}),
        ({"id": "a visit"}, {"slug": "a visit"}),
    ],
)
def test_the_form_of_the_admin_refuses_the_same_in_the_same_words(said, typed, send, visit, writing, faults):
    sentences = faults(send(DRAFT, visit | said)).values()

    form = FilledForm(writing, address_of("add", Event))
    fields = {"title_en": "Visit", "kind": "official_visit", "level": "minister", "slug": "visit", "occurrence": "held"}
    page = words_of(form.send(**fields | typed))

    assert sentences
    assert [sentence for sentence in sentences if " ".join(sentence.split()) not in page] == []


def test_the_list_costs_no_more_queries_with_more_contributions(send, visit):
    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            rows = send("contributions/", "", method="get").json()["results"]
        return len(rows), len(queries)

    def write(numbers):
        for number in numbers:
            send(DRAFT, visit | {"title": f"Visit {number}", "date": f"20{number - 10:02}"})

    write(range(10, 12))
    cost()
    few = cost()
    write(range(12, 30))

    assert cost() == (20, few[1])
    assert few[0] == 2


@pytest.mark.parametrize("parameter", ["fields=id", "status=draft"])
def test_a_parameter_that_the_list_does_not_know_is_refused(parameter, send):
    answer = send(f"contributions/?{parameter}", "", method="get")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == parameter.partition("=")[0]


def test_a_draft_that_may_be_there_already_is_not_submitted_unless_said(send, visit, faults):
    send(DRAFT, visit)
    send(DRAFT, visit | {"title": "Talks", "id": "talks", "date": "2011", "citations": []})
    alike = visit | {"submit": True}

    refused = send("drafts/events/talks/", alike, method="patch")
    assert "name those records in keep_beside" in faults(refused, 409)["keep_beside"]
    assert Event.objects.get(slug="talks").title_en == "Talks"
    beside = [twin["record"] for twin in refused.json()["may_be_same"]]

    kept = send("drafts/events/talks/", alike | {"keep_beside": beside}, method="patch")
    assert kept.json()["status"] == "in_review"


def test_models_of_drafts_are_found_by_number_and_type(send, visit):
    # A person and an event may have the same number.
    send(DRAFT, visit)
    send("drafts/people/", {"id": "x", "name": "A. Person", "citations": [{"source": "paper"}]})

    rows = send("contributions/", "", method="get").json()["results"]

    assert [row["record"] for row in rows] == ["person/x", "event/visit-of-a-minister"]
    assert isinstance(Event.objects.get(), models.Model)
