"""The workshop speaks the language that an editor chooses; pages for readers keep that of their address."""

import contextlib
import re
from datetime import date

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import trans_real

from events.models import Event
from kzafrica.editorial.choices import Status
from kzafrica.editorial.roles import EDITED_APPS
from tests.admin import address_of, words_of
from tests.factories import make_event, make_mission, make_user

pytestmark = pytest.mark.django_db
OUR_MODELS = [model for app in EDITED_APPS for model in apps.get_app_config(app).get_models()]


def choose(client, language: str, back_to: str = "/admin/"):
    return client.post(reverse("admin:language"), {"language": language, "next": back_to})


def language_of(answer) -> str:
    return re.search(r'<html lang="(\w+)"', answer.content.decode())[1]


class TestChoosing:
    @pytest.mark.parametrize("language", ["en", "kk", "ru", "fr"])
    def test_the_workshop_speaks_it_from_then_on(self, writing, language):
        answer = choose(writing, language, "/admin/events/event/")

        assert answer.status_code == 302
        assert answer.url == "/admin/events/event/"
        assert language_of(writing.get("/admin/")) == language

    def test_it_is_kept_over_signing_in(self, client):
        make_user("contributor", "aigerim", password="a long password of hers")
        choose(client, "ru", "/admin/login/")

        client.post("/admin/login/?next=/admin/", {"username": "aigerim", "password": "a long password of hers"})

        assert language_of(client.get("/admin/")) == "ru"

    def test_without_a_choice_the_browser_is_asked(self, writing):
        assert language_of(writing.get("/admin/", headers={"Accept-Language": "fr-BE, en;q=0.5"})) == "fr"
        assert language_of(writing.get("/admin/", headers={"Accept-Language": "de"})) == "en"

    @pytest.mark.parametrize("choice", ["xx", "", "ru" * 600, "../etc", "\u00e9"])
    def test_a_choice_that_is_none_does_no_harm(self, writing, choice):
        choose(writing, choice)
        writing.cookies["django_language"] = choice.encode("ascii", "ignore").decode()

        assert language_of(writing.get("/admin/")) == "en"

    def test_it_leads_nowhere_else(self, writing):
        assert choose(writing, "ru", "https://example.org/").url == "/ru/"

    def test_it_needs_the_safety_mark(self):
        assert choose(Client(enforce_csrf_checks=True), "ru").status_code == 403

    def test_the_menu_marks_the_present_one_and_stands_on_the_page_for_signing_in(self, client):
        page = client.get("/admin/login/").content.decode()

        assert re.findall(r'value="(\w\w)" lang="\w\w" title="[^"]+"( aria-current="true")?>', page) == [
            ("en", ' aria-current="true"'),
            ("kk", ""),
            ("ru", ""),
            ("fr", ""),
        ]


class TestPagesForReaders:
    @pytest.mark.parametrize("address", ["/", "/events/", "/api/v1/events/"])
    def test_do_not_know_of_the_choice(self, client, address):
        before = client.get(address)
        client.cookies["django_language"] = "ru"

        after = client.get(address)

        assert after["ETag"] == before["ETag"]
        assert after["Content-Language"] == before["Content-Language"] == "en"
        assert "Cookie" not in after.get("Vary", "")
        assert not after.cookies

    def test_never_get_the_cookie(self, client):
        answer = choose(client, "ru")

        assert answer.cookies["django_language"]["path"] == "/admin/"
        assert answer.cookies["django_language"]["httponly"]

    def test_the_api_still_follows_what_the_program_asks_for(self, client):
        client.cookies["django_language"] = "kk"

        assert client.get("/api/v1/events/", headers={"Accept-Language": "ru"})["Content-Language"] == "ru"


@pytest.fixture
def fake_catalogue(monkeypatch):
    """Russian with a few words of the workshop, as a translator may write them."""
    words = {
        "venue": "здание",
        "title": "название",
        "Event": "Событие",
        "Events": "События",
        "Participations": "Участия",
        "Russian": "на русском",
        "citations": "ссылки",
    }
    catalogue = trans_real.translation("ru")._catalog
    for word, translated in words.items():
        monkeypatch.setitem(catalogue._catalogs[0], word, translated)
    with translation.override("ru"):
        yield


class TestLabels:
    @pytest.fixture
    def in_russian(self, writing, fake_catalogue):
        writing.cookies["django_language"] = "ru"
        return writing

    def test_of_fields_follow_the_language(self, in_russian):
        page = words_of(in_russian.get(address_of("add", Event)))

        assert "Здание:" in page
        assert "Название (на русском):" in page

    def test_of_rows_and_titles_follow_it(self, in_russian):
        event = make_event(status="draft")

        page = words_of(in_russian.get(address_of("change", event)))

        assert "Участия" in page
        assert "Ссылки" in page
        assert "события" in page.lower()

    def test_of_the_index_and_the_list_follow_it(self, in_russian):
        assert "События" in words_of(in_russian.get("/admin/"))
        assert "событие" in words_of(in_russian.get(address_of("changelist", Event))).lower()

    def test_in_english_are_as_ever(self, writing):
        page = words_of(writing.get(address_of("add", Event)))

        assert "Add event" in page
        assert "Venue:" in page
        assert "Title (Kazakh):" in page

    @pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
    def test_every_word_on_a_form_can_be_translated(self, model):
        if not admin.site.is_registered(model):
            return
        request = RequestFactory().get("/")
        request.user = make_user("editor", is_superuser=True)
        names = admin.site.get_model_admin(model).get_form(request).base_fields

        unmarked = []
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            if field.name in names and not isinstance(field.verbose_name, Promise):
                unmarked.append(field.name)
            if field.help_text and not isinstance(field.help_text, Promise):
                unmarked.append(f"help text of {field.name}")

        assert unmarked == []
        assert isinstance(model._meta.verbose_name_plural, Promise)


class TestDays:
    @pytest.mark.parametrize("language", ["en", "kk", "ru", "fr"])
    def test_are_written_alike_in_every_form(self, writing, language):
        mission = make_mission(status=Status.DRAFT, last_checked_on=date(2026, 3, 5))
        choose(writing, language)

        page = writing.get(address_of("change", mission)).content.decode()

        assert re.search(r'name="last_checked_on" value="([^"]*)"', page)[1] == "2026-03-05"

    @pytest.mark.parametrize("written", ["2026-03-05", "05.03.2026", "05/03/2026", "25/03/2026", "03/25/2026"])
    def test_are_never_read_as_two(self, written):
        read = set()
        for language in ("en", "kk", "ru", "fr"):
            with translation.override(language), contextlib.suppress(ValidationError):
                read.add(forms.DateField().clean(written))

        assert len(read) <= 1
