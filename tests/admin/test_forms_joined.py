"""The form that lost a race: what the other saved and what was typed stand in it together, each in its place."""

from decimal import Decimal

import pytest

from diplomacy.models import Mission
from events.models import Event, Participation
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.content import content_of, differences
from kzafrica.editorial.models import Correction, ProposedChange
from kzafrica.editorial.proposals import correct_at_once
from kzafrica.editorial.workflow import one_revision
from tests.admin import CITATIONS, FilledForm, address_of, browser_of, words_of
from tests.factories import make_country, make_mission, make_place, make_source, make_theme, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


@pytest.fixture
def draft(new_event):
    new_event.data["summary_en"] = "They met.\nThey talked."
    new_event.add_row("participations", country=make_country("KEN").pk)
    new_event.add_row(CITATIONS, source=make_source(slug="gazette").pk, locator="p. 1")
    assert new_event.send().status_code == 302
    return Event.objects.get()


@pytest.fixture
def both(draft, writing, reviewing):
    """The forms of both people, opened before either saves."""
    return FilledForm(writing, address_of("change", draft)), FilledForm(reviewing, address_of("change", draft))


def saved_again(form: FilledForm, **typed):
    """What a person typed, saved, and saved again as the page says; gives the page between the two."""
    answer = form.send(**typed)
    assert answer.status_code == 409, answer.status_code
    done = form.again(answer).send()
    assert done.status_code == 302, words_of(done)
    return answer


def test_fields_that_one_alone_changed_are_as_that_one_left_them(both):
    first, second = both
    theme = make_theme("Transport")
    # A browser sends line breaks of its own.
    second.data["summary_en"] = "They met.\r\nThey talked."
    first.send(title_en="Visit to Kananga", summary_en="They met twice.", date="2025-10", themes=[theme.pk])

    answer = saved_again(second, venue="Senate")

    event = Event.objects.get()
    assert (event.title, event.summary, event.date.edtf) == ("Visit to Kananga", "They met twice.", "2025-10")
    assert (event.venue, list(event.themes.all())) == ("Senate", [theme])
    assert "all of it stays as they left it" in words_of(answer)
    assert not answer.context["adminform"].form.has_error("venue")


def test_a_field_that_both_changed_has_what_is_there_now_beside_what_was_typed(both):
    first, second = both
    first.send(venue="Akorda", level="head_of_state", title_en="Visit to Kananga")

    answer = saved_again(second, venue="Senate", level="head_of_government")

    form, words = answer.context["adminform"].form, words_of(answer)
    assert form["venue"].value() == "Senate"
    assert "now it is “Akorda”" in form.errors["venue"][0]
    assert "now it is “Heads of state”" in form.errors["level"][0]
    assert "title_en" not in form.errors
    assert "All else that others changed stays as they left it" in words
    event = Event.objects.get()
    assert (event.venue, event.level, event.title) == ("Senate", "head_of_government", "Visit to Kananga")


def test_a_field_that_the_other_emptied_is_told_as_empty(both, draft):
    first, second = both
    first.send(date="")

    answer = second.send(date="2025-11")

    assert "it is empty now" in answer.context["adminform"].form.errors["date"][0]


def test_keys_that_each_chose_are_all_there(both):
    first, second = both
    mine, theirs = make_theme("Energy"), make_theme("Transport")
    first.send(themes=[theirs.pk])

    saved_again(second, themes=[mine.pk])

    assert set(Event.objects.get().themes.all()) == {mine, theirs}


def test_rows_that_the_other_changed_added_or_took_out_are_left_so(both):
    first, second = both
    first.add_row("participations", country=make_country("GHA").pk)
    first.send(
        **{
            "participations-0-DELETE": "on",
            "participations-1-capacity": "Speaker",
            f"{CITATIONS}-1-locator": "p. 22",
        }
    )

    saved_again(second, venue="Senate", **{f"{CITATIONS}-1-as_printed": "in September"})

    event = Event.objects.get()
    assert [(row.country.alpha3, row.capacity) for row in event.participations.all()] == [
        ("KEN", "Speaker"),
        ("GHA", ""),
    ]
    assert [(row.locator, row.as_printed) for row in event.citations.all()] == [("", ""), ("p. 22", "in September")]
    assert event.venue == "Senate"


def test_rows_that_both_added_are_both_there_and_the_same_number_stays_the_same_row(both):
    first, second = both
    kept = list(Participation.objects.values_list("pk", flat=True))
    first.add_row("participations", country=make_country("GHA").pk)
    first.send()
    second.add_row("participations", country=make_country("EGY").pk)

    saved_again(second)

    rows = Event.objects.get().participations.order_by("pk")
    assert [row.country.alpha3 for row in rows] == ["COD", "KEN", "GHA", "EGY"]
    assert [row.pk for row in rows][:2] == kept


