"""A draft as readers will see it: by a link that ends, for that draft alone."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from events.models import Event
from kzafrica.editorial import proposals
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Change
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.workshop.preview import LIFETIME, SALT, preview_address
from tests.admin import FilledForm, address_of, words_of
from tests.factories import MAKERS, make_agreement, make_country, make_event, make_initiative, make_source

pytestmark = pytest.mark.django_db
RECORDS = [model for model in MAKERS if issubclass(model, PublishableModel)]


@pytest.fixture
def draft():
    return make_event(title="Visit to Kinshasa", slug="kinshasa", status=Status.DRAFT)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.model_name)
def test_a_record_of_every_kind_is_shown_by_the_page_that_readers_will_get(client, model, status):
    record = MAKERS[model](status=status)

    answer = client.get(preview_address(record))

    assert answer.status_code == 200
    assert str(record).split(": ")[-1] in words_of(answer)
    assert client.get(record.get_absolute_url()).status_code == 404


def test_it_says_that_it_is_a_draft_and_until_when(client, draft):
    words = words_of(client.get(preview_address(draft)))

    assert "Draft, not published and not reviewed. This link works until" in words
    assert "Permanent address" not in words
    assert "This record as JSON" not in words


def test_nothing_keeps_it_and_no_robot_lists_it(client, draft):
    answer = client.get(preview_address(draft))

    assert "private" in answer["Cache-Control"]
    assert "no-store" in answer["Cache-Control"]
    assert not answer.has_header("ETag")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert b'<meta name="robots" content="noindex, nofollow">' in answer.content


def test_it_speaks_the_language_of_its_address(client, draft):
    draft.title_ru = "Визит в Киншасу"
    draft.save()

    assert "Визит в Киншасу" in words_of(client.get(f"/ru{preview_address(draft)}"))


def test_the_link_ends_after_a_day(client, draft, monkeypatch):
    address = preview_address(draft)
    later = timezone.now() + LIFETIME + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    answer = client.get(address)

    assert answer.status_code == 410
    assert "This link to a draft has ended." in words_of(answer)
    assert "Visit to Kinshasa" not in words_of(answer)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("forged", ["x", "abc:def", "WyJldmVudHMuZXZlbnQiLDEsOTk5OTk5OTk5OTld:xyz"])
def test_a_forged_link_leads_nowhere(client, forged):
    assert client.get(f"/preview/{forged}/").status_code == 404


def test_a_link_signed_for_another_purpose_leads_nowhere(client, draft):
    token = signing.Signer(salt="another").sign_object(["events.event", draft.pk, 99999999999])

    assert signing.Signer(salt=SALT).sign_object([]) != token
    assert client.get(f"/preview/{token}/").status_code == 404


def test_the_link_to_a_record_that_is_public_by_now_leads_to_its_page(client, draft):
    address = preview_address(draft)
    Event.objects.filter(pk=draft.pk).update(status=Status.PUBLISHED)

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.url == draft.get_absolute_url()


def test_a_record_taken_back_from_readers_is_not_shown(client, draft):
    address = preview_address(draft)
    Event.objects.filter(pk=draft.pk).update(status=Status.WITHDRAWN)

    assert client.get(address).status_code == 410


def test_a_record_deleted_meanwhile_leads_nowhere(client, draft):
    address = preview_address(draft)
    draft.delete()

    assert client.get(address).status_code == 404


def test_other_drafts_are_named_by_it_at_most_and_never_linked(client):
    hidden = make_event(title="Hidden forum", slug="hidden-forum", status=Status.DRAFT)
    source = make_source(title="Hidden source", slug="hidden-source", status=Status.DRAFT)
    child = make_event(title="Hidden session", slug="hidden-session", status=Status.DRAFT)
    draft = make_event(title="Visit", parent=hidden, status=Status.DRAFT, citations=[source])
    Event.objects.filter(pk=child.pk).update(parent=draft)
    make_agreement(title="Hidden agreement", slug="hidden-agreement", status=Status.DRAFT, signed_at=draft)
    make_initiative(title="Hidden initiative", slug="hidden-initiative", status=Status.DRAFT, raised_at=draft)

    answer = client.get(preview_address(draft))

    assert answer.status_code == 200
    assert re.findall(r'href="[^"]*hidden-[^"]*"', answer.content.decode()) == []
    for title in ("Hidden session", "Hidden agreement", "Hidden initiative"):
        assert title not in words_of(answer)


def test_an_editor_sees_no_more_through_it_than_anyone(reviewing, client, draft):
    address = preview_address(draft)

    def body(answer) -> str:
        return re.sub(r"\s+", " ", answer.content.decode())

    assert body(reviewing.get(address)) == body(client.get(address))


class TestTheForm:
    def test_of_a_draft_has_the_link(self, writing, client, draft):
        page = writing.get(address_of("change", draft))

        address = page.context["preview_address"]
        assert address in page.content.decode()
        assert "Visit to Kinshasa" in words_of(client.get(address))

    def test_of_a_public_record_has_none(self, writing):
        page = writing.get(address_of("change", make_event()))

        assert page.context["preview_address"] == ""
        assert 'name="_preview"' not in page.content.decode()

    def test_of_a_new_record_is_saved_and_shown(self, new_event):
        answer = new_event.client.post(new_event.address, {**new_event.data, "_preview": "Save and preview"})

        event = Event.objects.get(slug="kinshasa")
        assert event.status == Status.DRAFT
        assert answer.status_code == 302
        assert "Visit to Kinshasa" in words_of(new_event.client.get(answer.url))

    def test_that_is_refused_is_not_shown(self, new_event):
        answer = new_event.client.post(new_event.address, {**new_event.data, "title_en": "", "_preview": "1"})

        assert answer.status_code == 200
        assert not Event.objects.exists()


class TestAProposal:
    @pytest.fixture
    def proposal(self, public_event, contributor):
        changed = content_of(public_event) | {"venue": "Akorda", "participations": [{"country": "COD", "role": "host"}]}
        make_country("COD")
        return proposals.propose(public_event, changed, by=contributor)

    def test_is_shown_as_the_record_would_be_and_changes_nothing(self, reviewing, client, proposal, public_event):
        changes = Change.objects.count()

        answer = reviewing.get(f"/admin/proposals/{proposal.pk}/preview/")

        assert "Akorda" in words_of(answer)
        assert "As the record would be" in words_of(answer)
        public_event.refresh_from_db()
        assert public_event.venue == "Palace"
        assert Change.objects.count() == changes
        assert "Akorda" not in words_of(client.get(public_event.get_absolute_url()))

    def test_is_not_for_those_who_have_not_signed_in(self, client, proposal):
        assert client.get(f"/admin/proposals/{proposal.pk}/preview/").status_code == 302

    def test_that_no_longer_fits_says_why(self, reviewing, proposal):
        proposal.content["participations"] = [{"country": "XXX"}]
        proposal.save()

        answer = reviewing.get(f"/admin/proposals/{proposal.pk}/preview/")

        assert answer.status_code == 409
        assert "XXX" in words_of(answer)


def test_the_form_of_a_draft_keeps_its_link_out_of_what_it_saves(writing, draft):
    form = FilledForm(writing, address_of("change", draft))

    assert form.send().status_code == 302
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
