"""A new record of a file that may be there already under another key."""

import pytest

from events.models import Event
from tests.admin import address_of, words_of
from tests.exchange import exported, send
from tests.factories import make_country, make_event

pytestmark = pytest.mark.django_db


def test_it_is_told_with_what_it_may_be_and_can_be_imported(writing):
    countries = [{"country": make_country("COD")}, {"country": make_country("KAZ")}]
    event = make_event(slug="kinshasa", date="2025-09-10", kind="meeting", participations=countries)
    file = exported(Event, "csv").replace(b"kinshasa,", b"kinshassa,")

    page = send(writing, Event, file)

    assert "New records that may be there already: 1." in words_of(page)
    assert "There is a record that may be the same:" in words_of(page)
    assert address_of("change", Event, event.pk) in page.content.decode()
    assert page.context["to_import"] == 1


def test_of_what_is_like_no_other_nothing_is_told(writing):
    make_event(slug="kinshasa", date="2025-09-10", kind="meeting", participations=[{"country": make_country("COD")}])
    file = exported(Event, "csv").replace(b"kinshasa,", b"lubumbashi,").replace(b"2025-09-10", b"2024-02-03")

    assert "may be there already" not in words_of(send(writing, Event, file))
