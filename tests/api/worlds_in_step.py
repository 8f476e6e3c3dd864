"""Two editors at events, agreements and themes, who do to public records whatever the rules let them do."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from diplomacy.models import Agreement
from events.models import Event
from kzafrica.editorial import changing, merging, proposals, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import ContentError, content_of
from kzafrica.reference.models import Theme
from tests.factories import make_agreement, make_event, make_source, make_theme

REFUSED = (ValidationError, ContentError, workflow.NotAllowed, ProtectedError)
MODELS = {"event": Event, "agreement": Agreement}
MAKERS = {"event": make_event, "agreement": make_agreement}
DEEDS = ("write", "publish", "retitle", "rename", "withdraw", "merge", "delete", "sign", "rename_source", "theme")


class Editors:
    """``done`` counts what was not refused, by deed."""

    def __init__(self, writer, reviewer) -> None:
        self.writer, self.reviewer = writer, reviewer
        self.written = 0
        self.done: dict[str, int] = {}
        self.source = make_source(slug="decree", title="A decree")

    def do(self, deed: str, kind: str, first: int, second: int) -> None:
        with suppress(*REFUSED):
            getattr(self, deed)(kind, first, second)
            self.done[deed] = self.done.get(deed, 0) + 1

    def record(self, kind: str, index: int):
        rows = list(MODELS[kind].objects.order_by("pk"))
        if not rows:
            raise ValidationError("There is none yet.")
        return rows[index % len(rows)]

    def write(self, kind: str, first: int, second: int) -> None:
        self.written += 1
        slug = f"{kind}-{self.written}"
        MAKERS[kind](slug=slug, title=f"Draft {self.written}", status=Status.DRAFT, citations=[self.source])

    def publish(self, kind: str, first: int, second: int) -> None:
        record = self.record(kind, first)
        workflow.submit(record, by=self.writer)
        workflow.publish(record, by=self.reviewer)

    def propose(self, record, **content) -> None:
        if not record.is_public:
            raise ValidationError("Readers do not see it.")
        self.apply(proposals.propose(record, content_of(record) | content, by=self.writer))

    def apply(self, proposal) -> None:
        if proposal is not None:
            proposals.apply_proposal(proposal, by=self.reviewer)

    def retitle(self, kind: str, first: int, second: int) -> None:
        self.propose(self.record(kind, first), title_en=f"Title {second}")

    def rename(self, kind: str, first: int, second: int) -> None:
        record = self.record(kind, first)
        self.propose(record, slug=f"{record.slug}-{second}"[:100])

    def sign(self, kind: str, first: int, second: int) -> None:
        """Let an agreement have been signed at an event."""
        self.propose(self.record("agreement", first), signed_at=self.record("event", second).slug)

    def rename_source(self, kind: str, first: int, second: int) -> None:
        self.source.refresh_from_db()
        self.propose(self.source, title_en="", title=f"Decree {second}", slug=f"decree-{second}")

    def withdraw(self, kind: str, first: int, second: int) -> None:
        workflow.withdraw(self.record(kind, first), by=self.reviewer, note="Not so")

    def merge(self, kind: str, first: int, second: int) -> None:
        kept, absorbed = self.record(kind, first), self.record(kind, second)
        content = merging.merged_content(kept, absorbed)
        if kept.published_at or absorbed.published_at:
            self.apply(merging.propose_merge(kept, absorbed, content, by=self.writer))
        else:
            merging.merge(kept, absorbed, content, by=self.reviewer)

    def delete(self, kind: str, first: int, second: int) -> None:
        workflow.delete_draft(self.record(kind, first), by=self.reviewer)

    def theme(self, kind: str, first: int, second: int) -> None:
        """Reference data has no workflow: it is added, renamed or deleted at once."""
        row = Theme.objects.order_by("pk").last()
        if row is None or first == 0:
            row = make_theme(f"Theme {Theme.objects.count()}-{second}")
            workflow.change_reference(row, by=self.reviewer, action="published")
        elif first == 1:
            workflow.delete_reference(row, by=self.reviewer)
        else:
            before = row.key, content_of(row)
            row.slug = f"theme-{second}-{row.pk}"
            row.save()
            changing.reference_saved(row, before, by=self.reviewer)
