"""What the mails tell: what happened to records of the list since the mail before, and nothing that is not public."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail

from kzafrica.delivery import telling
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.merging import merged_content, propose_merge
from kzafrica.editorial.proposals import apply_proposal
from tests.alerts.readers import READER, change, groups_of, next_mails, path_in, publish, subscribe, withdraw
from tests.factories import (
    make_agreement,
    make_article,
    make_country,
    make_event,
    make_figure,
    make_initiative,
    make_mission,
    make_person,
    make_relation,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def told() -> dict[str, list[str]]:
    """The groups of the one mail of the next turn; nothing where none comes."""
    mails = next_mails()
    assert len(mails) <= 1
    return groups_of(mails[0]) if mails else {}


class TestNews:
    def test_what_was_there_before_is_no_news(self):
        make_event(title="Old visit")
        subscribe()

        assert told() == {}

    def test_a_record_is_new_once_it_is_public(self):
        subscribe()
        draft = make_event(title="Visit", status=Status.DRAFT)
        assert told() == {}

        publish(draft)

        assert told() == {"New": ["Visit"]}
        assert told() == {}

    def test_a_change_is_told_with_where_to_read_it(self):
        event = make_event(slug="visit", title="Visit")
        subscribe()
        change(event, venue="Palace")

        (message,) = next_mails()

        assert groups_of(message) == {"Changed": ["Visit"]}
        assert "/history/event/visit/" in message.body
        assert "10 September 2025" in message.body
        assert "/events/visit/" in message.body

    def test_a_correction_is_told_with_its_reason(self):
        event = make_event(title="Visit")
        subscribe()
        change(event, reason="It was in the palace.", venue="Palace")

        (message,) = next_mails()

        assert groups_of(message) == {"Corrected": ["Visit"]}
        assert "It was in the palace." in message.body

    def test_a_correction_of_before_is_not_told_again(self):
        event = make_event(title="Visit")
        subscribe()
        change(event, reason="It was in the palace.", venue="Palace")
        told()
        change(event, venue="House")

        assert told() == {"Changed": ["Visit"]}

    def test_a_withdrawn_record_is_told_under_the_name_that_readers_knew(self):
        event = make_event(title="Visit")
        subscribe()
        withdraw(event)
        type(event).objects.update(title_en="Secret visit")

        (message,) = next_mails()

        assert groups_of(message) == {"Withdrawn": ["Visit"]}
        assert "Secret" not in message.body + message.alternatives[0].content

    def test_what_came_and_went_within_one_turn_is_not_told(self):
        subscribe()
        withdraw(make_event(title="Visit"))

        assert told() == {}

    def test_what_went_and_came_back_has_changed(self):
        event = make_event(title="Visit")
        subscribe()
        withdraw(event)
        publish(event)

        assert told() == {"Changed": ["Visit"]}

    def test_a_record_that_ceases_to_fit_has_left_the_list(self):
        event = make_event(title="Visit", kind="meeting")
        subscribe("/subscribe/?list=events&kind=meeting")
        change(event, kind="summit")

        assert told() == {"No longer in this list": ["Visit"]}

        change(event, venue="Palace")
        assert told() == {}

        change(event, kind="meeting")
        assert told() == {"New": ["Visit"]}

    def test_other_records_of_the_kind_are_not_told(self):
        subscribe("/subscribe/?list=events&kind=meeting")
        change(make_event(title="Summit", kind="summit"), venue="Palace")
        make_event(title="Talks", kind="meeting")

        assert told() == {"New": ["Talks"]}

    def test_a_record_that_was_renamed_is_the_same(self):
        event = make_event(slug="visit", title="Visit")
        subscribe()
        change(event, slug="visit-to-astana")

        (message,) = next_mails()

        assert groups_of(message) == {"Changed": ["Visit"]}
        assert "/events/visit-to-astana/" in message.body

    def test_a_record_that_was_merged_leads_to_the_one_that_was_kept(self, client):
        kept, absorbed = make_event(slug="kept", title="Visit"), make_event(slug="double", title="Trip")
        subscribe()
        proposal = propose_merge(
            kept, absorbed, merged_content(kept, absorbed), by=workflow.system_user(), note="One visit"
        )
        apply_proposal(proposal, by=make_user("editor"))

        (message,) = next_mails()

        assert groups_of(message)["Merged with another record"] == ["Trip"]
        assert client.get("/events/double/").url == "/events/kept/"
        assert "/events/double/" in message.body

    def test_a_record_withdrawn_between_look_and_mail_is_left_to_the_next(self, monkeypatch):
        subscribe()
        event = make_event(title="Visit")
        digest_of = telling.digest_of
        monkeypatch.setattr("kzafrica.delivery.sending.digest_of", lambda *of: withdraw(event) or digest_of(*of))

        assert told() == {}

        monkeypatch.undo()
        assert "Visit" not in str(told().get("New"))

    def test_more_than_a_mail_has_room_for_are_counted(self, monkeypatch):
        monkeypatch.setattr(telling, "MOST_TOLD", 3)
        subscribe()
        for number in range(5):
            make_event(title=f"Visit {number}")

        (message,) = next_mails()

        assert len(groups_of(message)["New"]) == 3
        assert "And 2 more, in the list itself." in message.body
        assert message.subject == "KZ-Africa: 5 changes: Events"


class TestLists:
    @pytest.mark.parametrize(
        ("name", "make", "title"),
        [
            (
                "agreements",
                lambda: make_agreement(title="Memo", stages=[{"kind": "signed", "date": "2025-09"}]),
                "Memo",
            ),
            ("missions", lambda: make_mission(title="Embassy"), "Embassy"),
            ("figures", lambda: make_figure(title="Turnover"), "Turnover"),
            ("sources", lambda: make_source(title="Decree"), "Decree"),
            ("articles", lambda: make_article(title="Essay"), "Essay"),
            ("people", lambda: make_person(name="The Ooni"), "The Ooni"),
            ("relations", lambda: make_relation(second=make_country("COD")), None),
        ],
    )
    def test_of_every_kind_tell_what_is_new(self, name, make, title):
        make_country("KAZ")
        make_source(slug="a-newspaper", title="A newspaper")
        subscribe(f"/subscribe/?list={name}")
        record = make()

        assert title or str(record) in told()["New"]

    def test_of_corrections_tell_each_of_them(self, client):
        event = make_event(slug="visit", title="Visit")
        subscribe("/subscribe/?list=corrections")
        change(event, reason="It was in the palace.", venue="Palace")

        (message,) = next_mails()

        assert groups_of(message) == {"New": ["Visit: It was in the palace."]}
        (address,) = re.findall(r"http://[^/\s]+(/history/\S+)", message.body)
        assert client.get(address).status_code == 200

    def test_of_promises_tell_when_one_is_kept(self):
        initiative = make_initiative(title="A plant", stages=[{"kind": "raised", "date": "2025"}])
        subscribe("/subscribe/?list=promises")
        make_event(title="Talks", outcomes=[{"kind": "commitment", "text": "To come back"}])
        stages = [{"kind": "raised", "date": "2025"}, {"kind": "delivered", "date": "2026"}]
        change(initiative, stages=stages)

        assert told() == {"New": ["Talks"], "No longer in this list": ["A plant"]}

    def test_of_a_pair_tell_of_every_strand(self):
        kazakhstan, congo = make_country("KAZ"), make_country("COD")
        subscribe("/subscribe/?list=pair&country=COD")
        make_event(title="Visit", participations=[{"country": congo}])
        make_mission(title="Embassy", sending=kazakhstan, receiving=congo)
        make_event(title="Elsewhere", participations=[{"country": make_country("KEN")}])

        assert sorted(told()["New"]) == ["Embassy", "Visit"]


class TestForm:
    @pytest.fixture
    def message(self):
        subscribe("/ru/subscribe/?list=events")
        make_event(slug="visit", title="Visit <b>& co", title_ru="Визит", citations=True)
        (message,) = next_mails()
        return message

    def test_headers_let_a_mail_program_end_it_with_one_click(self, message, client):
        parsed = message_from_bytes(message.message().as_bytes(), policy=default)

        assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = parsed["List-Unsubscribe"].strip(" <>")
        assert address.startswith("http") and path_in(message, "end") in address
        assert parsed["List-Id"].endswith(">") and ".alerts." in parsed["List-Id"]
        assert parsed["Auto-Submitted"] == "auto-generated"
        assert parsed["To"] == READER
        assert parsed["Message-ID"].startswith("<alert-")

    def test_it_speaks_the_language_of_the_page_it_was_asked_for_on(self, message):
        assert "Визит" in message.body
        assert "События" in message.subject
        assert "/ru/events/visit/" in message.body

    def test_it_loads_nothing_and_marks_nothing(self, message):
        page = message.alternatives[0].content

        assert not re.search(r"<img|<link|<script|<style|\ssrc=|url\(|@import", page)
        links = re.findall(r'href="([^"]+)"', page)
        assert links and all("?" not in link and link.startswith("http://testserver:8000/ru/") for link in links)

    def test_its_page_escapes_what_editors_write(self):
        subscribe()
        make_event(title="Visit <b>& co")

        page = next_mails()[0].alternatives[0].content

        assert "Visit &lt;b&gt;&amp; co" in page

    def test_every_link_of_it_is_there(self, message, client):
        paths = set(re.findall(r"http://testserver:8000(/\S+)", message.body))

        assert len(paths) == 4
        assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)

    def test_a_subject_is_one_line_of_bearable_length(self):
        subscribe("/subscribe/?list=events&q=" + "+".join(["palace"] * 60))
        make_event(title=" ".join(["palace"] * 20))

        (message,) = next_mails()

        assert len(message.subject) <= 150 and "\n" not in message.subject


def test_nobody_is_told_of_what_others_follow():
    subscribe("/subscribe/?list=events", email="one@example.org")
    subscribe("/subscribe/?list=awards", email="two@example.org")
    make_event(title="Visit")

    assert [message.to for message in next_mails()] == [["one@example.org"]]
    assert mail.outbox[-1].bcc == mail.outbox[-1].cc == []
