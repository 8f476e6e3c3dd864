"""Asking for e-mails about a list: from the list, with its filters, confirmed by whoever owns the address."""

import html
import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from kzafrica.alerts import LISTS
from kzafrica.delivery import links, subscribing
from kzafrica.delivery.lists import Filtered, alert_lists
from kzafrica.delivery.models import Subscription, WatchedList
from tests.alerts.readers import READER, fill_in, next_mails, path_in, subscribe
from tests.factories import make_country, make_event, make_person, make_relation

pytestmark = pytest.mark.django_db

EVENTS = "/subscribe/?list=events"


def link_on(client, page: str) -> str:
    found = re.findall(r'href="(/(?:\w\w/)?subscribe/\?list=[^"]*)"', client.get(page).content.decode())
    assert len(found) == 1, found
    return html.unescape(found[0])


class TestLink:
    @pytest.mark.parametrize(
        "alert_list", [each for each in LISTS if each.argument is None], ids=lambda each: each.name
    )
    def test_stands_on_every_list_and_leads_to_a_form_about_it(self, client, alert_list):
        answer = client.get(link_on(client, alert_list.page_address({})))

        assert answer.status_code == 200
        assert answer.context["filtered"].list is alert_list

    def test_carries_the_filters_of_the_page_in_one_spelling(self, client):
        make_country("KEN")

        link = link_on(client, "/events/?year=2025&country=ken&ordering=-date&page=1&utm_source=letter&kind=")

        assert link == "/subscribe/?list=events&country=KEN&year=2025"
        assert client.get(link).context["asked"] == ["Year: 2025", "Country: Kenya"]

    def test_is_missing_where_the_filters_cannot_be_read(self, client):
        assert "/subscribe/?list=" not in client.get("/events/?country=XYZ").content.decode()

    def test_keeps_the_language_of_the_page(self, client):
        assert link_on(client, "/ru/events/").startswith("/ru/subscribe/")

    @pytest.mark.parametrize("page", ["/countries/cod/", "/countries/cod/time/?strand=relation"])
    def test_of_a_pair_is_about_everything_of_the_two(self, client, page):
        make_relation(first=make_country("KAZ"), second=make_country("COD"))

        assert link_on(client, page) == "/subscribe/?list=pair&country=COD"


class TestForm:
    def test_without_a_list_names_all_of_them(self, client):
        page = client.get("/subscribe/").content.decode()

        assert all(f"?list={each.name}" in page for each in LISTS if each.argument is None)

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("list=evnts", "Did you mean “events”?"),
            ("list=events&contry=KEN", "There is no parameter “contry”. Did you mean “country”?"),
            ("list=events&kind=state_vist", "Did you mean “state_visit”?"),
            ("list=events&q=" + "x" * 700, "too long for an e-mail alert"),
            ("list=pair", "country"),
            ("country=KEN", "There is no parameter “country”."),
            ("list=", "There is no list “”."),
        ],
    )
    def test_what_it_cannot_read_is_refused_in_words(self, client, query, sentence):
        answer = client.get(f"/subscribe/?{query}")

        assert answer.status_code == 400
        assert sentence in html.unescape(answer.content.decode())

    @pytest.mark.parametrize("typed", ["", "reader", "a@example.org\nBcc: b@example.org"])
    def test_an_address_we_cannot_write_to_is_refused_beside_its_field(self, client, typed):
        answer = fill_in(client, EVENTS, email=typed)
        page = answer.content.decode()

        assert answer.status_code == 400
        assert 'aria-invalid="true"' in page and "id_email_error" in page
        assert not mail.outbox and not Subscription.objects.exists()

    def test_an_odd_address_is_written_to_as_servers_spell_it(self, client):
        assert fill_in(client, EVENTS, email="a@Пример.рф").status_code == 302
        assert mail.outbox[0].to == ["a@xn--e1afmkfd.xn--p1ai"]

    def test_a_form_without_its_mark_or_of_another_list_has_to_be_sent_again(self, client):
        mark = re.search(r'name="mark" value="([^"]+)"', client.get("/subscribe/?list=awards").content.decode())[1]
        filled = {"email": READER, "frequency": "daily"}

        assert client.post(EVENTS, filled).status_code == 400
        assert client.post(EVENTS, filled | {"mark": mark}).status_code == 400
        assert not mail.outbox

    def test_a_program_that_fills_in_every_field_betrays_itself(self, client):
        assert fill_in(client, EVENTS, website="x").status_code == 400
        assert fill_in(client, EVENTS, frequency="hourly").status_code == 400
        assert not mail.outbox

    def test_so_many_forms_are_taken_from_one_connection(self, client, settings):
        settings.SUBSCRIBE_RATE = "2/hour"

        codes = [fill_in(client, EVENTS, email=f"reader{n}@example.org").status_code for n in range(3)]

        assert codes == [302, 302, 429]

    def test_sets_no_cookie(self, client):
        assert not fill_in(client, EVENTS).cookies


