"""The law of alerts: whatever happens between two mails, the second tells the difference, once, and of no draft."""

from dataclasses import dataclass

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzafrica.editorial.choices import Status
from kzafrica.editorial.workflow import system_user
from tests.alerts.readers import a_day_goes_by, change, groups_of, publish, send_alerts, subscribe, withdraw
from tests.factories import make_event
from tests.undoing import undone

pytestmark = pytest.mark.django_db

RECORDS = 3
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["publish", "change", "move", "withdraw", "draft", "daily", "weekly"]),
        st.integers(0, RECORDS - 1),
    ),
    max_size=12,
)


@dataclass
class Reader:
    """What one subscriber was told last: which records were in the list, and which have changed in public since."""

    email: str
    known: set
    changed: set

    def expects(self, in_list: set) -> dict[str, set]:
        """What the next mail has to tell, by what it comes to: new, changed or gone."""
        told = {
            "new": in_list - self.known,
            "changed": in_list & self.known & self.changed,
            "gone": self.known - in_list,
        }
        self.known, self.changed = set(in_list), set()
        return {kind: titles for kind, titles in told.items() if titles}


KINDS = {"New": "new", "Changed": "changed", "Withdrawn": "gone", "No longer in this list": "gone"}


def told_in(messages: list) -> dict[str, set]:
    told: dict[str, set] = {}
    assert len(messages) <= 1
    for message in messages:
        for heading, titles in groups_of(message).items():
            assert len(titles) == len(set(titles))
            told.setdefault(KINDS[heading], set()).update(titles)
    return told


@given(STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_mail_tells_what_is_new_changed_and_gone_since_the_one_before(db, steps):
    with undone():
        system_user()
        mail.outbox.clear()
        records = [make_event(title=f"Draft {n}", kind="meeting", status=Status.DRAFT) for n in range(RECORDS)]
        rows = {
            name: subscribe("/subscribe/?list=events&kind=meeting", email=f"{name}@example.org", frequency=name)
            for name in ("daily", "weekly")
        }
        readers = {name: Reader(row.email, set(), set()) for name, row in rows.items()}
        for name, number in [*steps, ("daily", 0), ("weekly", 0)]:
            record = records[number]
            if name in readers:
                in_list = {each.title for each in records if each.is_public and each.kind == "meeting"}
                a_day_goes_by(7, [rows[name]])
                rows[name].refresh_from_db()
                expected = readers[name].expects(in_list)
                messages = send_alerts("--due", name)
                assert told_in(messages) == expected
                assert not any("Draft" in part for each in messages for part in (each.body, each.subject))
                rows[name].refresh_from_db()
            elif step(name, record, number):
                for reader in readers.values():
                    reader.changed.add(record.title)


def step(name: str, record, number: int) -> bool:
    """Take the step if it is open to the record; whether readers see something changed by it."""
    if name == "publish" and not record.is_public:
        record.title = f"Visit {number}"
        record.save()
        publish(record)
        return True
    if name in ("change", "move") and record.is_public:
        moved = {"kind": "summit" if record.kind == "meeting" else "meeting"}
        change(record, **(moved if name == "move" else {"venue": f"{record.venue}x"}))
        return True
    if name == "withdraw" and record.is_public:
        withdraw(record)
        return False
    if name == "draft" and not record.is_public:
        # What editors write behind the scenes is nobody's news, also where readers once saw the record.
        type(record).objects.filter(pk=record.pk).update(title_en=f"Draft {number}", venue="Nobody knows")
        record.refresh_from_db()
    return False
