"""How e-mails end: by one click, by a page, by an administrator; and that nothing is kept then."""

import pytest
from django.core import mail
from django.test import Client

from kzafrica.delivery.models import News, Subscription, WatchedList, WatchedRecord
from tests.admin import browser_of
from tests.alerts.readers import READER, next_mails, path_in, subscribe
from tests.factories import make_event, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def message():
    """A mail to the reader about events; the reader has another subscription, and so has somebody else."""
    make_event(title="Old visit")
    subscribe("/subscribe/?list=awards")
    subscribe("/subscribe/?list=events", email="other@example.org")
    subscribe("/subscribe/?list=events")
    make_event(title="Visit")
    return next(message for message in next_mails() if message.to == [READER])


def kept() -> list[tuple[str, str]]:
    return sorted(Subscription.objects.values_list("email", "watched__list_name"))


class TestOneClick:
    def test_a_mail_program_ends_it_without_cookie_login_or_redirect(self, message):
        program = Client(enforce_csrf_checks=True)
        address = path_in(message, "end")

        answers = [program.post(address, {"List-Unsubscribe": "One-Click"}) for _time in range(2)]

        assert [answer.status_code for answer in answers] == [200, 200]
        assert not answers[0].cookies
        assert kept() == [("other@example.org", "events"), (READER, "awards")]

    def test_by_whichever_type_of_content(self, message):
        answer = Client().post(
            path_in(message, "end"), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )

        assert answer.status_code == 200 and len(kept()) == 2

    def test_following_the_link_ends_nothing(self, client, message):
        for _visit in range(2):
            assert "End these e-mails?" in client.get(path_in(message, "end")).content.decode()

        assert len(kept()) == 3

    def test_the_page_says_when_it_has_ended(self, client, message):
        client.post(path_in(message, "end"))

        assert "have ended" in client.get(path_in(message, "end")).content.decode()
        assert "have ended" in client.get(path_in(message, "manage")).content.decode()

    def test_nothing_comes_any_more(self, client, message):
        client.post(path_in(message, "end"))
        make_event(title="Talks")

        assert [sent.to for sent in next_mails()] == [["other@example.org"]]


class TestManaging:
    def test_shows_what_the_address_has_and_not_the_address(self, client, message):
        page = client.get(path_in(message, "manage")).content.decode()

        assert "r…@e….org" in page and READER not in page
        assert "Awards" in page and page.count('<form method="post"') == 3

    def test_changes_how_often(self, client, message):
        chosen = Subscription.objects.get(email=READER, watched__list_name="awards")

        answer = client.post(path_in(message, "manage"), {"subscription": chosen.pk, "frequency": "weekly"})

        assert "Done." in answer.content.decode()
        assert Subscription.objects.get(frequency="weekly") == chosen

    def test_lets_a_paused_one_go_on(self, client, message):
        chosen = Subscription.objects.get(email=READER, watched__list_name="events")
        Subscription.objects.update(paused_at=chosen.asked_at, refusals=3)
        assert "Paused" in client.get(path_in(message, "manage")).content.decode()

        client.post(path_in(message, "manage"), {"subscription": chosen.pk, "frequency": "daily"})
        make_event(title="Talks")

        assert [sent.to for sent in next_mails()] == [[READER]]

    def test_ends_one_of_them(self, client, message):
        chosen = Subscription.objects.get(email=READER, watched__list_name="awards")

        client.post(path_in(message, "manage"), {"subscription": chosen.pk, "end": "1"})

        assert kept() == [("other@example.org", "events"), (READER, "events")]

    def test_reaches_nothing_of_anybody_else(self, client, message):
        other = Subscription.objects.get(email="other@example.org")

        codes = [
            client.post(path_in(message, "manage"), {"subscription": number, **button}).status_code
            for number in (other.pk, "x", "")
            for button in ({"end": "1"}, {"frequency": "weekly"})
        ]

        assert codes == [409] * 6
        assert len(kept()) == 3 and not Subscription.objects.filter(frequency="weekly").exists()

    def test_refuses_what_is_no_frequency(self, client, message):
        chosen = Subscription.objects.get(email=READER, watched__list_name="awards")

        answer = client.post(path_in(message, "manage"), {"subscription": chosen.pk, "frequency": "hourly"})

        assert answer.status_code == 400 and "Choose how often" in answer.content.decode()

    def test_deletes_everything_about_the_address_at_once(self, client, message):
        Subscription.objects.filter(watched__list_name="awards").update(email=READER.upper())

        client.post(path_in(message, "manage"), {"delete_all": "1"})

        assert kept() == [("other@example.org", "events")]
        assert not WatchedList.objects.filter(list_name="awards").exists()

    def test_with_the_last_subscriber_goes_all_that_was_kept_of_the_list(self, client, message):
        client.post(path_in(message, "manage"), {"delete_all": "1"})
        other = next(sent for sent in mail.outbox if sent.to == ["other@example.org"])

        client.post(path_in(other, "end"))

        assert not any(model.objects.exists() for model in (Subscription, WatchedList, WatchedRecord, News))


class TestDesk:
    LISTS, SUBSCRIPTIONS = "/admin/delivery/watchedlist/", "/admin/delivery/subscription/"

    def test_editors_see_how_many_and_not_who(self, message, reviewing, writing):
        page = reviewing.get(self.LISTS).content.decode()

        assert "Events" in page and "example.org" not in page
        assert reviewing.get(self.SUBSCRIPTIONS).status_code == 403
        assert writing.get(self.LISTS).status_code == writing.get(self.SUBSCRIPTIONS).status_code == 403

    def test_administrators_delete_without_reading_addresses(self, message):
        desk = browser_of(make_user("administrator"))
        chosen = Subscription.objects.get(email=READER, watched__list_name="events")
        pages = [self.SUBSCRIPTIONS, f"{self.SUBSCRIPTIONS}?q={READER}", f"{self.SUBSCRIPTIONS}{chosen.pk}/change/"]
        pages += [f"{self.SUBSCRIPTIONS}{chosen.pk}/delete/"]

        texts = [desk.get(page).content.decode() for page in pages]

        assert all("r…@e….org" in text and ">reader@example.org" not in text for text in texts)
        assert "o…@e….org" not in texts[1]
        desk.post(pages[-1], {"post": "yes"})
        assert kept() == [("other@example.org", "events"), (READER, "awards")]

    def test_part_of_an_address_finds_nobody(self, message):
        desk = browser_of(make_user("administrator"))

        assert "r…@e….org" not in desk.get(f"{self.SUBSCRIPTIONS}?q=reader").content.decode()


def test_the_privacy_page_says_what_is_kept(text_of):
    assert "Who asks for e-mail alerts gives an address." in text_of("/privacy/")
