"""A request that comes twice is written once, also when both come at the same moment."""

import json
import sqlite3
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from events.models import Event
from kzafrica.delivery.models import ApiKey
from kzafrica.editorial.models import ProposedChange
from kzafrica.writing import once
from kzafrica.writing.models import Contribution, KeptAnswer
from tests.factories import make_event

pytestmark = pytest.mark.django_db

DRAFT = "drafts/events/"


def test_the_same_request_gets_the_same_answer_and_writes_nothing_more(send, visit):
    first = send(DRAFT, visit, once="a-1")
    again = send(DRAFT, json.dumps(visit, indent=2, sort_keys=True), once='"a-1"')

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first["Location"] == again["Location"] == first.json()["url"]
    assert (first.has_header("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (False, "true")
    assert (Event.objects.count(), Contribution.objects.count()) == (1, 1)


def test_the_answer_stays_what_it_was_though_the_draft_moves_on(send, visit):
    first = send(DRAFT, visit, once="a-1")
    send("drafts/events/visit-of-a-minister/", {"venue": "Akorda"}, method="patch")

    assert send(DRAFT, visit, once="a-1").json() == first.json()


def test_another_document_or_address_under_the_same_name_is_refused(send, faults, visit):
    send(DRAFT, visit, once="a-1")

    for answer in (send(DRAFT, visit | {"venue": "Akorda"}, once="a-1"), send("drafts/awards/", visit, once="a-1")):
        assert "came with another request" in faults(answer, 422)[""]
    assert Event.objects.count() == 1


def test_each_key_has_names_of_its_own(send, visit, key_of, other_contributor):
    send(DRAFT, visit, once="a-1")
    other = send(
        DRAFT, visit | {"keep_beside": ["event/visit-of-a-minister"]}, once="a-1", by=key_of(other_contributor)
    )

    assert other.status_code == 201
    assert Event.objects.count() == 2


def test_a_refusal_is_not_kept_so_that_a_mended_document_may_come(send, visit):
    assert send(DRAFT, visit | {"kind": "visitt"}, once="a-1").status_code == 400
    assert KeptAnswer.objects.count() == 0

    assert send(DRAFT, visit, once="a-1").status_code == 201


def test_a_proposal_is_made_once(send, paper):
    event = make_event(slug="visit")

    answers = [send("proposals/events/visit/", {"venue": "Akorda"}, once="a-1") for _time in range(3)]

    assert [answer.status_code for answer in answers] == [201] * 3
    assert ProposedChange.objects.filter(object_id=event.pk).count() == 1


def test_while_the_first_is_being_written_the_second_is_told_to_wait(send, faults, visit, monkeypatch):
    answers = []
    make = once._finish

    def meanwhile(*parts):
        monkeypatch.setattr(once, "_finish", make)
        answers.append(send(DRAFT, visit, once="a-1"))
        make(*parts)

    monkeypatch.setattr(once, "_finish", meanwhile)
    first = send(DRAFT, visit, once="a-1")

    assert first.status_code == 201
    assert "is being answered at this moment" in faults(answers[0], 409)[""]
    assert answers[0]["Retry-After"] == "5"
    assert Event.objects.count() == 1


def test_what_a_request_began_that_died_is_finished_by_the_next(send, faults, visit, monkeypatch):
    send(DRAFT, visit, once="a-1")
    Event.objects.all().delete()
    claimed = {"code": None, "claim": "0" * 32, "claimed_until": timezone.now() + timedelta(seconds=60)}
    KeptAnswer.objects.update(**claimed)
    assert send(DRAFT, visit, once="a-1").status_code == 409

    KeptAnswer.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))

    assert send(DRAFT, visit, once="a-1").status_code == 201
    assert Event.objects.count() == 1