def test_a_row_stands_under_its_own_heading(both):
    first, second = both
    # Among the rows of the other, it would be the first now.
    first.add_row("participations", country=make_country("GHA").pk)
    first.send(**{"participations-0-position": 5, "participations-1-position": 6})

    answer = second.send(venue="Senate")

    inline = answer.context["inline_admin_formsets"][1]
    rows = [(row.original, row.form) for row in inline if row.original is not None]
    assert [str(original.country.alpha3) for original, _form in rows] == ["GHA", "COD", "KEN"]
    assert all(form["id"].value() == str(original.pk) for original, form in rows)
    again = second.again(answer)
    assert again.send(**{"participations-0-DELETE": "on"}).status_code == 302
    assert {row.country.alpha3 for row in Event.objects.get().participations.all()} == {"COD", "KEN"}


def test_a_row_that_the_other_took_out_comes_back_only_if_something_was_typed_into_it(both):
    first, second = both
    first.send(**{"participations-0-DELETE": "on", "participations-1-DELETE": "on"})

    answer = saved_again(second, **{"participations-0-role": "guest"})

    assert "Others took this row out" in words_of(answer)
    assert [(row.country.alpha3, row.role) for row in Event.objects.get().participations.all()] == [("COD", "guest")]


def test_a_row_that_the_other_changed_is_deleted_with_a_word(both):
    first, second = both
    first.send(**{"participations-0-capacity": "Speaker"})

    answer = saved_again(second, **{"participations-0-DELETE": "on", "participations-1-DELETE": "on"})

    said = [row.form.non_field_errors() for row in answer.context["inline_admin_formsets"][1]]
    assert [bool(errors) for errors in said][:2] == [True, False]
    assert "untick Delete to keep it" in said[0][0]
    assert not Event.objects.get().participations.exists()


def test_a_row_that_is_kept_after_all_is_as_the_other_left_it(both):
    first, second = both
    first.send(**{"participations-0-capacity": "Speaker"})
    again = second.again(second.send(**{"participations-0-DELETE": "on"}))
    del again.data["participations-0-DELETE"]

    again.send()

    assert Event.objects.get().participations.first().capacity == "Speaker"


def test_a_part_to_which_the_other_gave_a_source_is_deleted_with_a_word(draft, writing, reviewing, source):
    second = FilledForm(reviewing, address_of("change", draft))
    first = FilledForm(writing, address_of("change", draft.participations.last()))
    first.add_row(CITATIONS, source=source.pk, field="country")
    first.send()

    answer = second.send(**{"participations-0-DELETE": "on", "participations-1-DELETE": "on"})

    said = [row.form.non_field_errors() for row in answer.context["inline_admin_formsets"][1]]
    assert [bool(errors) for errors in said][:2] == [False, True]


def test_a_field_of_a_row_that_both_changed_is_marked_in_its_row(both):
    first, second = both
    first.send(**{"participations-1-capacity": "Speaker"})

    answer = saved_again(second, **{"participations-1-capacity": "Chair"})

    rows = answer.context["inline_admin_formsets"][1].formset.forms
    assert "now it is “Speaker”" in rows[1].errors["capacity"][0]
    assert not rows[0].errors
    assert 'href="#id_participations-1-capacity"' in answer.content.decode()
    assert [row.capacity for row in Event.objects.get().participations.all()] == ["", "Chair"]


def test_a_part_on_a_page_of_its_own_is_joined_with_its_sources(draft, writing, reviewing, source):
    part = draft.participations.first()
    first, second = (FilledForm(person, address_of("change", part)) for person in (writing, reviewing))
    first.add_row(CITATIONS, source=source.pk, field="country")
    first.send(role="guest")

    saved_again(second, capacity="Speaker")

    part.refresh_from_db()
    assert (part.role, part.capacity) == ("guest", "Speaker")
    assert [citation.field for citation in part.citations.all()] == ["country"]


def test_a_proposal_says_what_its_author_typed_and_nothing_else(public_event, writing):
    form = FilledForm(writing, address_of("change", public_event))
    corrected = content_of(public_event) | {"summary_en": "What is right.", "venue": "Senate"}
    correct_at_once(public_event, corrected, by=make_user("administrator", "dana"), reason="It was wrong.")

    answer = saved_again(form, title_en="State visit", _note="By the communiqué")

    proposal = ProposedChange.objects.get(state=ProposalState.OPEN)
    changes = differences(content_of(Event.objects.get()), proposal.content)
    assert [(change.field, change.new) for change in changes] == [("title_en", "State visit")]
    assert 'value="By the communiqué"' in answer.content.decode()


