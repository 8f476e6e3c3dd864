"""A change that is proposed by API waits for a second person, on the record as it is, and says how it came."""

import pytest

from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ProposedChange
from tests.factories import make_country, make_event, make_mission, make_office, make_person, make_source

pytestmark = pytest.mark.django_db

VISIT = "proposals/events/visit/"


@pytest.fixture
def event(paper):
    congo, kenya = make_country("COD"), make_country("KEN")
    return make_event(
        slug="visit",
        title_en="Visit",
        title_ru="Визит",
        venue="Akorda",
        participations=[{"country": congo, "citations": [{"source": paper}]}, {"country": kenya}],
    )


def content_at(client, event) -> dict:
    version = client.get(f"/api/v1/versions/?record=event/{event.slug}").json()["results"][0]
    return {"base_version": version["id"], "content": version["content"]}


def test_members_that_are_left_out_stay_as_they_are(send, event, contributor):
    before = content_of(event)

    answer = send(VISIT, {"title": "State visit", "venue": None, "note_for_reviewer": "See the decree."})

    proposal = ProposedChange.objects.get()
    assert answer.status_code == 201, answer.content
    assert proposal.content == {**{k: v for k, v in before.items() if k != "venue"}, "title_en": "State visit"}
    assert (proposal.based_on, proposal.proposed_by) == (before, contributor)
    assert proposal.note.startswith("By API, with the key kza_") and proposal.note.endswith("See the decree.")
    assert content_of(type(event).objects.get()) == before
    said = answer.json()
    assert (said["kind"], said["status"], said["record"]) == ("proposal", "open", "event/visit")
    assert said["content"]["title_en"] == "State visit"
    assert said["admin_url"].endswith(f"/admin/editorial/proposedchange/{proposal.pk}/change/")


def test_a_citation_is_added_to_those_that_are_there(send, event):
    make_source(slug="decree")

    answer = send(
        VISIT, {"venue": "Ak Orda", "add_citations": [{"source": "decree", "field": "title", "locator": "1"}]}
    )

    before = content_of(event)["citations"]
    added = {"source": "decree", "field": "title_en", "locator": "1"}
    assert answer.json()["content"]["citations"] == [*before, added]


def test_rows_take_the_place_of_rows_and_lose_nothing_unsaid(send, event, faults):
    found = faults(send(VISIT, {"participations": [{"country": "COD"}]}))
    assert "some say “citations”" in found["participations"]

    answer = send(VISIT, {"participations": [{"country": "COD", "citations": []}]})
    assert [row["country"] for row in answer.json()["content"]["participations"]] == ["COD"]


def test_words_in_another_language_of_a_row_are_not_lost_unsaid(send, paper, faults):
    make_event(slug="visit", outcomes=[{"kind": "topic", "text_en": "Copper", "text_ru": "Медь"}])

    assert "some say “text.ru”" in faults(send(VISIT, {"outcomes": [{"kind": "topic", "text": "Cobalt"}]}))["outcomes"]
    words = {"kind": "topic", "text": {"en": "Cobalt", "ru": "Кобальт"}}
    assert send(VISIT, {"outcomes": [words]}).status_code == 201


def test_rows_within_rows_are_held_to_the_same(send, paper, faults):
    person, congo = make_person(slug="head"), make_country("COD")
    accreditation = {"country": congo, "appointed": "2014", "note": "As in the decree"}
    make_mission(slug="embassy", heads=[{"person": person, "accreditations": [accreditation]}])

    found = faults(
        send("proposals/missions/embassy/", {"heads": [{"person": "head", "accreditations": [{"country": "COD"}]}]})
    )

    assert found.keys() == {"heads.accreditations"}
    assert "some say “note”" in found["heads.accreditations"]


def test_a_change_to_another_version_is_refused_and_names_the_present_one(send, event, client, editor, second_editor):
    seen = content_at(client, event)
    proposal = proposals.propose(event, content_of(event) | {"venue": "Ak Orda"}, by=editor)
    proposals.apply_proposal(proposal, by=second_editor)

    late = send(VISIT, {"title": "State visit", "base_version": seen["base_version"]})
    present = content_at(client, event)["base_version"]

    assert (late.status_code, late.json()["version"]) == (409, present)
    assert late.json()["errors"][0]["field"] == "base_version"
    assert send(VISIT, {"title": "State visit", "base_version": present}).status_code == 201


def test_a_condition_that_is_not_compared_is_refused(send, event, faults):
    answer = send(VISIT, {"title": "State visit"}, **{"If-Match": '"3"'})

    assert "send base_version" in faults(answer, 412)[""]


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_a_change_is_proposed_to_what_is_public_alone(status, send, paper):
    make_event(slug="visit", status=status)

    answer = send(VISIT, {"title": "State visit"})

    assert (answer.status_code, answer.json()["detail"]) == (404, "There is nothing at this address.")


def test_a_record_that_is_withdrawn_is_told_as_gone(send, paper, faults):
    make_event(slug="visit", status="withdrawn")

    assert "withdrawn" in faults(send(VISIT, {"title": "State visit"}), 410)[""]


def test_a_change_that_changes_nothing_or_waits_already_is_refused(send, event, faults):
    assert "nothing to propose" in faults(send(VISIT, {"venue": "Akorda"}), 409)[""]
    assert "changes nothing" in faults(send(VISIT, {"note_for_reviewer": "?"}))[""]

    send(VISIT, {"venue": "Ak Orda"})

    assert "has been proposed already" in faults(send(VISIT, {"venue": "Ak Orda"}), 409)[""]


def test_a_change_that_breaks_a_rule_is_refused_where_it_is_proposed(send, event, faults):
    make_office(slug="minister")

    found = faults(send(VISIT, {"add_citations": [{"source": "paper"}, {"source": "papier"}]}))

    assert "Did you mean “paper”?" in found["add_citations.1.source"]
    assert ProposedChange.objects.count() == 0


def test_a_record_that_has_moved_is_written_at_its_new_address(send, event, editor, second_editor):
    proposal = proposals.propose(event, content_of(event) | {"slug": "state-visit"}, by=editor)
    proposals.apply_proposal(proposal, by=second_editor)

    answer = send(VISIT, {"venue": "Ak Orda"})

    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/proposals/events/state-visit/")


def test_whoever_wrote_it_does_not_decide_and_hears_what_others_decided(send, event, key_of, editor, second_editor):
    token = key_of(editor)
    followed = send(VISIT, {"venue": "Ak Orda"}, by=token)["Location"].removeprefix("http://testserver/api/v1/")
    proposal = ProposedChange.objects.get()

    with pytest.raises(workflow.NotAllowed, match="A second person has to decide"):
        proposals.apply_proposal(proposal, by=editor)
    proposals.reject_proposal(proposal, by=second_editor, note="The decree says Akorda.")

    told = send(followed, "", method="get", by=token).json()
    assert (told["status"], told["note"]) == ("rejected", "The decree says Akorda.")
