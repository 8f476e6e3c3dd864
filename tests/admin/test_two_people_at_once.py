"""Two people at one record: the second to save is shown what the first one did, and nothing is lost."""

import pytest

from events.models import Event
from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ProposedChange
from tests.admin import CITATIONS, FilledForm, address_of, words_of
from tests.factories import make_event, make_person, make_source, make_theme, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


@pytest.fixture
def draft(new_event):
    new_event.send()
    return Event.objects.get()


@pytest.fixture
def both(draft, writing, reviewing):
    """The forms of both people, opened before either saves."""
    return FilledForm(writing, address_of("change", draft)), FilledForm(reviewing, address_of("change", draft))


def test_the_second_save_writes_nothing_and_says_who_changed_what(both):
    first, second = both
    first.send(venue="Akorda")

    answer = second.send(venue="Senate")

    assert answer.status_code == 409
    words = words_of(answer)
    assert "aigerim changed this record after you had opened it" in words
    assert "venue : – → Akorda" in words
    assert Event.objects.get().venue == "Akorda"


def test_what_changed_is_told_by_names(both):
    first, second = both
    first.add_row("participations", person=make_person(name="Félix Tshisekedi", slug="tshisekedi").pk)
    first.add_row(CITATIONS, source=make_source(slug="bulletin", title="Bulletin of May").pk)
    first.send(themes=[make_theme("Transport").pk])

    words = words_of(second.send(venue="Senate"))

    changed = words.partition("What changed meanwhile")[2].partition("as they left it")[0]
    assert all(name in changed for name in ("Félix Tshisekedi", "Transport", "Bulletin of May"))
    assert "tshisekedi;" not in changed
    assert "bulletin" not in changed


@pytest.mark.parametrize("resumed", [{}, {"_resume": "1"}], ids=["saved", "after an expired login"])
def test_the_form_of_a_record_that_others_deleted_is_kept_as_a_new_one(both, draft, writing, reviewing, resumed):
    _first, second = both
    number = second.data["participations-INITIAL_FORMS"]
    workflow.delete_draft(draft, by=make_user("editor"))

    answer = second.send(venue="Senate", **resumed)

    assert answer.status_code == 410
    assert "this record was deleted while its form was open" in words_of(answer)
    assert not Event.objects.exists()
    again = FilledForm(reviewing, address_of("add", Event), page=as_found(answer))
    assert f'action="{address_of("add", Event)}"' in answer.content.decode()
    again.send()
    event = Event.objects.get()
    assert (event.venue, event.participations.count()) == ("Senate", int(number))


def as_found(answer):
    """The page as one to fill in, whatever its status says."""
    answer.status_code = 200
    return answer


def test_two_new_records_at_one_address_in_one_moment(new_event, monkeypatch):
    make_event(slug="kinshasa", title="Of another")
    # Each looked before the other had saved.
    monkeypatch.setattr(Event, "_perform_unique_checks", lambda event, checks: {})

    answer = new_event.send(venue="Senate")

    assert answer.status_code == 409
    assert "others have saved something in the same moment" in words_of(answer)
    assert 'value="Senate"' in answer.content.decode()
    assert [event.title for event in Event.objects.all()] == ["Of another"]


def test_what_the_second_typed_is_still_there(both):
    first, second = both
    first.send(venue="Akorda")

    page = second.send(venue="Senate", **{f"{CITATIONS}-0-locator": "p. 3"}).content.decode()

    assert 'value="Senate"' in page
    assert 'value="p. 3"' in page


def test_saved_again_with_what_changed_in_sight_it_is_kept(both):
    first, second = both
    first.send(venue="Akorda")
    answer = second.send(venue="Senate")

    second.again(answer).send()

    assert Event.objects.get().venue == "Senate"


def test_a_third_hand_in_between_is_shown_again(both, draft, writing):
    first, second = both
    first.send(venue="Akorda")
    answer = second.send(venue="Senate")
    FilledForm(writing, address_of("change", draft)).send(venue="Palace")

    again = second.again(answer).send()

    assert again.status_code == 409
    assert "venue : Akorda → Palace" in words_of(again)


def test_a_proposal_made_on_an_older_version_is_not_kept_before_that_is_seen(
    public_event, writing, editor, contributor
):
    form = FilledForm(writing, address_of("change", public_event))
    other = proposals.propose(public_event, content_of(public_event) | {"venue": "Senate"}, by=contributor)
    proposals.apply_proposal(other, by=editor)

    answer = form.send(title_en="State visit")

    assert answer.status_code == 409
    assert "venue : Palace → Senate" in words_of(answer)
    assert not ProposedChange.objects.filter(state=ProposalState.OPEN).exists()


def test_sources_that_stay_keep_their_rows_when_a_proposal_is_applied(public_event, writing, editor, contributor):
    source = make_source(slug="bulletin")
    form = FilledForm(writing, address_of("change", public_event))
    added = content_of(public_event)["citations"] + [{"source": source.slug}]
    other = proposals.propose(public_event, content_of(public_event) | {"citations": added}, by=contributor)
    proposals.apply_proposal(other, by=editor)
    answer = form.send(title_en="State visit")

    form.again(answer).send()

    proposal = ProposedChange.objects.get(state=ProposalState.OPEN)
    assert proposal.content["title_en"] == "State visit"
    assert len(proposal.content["citations"]) == 2


def test_a_source_whose_place_was_corrected_keeps_its_row(public_event, writing, editor, contributor):
    form = FilledForm(writing, address_of("change", public_event))
    said = content_of(public_event)
    corrected = [{**said["citations"][0], "locator": "p. 9"}, *said["citations"][1:]]
    other = proposals.propose(public_event, said | {"citations": corrected}, by=contributor)
    proposals.apply_proposal(other, by=editor)
    answer = form.send(**{f"{CITATIONS}-0-as_printed": "10 September"})

    form.again(answer).send()

    proposal = ProposedChange.objects.get(state=ProposalState.OPEN)
    assert proposal.content["citations"] == [{**corrected[0], "as_printed": "10 September"}, *corrected[1:]]


def test_a_reviewer_publishes_what_was_seen_and_nothing_else(draft, writing, reviewing):
    step = {"note": "", "_version": writing.get(address_of("step", draft, "submit")).context["form_version"]}
    writing.post(address_of("step", draft, "submit"), step)
    seen = reviewing.get(address_of("step", draft, "publish")).context["form_version"]
    FilledForm(writing, address_of("change", draft)).send(venue="Akorda")

    answer = reviewing.post(address_of("step", draft, "publish"), {"note": "Fine", "_version": seen})

    assert answer.status_code == 409
    assert "venue : – → Akorda" in words_of(answer)
    assert "Fine" in answer.content.decode()
    assert Event.objects.get().status == Status.IN_REVIEW


def test_a_proposal_is_applied_to_the_record_that_was_seen(public_event, reviewing, contributor, second_editor):
    content = content_of(public_event)
    mine, other = (
        proposals.propose(public_event, content | change, by=contributor)
        for change in ({"venue": "Senate"}, {"title_en": "State visit"})
    )
    seen = reviewing.get(address_of("change", mine)).context["form_version"]
    proposals.apply_proposal(other, by=second_editor)

    answer = reviewing.post(address_of("change", mine), {"apply": "1", "_version": seen})

    assert answer.status_code == 409
    mine.refresh_from_db()
    assert mine.state == ProposalState.OPEN