class TestMailThatAsks:
    def test_says_what_is_asked_for_in_the_language_of_the_page(self, client):
        make_country("KEN")

        fill_in(client, "/ru/subscribe/?list=events&country=KEN", frequency="weekly")

        (message,) = mail.outbox
        assert "События" in message.body and "Страна: Kenya" in message.body
        assert "/ru/subscribe/confirm/" in message.body
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_does_not_carry_words_that_a_stranger_typed(self, client):
        fill_in(client, f"{EVENTS}&q=buy+at+evil.example+now")

        (message,) = mail.outbox
        assert "evil" not in message.body + message.subject + message.alternatives[0].content

    def test_comes_once_in_an_hour_however_often_the_form_is_sent(self, client):
        for _time in range(3):
            assert fill_in(client, EVENTS).status_code == 302

        assert len(mail.outbox) == 1

    def test_comes_so_often_to_one_address_however_many_lists_are_asked_for(self, client, settings):
        settings.SUBSCRIBE_MAIL_RATE = "2/day"

        for name in ("events", "awards", "missions"):
            assert fill_in(client, f"/subscribe/?list={name}", email="Reader@example.org").status_code == 302

        assert len(mail.outbox) == 2

    def test_that_cannot_be_sent_can_be_asked_for_again(self, client, settings):
        settings.EMAIL_BACKEND = "tests.alerts.servers.Refusing"
        assert fill_in(client, EVENTS).status_code == 503

        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert fill_in(client, EVENTS).status_code == 302

        assert len(mail.outbox) == 1

    def test_an_address_that_is_subscribed_gets_the_same_answer_and_another_mail(self, client):
        unknown = fill_in(client, EVENTS, email="other@example.org")
        subscribe()
        Subscription.objects.update(asked_at=timezone.now() - timedelta(hours=2))
        mail.outbox.clear()

        known = fill_in(client, EVENTS, email=READER.upper(), frequency="weekly")

        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        assert "You get them already" in mail.outbox[0].body
        assert Subscription.objects.confirmed().get().frequency == "daily"


class TestConfirming:
    @pytest.fixture
    def asked(self, client):
        fill_in(client, EVENTS)
        return path_in(mail.outbox.pop(), "confirm")

    def test_takes_the_button_since_programs_follow_links(self, client, asked):
        for _visit in range(2):
            assert "Do you want these e-mails?" in client.get(asked).content.decode()
            assert client.head(asked).status_code == 200
        assert not Subscription.objects.confirmed().exists()

        answer = client.post(asked)

        assert "You will be told" in answer.content.decode()
        assert Subscription.objects.confirmed().count() == 1

    def test_needs_no_cookie_or_mark_of_django(self, asked):
        assert Client(enforce_csrf_checks=True).post(asked).status_code == 200

    def test_may_be_done_twice(self, client, asked):
        client.post(asked)
        told_to = Subscription.objects.get().confirmed_at

        assert client.post(asked).status_code == client.get(asked).status_code == 200
        assert Subscription.objects.get().confirmed_at == told_to

    def test_ends_after_three_days(self, client, asked, monkeypatch):
        later = timezone.now().timestamp() + 3 * 86400 + 60
        monkeypatch.setattr(signing.time, "time", lambda: later)

        assert client.get(asked).status_code == client.post(asked).status_code == 410
        assert not Subscription.objects.confirmed().exists()

    def test_a_mark_that_is_not_ours_leads_nowhere(self, client, asked):
        mark = asked.split("/")[-2]
        wrong = [mark[:-1] + ("A" if mark[-1] != "A" else "B"), "1", "x.y.z", "1." + mark.split(".", 1)[1] + "x"]

        assert [client.get(f"/subscribe/confirm/{each}/").status_code for each in wrong] == [404] * 4
        # One for another purpose is not ours here.
        assert client.post(f"/subscribe/end/{mark}/").status_code == 404
        assert client.post(f"/subscribe/manage/{mark}/").status_code == 404

    def test_pages_are_kept_by_no_cache_and_by_no_search_engine(self, client, asked):
        answer = client.get(asked)

        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer.content.decode()
        assert "/report/" not in answer.content.decode()

    def test_nothing_comes_before_it(self, client, asked):
        make_event(title="Visit")

        assert next_mails() == []

    def test_what_nobody_confirms_is_forgotten(self, client, asked):
        Subscription.objects.update(asked_at=timezone.now() - subscribing.FORGET_AFTER - timedelta(minutes=1))

        next_mails()

        assert not Subscription.objects.exists() and not WatchedList.objects.exists()
        assert client.post(asked).status_code == 404


class TestRegistry:
    @pytest.mark.parametrize("alert_list", LISTS, ids=lambda each: each.name)
    def test_no_filter_is_called_like_the_parameter_that_names_the_list(self, alert_list):
        assert "list" not in alert_list.filterset_class.base_filters

    @pytest.mark.parametrize("alert_list", LISTS, ids=lambda each: each.name)
    def test_a_kept_list_is_read_back_as_it_was(self, alert_list):
        make_country("KEN")
        filters = {"country": "KEN"} if "country" in alert_list.filterset_class.base_filters else {}
        watched = WatchedList(list_name=alert_list.name, query="&".join(f"{k}={v}" for k, v in filters.items()))

        filtered = Filtered.of(watched)

        assert (filtered.filters, filtered.query) == (filters, watched.query)
        assert all(queryset.count() == 0 for queryset in filtered.records())

    def test_names_are_given_once(self):
        assert len(alert_lists()) == len(LISTS)

    def test_a_filter_that_means_nothing_any_more_stops_its_mails_and_is_named(self, capsys):
        person = make_person(slug="ooni", name="The Ooni")
        subscribe("/subscribe/?list=events&person=ooni")
        type(person).objects.update(slug="other")
        make_event(title="Visit")

        assert next_mails() == []
        assert "ooni" in WatchedList.objects.get().unreadable

        type(person).objects.update(slug="ooni")
        make_event(title="Talks", participations=[{"person": person}])
        assert len(next_mails()) == 1


def test_the_address_of_the_site_is_that_of_the_settings(settings):
    settings.SITE_ADDRESS = "https://kz-africa.example/"
    assert links.absolute("/events/") == "https://kz-africa.example/events/"

    settings.SITE_ADDRESS, settings.HTTPS, settings.ALLOWED_HOSTS = "", True, ["*", ".kz-africa.example"]
    assert links.absolute("/events/") == "https://kz-africa.example/events/"
