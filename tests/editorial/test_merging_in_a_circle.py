"""Two records that become one bring no other one against its own rules."""

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from kzafrica.editorial import merging, proposals
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.reference.models import Person
from kzafrica.statements.models import Figure
from tests.factories import make_derived_figure, make_event, make_figure, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(contributor, editor):
    """Propose and apply the merge of two public records."""

    def merge(kept, absorbed, content=None):
        content = content or merging.merged_content(kept, absorbed)
        proposals.apply_proposal(merging.propose_merge(kept, absorbed, content, by=contributor), by=editor)

    return merge


def test_an_event_does_not_become_a_part_of_its_own_session(merged):
    absorbed = make_event(slug="absorbed")
    session = make_event(slug="session", title="Session", parent=absorbed)
    kept = make_event(slug="kept", parent=session)

    with pytest.raises(ValidationError, match=r"“Session” would name .* An event cannot be part of itself"):
        merged(kept, absorbed)

    session.refresh_from_db()
    assert session.parent == absorbed
    assert Event.objects.count() == 3


def test_a_figure_is_not_computed_from_itself_by_way_of_another(merged):
    growth = make_figure(measure="growth", base_measure="turnover", value="15.1", unit="percent", printed="15.1 %")
    absorbed = make_derived_figure([(make_figure(), "value"), (growth, "growth")], slug="absorbed", period="2020")
    between = make_derived_figure([(absorbed, "value"), (growth, "growth")], slug="between", period="2021")
    kept = make_derived_figure([(between, "value"), (growth, "growth")], slug="kept", period="2022")

    with pytest.raises(ValidationError, match="is itself computed from this figure"):
        merged(kept, absorbed, content_of(kept))

    assert between.inputs.get(role="value").figure == absorbed
    assert Figure.objects.filter(slug="absorbed").exists()


def test_nobody_acts_after_death_by_another_name(merged):
    kept, absorbed = make_person(slug="kept", died="1990"), make_person(slug="absorbed")
    make_event(slug="visit", title="Visit", date="2020", participations=[{"person": absorbed}])

    with pytest.raises(ValidationError, match=r"“Visit” would name .* died \(1990\) before this took place"):
        merged(kept, absorbed)

    assert Person.objects.filter(slug="absorbed").exists()


def test_what_was_against_the_rules_before_does_not_keep_two_apart(contributor):
    kept, absorbed = (make_person(slug=slug, status=Status.DRAFT) for slug in ("kept", "absorbed"))
    visit = make_event(slug="visit", status=Status.DRAFT, date="2020", participations=[{"person": absorbed}])
    Event.objects.filter(pk=visit.pk).update(date="2999")

    merging.merge(kept, absorbed, merging.merged_content(kept, absorbed), by=contributor)

    assert visit.participations.get().person == kept
