"""Who may write by API: a key tied to an account that may, and nobody else; by no session, and never for readers."""

import pytest
from django.core.exceptions import ValidationError

from kzafrica.api import WRITTEN
from kzafrica.delivery import keys
from kzafrica.delivery.models import ApiKey
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import ProposedChange
from tests.admin import FilledForm, address_of, browser_of
from tests.factories import MAKERS, make_record, make_user
from trade.models import Release

pytestmark = pytest.mark.django_db

ADDRESSES = ("drafts/events/", "drafts/events/visit/", "proposals/events/visit/")
ROLES = ("", "contributor", "editor", "administrator")
WRITERS = {"contributor", "editor", "administrator"}
EVERY_TYPE = pytest.mark.parametrize("name", WRITTEN)


def method_of(address: str) -> str:
    return "patch" if address.startswith("drafts/events/v") else "post"


@pytest.mark.parametrize("address", ADDRESSES)
def test_writing_without_a_key_is_refused_with_a_challenge(address, send, faults, visit):
    answer = send(address, visit, by=None, method=method_of(address))

    assert "Writing needs a key" in faults(answer, 401)[""]
    assert answer["WWW-Authenticate"] == 'Bearer realm="KZ-Africa API"'


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_session_opens_nothing(address, editor, visit):
    answer = getattr(browser_of(editor), method_of(address))(
        f"/api/v1/{address}", visit, content_type="application/json", headers={"Idempotency-Key": "1"}
    )

    assert answer.status_code == 401


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_key_that_reads_alone_is_refused(address, send, faults, visit, key_of):
    assert "may read alone" in faults(send(address, visit, by=key_of(None), method=method_of(address)), 403)[""]


def test_a_key_that_is_revoked_or_unknown_is_refused(send, faults, visit, token):
    keys.revoke(ApiKey.objects.get())

    assert "was revoked on" in faults(send("drafts/events/", visit), 401)[""]
    assert "There is no key" in faults(send("drafts/events/", visit, by="kza_" + "a" * 43), 401)[""]


def test_a_key_ends_writing_with_its_account(send, faults, visit, contributor, token):
    contributor.is_active = False
    contributor.save()
    assert "not active any more" in faults(send("drafts/events/", visit), 403)[""]

    contributor.delete()
    assert "may read alone" in faults(send("drafts/events/", visit), 403)[""]


def test_a_key_neither_reads_nor_writes_drafts_once_its_account_lost_its_role(send, faults, visit, contributor):
    place = send("drafts/events/", visit)["Location"].removeprefix("http://testserver/api/v1/")
    contributor.groups.clear()

    for address in ("contributions/", place):
        assert "may not write records any more" in faults(send(address, "", method="get"), 403)[""]
    assert "may not write records any more" in faults(send("drafts/events/", visit), 403)[""]


@EVERY_TYPE
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "no role")
def test_a_key_writes_what_its_role_may_and_never_for_readers(name, role, send, key_of):
    model = WRITTEN[name]
    record = make_record(model)
    token = key_of(make_user(role, "robot"))
    before, counted = workflow.present_revision(), model.objects.count()
    change = {"add_citations": [{"source": record.slug}]} if name == "sources" else {"id": "another-address"}

    draft = send(f"drafts/{name}/", {"no_such_member": "1"}, by=token)
    proposed = send(f"proposals/{name}/{record.slug}/", change | {"note_for_reviewer": "Read again"}, by=token)

    # A document that is read and refused was let in; one that is not read was not.
    assert draft.status_code == (400 if role in WRITERS else 403), draft.content.decode()
    assert proposed.status_code == (201 if role in WRITERS else 403), proposed.content.decode()
    assert ProposedChange.objects.count() == (role in WRITERS)
    record.refresh_from_db()
    assert (record.status, model.objects.count()) == (Status.PUBLISHED, counted)
    assert workflow.present_revision() == before


