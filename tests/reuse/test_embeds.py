import re

import pytest

from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Change
from tests.factories import make_bloc, make_country, make_event, make_figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(contributor, editor):
    """An event that went the whole way, and so has a version."""
    event = make_event(title="First title", status=Status.DRAFT, date="2025-05")
    workflow.submit(event, by=contributor)
    workflow.publish(event, by=editor)
    return event


def policy(answer) -> str:
    return re.search(r"frame-ancestors ([^;]+)", answer["Content-Security-Policy"])[1]


def test_any_site_may_frame_a_card_and_nothing_else(client):
    event = make_event()

    card, page = client.get(f"{event.get_absolute_url()}embed/"), client.get(event.get_absolute_url())

    assert policy(card) == "*"
    assert "X-Frame-Options" not in card
    # A 304 would bring the strict policy of all other pages with it.
    assert "ETag" not in card
    assert policy(page) == "'none'"
    assert page["X-Frame-Options"] == "DENY"


def test_a_card_is_light_and_needs_no_script(client):
    event = make_event(title="X" * 200, summary="Y " * 5000)

    card = client.get(f"{event.get_absolute_url()}embed/").content.decode()

    assert len(card) < 25_000
    assert "<script" not in card
    assert f'<a href="http://testserver{event.get_absolute_url()}" target="_top">' in card
    assert "CC BY 4.0" in card


def test_a_frozen_card_stays_and_one_that_follows_changes(client, event, text_of):
    number = Change.objects.get(record_key=event.slug).number
    event.title_en = "Second title"
    event.save()

    follows = text_of(f"{event.get_absolute_url()}embed/")
    frozen = text_of(f"{event.get_absolute_url()}embed/?version={number}")

    assert "Second title" in follows
    assert "First title" in frozen
    assert "Second title" not in frozen
    assert "May 2025" in frozen


@pytest.mark.parametrize("version", ["0", "x", "999999", "٣", "9" * 30])
def test_a_version_that_does_not_exist_is_refused_in_words(text_of, event, version):
    said = text_of(f"{event.get_absolute_url()}embed/?version={version}", status=400)

    assert "is no version of this record" in said


def test_the_page_offers_both_codes_as_text(client, event):
    page = client.get(event.get_absolute_url()).content.decode()

    assert f"&lt;iframe src=&quot;http://testserver{event.get_absolute_url()}embed/&quot;" in page
    assert "embed/?version=" in page


class TestChart:
    @pytest.fixture
    def address(self):
        home, africa = make_country("KAZ"), make_bloc("002", kind="continent", name="Africa")
        for year in ("2023", "2024"):
            make_figure(
                measure="turnover",
                subject=f"country/{home.alpha3}",
                counterpart=f"bloc/{africa.code}",
                period=year,
                value="700",
                unit="USD",
                printed="$700",
                is_headline=True,
            )
        return "/trade/charts/africa/stated-turnover/embed/"

    def test_is_a_picture_with_its_description(self, client, address):
        answer = client.get(address)

        assert policy(answer) == "*"
        assert len(answer.content) < 25_000
        assert re.search(
            r'<img class="embed-chart" src="/trade/charts/africa/stated-turnover.svg" alt="[^"]{20,}">',
            answer.content.decode(),
        )

    @pytest.mark.parametrize("query", ["as_of=2025-01-01", "version=3"])
    def test_says_that_it_cannot_be_frozen_and_what_can(self, text_of, address, query):
        assert "One that stays as it is can be had as SVG or PNG." in text_of(f"{address}?{query}", status=400)

    def test_is_offered_beside_the_files_of_the_chart(self, client, address):
        assert f"http://testserver{address}" in client.get("/trade/").content.decode()
