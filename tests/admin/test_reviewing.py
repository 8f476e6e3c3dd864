"""What a reviewer sees before deciding: each change with its sources, names for keys, and the ways to other records."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diplomacy.models import Agreement
from events.models import Event
from kzafrica.editorial import proposals
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.workshop.reviewing import Review
from tests.admin import address_of, take, words_of
from tests.factories import (
    make_agreement,
    make_citation,
    make_claim,
    make_country,
    make_event,
    make_mission,
    make_person,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(source):
    return make_event(
        title="Visit",
        slug="visit",
        venue="Palace",
        participations=[{"country": make_country("COD")}],
        citations=[{"source": source, "field": "venue", "locator": "page 2"}, {"source": make_source(title="Gazette")}],
    )


def proposed(record, by, **fields):
    return proposals.propose(record, content_of(record) | fields, by=by)


def rows_of(page) -> list[str]:
    """The rows of the table of changes, in words."""
    table = re.search(r'<table class="proposal".*?<tbody>(.*?)</tbody>', page.content.decode(), re.DOTALL)[1]
    rows = (re.sub(r"<[^>]+>", " ", row) for row in table.split("<tr>")[1:])
    return [re.sub(r"\s+", " ", html.unescape(row)).strip() for row in rows]


class TestTheSourcesOfAChange:
    def test_of_its_field_and_of_the_whole_are_shown_and_can_be_opened(self, event, contributor, reviewing, source):
        page = reviewing.get(address_of("change", proposed(event, contributor, venue="Akorda")))

        (row,) = rows_of(page)
        decree = "Astana Times: Decree 17 – place in the source: page 2"
        assert row == f"venue Palace Akorda {decree} Astana Times: Gazette – the whole record"
        assert f'href="{address_of("change", source)}">Astana Times: Decree 17</a>' in page.content.decode()

    def test_those_that_come_with_the_change_are_marked(self, event, contributor, reviewing):
        make_source(title="Herald", slug="herald")
        citations = [*content_of(event)["citations"], {"source": "herald", "field": "venue"}]

        page = reviewing.get(address_of("change", proposed(event, contributor, venue="Akorda", citations=citations)))

        changed, added = rows_of(page)
        assert "Herald added" in changed and "Gazette – the whole record" in changed
        assert added == "source – source: Astana Times: Herald; field: venue –"

    def test_a_field_that_no_source_supports_says_so(self, contributor, reviewing, source):
        event = make_event(venue="Palace", citations=[{"source": source, "field": "date"}])

        page = reviewing.get(address_of("change", proposed(event, contributor, venue="Akorda")))

        assert rows_of(page) == ["venue Palace Akorda –"]

    def test_of_a_part_are_its_own_or_those_of_its_record(self, contributor, reviewing, source):
        milestones = [{"kind": "opened", "date": "2014"}, {"kind": "decree", "date": "2013"}]
        mission = make_mission(milestones=milestones, citations=[{"source": make_source(title="Gazette")}])
        make_citation(mission.milestones.get(kind="decree"), source, field="date")
        rows = content_of(mission)["milestones"]
        changed = [row | {"date": "2015"} for row in rows]

        page = reviewing.get(address_of("change", proposed(mission, contributor, milestones=changed)))

        opened, decree = sorted(rows_of(page), reverse=True)
        assert "Opened – date 2014 2015" in opened and "Gazette" in opened
        assert "2013 2015 Astana Times: Decree 17" in decree and "Gazette" not in decree


class TestWords:
    def test_other_records_are_called_by_their_names_drafts_too(self, event, contributor, reviewing):
        make_person(name="Tete Antonio", slug="tete", status=Status.DRAFT)
        rows = [{"country": "COD", "person": "tete"}]

        page = reviewing.get(address_of("change", proposed(event, contributor, participations=rows)))

        assert "Tete Antonio" in " ".join(rows_of(page))
        assert "tete" not in " ".join(rows_of(page))

    def test_all_is_in_the_language_of_the_reviewer(self, event, contributor, reviewing, source):
        make_country("KEN")
        rows = [{"country": "KEN", "citations": [{"source": source.slug, "field": "country"}]}]
        address = address_of("change", proposed(event, contributor, venue="Akorda", participations=rows))

        page = reviewing.get(address, headers={"accept-language": "ru"})

        words = " ".join(rows_of(page))
        assert "вся запись" in words and "ссылки на источники" in words
        assert "citations" not in words and "whole record" not in words

    def test_more_changes_cost_no_more_queries(self, event):
        def cost(codes: tuple[str, ...]) -> int:
            sources = [make_source(slug=f"s-{len(codes)}-{code.lower()}").slug for code in codes]
            parts = [{"country": make_country(code).alpha3} for code in codes]
            old = content_of(event)
            new = old | {"participations": parts, "citations": [{"source": slug} for slug in sources]}
            with CaptureQueriesContext(connection) as queries:
                told = Review(Event, [old, new]).changes_with_sources(old, new)
            assert len(told) > len(codes)
            return len(queries)

        assert cost(("KEN", "ETH")) == cost(("KEN", "ETH", "UGA", "GHA", "BEN", "TGO", "NGA"))


class TestWaysOut:
    def test_a_step_leads_to_the_record_its_preview_and_its_sources(self, reviewing, source):
        draft = make_event(title="Visit", status=Status.IN_REVIEW, citations=[{"source": source, "field": "date"}])

        page = reviewing.get(address_of("step", draft, "publish")).content.decode()

        assert f'href="{address_of("change", draft)}">The record</a>' in page
        assert re.search(r'href="/preview/[^"]+" target="_blank">Preview</a>', page)
        assert f'href="{address_of("change", source)}">Astana Times: Decree 17</a>' in page
        assert re.search(r'<textarea name="note"[^>]* autofocus', page)

    def test_a_step_names_what_a_source_is_cited_for_in_the_language_of_the_editor(self, reviewing, source):
        draft = make_event(status=Status.IN_REVIEW, citations=[{"source": source, "field": "date"}])

        page = reviewing.get(address_of("step", draft, "publish"), headers={"accept-language": "ru"})

        assert "Decree 17 – дата" in words_of(page)

    def test_a_refusal_leads_to_the_records_it_names(self, reviewing, contributor, source):
        hidden = make_event(title="Hidden talks", status=Status.DRAFT)
        agreement = make_agreement(signed_at=hidden, status=Status.IN_REVIEW, citations=[{"source": source}])
        Agreement.objects.update(submitted_by=contributor)

        page = take(reviewing, "publish", agreement)

        assert "names records that are not public yet: Hidden talks" in words_of(page)
        assert f'href="{address_of("change", hidden)}">Hidden talks</a>' in page.content.decode()

    def test_a_withdrawal_leads_to_the_records_in_its_way(self, reviewing):
        event = make_event(title="Talks")
        agreement = make_agreement(title="On visas", signed_at=event)

        page = take(reviewing, "withdraw", event, "Never held.")

        assert f'href="{address_of("change", agreement)}">On visas</a>' in page.content.decode()

    @pytest.mark.parametrize("by", ["page", "list"])
    def test_a_record_that_is_not_deleted_leads_to_those_that_name_it(self, reviewing, by):
        event = make_event(title="Talks <of 2025>", slug="talks", status=Status.DRAFT)
        claim = make_claim(text="The <b> talks.", subjects=["event/talks"], status=Status.DRAFT)
        sent = {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"}
        address = address_of("delete", event) if by == "page" else address_of("changelist", Event)

        page = reviewing.post(address, sent, follow=True).content.decode()

        assert "“Talks &lt;of 2025&gt;” is named by others" in page
        assert f'<a href="{address_of("change", claim)}">The &lt;b&gt; talks.</a>' in page

    def test_a_proposal_leads_to_its_record_and_to_the_records_in_its_way(self, contributor, reviewing):
        hidden, agreement = make_event(title="Hidden talks", slug="hidden", status=Status.DRAFT), make_agreement()
        address = address_of("change", proposed(agreement, contributor, signed_at="hidden"))

        page = reviewing.get(address)
        refused = reviewing.post(address, {"apply": "1"}).content.decode()

        assert f'href="{address_of("change", agreement)}">The record</a>' in page.content.decode()
        assert f'<a href="{address_of("change", hidden)}">Hidden talks</a>' in refused