def test_every_type_of_record_under_workflow_can_be_written_but_what_comes_with_its_file(send):
    assert set(WRITTEN.values()) == {model for model in MAKERS if hasattr(model, "published_at")} - {Release}
    assert send("drafts/releases/", {"title": "a"}).status_code == 404


@pytest.mark.parametrize("role", ["editor", "administrator"])
@pytest.mark.parametrize("step", ["publish", "withdraw", "return", "review", "apply", "status"])
def test_no_document_asks_for_a_step_of_a_reviewer(role, step, send, faults, visit, key_of):
    token = key_of(make_user(role, "robot"))

    answer = send("drafts/relations/", {step: True}, by=token)

    assert "There is no member" in faults(answer)[step]


def test_nobody_publishes_alone_what_they_wrote_by_api(send, visit, key_of, editor, second_editor):
    answer = send("drafts/events/", visit | {"submit": True}, by=key_of(editor))
    event = WRITTEN["events"].objects.get()

    with pytest.raises(workflow.NotAllowed, match="Publishing takes two people"):
        workflow.publish(event, by=editor)
    workflow.publish(event, by=second_editor)

    assert answer.status_code == 201
    assert event.status == Status.PUBLISHED
    assert workflow.people_who_touched(event) == {editor.pk, second_editor.pk}


def test_a_key_writes_within_its_limit(send, visit, key_of, contributor, faults):
    token = key_of(contributor, requests_per_minute=2)

    answers = [
        send("drafts/events/", visit | {"title": f"Visit {n}", "date": f"20{n}"}, by=token) for n in (10, 11, 12)
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert WRITTEN["events"].objects.count() == 2


class TestInTheAdmin:
    @pytest.fixture
    def form(self):
        browser = browser_of(make_user("administrator", "dina"))
        key = ApiKey(owner="Data desk", email="desk@example.org")
        keys.issue(key)
        return browser, address_of("change", key), key

    def sent(self, form, user):
        browser, address, _key = form
        fields = {"owner": "Data desk", "email": "d@example.org", "requests_per_minute": "600"}
        return browser.post(address, fields | {"writes_as": user.pk if user else ""})

    def test_an_administrator_ties_a_key_to_an_account_and_unties_it(self, form, contributor):
        self.sent(form, contributor)
        assert ApiKey.objects.get().writes_as == contributor

        self.sent(form, None)
        assert ApiKey.objects.get().writes_as is None

    def test_an_account_that_may_not_write_is_refused_in_words(self, form):
        answer = self.sent(form, make_user(username="reader"))

        assert "may not write records: choose an active account" in answer.content.decode()
        assert ApiKey.objects.get().writes_as is None

    def test_an_account_that_is_not_active_cannot_be_chosen(self, form, contributor):
        contributor.is_active = False
        contributor.save()

        self.sent(form, contributor)

        assert ApiKey.objects.get().writes_as is None
        with pytest.raises(ValidationError):
            ApiKey(owner="Desk", email="d@example.org", writes_as=contributor, prefix="kza_").full_clean()

    def test_the_history_and_the_list_say_by_which_key_it_came(self, send, visit, reviewing):
        send("drafts/events/", visit | {"submit": True})
        event, key = WRITTEN["events"].objects.get(), ApiKey.objects.get()

        history = reviewing.get(address_of("history", event)).content.decode()
        listed = reviewing.get("/admin/writing/contribution/").content.decode()

        assert f"By API, with the key {key.prefix}… of Data desk." in history
        assert (key.prefix in listed, "Visit of a minister" in listed) == (True, True)

    def test_the_form_of_a_draft_by_api_opens_and_saves(self, send, visit, writing):
        send("drafts/events/", visit)
        event = WRITTEN["events"].objects.get()

        FilledForm(writing, address_of("change", event)).send(venue="Akorda")

        event.refresh_from_db()
        assert (event.venue, event.status) == ("Akorda", Status.DRAFT)
