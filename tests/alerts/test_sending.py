"""When mails are sent, and what happens where they cannot be: nothing is lost, nobody waits for another."""

import smtplib
from datetime import date, timedelta
from threading import Thread

import pytest
from django.core import mail
from django.core.management import CommandError
from django.db import connection, connections
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kzafrica.delivery import sending
from kzafrica.delivery.checks import mail_of_a_real_site
from kzafrica.delivery.models import News, Subscription, WatchedList
from kzafrica.delivery.querysets import SubscriptionQuerySet
from kzafrica.delivery.sending import send_due
from tests.alerts.readers import a_day_goes_by, change, groups_of, next_mails, send_alerts, subscribe
from tests.alerts.servers import Planned, Server
from tests.factories import make_event

pytestmark = pytest.mark.django_db
BOTH = ["daily", "weekly"]


def refuse(code: int, address: str):
    def plan(message) -> None:
        if message.to == [address]:
            raise smtplib.SMTPRecipientsRefused({address: (code, b"no")})

    return plan


@pytest.fixture
def planned(settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.alerts.servers.Planned"

    def set_plan(plan) -> None:
        monkeypatch.setattr(Planned, "plan", staticmethod(plan))

    return set_plan


class TestTurns:
    def test_a_daily_one_comes_when_the_day_is_over(self):
        subscribe()
        make_event(title="Visit")
        assert send_alerts() == []

        a_day_goes_by()
        assert len(send_alerts()) == 1

        change(make_event(title="Talks"), venue="Palace")
        assert send_alerts() == []

    @pytest.mark.parametrize(
        ("served_on", "today", "is_due"),
        [
            ("2026-03-02", "2026-03-08", False),  # from a Monday to the Sunday after it
            ("2026-03-02", "2026-03-09", True),
            ("2026-03-08", "2026-03-09", True),
            ("2026-03-04", "2026-03-11", True),
            ("2026-03-09", "2026-03-09", False),
        ],
    )
    def test_a_weekly_one_comes_from_monday_on(self, served_on, today, is_due):
        subscribe(frequency="weekly")
        Subscription.objects.update(served_on=date.fromisoformat(served_on))

        due = Subscription.objects.having_their_turn(timezone.now(), date.fromisoformat(today), BOTH)

        assert due.exists() is is_due

    def test_the_command_sends_one_kind_alone_if_asked_to(self):
        subscribe(email="daily@example.org")
        subscribe(email="weekly@example.org", frequency="weekly")
        make_event(title="Visit")

        assert [message.to for message in next_mails("--due", "weekly")] == [["weekly@example.org"]]
        assert [message.to for message in send_alerts("--due", "daily")] == [["daily@example.org"]]

    def test_the_week_of_one_and_the_days_of_another_tell_the_same(self):
        daily = subscribe(email="daily@example.org")
        subscribe(email="weekly@example.org", frequency="weekly")
        first = make_event(title="Visit")
        a_day_goes_by(1, [daily])
        send_alerts("--due", "daily")
        change(first, venue="Palace")
        make_event(title="Talks")
        a_day_goes_by(1, [daily])
        (second,) = send_alerts("--due", "daily")

        (week,) = next_mails()

        assert groups_of(second) == {"New": ["Talks"], "Changed": ["Visit"]}
        assert groups_of(week) == {"New": ["Visit", "Talks"]}

    def test_news_that_everybody_was_told_are_not_kept(self):
        subscribe()
        make_event(title="Visit")
        next_mails()

        assert not News.objects.exists()

    def test_a_list_in_which_nothing_can_have_changed_is_not_read(self, monkeypatch):
        subscribe()
        monkeypatch.setattr("kzafrica.delivery.looking._places", lambda _filtered: pytest.fail("was read"))

        assert next_mails() == []


class TestFailure:
    def test_of_one_stops_no_other_and_is_tried_again(self, planned):
        for name in "abc":
            subscribe(email=f"{name}@example.org")
        make_event(title="Visit")
        planned(refuse(450, "b@example.org"))

        assert [message.to for message in next_mails()] == [["a@example.org"], ["c@example.org"]]
        assert send_alerts() == []

        planned(lambda message: None)
        (late,) = next_mails()
        assert (late.to, groups_of(late)) == (["b@example.org"], {"New": ["Visit"]})

    def test_the_pause_grows_to_a_day(self, planned):
        subscribe()
        planned(refuse(450, "reader@example.org"))
        pauses = []
        make_event(title="Visit")
        for _try in range(7):
            next_mails()
            waits = Subscription.objects.get().retry_at - timezone.now()
            pauses.append(round(waits.total_seconds() / 3600))

        assert pauses == [1, 2, 4, 8, 16, 24, 24]
        assert Subscription.objects.get().paused_at is None

    def test_final_refusals_pause_a_subscription(self, planned):
        subscribe()
        planned(refuse(550, "reader@example.org"))
        make_event(title="Visit")
        for _try in range(sending.REFUSALS_UNTIL_PAUSE):
            next_mails()

        assert Subscription.objects.get().paused_at
        planned(lambda message: None)
        assert next_mails() == []

    def test_that_our_sender_is_refused_is_no_fault_of_the_address(self):
        assert not sending.is_final(smtplib.SMTPSenderRefused(550, b"no", "us@example.org"))
        assert not sending.is_final(smtplib.SMTPDataError(451, b"later"))
        assert sending.is_final(smtplib.SMTPDataError(554, b"never"))

    def test_a_server_that_is_not_there_leaves_everything_due(self, settings):
        subscribe()
        make_event(title="Visit")
        a_day_goes_by()
        settings.EMAIL_BACKEND = "tests.alerts.servers.Unreachable"
        with pytest.raises(CommandError, match="cannot be reached"):
            send_alerts()

        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert len(send_alerts()) == 1

    def test_a_crash_between_sending_and_writing_down_sends_the_same_mail_again(self, monkeypatch):
        subscribe()
        make_event(title="Visit")
        a_day_goes_by()
        with monkeypatch.context() as crash:
            crash.setattr(SubscriptionQuerySet, "served", lambda *_args, **_fields: 1 / 0)
            crash.setattr(SubscriptionQuerySet, "update", keep_the_claim(SubscriptionQuerySet.update))
            with pytest.raises(ZeroDivisionError):
                send_alerts()
        # It is in the hands of the sender that is gone.
        assert send_alerts() == []
        make_event(title="Talks")
        Subscription.objects.update(claimed_until=timezone.now() - timedelta(minutes=1))

        (again,) = send_alerts()

        first = mail.outbox[-2]
        assert again.extra_headers["Message-ID"] == first.extra_headers["Message-ID"]
        assert groups_of(again) == groups_of(first) == {"New": ["Visit"]}
        (after,) = next_mails()
        assert groups_of(after) == {"New": ["Talks"]}

    def test_settings_that_send_nobody_anything_are_refused(self, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

        with pytest.raises(CommandError, match=r"EMAIL_FROM is not set.*SITE_ADDRESS is not set"):
            send_alerts()


def keep_the_claim(update):
    """A process that is gone gives nothing back."""

    def only_others(rows, **fields):
        return 0 if fields == {"claim": None, "claimed_until": None} else update(rows, **fields)

    return only_others


class TestTwoSenders:
    def test_what_one_has_in_hand_the_other_leaves_alone(self, planned):
        for name in "abc":
            subscribe(email=f"{name}@example.org")
        make_event(title="Visit")
        others = []
        planned(lambda message: others.append(send_due(BOTH).sent))

        assert len(next_mails()) == 3
        assert others == [0, 0, 0]

    def test_what_one_did_not_come_to_the_next_takes(self, monkeypatch):
        subscribe()
        make_event(title="Visit")
        with monkeypatch.context() as slow:
            slow.setattr(sending, "CLAIM", timedelta(0))
            slow.setattr(sending._Batch, "send", lambda *_args: None)
            slow.setattr(sending._Batch, "claimed", once(sending._Batch.claimed))
            assert next_mails() == []

        assert len(send_alerts()) == 1

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer")
    def test_at_the_same_moment_send_each_mail_once(self):
        for number in range(9):
            subscribe(email=f"reader{number}@example.org")
        make_event(title="Visit")
        a_day_goes_by()
        mail.outbox.clear()

        def send() -> None:
            send_due(BOTH)
            connections.close_all()

        senders = [Thread(target=send) for _sender in range(3)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()

        assert sorted(message.to[0] for message in mail.outbox) == sorted(
            f"reader{number}@example.org" for number in range(9)
        )


def once(claimed):
    batches = []

    def claim(frequencies):
        batches.append(claimed(frequencies) if not batches else None)
        return batches[-1]

    return claim


def test_a_real_server_gets_what_was_written(settings):
    with Server() as server:
        for name in ("a", "b", "gone", "z"):
            subscribe(email=f"{name}@example.org")
        make_event(title="Визит")
        server.answers["gone@example.org"] = "550 no such user"
        server.ends_after = {1}
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.DEFAULT_FROM_EMAIL, settings.SITE_ADDRESS = "record@kz-africa.example", "https://kz-africa.example"
        next_mails()

        took = [recipients for recipients, _message in server.mails]
        message = server.mails[0][1]

    assert took == [["a@example.org"], ["b@example.org"], ["z@example.org"]]
    assert message["From"] == "KZ-Africa <record@kz-africa.example>"
    assert message["List-Unsubscribe"].strip().startswith("<https://kz-africa.example/subscribe/end/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "KZ-Africa <events.alerts.kz-africa.example>"
    assert "Визит" in message.get_body(("plain",)).get_content()
    assert "Визит" in message.get_body(("html",)).get_content()
    assert Subscription.objects.get(email="gone@example.org").refusals == 1


def queries_for(subscriptions: int) -> int:
    watched = WatchedList.objects.get()
    Subscription.objects.exclude(email="reader@example.org").delete()
    Subscription.objects.bulk_create(
        Subscription(
            watched=watched,
            email=f"reader{number}@example.org",
            language=("en", "ru")[number % 2],
            frequency="daily",
            confirmed_at=timezone.now(),
            told_to=News.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
            served_on=timezone.localdate(),
        )
        for number in range(subscriptions - 1)
    )
    make_event(title="Visit")
    a_day_goes_by_at_once()
    with CaptureQueriesContext(connection) as queries:
        assert send_due(BOTH).sent == subscriptions
    return len(queries)


def a_day_goes_by_at_once() -> None:
    Subscription.objects.update(served_on=timezone.localdate() - timedelta(days=1), told_to=F("told_to"))


def test_fifty_subscriptions_cost_what_five_do_and_one_write_for_each_mail():
    subscribe()
    queries_for(5)

    few, many = queries_for(5), queries_for(50)

    assert many - few == 45


class TestSettings:
    REAL = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "DEFAULT_FROM_EMAIL": "record@kz-africa.example",
        "SITE_ADDRESS": "https://kz-africa.example",
        "HTTPS": True,
    }

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({}, None),
            ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "EMAIL_URL names no mail server"),
            ({"DEFAULT_FROM_EMAIL": "kzafrica@localhost"}, "EMAIL_FROM is not set"),
            ({"SITE_ADDRESS": ""}, "SITE_ADDRESS is not set"),
            ({"SITE_ADDRESS": "http://kz-africa.example"}, "does not begin with https://"),
        ],
    )
    def test_of_a_real_site_are_checked(self, settings, changed, sentence):
        for name, value in (self.REAL | changed).items():
            setattr(settings, name, value)

        found = [warning.msg for warning in mail_of_a_real_site(None)]

        assert len(found) == (0 if sentence is None else 1)
        assert sentence is None or sentence in found[0]
