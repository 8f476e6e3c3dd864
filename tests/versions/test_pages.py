"""Earlier versions of a record as readers see them: what stood there, what changed, and nothing they never saw."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kzafrica.editorial import merging, proposals, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Change
from kzafrica.editorial.publishable import PublishableModel
from tests.factories import MAKERS, make_country, make_event, make_record, make_source, make_theme, make_user
from tests.versions import change_public, happened, publish_again, withdraw

pytestmark = pytest.mark.django_db

HISTORY = "/history/event/visit/"
UNDER_WORKFLOW = [model for model in MAKERS if issubclass(model, PublishableModel)]


@pytest.fixture
def event(db):
    event = make_event(slug="visit", title="Visit", venue="Akorda", participations=[{"country": make_country("COD")}])
    happened(Change.objects.get(record_key="visit"), "2026-01-10 12:00")
    return event


def number_of(change_of) -> int:
    return Change.objects.filter(record_key=change_of.key).last().number


class TestHistory:
    def test_versions_stand_newest_first_with_what_changed(self, text_of, event):
        change_public(event, venue="Palace")
        change_public(event, venue="", date="2025-09-11")

        page = text_of(HISTORY)

        assert "3 versions" in page
        assert page.index("Venue Palace taken out") < page.index("Venue Akorda → is now Palace")
        assert page.index("Venue Akorda") < page.index("The first version.")
        assert "Date 10 September 2025 → is now 11 September 2025" in page

    def test_other_records_are_called_by_name(self, text_of, event):
        mining = make_theme("Mining of copper")
        change_public(event, themes=[mining.slug], host="COD")

        page = text_of(HISTORY)

        assert "Mining of copper added" in page
        assert f"Host {make_country('COD')} added" in page

    def test_a_name_that_two_records_share_comes_with_the_key(self, text_of, event):
        first, second = (make_theme("Mining", slug=slug) for slug in ("mining", "mining-again"))
        change_public(event, themes=[first.slug])
        change_public(event, themes=[second.slug])

        assert "Mining (mining) → is now Mining (mining-again)" in text_of(HISTORY)

    def test_a_correction_stands_with_its_reason(self, text_of, event):
        change_public(event, venue="Palace", reason="It was in the palace.", note="For the reviewer alone")

        page = text_of(HISTORY)

        assert "correction" in page
        assert "It was in the palace." in page
        assert "For the reviewer alone" not in page

    def test_a_change_without_a_second_person_is_marked(self, text_of, event):
        administrator = make_user("administrator")
        proposals.correct_at_once(event, content_of(event) | {"venue": "Palace"}, by=administrator, reason="Palace.")

        page = text_of(HISTORY)

        assert "urgent" in page
        assert "not reviewed" in page

    def test_nothing_says_who(self, client, event):
        change_public(event, venue="Palace")

        page = client.get(HISTORY).content.decode()

        assert not any(user.username in page for user in type(make_user()).objects.all())

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
    def test_what_was_never_public_has_none(self, client, status):
        make_event(slug="secret", status=status)

        assert client.get("/history/event/secret/").status_code == 404

    def test_steps_before_publishing_are_no_versions(self, text_of, contributor, editor):
        event = make_event(slug="visit", title="Visit", venue="Hut", status=Status.DRAFT)
        workflow.submit(event, by=contributor)
        workflow.return_to_draft(event, by=editor, note="Which venue?")
        with workflow.one_revision(by=contributor, note="Better", of=event):
            event.venue = "Akorda"
            event.save()
        workflow.submit(event, by=contributor)
        workflow.publish(event, by=editor)

        page = text_of(HISTORY)

        assert "1 version " in page
        assert "Hut" not in page

    def test_an_open_proposal_is_no_version(self, client, event, contributor):
        proposals.propose(event, content_of(event) | {"venue": "Secret place"}, by=contributor)

        assert "Secret place" not in client.get(HISTORY).content.decode()

    def test_a_withdrawn_record_says_that_it_was_withdrawn(self, client, event):
        withdraw(event)

        answer = client.get(HISTORY)

        assert answer.status_code == 410
        assert "Akorda" not in answer.content.decode()

    def test_what_comes_back_is_compared_with_what_readers_saw_last(self, text_of, event, contributor):
        withdraw(event)
        with workflow.one_revision(by=contributor, note="Better", of=event):
            event.refresh_from_db()
            event.venue = "Palace"
            event.save()
        publish_again(event)

        page = text_of(HISTORY)

        assert "2 versions" in page
        assert "Venue Akorda → is now Palace" in page

    def test_a_renamed_record_is_found_by_its_old_address(self, client, event):
        change_public(event, slug="state-visit")

        answer = client.get(HISTORY)

        assert (answer.status_code, answer["Location"]) == (301, "/history/event/state-visit/")
        assert "Address within the site" in client.get("/history/event/state-visit/").content.decode()

    def test_two_sources_that_came_with_one_record_are_told_apart(self, text_of):
        sources = [make_source(slug=name, title=f"{name} paper", status=Status.DRAFT) for name in ("first", "second")]
        make_event(citations=sources)

        page = text_of("/history/source/first/")

        assert "1 version " in page
        assert "Versions of “Astana Times: first paper”" in page

    @pytest.mark.parametrize("address", ["/history/event/nowhere/", "/history/evnt/visit/", "/history/theme/mining/"])
    def test_what_has_no_versions_is_not_found(self, client, event, address):
        make_theme("Mining")

        assert client.get(address).status_code == 404

    def test_an_unknown_parameter_is_refused(self, client, event):
        assert client.get(f"{HISTORY}?order=up").status_code == 400

    def test_many_versions_come_in_pages_and_stay_light(self, client, queries_of, event):
        for number in range(3):
            change_public(event, venue=f"Palace {number}")
        few = queries_of(HISTORY)
        for number in range(3, 25):
            change_public(event, venue=f"Palace {number}, " + "with a long name " * 7)

        page = client.get(f"{HISTORY}?page=2").content.decode()

        assert "The first version." in page
        assert "Venue" in page
        assert len(client.get(HISTORY).content) < 60_000
        assert queries_of(HISTORY) == few

    @pytest.mark.parametrize("model", UNDER_WORKFLOW)
    def test_every_kind_of_record_has_its_versions(self, client, model):
        record = make_record(model)

        page = client.get(record.get_absolute_url()).content.decode()
        history = re.search(r'href="(/history/[^"]+)"', page)[1]
        version = re.search(rf'href="({history}\d+/)"', client.get(history).content.decode())[1]

        assert client.get(version).status_code == 200


class TestVersion:
    def test_it_says_what_the_record_said(self, text_of, event):
        number = number_of(event)
        change_public(event, venue="Palace", participations=[])

        page = text_of(f"{HISTORY}{number}/")

        assert "Venue Akorda" in page
        assert f"Country {make_country('COD')}" in page
        assert "It has been changed since." in page
        assert "Palace" not in page

    def test_it_leads_to_its_neighbours(self, client, event):
        first = number_of(event)
        second = change_public(event, venue="Palace").number
        third = change_public(event, venue="Hall").number

        page = client.get(f"{HISTORY}{second}/").content.decode()

        assert f'rel="prev" href="{HISTORY}{first}/"' in page
        assert f'rel="next" href="{HISTORY}{third}/"' in page

    def test_sources_stand_in_words_with_what_they_state_instead(self, text_of):
        source = make_source(title="Late paper", publisher="Gazette")
        said = {"source": source, "field": "date", "stated": "2023-10~/2023-12~", "reason": "It was written later."}
        event = make_event(slug="visit", citations=[make_source(), said])

        page = text_of(f"{HISTORY}{number_of(event)}/")

        assert "Gazette: Late paper" in page
        assert "states instead: late 2023" in page

    def test_words_in_another_language_say_so(self, text_of, event):
        change = change_public(event, title_ru="Визит")

        assert "Title (Russian) Визит" in text_of(f"{HISTORY}{change.number}/")

    def test_html_is_shown_escaped(self, client, event):
        change = change_public(event, venue="<script>alert(1)</script>")

        page = client.get(f"{HISTORY}{change.number}/").content.decode()

        assert "<script>" not in page
        assert "&lt;script&gt;" in page

    def test_what_it_named_and_readers_may_not_see_any_more_keeps_its_key_alone(self, client, event):
        source = make_source(slug="old-paper", title="Secret paper")
        change_public(event, citations=[*content_of(event)["citations"], {"source": "old-paper"}])
        change = Change.objects.last()
        change_public(event, citations=content_of(event)["citations"][:1])
        withdraw(source)

        page = client.get(f"{HISTORY}{change.number}/").content.decode()

        assert "old-paper" in page
        assert "Secret paper" not in page

    def test_a_number_of_another_record_is_not_found(self, client, event):
        other = number_of(make_event())

        assert client.get(f"{HISTORY}{other}/").status_code == 404

    def test_its_address_outlives_a_merge(self, client, event):
        absorbed = make_event(slug="trip", title="Trip", venue="Hotel")
        number = number_of(absorbed)
        merged = merging.merged_content(event, absorbed)
        proposal = merging.propose_merge(event, absorbed, merged, by=make_user("contributor"))
        proposals.apply_proposal(proposal, by=make_user("editor"))

        answer = client.get(f"/history/event/trip/{number}/", follow=True)

        assert answer.redirect_chain == [(f"{HISTORY}{number}/", 301)]
        assert "Hotel" in answer.content.decode()

    def test_it_costs_the_same_for_a_record_with_many_parts(self, queries_of):
        def version_of(slug: str, parts: int) -> str:
            row = {"country": make_country("COD"), "citations": [{"source": make_source()}]}
            event = make_event(slug=slug, participations=[row] * parts)
            return f"/history/event/{slug}/{number_of(event)}/"

        assert queries_of(version_of("small", 1)) == queries_of(version_of("large", 9))


class TestAsOf:
    def test_a_day_shows_the_version_that_stood_at_its_end(self, text_of, event):
        happened(change_public(event, venue="Palace"), "2026-03-05 23:59")
        happened(change_public(event, venue="Hall"), "2026-03-06 00:00")

        before = text_of("/events/visit/?as_of=2026-03-04")
        day = text_of("/events/visit/?as_of=2026-03-05")
        after = text_of("/events/visit/?as_of=2026-03-06")

        assert "at the end of 4 March 2026" in before
        assert "Venue Akorda" in before
        assert "Venue Palace" in day
        assert "Venue Hall" in after
        assert "It has not been changed since." in after

    def test_it_leads_to_the_present_state_and_the_permanent_address(self, client, event):
        page = client.get("/events/visit/?as_of=2026-02-01").content.decode()

        assert 'href="/events/visit/"' in page
        assert f'rel="canonical" href="http://testserver{HISTORY}{number_of(event)}/"' in page

    def test_before_it_was_public_there_is_nothing(self, text_of, event):
        assert "“Visit” was not public yet on 9 January 2026." in text_of("/events/visit/?as_of=2026-01-09", 404)

    def test_while_it_was_withdrawn_it_is_gone(self, text_of, client, event):
        withdraw(event)
        happened(Change.objects.last(), "2026-02-01 10:00")
        publish_again(event)
        happened(Change.objects.last(), "2026-03-01 10:00")

        assert "withdrawn on 1 February 2026" in text_of("/events/visit/?as_of=2026-02-10", 410)
        assert client.get("/events/visit/?as_of=2026-01-31").status_code == 200
        assert client.get("/events/visit/?as_of=2026-03-01").status_code == 200

    def test_of_a_withdrawn_record_no_day_is_shown(self, client, event):
        withdraw(event)

        answer = client.get("/events/visit/?as_of=2026-01-20")

        assert answer.status_code == 410
        assert "Akorda" not in answer.content.decode()

    @pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "2026", "01.02.2026", "2026-01-01T10:00", "0000-00-00"])
    def test_what_is_no_day_gets_a_sentence(self, client, event, day):
        answer = client.get("/events/visit/", {"as_of": day})

        assert answer.status_code == 400
        assert "Write the day as YYYY-MM-DD" in answer.content.decode()

    def test_a_day_to_come_gets_a_sentence(self, client, event):
        tomorrow = timezone.localdate() + timedelta(days=1)

        answer = client.get("/events/visit/", {"as_of": tomorrow.isoformat()})

        assert answer.status_code == 400
        assert "has not come yet" in answer.content.decode()

    @pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01"])
    def test_the_first_days_of_the_calendar_break_nothing(self, client, event, day):
        assert client.get("/events/visit/", {"as_of": day}).status_code == 404

    def test_an_empty_day_is_no_question(self, client, event):
        assert client.get("/events/visit/?as_of=").context["evidence"] is not None

    def test_the_old_address_of_a_record_keeps_the_day(self, client, event):
        change_public(event, slug="state-visit")

        answer = client.get("/events/visit/?as_of=2026-02-01", follow=True)

        assert answer.redirect_chain == [("/events/state-visit/?as_of=2026-02-01", 301)]
        assert "Venue" in answer.content.decode()

    def test_a_draft_is_shown_on_no_day(self, client):
        make_event(slug="secret", status=Status.DRAFT)

        assert client.get("/events/secret/?as_of=2026-11-01").status_code == 404

    def test_reference_data_has_no_versions_and_says_so(self, client):
        make_theme("Mining")

        answer = client.get("/themes/mining/?as_of=2026-01-01")

        assert answer.status_code == 400
        assert "as_of" in answer.content.decode()

    def test_it_can_be_kept_by_a_cache(self, client, event):
        answer = client.get("/events/visit/?as_of=2026-02-01")

        assert answer.has_header("ETag")
        assert not answer.cookies

    def test_an_error_of_an_earlier_version_is_reported_with_its_address(self, client, event):
        page = client.get("/events/visit/?as_of=2026-02-01").content.decode()
        link = html.unescape(re.search(r'href="(/report/[^"]+)"', page)[1])

        seen = client.get(link).context["page"]

        assert (seen.address, seen.record) == ("/events/visit/?as_of=2026-02-01", event)