def test_one_who_lost_the_claim_writes_nothing(send, faults, visit, monkeypatch):
    finish = once._finish

    def too_late(kept, answer):
        KeptAnswer.objects.update(claim="0" * 32)
        finish(kept, answer)

    monkeypatch.setattr(once, "_finish", too_late)

    assert send(DRAFT, visit, once="a-1").status_code == 409
    assert (Event.objects.count(), Contribution.objects.count()) == (0, 0)


def test_an_answer_is_kept_for_two_days_and_then_forgotten(send, visit, capsys):
    send(DRAFT, visit, once="a-1")
    send("drafts/sources/", {"id": "other", "title": "a", "kind": "news", "publisher": "b", "language": "en"}, once="b")
    KeptAnswer.objects.filter(name="a-1").update(begun_at=timezone.now() - once.KEPT_FOR - timedelta(hours=1))

    call_command("forget_answers")

    assert [kept.name for kept in KeptAnswer.objects.all()] == ["b"]
    assert capsys.readouterr().out == "1 kept answer deleted.\n"


def test_an_old_answer_is_not_given_any_more_though_nobody_has_deleted_it(send, visit):
    send(DRAFT, visit, once="a-1")
    KeptAnswer.objects.update(begun_at=timezone.now() - once.KEPT_FOR - timedelta(seconds=1))

    anew = send(DRAFT, visit | {"keep_beside": ["event/visit-of-a-minister"]}, once="a-1")

    assert (anew.status_code, anew.json()["record"]) == (201, "event/visit-of-a-minister-2")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one connection")
@pytest.mark.django_db(transaction=True)
def test_of_many_requests_at_the_same_moment_one_writes(visit, token):
    start, answers = Barrier(6), []

    def ask():
        start.wait()
        headers = {"Idempotency-Key": "a-1", "Authorization": f"Bearer {token}"}
        answer = Client().post(f"/api/v1/{DRAFT}", visit, content_type="application/json", headers=headers)
        answers.append((answer.status_code, answer.content if answer.status_code == 201 else b""))
        connection.close()

    threads = [Thread(target=ask) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    written = {answer for answer in answers if answer[0] == 201}
    assert {status for status, _content in answers} <= {201, 409}
    assert len(written) == 1
    assert (Event.objects.count(), Contribution.objects.count(), KeptAnswer.objects.count()) == (1, 1, 1)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one connection")
@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_one_address_at_the_same_moment_one_gets_it(visit, token):
    start, codes = Barrier(6), []

    def ask(number: int):
        start.wait()
        headers = {"Idempotency-Key": f"a-{number}", "Authorization": f"Bearer {token}"}
        said = visit | {"id": "visit", "title": f"Visit {number}", "date": f"20{number + 10}"}
        codes.append(
            Client().post(f"/api/v1/{DRAFT}", said, content_type="application/json", headers=headers).status_code
        )
        connection.close()

    threads = [Thread(target=ask, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert codes.count(201) == 1
    assert set(codes) <= {201, 400, 409}
    assert (Event.objects.count(), KeptAnswer.objects.count()) == (1, 1)


def test_while_others_hold_the_database_nothing_is_written(send, visit, faults, monkeypatch):
    def hold(*args, **options):
        cause = sqlite3.OperationalError("database is locked")
        cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError("database is locked") from cause

    monkeypatch.setattr("kzafrica.writing.views.make_draft", hold)

    answer = send(DRAFT, visit, once="a-1")

    assert "Someone else is writing" in faults(answer, 503)[""]
    assert (answer["Retry-After"], KeptAnswer.objects.count()) == ("10", 0)


def test_what_went_wrong_first_is_told_though_the_name_cannot_be_freed(contributor, key_of, monkeypatch):
    key_of(contributor)

    def fail():
        def gone(*args, **options):
            raise OperationalError("the connection is gone")

        monkeypatch.setattr(QuerySet, "delete", gone)
        raise KeyError("first")

    with pytest.raises(KeyError, match="first"):
        once.written_once(ApiKey.objects.get(), "a-1", "f", fail)
