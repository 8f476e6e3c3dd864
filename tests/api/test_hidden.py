"""What readers may not see shows nowhere: not in rows, not in links, not in what a misspelling is answered with."""

import pytest

from kzafrica.editorial.choices import Status
from kzafrica.editorial.publishable import PublishableModel
from tests.api.resources import UNDER_WORKFLOW, key_of
from tests.factories import (
    make_agreement,
    make_article,
    make_author,
    make_award,
    make_bloc,
    make_claim,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_initiative,
    make_mission,
    make_person,
    make_project,
    make_relation,
    make_route,
    make_source,
)

pytestmark = pytest.mark.django_db


def hide(record) -> None:
    """As the workflow would not: it refuses to hide what public records name. Answers are safe even then."""
    type(record).objects.filter(pk=record.pk).update(status=Status.WITHDRAWN)


HIDDEN = (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN)


@pytest.mark.parametrize("resource", UNDER_WORKFLOW, ids=str)
@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_not_published_is_absent(resource, status, client, ids_at):
    row = resource.make(status)
    address, nothing = resource.address_of(row), f"{resource.address}999999/"

    answer = client.get(address)

    # Of what readers once saw they are told that it was withdrawn; of all else, not even that it is there.
    is_known = status == Status.WITHDRAWN and isinstance(row, PublishableModel)
    assert answer.status_code == (410 if is_known else 404)
    assert is_known or answer.json() == client.get(nothing).json() | {"instance": address}
    assert key_of(row) not in ids_at(resource.address)


@pytest.mark.parametrize(
    ("address", "parameter", "make"),
    [
        ("/api/v1/events/", "person", lambda status: make_person(slug="secret-guest", status=status)),
        ("/api/v1/awards/", "person", lambda status: make_person(slug="secret-guest", status=status)),
        ("/api/v1/heads-of-mission/", "person", lambda status: make_person(slug="secret-guest", status=status)),
        ("/api/v1/events/", "source", lambda status: make_source(slug="secret-guest", status=status)),
        ("/api/v1/milestones/", "mission", lambda status: make_mission(slug="secret-guest", status=status)),
        (
            "/api/v1/articles/",
            "author",
            lambda status: make_article(status=status, authors=[make_author("Secret guest")]),
        ),
    ],
)
@pytest.mark.parametrize("status", [*HIDDEN, Status.PUBLISHED])
def test_a_misspelling_is_answered_with_what_is_public_only(address, parameter, make, status, errors_at):
    make(status)

    error = errors_at(address, {parameter: "secret-gust"})[parameter]

    assert (error.get("nearest") == "secret-guest") == (status == Status.PUBLISHED)
    assert ("secret-guest" in error["detail"]) == (status == Status.PUBLISHED)


def test_filters_do_not_know_what_is_not_public(errors_at):
    make_person(slug="secret-guest", status=Status.DRAFT)

    assert errors_at("/api/v1/events/", {"person": "secret-guest"}).keys() == {"person"}


def test_a_link_to_what_was_withdrawn_leads_nowhere(document_at):
    guest = make_person(name="Guest")
    make_event(slug="visit", participations=[{"person": guest}])
    hide(guest)

    participation = document_at("/api/v1/events/visit/")["participations"][0]

    assert participation["person"] == {"id": "guest", "name": "Guest", "url": None}


def test_sessions_that_are_not_public_are_absent(document_at):
    forum = make_event(slug="forum")
    make_event(slug="open-session", parent=forum)
    make_event(slug="secret-session", parent=forum, status=Status.DRAFT)

    assert [row["id"] for row in document_at("/api/v1/events/forum/")["sessions"]] == ["open-session"]


def test_a_source_that_was_withdrawn_is_named_without_a_link(document_at):
    source = make_source(title="Gone")
    make_event(slug="visit", citations=[source])
    hide(source)

    [citation] = document_at("/api/v1/events/visit/")["citations"]

    assert citation["source"]["title"] == "Gone"
    assert (citation["source"]["url"], citation["source"]["html_url"]) == (None, None)


