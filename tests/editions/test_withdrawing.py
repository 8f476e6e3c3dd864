"""How an edition is taken from readers, and what stands where it stood."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from reversion.models import Version

from kzafrica.editions.building import build_edition
from kzafrica.editions.models import Edition
from kzafrica.editions.withdrawing import withdraw
from kzafrica.editorial.workflow import NotAllowed
from tests.admin import browser_of
from tests.factories import make_event, make_user

pytestmark = pytest.mark.django_db

REASON = "It has the private address of a person."


@pytest.fixture
def edition(folder_of_editions) -> Edition:
    make_event()
    return build_edition()[0]


@pytest.fixture
def administrator(db):
    return make_user("administrator")


@pytest.fixture
def taking(edition, administrator, django_capture_on_commit_callbacks):
    """Withdraw the edition, and do what follows once that stands."""

    def take(**with_other) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(edition, **{"by": administrator, "reason": REASON, **with_other})

    return take


def test_its_address_says_when_and_why_and_its_file_is_gone(client, edition, taking):
    assert client.get(edition.get_absolute_url()).status_code == 200

    taking()

    answer = client.get(edition.get_absolute_url())
    assert answer.status_code == 410
    assert REASON in answer.content.decode()
    assert client.get(edition.get_absolute_url(), headers={"If-None-Match": f'"{edition.sha256}"'}).status_code == 410
    assert not storages["editions"].exists(edition.path)


def test_the_page_and_the_api_say_so_at_once_and_offer_no_file(client, text_of, edition, taking):
    stale = {address: client.get(address)["ETag"] for address in ("/data/", "/api/v1/editions/")}

    taking()

    for address, etag in stale.items():
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 200
    words = text_of("/data/")
    assert edition.file_name in words
    assert REASON in words
    assert edition.get_absolute_url() not in client.get("/data/").content.decode()
    [listed] = client.get("/api/v1/editions/").json()["results"]
    assert (listed["id"], listed["withdrawal_reason"]) == (edition.name, REASON)
    assert listed["withdrawn_at"]
    assert client.get(listed["url"]).json() == listed


def test_the_latest_is_the_one_before(client, edition, administrator, taking):
    second, _is_new = build_edition(force=True)
    assert client.get("/data/latest.zip")["Location"] == second.get_absolute_url()

    withdraw(second, by=administrator, reason=REASON)
    assert client.get("/data/latest.zip")["Location"] == edition.get_absolute_url()

    taking()
    assert client.get("/data/latest.zip").status_code == 404


def test_it_is_not_made_again_out_of_the_same_content(edition, taking, capsys):
    taking()

    call_command("build_edition")

    assert Edition.objects.count() == 1
    assert "withdrawn" in capsys.readouterr().out


def test_it_has_one_revision_with_its_reason_and_who_withdrew_it(edition, administrator, taking):
    taking()

    [version] = Version.objects.get_for_object(edition)
    assert (version.revision.user, version.revision.get_comment()) == (administrator, REASON)
    assert version.field_dict["withdrawal_reason"] == REASON


@pytest.mark.parametrize("role", ["", "contributor", "editor"])
def test_only_an_administrator_withdraws(client, edition, taking, role):
    with pytest.raises(NotAllowed):
        taking(by=make_user(role))

    assert client.get(edition.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("reason", ["", " \n", "x" * 401])
def test_a_reason_is_needed_that_readers_can_read(client, edition, taking, reason):
    with pytest.raises(ValidationError):
        taking(reason=reason)

    assert client.get(edition.get_absolute_url()).status_code == 200


def test_it_is_withdrawn_once(edition, taking):
    taking()

    with pytest.raises(ValidationError):
        taking(reason="Another reason")

    edition.refresh_from_db()
    assert edition.withdrawal_reason == REASON


def test_a_storage_that_fails_leaves_it_withdrawn_and_is_asked_again(monkeypatch, client, edition, taking):
    def out_of_reach(*args):
        raise OSError("No route to host")

    monkeypatch.setattr(storages["editions"], "delete", out_of_reach)
    taking()
    monkeypatch.undo()
    assert client.get(edition.get_absolute_url()).status_code == 410
    assert storages["editions"].exists(edition.path)

    build_edition()

    assert not storages["editions"].exists(edition.path)


class TestInTheAdmin:
    ADDRESS = "/admin/editions/edition/"

    def act(self, desk, edition: Edition, reason: str):
        sent = {"action": "withdraw", "_selected_action": [edition.pk], "reason": reason}
        return desk.post(self.ADDRESS, sent, follow=True)

    def test_an_administrator_withdraws_with_a_reason(self, edition, administrator):
        desk = browser_of(administrator)

        assert "Say why" in self.act(desk, edition, " ").content.decode()
        assert not Edition.objects.exclude(withdrawn_at=None).exists()
        assert "is withdrawn" in self.act(desk, edition, REASON).content.decode()

        edition.refresh_from_db()
        assert (edition.withdrawn_by, edition.withdrawal_reason) == (administrator, REASON)

    def test_an_editor_is_not_offered_it(self, edition, reviewing):
        assert "Withdraw these editions" not in reviewing.get(self.ADDRESS).content.decode()

        self.act(reviewing, edition, REASON)

        edition.refresh_from_db()
        assert not edition.is_withdrawn


class TestCommand:
    def test_takes_all_but_the_newest(self, edition, administrator):
        newest, _is_new = build_edition(force=True)

        call_command("withdraw_edition", all_but=1, reason="Replaced by newer ones.", by=administrator.username)

        assert list(Edition.objects.offered()) == [newest]

    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            ({"by": "nobody", "all_but": 1}, "There is no account “nobody”."),
            ({}, "Name editions"),
            ({"all_but": 0}, "with 1 or more"),
            ({"names": ["kz-africa-1999-01-01"]}, "There is no edition kz-africa-1999-01-01."),
        ],
    )
    def test_says_what_it_cannot_do(self, edition, administrator, asked, sentence):
        asked = {"by": administrator.username, "reason": REASON, **asked}

        with pytest.raises(CommandError, match=sentence):
            call_command("withdraw_edition", *asked.pop("names", ()), **asked)

        assert Edition.objects.offered().count() == 1
