"""Whoever brings something before readers holds the content first and records then: two of them never wait for ever."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kzafrica.editorial import merging, proposals, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ContentRevision
from tests.factories import make_event, make_user

pytestmark = pytest.mark.django_db


def changed(event) -> dict:
    return content_of(event) | {"venue": "Senate"}


def merged(by, status: str) -> tuple:
    kept, absorbed = make_event(slug="kept", status=status), make_event(slug="absorbed", status=status)
    content = merging.merged_content(kept, absorbed)
    if status == Status.DRAFT:
        return merging.merge, (kept, absorbed, content)
    return proposals.apply_proposal, (merging.propose_merge(kept, absorbed, content, by=by),)


STEPS = {
    "publish": lambda by: (workflow.publish, (make_event(status=Status.IN_REVIEW),)),
    "withdraw": lambda by: (workflow.withdraw, (make_event(),)),
    "apply": lambda by: (
        proposals.apply_proposal,
        (proposals.propose(event := make_event(), changed(event), by=by),),
    ),
    "correct at once": lambda by: (proposals.correct_at_once, (event := make_event(), changed(event))),
    "merge drafts": lambda by: merged(by, Status.DRAFT),
    "merge by proposal": lambda by: merged(by, Status.PUBLISHED),
}


@pytest.mark.parametrize("step", STEPS)
def test_the_content_is_held_before_any_record(step, contributor):
    take, about = STEPS[step](contributor)
    said = {"reason": "Wrong"} if step == "correct at once" else {"note": "Because"}

    with CaptureQueriesContext(connection) as queries:
        take(*about, by=make_user("administrator"), **said)

    held = [query["sql"] for query in queries if "FROM" in query["sql"]]
    content = next(place for place, sql in enumerate(held) if f'FROM "{ContentRevision._meta.db_table}"' in sql)
    records = [place for place, sql in enumerate(held) if 'FROM "events_event" WHERE "events_event"."id" =' in sql]
    assert content < records[0]
