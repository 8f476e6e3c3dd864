"""Whatever editors do to records, every earlier state of each can be rebuilt exactly."""

from collections import defaultdict
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from events.models import Event
from kzafrica.editorial import history, merging, proposals, workflow
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.content import ContentError, content_of
from kzafrica.editorial.reverting import restore, revert
from tests.editorial.said_events import events, make_world
from tests.undoing import undone

pytestmark = pytest.mark.django_db
REFUSED = (ValidationError, ContentError, workflow.NotAllowed)

contents = st.builds(lambda content: {"citations": [{"source": "decree"}], **content}, events)
which = st.integers(0, 2)
deeds = st.one_of(
    st.tuples(st.just("write"), contents),
    st.tuples(st.just("edit"), which, contents),
    st.tuples(st.just("name"), which, which),
    st.tuples(st.just("publish"), which),
    st.tuples(st.just("propose"), which, contents),
    st.tuples(st.just("rename"), which),
    st.tuples(st.just("revert"), which, st.integers(0, 20)),
    st.tuples(st.just("merge"), which, which),
    st.tuples(st.just("withdraw"), which),
    st.tuples(st.just("delete"), which),
    st.tuples(st.just("restore"), which),
)


class Desk:
    """Two people at their records; keeps what every record said after each of their deeds."""

    def __init__(self, writer, reviewer) -> None:
        self.writer, self.reviewer = writer, reviewer
        self.numbers: list[int] = []
        self.seen: dict[int, list[tuple]] = defaultdict(list)

    def do(self, deed: str, *details) -> None:
        """Do it, if the rules allow it, and look at every record afterwards."""
        with suppress(*REFUSED):
            getattr(self, deed)(*details)
            event(deed)
        for record in Event.objects.all():
            if record.pk not in self.numbers:
                self.numbers.append(record.pk)
            self.seen[record.pk].append((timezone.now(), content_of(record)))

    def record(self, index: int) -> Event:
        records = list(Event.objects.order_by("pk"))
        if not records:
            raise ValidationError("There is none yet.")
        return records[index % len(records)]

    def write(self, content: dict) -> None:
        with workflow.one_revision(by=self.writer, note="Written"):
            apply_content(Event(), content | {"slug": f"event-{len(self.numbers) + 1}"})

    def edit(self, index: int, content: dict) -> None:
        record = self.record(index)
        if record.is_public or record.published_at:
            raise ValidationError("Readers see it.")
        with workflow.one_revision(by=self.writer, note="Edited", of=record):
            apply_content(record, content | {"slug": record.slug})

    def name(self, index: int, other: int) -> None:
        record, parent = self.record(index), self.record(other)
        self.propose(index, content_of(record) | {"parent": parent.slug})
        self.edit(index, content_of(record) | {"parent": parent.slug})

    def publish(self, index: int) -> None:
        record = self.record(index)
        workflow.submit(record, by=self.writer)
        workflow.publish(record, by=self.reviewer)

    def propose(self, index: int, content: dict) -> None:
        record = self.record(index)
        if record.is_public:
            proposal = proposals.propose(
                record, {"slug": record.slug} | content | {"slug": record.slug}, by=self.writer
            )
            self.apply(proposal)

    def rename(self, index: int) -> None:
        record = self.record(index)
        if record.is_public:
            slug = f"{record.slug}-again"[:100]
            self.apply(proposals.propose(record, content_of(record) | {"slug": slug}, by=self.writer))

    def revert(self, index: int, back: int) -> None:
        record = self.record(index)
        states = history.states_of(record)
        self.apply(revert(record, states[back % len(states)], by=self.writer))

    def merge(self, index: int, other: int) -> None:
        kept, absorbed = self.record(index), self.record(other)
        content = merging.merged_content(kept, absorbed)
        if kept.published_at or absorbed.published_at:
            self.apply(merging.propose_merge(kept, absorbed, content, by=self.writer))
        else:
            merging.merge(kept, absorbed, content, by=self.writer)

    def withdraw(self, index: int) -> None:
        workflow.withdraw(self.record(index), by=self.reviewer, note="Not so")

    def delete(self, index: int) -> None:
        workflow.delete_draft(self.record(index), by=self.writer)

    def restore(self, index: int) -> None:
        if self.numbers:
            restore(Event, self.numbers[index % len(self.numbers)], by=self.writer)

    def apply(self, proposal) -> None:
        if proposal is not None:
            proposals.apply_proposal(proposal, by=self.reviewer)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(written=st.lists(contents, min_size=3, max_size=3), done=st.lists(deeds, min_size=5, max_size=14))
def test_every_earlier_state_is_rebuilt_exactly(monkeypatch, contributor, editor, written, done):
    with undone():
        make_world(monkeypatch)
        desk = Desk(contributor, editor)

        for deed in [*(("write", content) for content in written), *done]:
            desk.do(*deed)

        for number, seen in desk.seen.items():
            for moment, content in seen:
                assert history.state_at(Event, number, moment).content == content
