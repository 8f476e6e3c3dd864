"""The source of a change is asked once and cited for each field that was changed, in proposals too."""

import pytest

from events.models import Event
from kzafrica.editorial import proposals
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import ProposedChange
from tests.admin import FilledForm, address_of
from tests.factories import make_agreement, make_citation, make_country, make_event, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    return make_source(title="Decree", slug="decree")


@pytest.fixture
def draft(states):
    return make_event(title="Visit", slug="visit", status=Status.DRAFT, participations=[{"country": states[1]}])


def cited(row, source) -> list[tuple[str, str, str]]:
    """What a source is cited for at a record or part."""
    citations = row.citations.filter(source=source)
    return sorted((citation.field, citation.locator, citation.as_printed) for citation in citations)


def test_each_field_that_changed_is_cited(writing, draft, paper):
    form = FilledForm(writing, address_of("change", draft))

    form.send(
        date="2025-09-12",
        venue="Palace",
        change_source=paper.pk,
        change_locator="page 2",
        change_as_printed="September 12",
    )

    assert cited(draft, paper) == [("date", "page 2", "September 12"), ("venue", "page 2", "September 12")]


def test_a_changed_part_is_cited_at_the_part(writing, draft, paper):
    form = FilledForm(writing, address_of("change", draft))

    form.send(change_source=paper.pk, **{"participations-0-role": "guest"})

    assert cited(draft.participations.get(), paper) == [("role", "", "")]
    assert cited(draft, paper) == []


def test_a_new_part_is_cited_as_a_whole(writing, draft, paper):
    form = FilledForm(writing, address_of("change", draft))
    form.add_row("participations", country=make_country("KAZ").pk)

    form.send(change_source=paper.pk)

    assert cited(draft.participations.get(country__alpha3="KAZ"), paper) == [("", "", "")]


def test_a_part_without_citations_of_its_own_is_cited_at_its_record(writing, states, paper):
    agreement = make_agreement(status=Status.DRAFT, parties=[{"country": states[1]}])
    form = FilledForm(writing, address_of("change", agreement))
    form.add_row("parties", country=states[0].pk)

    form.send(change_source=paper.pk)

    assert cited(agreement, paper) == [("", "", "")]


@pytest.mark.parametrize("locator", ["page 9", ""])
def test_what_is_cited_already_is_not_cited_twice(writing, draft, paper, locator):
    make_citation(draft, paper, field="venue", locator="page 9")
    form = FilledForm(writing, address_of("change", draft))

    form.send(venue="Palace", change_source=paper.pk, change_locator=locator)

    assert cited(draft, paper) == [("venue", "page 9", "")]


def test_another_place_of_the_same_source_is_cited_too(writing, draft, paper):
    make_citation(draft, paper, field="venue")
    make_citation(draft, paper, field="venue", locator="page 9")
    form = FilledForm(writing, address_of("change", draft))

    form.send(venue="Palace", change_source=paper.pk, change_locator="page 2")

    assert [locator for _field, locator, _printed in cited(draft, paper)] == ["", "page 2", "page 9"]


@pytest.mark.parametrize("locator", ["page 2", ""])
def test_a_source_that_stated_something_else_there_is_cited_for_the_change(writing, draft, paper, locator):
    make_citation(draft, paper, field="venue", locator="page 2", stated="Hall", reason="A slip.")
    form = FilledForm(writing, address_of("change", draft))

    form.send(venue="Palace", change_source=paper.pk, change_locator=locator)

    assert draft.citations.get(source=paper, stated="").locator == locator
    assert draft.citations.filter(source=paper).count() == 2


def test_a_part_that_is_taken_out_is_cited_at_its_record(writing, draft, paper):
    form = FilledForm(writing, address_of("change", draft))

    form.send(change_source=paper.pk, change_locator="page 2", **{"participations-0-DELETE": "on"})

    assert not draft.participations.exists()
    assert cited(draft, paper) == [("", "page 2", "")]


def test_a_part_that_is_taken_out_of_a_public_record_is_cited_in_the_proposal(writing, states, paper):
    event = make_event(slug="visit", participations=[{"country": state} for state in states])
    form = FilledForm(writing, address_of("change", event))

    form.send(change_source=paper.pk, **{"participations-0-DELETE": "on"})

    content = ProposedChange.objects.get().content
    assert [row["country"] for row in content["participations"]] == ["KEN"]
    assert {"source": "decree"} in content["citations"]
    assert cited(event, paper) == []


def test_a_row_that_is_taken_out_before_it_was_saved_is_no_change(writing, draft, states, paper):
    form = FilledForm(writing, address_of("change", draft))
    form.add_row("participations", country=states[0].pk, DELETE="on")

    form.send(change_source=paper.pk)

    assert cited(draft, paper) == []


def test_nothing_is_cited_where_no_source_is_named(writing, draft):
    before = draft.citations.count()

    FilledForm(writing, address_of("change", draft)).send(venue="Palace")

    assert draft.citations.count() == before


def test_words_without_a_source_are_refused(writing, draft):
    answer = FilledForm(writing, address_of("change", draft)).send(venue="Palace", change_locator="page 2")

    assert answer.status_code == 200
    assert "Which source says so?" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.venue == ""


def test_it_is_part_of_what_is_proposed_for_a_public_record(writing, editor, states, paper):
    event = make_event(title="Visit", slug="visit")
    form = FilledForm(writing, address_of("change", event))

    form.send(venue="Palace", change_source=paper.pk, change_locator="page 2")

    proposal = ProposedChange.objects.get()
    assert {"source": "decree", "field": "venue", "locator": "page 2"} in proposal.content["citations"]
    assert cited(event, paper) == []
    proposals.apply_proposal(proposal, by=editor)
    assert cited(Event.objects.get(), paper) == [("venue", "page 2", "")]


def test_a_new_record_and_a_source_are_not_asked(writing, paper):
    for address in (address_of("add", Event), address_of("change", paper)):
        assert "change_source" not in writing.get(address).content.decode()


def test_a_part_on_its_own_page_is_asked_too(writing, draft, paper):
    part = draft.participations.get()

    FilledForm(writing, address_of("change", part)).send(role="guest", change_source=paper.pk)

    assert cited(part, paper) == [("role", "", "")]