def test_a_figure_does_not_tell_of_a_secret_it_is_about(document_at):
    secret = make_event(title="Secret visit")
    make_figure(slug="share", subject=secret, counterpart=secret)
    hide(secret)

    figure = document_at("/api/v1/figures/share/")

    assert (figure["subject"], figure["counterpart"]) == (None, None)


def test_claims_and_articles_name_only_what_is_public(document_at):
    secret = make_event(title="Secret visit")
    make_claim(slug="claim", subjects=[secret, make_country("COD")])
    make_article(slug="article", records_discussed=[{"record": secret}, {"record": "country/COD"}])
    hide(secret)

    assert [record["code"] for record in document_at("/api/v1/claims/claim/")["about"]] == ["COD"]
    assert [record["code"] for record in document_at("/api/v1/articles/article/")["records_discussed"]] == ["COD"]


def test_an_input_that_was_withdrawn_is_named_without_a_link(document_at):
    derived = make_derived_figure()
    hide(derived.inputs.first().figure)

    gone, there = document_at(f"/api/v1/figures/{derived.slug}/")["derived_from"]

    assert gone["html_url"] is None
    assert there["html_url"]


def test_a_dossier_holds_only_what_is_public(document_at):
    home, country = make_country("KAZ"), make_country("COD")
    make_bloc()
    scope = {"counterpart": country}
    for status, word in ((Status.PUBLISHED, "open"), (Status.DRAFT, "secret"), (Status.WITHDRAWN, "secret")):
        end = f"{word}-{status}"
        make_event(slug=f"event-{end}", host=country, status=status)
        make_mission(slug=f"mission-{end}", sending=home, receiving=country, status=status)
        make_agreement(slug=f"agreement-{end}", parties=[{"country": country}], status=status)
        make_initiative(slug=f"initiative-{end}", countries=[country], status=status)
        make_award(slug=f"award-{end}", recipient_country=country, status=status)
        make_figure(slug=f"figure-{end}", status=status, **scope)
        make_claim(slug=f"claim-{end}", subjects=[country], status=status)
        make_project(slug=f"project-{end}", host_country=country, status=status)
        make_route(slug=f"route-{end}", countries=[country], status=status)
    make_relation(slug="relation-secret", second=country, status=Status.DRAFT)

    dossier = document_at("/api/v1/dossiers/cod/")

    assert dossier.pop("country")["id"] == "COD"
    assert dossier.pop("relations") == []
    assert dossier.pop("programmes") == []
    assert {point["record"]["id"].split("-")[1] for point in dossier.pop("axis")} == {"open"}
    assert [row["id"] for row in dossier.pop("reciprocity")["missions_sent"]["missions"]] == ["mission-open-published"]
    for strand, rows in dossier.items():
        assert [row["id"].split("-")[1] for row in rows] == ["open"], strand
    assert "secret" not in str(dossier)


def test_a_state_outside_africa_has_no_dossier(client):
    make_country("KAZ")
    make_country("TUR")

    assert client.get("/api/v1/dossiers/TUR/").status_code == 404
    assert client.get("/api/v1/dossiers/XXX/").status_code == 404


def test_a_dossier_takes_no_filter(errors_at):
    make_country("KAZ")
    make_country("COD")

    assert errors_at("/api/v1/dossiers/COD/", {"year": "2025"}).keys() == {"year"}
    assert errors_at("/api/v1/dossiers/", {"limit": "5"}).keys() == {"limit"}


def test_the_change_log_says_nothing_of_who_and_why(document_at):
    make_event(title="Visit")
    make_event(title="Secret visit", status=Status.DRAFT)

    rows = document_at("/api/v1/changes/")["results"]

    assert rows[-1]["record_title"] == "Visit"
    assert rows[-1].keys() == {
        "id",
        "url",
        "number",
        "at",
        "action",
        "resource",
        "record_type",
        "record_key",
        "record_title",
        "record_url",
        "is_public",
        "renamed_from",
        "merged_into",
        "is_of_many",
        "is_unreviewed",
    }
    assert "Secret" not in str(rows)
