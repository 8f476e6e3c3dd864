"""Programs that are told of changes: by a server of our own in a thread, which checks signatures as a receiver does."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from kzafrica import outward
from kzafrica.delivery import webhooks
from kzafrica.delivery.models import Webhook
from kzafrica.delivery.webhooks import MOST_FAILURES, Report, send_due, signature
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from tests.admin import FilledForm, browser_of
from tests.alerts.readers import publish, withdraw
from tests.desk.server import asking
from tests.factories import make_event, make_mission, make_source, make_user

pytestmark = pytest.mark.django_db

HOOK = "/hook"


@pytest.fixture(autouse=True)
def a_site_for_tests(settings):
    settings.SITE_ADDRESS = "https://kz-africa.example"
    settings.WEBHOOKS_OVER_HTTP = True


@pytest.fixture
def server(monkeypatch):
    """The one machine of our own that may be told; it takes everything unless its pages say otherwise."""
    with asking(monkeypatch, {HOOK: 204}) as running:
        yield running


def register(server, **fields) -> Webhook:
    # The source that all records here cite, so that it is not among what is told.
    make_source(slug="a-newspaper")
    return Webhook.objects.create(name="A data desk", address=server.address(HOOK), **fields)


def told(server) -> list[dict]:
    """The messages that came, each with a signature that is right."""
    return [json.loads(post.body) for post in server.posts]


def keys(message: dict) -> list[str]:
    return [line["record_key"] for line in message["data"]["changes"]]


def time_goes_by() -> None:
    """Whatever waits for its next try may be tried."""
    Webhook.objects.exclude(retry_at=None).update(retry_at=timezone.now() - timedelta(seconds=1))


def is_signed(post, secret: str) -> bool:
    """As a receiver checks it, by nothing but the text of the scheme."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{post.headers['webhook-id']}.{post.headers['webhook-timestamp']}.{post.body.decode()}"
    expected = base64.b64encode(hmac.new(key, text.encode(), hashlib.sha256).digest()).decode()
    return post.headers["webhook-signature"] == f"v1,{expected}"


