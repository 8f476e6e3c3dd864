"""What was rejected or overtaken is proposed again from the form of its record, with nothing typed a second time."""

import pytest

from diplomacy.models import Mission
from events.models import Event
from kzafrica.editorial import proposals
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ProposedChange
from tests.admin import FilledForm, address_of, words_of
from tests.factories import make_country, make_event, make_mission, make_source, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


@pytest.fixture
def event(source):
    return make_event(
        title="Visit",
        slug="visit",
        venue="Palace",
        themes=[make_theme("Trade")],
        participations=[{"country": make_country("COD")}, {"country": make_country("KEN")}],
        citations=[{"source": source, "field": "venue"}],
    )


def wanted(event) -> dict:
    """One participant goes, one comes, one source more, another venue."""
    make_country("ETH")
    make_theme("Visa")
    make_source(slug="herald", title="Herald")
    said = content_of(event)
    cod, _kenya = said["participations"]
    return said | {
        "venue": "Akorda",
        "themes": ["trade", "visa"],
        "participations": [cod, {**cod, "country": "ETH"}],
        "citations": [*said["citations"], {"source": "herald", "field": "venue", "locator": "page 3"}],
    }


def rejected(event, content, *, by, editor) -> ProposedChange:
    proposal = proposals.propose(event, content, by=by, note="As the Herald says")
    proposals.reject_proposal(proposal, by=editor, note="Which page?")
    return proposal


def form_again(browser, proposal) -> FilledForm:
    address = address_of("change", proposal.record)
    return FilledForm(browser, address, browser.get(address, {"again": proposal.pk}))


def test_a_rejected_proposal_leads_to_the_form(event, contributor, editor, writing):
    proposal = rejected(event, wanted(event), by=contributor, editor=editor)

    page = writing.get(address_of("change", proposal)).content.decode()

    assert f'href="{address_of("change", event)}?again={proposal.pk}">Propose again from this</a>' in page


def test_the_form_says_what_was_proposed_and_nothing_is_saved(event, contributor, editor, writing):
    proposal = rejected(event, wanted(event), by=contributor, editor=editor)
    before = content_of(event)

    page = writing.get(address_of("change", event), {"again": proposal.pk})

    assert "Nothing is saved yet: this was proposed" in words_of(page)
    assert 'value="Akorda"' in page.content.decode() and 'value="page 3"' in page.content.decode()
    assert 'value="As the Herald says"' in page.content.decode()
    assert content_of(Event.objects.get()) == before
    assert ProposedChange.objects.count() == 1


def test_saved_as_it_stands_it_proposes_the_same(event, contributor, editor, writing):
    proposal = rejected(event, wanted(event), by=contributor, editor=editor)

    answer = form_again(writing, proposal).send()

    assert answer.status_code == 302
    again = ProposedChange.objects.exclude(pk=proposal.pk).get()
    assert again.content == proposal.content
    assert again.proposed_by == contributor


def test_what_was_rejected_is_mended_and_proposed(event, contributor, editor, writing):
    proposal = rejected(event, wanted(event), by=contributor, editor=editor)

    form_again(writing, proposal).send(venue="Akorda, hall 2")

    assert ProposedChange.objects.first().content == proposal.content | {"venue": "Akorda, hall 2"}


def test_what_others_changed_since_stays_and_is_told(event, contributor, editor, writing):
    proposal = proposals.propose(event, wanted(event), by=contributor)
    other = proposals.propose(event, content_of(event) | {"venue": "Senate", "summary_en": "Talks."}, by=contributor)
    proposals.apply_proposal(other, by=editor)

    page = writing.get(address_of("change", proposal))
    form = writing.get(address_of("change", event), {"again": proposal.pk})
    form_again(writing, proposal).send()

    assert "Propose again from this" in words_of(page)
    assert "it stands as they left it: venue." in words_of(form)
    again = ProposedChange.objects.first().content
    assert (again["venue"], again["summary_en"], again["themes"]) == ("Senate", "Talks.", ["trade", "visa"])


def test_an_open_proposal_that_can_be_applied_is_not_proposed_again(event, contributor, writing):
    proposal = proposals.propose(event, wanted(event), by=contributor)

    assert "Propose again" not in words_of(writing.get(address_of("change", proposal)))


def test_sources_of_parts_are_said_to_be_left_out(contributor, editor, writing, source):
    mission = make_mission(milestones=[{"kind": "opened", "date": "2014"}])
    (row,) = content_of(mission)["milestones"]
    rows = [row | {"date": "2015", "citations": [{"source": source.slug, "field": "date"}]}]
    proposal = rejected(mission, content_of(mission) | {"milestones": rows}, by=contributor, editor=editor)

    page = writing.get(address_of("change", mission), {"again": proposal.pk})

    assert "Sources of parts are not carried along" in words_of(page)
    assert 'value="2015"' in page.content.decode()
    assert Mission.objects.get().milestones.get().date.edtf == "2014"


def test_a_content_that_does_not_fit_any_more_is_told_in_words(event, contributor, editor, writing):
    content = wanted(event) | {"host": "UGA"}
    country = make_country("UGA")
    proposal = rejected(event, content, by=contributor, editor=editor)
    country.delete()

    page = writing.get(address_of("change", event), {"again": proposal.pk})

    assert page.status_code == 200
    assert "UGA" in words_of(page)
    assert 'value="Palace"' in page.content.decode()


@pytest.mark.parametrize("number", ["0", "x", "", "9" * 30])
def test_what_is_no_proposal_of_the_record_is_not_found(event, writing, number):
    assert writing.get(address_of("change", event), {"again": number}).status_code == 404


def test_a_proposal_of_another_record_is_not_found(event, contributor, editor, writing):
    proposal = rejected(make_event(slug="other"), wanted(event), by=contributor, editor=editor)

    assert writing.get(address_of("change", event), {"again": proposal.pk}).status_code == 404