def test_an_urgent_correction_stays_urgent_when_it_comes_back(public_event):
    administering = browser_of(make_user("administrator", "dana"))
    form = FilledForm(administering, address_of("change", public_event))
    corrected = content_of(public_event) | {"summary_en": "What is right."}
    correct_at_once(public_event, corrected, by=make_user("administrator", "erlan"), reason="It was wrong.")
    ticked = 'id="id__urgent" checked'

    race = form.send(venue="Senate", _urgent="on", _note="Another place.")
    refused = form.again(race).send(_urgent="on", _note="")
    resumed = form.again(refused).send(_urgent="on", _resume="1")

    assert all(ticked in answer.content.decode() for answer in (race, refused, resumed))
    assert ticked not in administering.get(address_of("change", public_event)).content.decode()
    assert form.again(resumed).send(_urgent="on", _note="Another place.").status_code == 302
    event = Event.objects.get()
    assert (event.venue, event.summary) == ("Senate", "What is right.")
    assert Correction.objects.count() == 2


def test_after_an_expired_login_the_form_is_joined_too(both):
    first, second = both
    first.send(venue="Akorda", **{"participations-0-DELETE": "on"})

    answer = second.send(title_en="State visit", _resume="1")

    assert second.again(answer).send().status_code == 302
    event = Event.objects.get()
    assert (event.title, event.venue) == ("State visit", "Akorda")
    assert [row.country.alpha3 for row in event.participations.all()] == ["KEN"]


def test_the_sentences_point_the_right_way(both):
    first, second = both
    first.send(venue="Akorda")

    resumed = second.send(_version=FilledForm(second.client, second.address).data["_version"], _resume="1")
    raced = second.send(title_en="State visit")

    for answer in (resumed, raced):
        words = words_of(answer)
        assert "below" not in words[words.index("Nothing is saved yet") :][:300]
        assert "Please correct the error" not in words
    words = words_of(raced)
    assert words.index("Look through what changed") < words.index("venue : – → Akorda")


def test_a_form_shown_again_for_another_reason_still_says_which_version_it_showed(both, monkeypatch):
    first, second = both
    first.send(venue="Akorda")
    monkeypatch.setattr("kzafrica.workshop.revising.changed_meanwhile", lambda *args: None)
    locked = second.send(title_en="", date="soon")
    monkeypatch.undo()

    answer = second.again(locked if locked.status_code == 200 else None).send(title_en="State visit", date="2025-09")

    assert answer.status_code == 409


def test_where_nobody_knows_what_was_seen_all_that_differs_is_asked_about(draft, writing):
    form = FilledForm(writing, address_of("change", draft))
    form.data["_version"] = 0

    answer = form.send(venue="Senate")

    errors = answer.context["adminform"].form.errors
    assert set(errors) == {"__all__", "venue"}
    assert form.again(answer).send().status_code == 302
    assert Event.objects.get().venue == "Senate"


def test_dates_and_places_of_a_mission_are_joined(writing, reviewing, contributor):
    mission = make_mission(status=Status.DRAFT, milestones=[{"kind": "opened", "date": "2026-10-13"}])
    FilledForm(writing, address_of("change", mission)).send(summary_en="As it was.")
    first, second = (FilledForm(person, address_of("change", mission)) for person in (writing, reviewing))
    first.send(summary_en="As it is.", **{"milestones-0-date": "2026-10-12"})

    saved_again(second, last_checked_on="2026-11-01")

    mission = Mission.objects.get()
    assert (mission.summary, str(mission.last_checked_on)) == ("As it is.", "2026-11-01")
    assert mission.milestones.get().date.edtf == "2026-10-12"


def test_a_number_is_the_same_with_noughts_behind_it(reviewing, editor, second_editor):
    place = make_place("Kinshasa")
    with one_revision(by=editor, note="Written", of=place):
        apply_content(place, content_of(place) | {"latitude": "-4.3", "longitude": "15.3"})
    people = (reviewing, browser_of(second_editor))
    first, second = (FilledForm(person, address_of("change", place)) for person in people)
    first.send(latitude="-4.32")

    saved_again(second, name_en="Greater Kinshasa")

    place.refresh_from_db()
    assert (place.latitude, place.name_en) == (Decimal("-4.32"), "Greater Kinshasa")