def test_the_signature_is_that_of_the_scheme():
    """The example that the libraries of Standard Webhooks test themselves with."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'

    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


class TestTelling:
    def test_what_changed_since_it_was_registered_comes_as_one_signed_message(self, server):
        make_source(slug="before")
        hook = register(server)
        begun = hook.told_to
        visit = make_event(slug="visit", status=Status.DRAFT)
        publish(visit)
        withdraw(visit)

        report = send_due()

        (post,) = server.posts
        (message,) = told(server)
        assert report == Report(sent=1)
        assert is_signed(post, hook.secret)
        assert abs(int(post.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
        assert post.headers["content-type"] == "application/json"
        assert post.headers["user-agent"].startswith("KZ-Africa webhooks")
        assert message["type"] == "changes"
        lines = message["data"]["changes"]
        assert [(line["action"], line["is_public"]) for line in lines] == [("published", True), ("withdrawn", False)]
        assert {line["record_url"] for line in lines} == {"https://kz-africa.example/api/v1/events/visit/"}
        data, latest = message["data"], workflow.content_revision()
        assert (data["after"], data["to"]) == (begun, latest)
        assert data["resume"] == f"https://kz-africa.example/api/v1/changes/?after={latest}"
        hook.refresh_from_db()
        assert (hook.told_to, hook.in_hand_to, hook.claim) == (latest, None, None)
        assert hook.succeeded_at is not None

    def test_a_line_is_the_document_of_the_api(self, server, client, settings):
        settings.SITE_ADDRESS = "http://testserver"
        register(server)
        make_event(slug="visit")

        send_due()

        (message,) = told(server)
        assert (
            message["data"]["changes"]
            == client.get("/api/v1/changes/", {"after": message["data"]["after"]}).json()["results"]
        )

    def test_nothing_new_is_not_told(self, server):
        register(server)

        assert (send_due(), server.posts) == (Report(), [])

    def test_one_that_asked_for_a_resource_is_told_of_that_alone(self, server):
        hook = register(server, resources="missions")
        make_event(slug="visit")
        quiet = send_due()
        make_mission(slug="embassy")
        make_event(slug="later")

        send_due()

        assert quiet == Report()
        (message,) = told(server)
        assert keys(message) == ["embassy"]
        hook.refresh_from_db()
        assert hook.told_to == workflow.content_revision() == message["data"]["to"]

    def test_many_changes_come_in_order_and_each_once(self, server, monkeypatch):
        monkeypatch.setattr(webhooks, "CHANGES_TOGETHER", 2)
        hook = register(server)
        for number in range(5):
            make_event(slug=f"visit-{number}")

        assert send_due() == Report(sent=3)

        assert [keys(message) for message in told(server)] == [
            ["visit-0", "visit-1"],
            ["visit-2", "visit-3"],
            ["visit-4"],
        ]
        places = [(message["data"]["after"], message["data"]["to"]) for message in told(server)]
        assert [after for after, _to in places[1:]] == [to for _after, to in places[:-1]]
        assert len({post.headers["webhook-id"] for post in server.posts}) == 3
        assert all(is_signed(post, hook.secret) for post in server.posts)

    def test_what_another_sender_has_in_hand_is_left_to_it(self, server):
        register(server)
        make_event()
        Webhook.objects.update(claimed_until=timezone.now() + timedelta(minutes=5))

        assert send_due() == Report()
        Webhook.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
        assert send_due() == Report(sent=1)


class TestFailing:
    @pytest.mark.parametrize("page", [500, 404, (302, "/elsewhere"), "hang up", "nonsense"])
    def test_it_is_tried_again_as_the_same_message(self, page, server):
        server.pages |= {HOOK: page, "/elsewhere": 204}
        hook = register(server)
        make_event(slug="first")

        failed, too_early = send_due(), send_due()
        make_event(slug="second")
        server.pages[HOOK] = 204
        time_goes_by()
        sent = send_due()

        assert (failed, too_early, sent) == (Report(failed=1), Report(), Report(sent=2))
        assert [request.path for request in server.requests] == [HOOK] * 3
        first, again, new = server.posts
        assert (first.body, first.headers["webhook-id"]) == (again.body, again.headers["webhook-id"])
        assert again.headers["webhook-id"] != new.headers["webhook-id"]
        assert [keys(message) for message in told(server)[1:]] == [["first"], ["second"]]
        hook.refresh_from_db()
        assert (hook.failures, hook.last_failure, hook.retry_at) == (0, "", None)

    def test_one_that_does_not_answer_in_time_is_given_up(self, server, monkeypatch):
        monkeypatch.setattr(outward, "SECONDS", 0.2)
        server.pages[HOOK] = "silent"
        hook = register(server)
        make_event()

        assert send_due() == Report(failed=1)
        hook.refresh_from_db()
        assert "did not answer within" in hook.last_failure

    def test_no_more_than_a_few_kilobytes_of_an_answer_are_read(self, server):
        server.pages[HOOK] = "endless"
        register(server)
        make_event()

        assert send_due() == Report(sent=1)

    def test_pauses_grow_until_it_is_switched_off(self, server):
        server.pages[HOOK] = 503
        hook = register(server)
        make_event()
        pauses = []
        for _try in range(MOST_FAILURES):
            time_goes_by()
            send_due()
            hook.refresh_from_db()
            pauses.append(round((hook.retry_at - timezone.now()).total_seconds() / 60))

        assert pauses[:5] == [1, 2, 4, 8, 16]
        assert pauses == sorted(pauses)
        assert pauses[-1] == 12 * 60
        assert (hook.is_active, hook.failures) == (False, MOST_FAILURES)
        assert hook.switched_off_at is not None
        time_goes_by()
        assert send_due() == Report()

    def test_one_that_says_it_is_gone_is_switched_off_at_once(self, server):
        server.pages[HOOK] = 410
        register(server)
        make_event()

        assert send_due() == Report(failed=1, switched_off=1)

    def test_one_that_fails_keeps_no_other_from_being_told(self, server):
        server.pages["/broken"] = 500
        Webhook.objects.create(name="Broken", address=server.address("/broken"))
        register(server)
        make_event()

        assert send_due() == Report(sent=1, failed=1)


class TestAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "https://127.0.0.1/hook",
            "https://[::1]/hook",
            "https://10.1.2.3/hook",
            "https://169.254.169.254/latest/",
            "https://0x7f.1/hook",
            "https://user:secret@hooks.example/",
            "https://8.8.8.8:8443/hook",
            "http://hooks.example/",
            "ftp://hooks.example/",
        ],
    )
    def test_what_may_not_be_told_is_refused_in_the_form(self, address, settings):
        settings.WEBHOOKS_OVER_HTTP = False

        with pytest.raises(ValidationError) as refusal:
            Webhook(name="A desk", address=address).full_clean()

        assert set(refusal.value.message_dict) == {"address"}

    @pytest.mark.parametrize("host", ["inside.example", "127.0.0.1", "nobody.example"])
    def test_nothing_is_sent_to_a_number_of_our_own_network(self, host, server):
        """The name may have been public when it was registered."""
        hook = register(server)
        Webhook.objects.update(address=f"http://{host}/hook")
        make_event()

        assert send_due() == Report(failed=1)
        assert server.requests == []
        hook.refresh_from_db()
        assert hook.last_failure

    def test_nothing_is_sent_over_http_where_that_is_not_allowed(self, server, settings):
        register(server)
        make_event()
        settings.WEBHOOKS_OVER_HTTP = False

        assert send_due() == Report(failed=1)
        assert server.requests == []

    def test_a_resource_that_there_is_not_is_refused_with_the_nearest(self):
        hook = Webhook(name="A desk", address="https://hooks.example/", resources="Events, mission")

        with pytest.raises(ValidationError) as refusal:
            hook.full_clean()
        hook.resources = "Events, events,missions"
        hook.full_clean()

        assert "missions" in refusal.value.message_dict["resources"][0]
        assert hook.resources == "events, missions"


class TestCommand:
    def test_says_what_it_did(self, server, capsys):
        register(server)
        make_event()

        call_command("send_webhooks")

        assert capsys.readouterr().out.startswith("1 messages sent, 0 failed")

    def test_sends_nothing_without_the_address_of_the_site(self, server, settings):
        register(server)
        make_event()
        settings.SITE_ADDRESS = ""

        with pytest.raises(CommandError, match="SITE_ADDRESS"):
            call_command("send_webhooks")
        assert server.posts == []


class TestAdmin:
    def test_an_administrator_registers_one_and_is_shown_its_secret(self):
        desk = browser_of(make_user("administrator"))
        form = FilledForm(desk, "/admin/delivery/webhook/add/")

        answer = form.send(name="A desk", address="https://hooks.example/", resources="events")

        assert answer.status_code == 302
        hook = Webhook.objects.get()
        assert (hook.is_active, hook.resources) == (True, "events")
        page = desk.get(f"/admin/delivery/webhook/{hook.pk}/change/").content.decode()
        assert hook.secret in page
        assert desk.get("/admin/delivery/webhook/", {"q": "desk", "is_active__exact": "1"}).status_code == 200

    def test_one_that_was_switched_off_begins_anew_where_it_stood(self):
        hook = Webhook.objects.create(
            name="A desk",
            address="https://hooks.example/",
            is_active=False,
            told_to=3,
            failures=20,
            last_failure="It answered 500.",
            switched_off_at=timezone.now(),
        )
        desk = browser_of(make_user("administrator"))

        FilledForm(desk, f"/admin/delivery/webhook/{hook.pk}/change/").send(is_active="on")

        hook.refresh_from_db()
        assert (hook.is_active, hook.failures, hook.last_failure, hook.switched_off_at) == (True, 0, "", None)
        assert hook.told_to == 3

    @pytest.mark.parametrize("role", ["contributor", "editor"])
    def test_others_see_none(self, role):
        hook = Webhook.objects.create(name="A desk", address="https://hooks.example/")
        desk = browser_of(make_user(role))

        assert desk.get("/admin/delivery/webhook/").status_code == 403
        assert desk.get(f"/admin/delivery/webhook/{hook.pk}/change/").status_code == 403
