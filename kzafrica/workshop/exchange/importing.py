"""Imports exactly what a preview has shown.

What was found travels through the editor's browser and back, signed: nothing is left behind on the server when an
editor does not go on, and any process of the site can finish what another began.
"""

import json
import lzma
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, TimestampSigner, b64_decode, b64_encode
from django.db import DatabaseError, OperationalError, models, transaction
from django.utils.translation import gettext as _

from kzafrica.editorial import workflow
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.changing import draft_renamed
from kzafrica.editorial.choices import ChangeAction, Status
from kzafrica.editorial.content import ContentError, content_of
from kzafrica.editorial.proposals import open_for, propose
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.locking import is_locked
from kzafrica.workshop.exchange.outcomes import Outcome, Preview, digest_of, existing_records
from kzafrica.workshop.exchange.tables import Unreadable

GOOD_FOR = timedelta(hours=4)
# What else a form sends beside the sealed preview.
REST_OF_FORM = 20_000


class Stale(Exception):
    """What was sent is no preview of this user and type, or too old; the text says what to do."""


@dataclass(frozen=True)
class Planned:
    """One record as the preview has shown it."""

    key: str
    # None for a new one.
    pk: int | None
    content: dict
    based_on: str


@dataclass(frozen=True)
class Plan:
    """What a preview has shown; ``leaves_out_faulty`` where some of its file cannot be imported."""

    records: list[Planned]
    leaves_out_faulty: bool


@dataclass
class Report:
    """What came of an import: how many records by outcome, and why others were left out."""

    counts: Counter = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)


def sealed(preview: Preview, model: type[models.Model], *, by) -> str:
    """The records to import, in a form nobody can change; raises Unreadable where it is too long to be sent back."""
    rows = [[entry.key, entry.pk, entry.content, entry.based_on] for entry in preview.to_import()]
    written = json.dumps([preview.is_faulty, rows], ensure_ascii=False, separators=(",", ":")).encode()
    text = _signer(model, by).sign(b64_encode(lzma.compress(written)).decode())
    if len(text) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or len(text)) - REST_OF_FORM:
        raise Unreadable(_("So much would change that it cannot be shown at once: divide the file."))
    return text


def opened(text: str, model: type[models.Model], *, by) -> Plan:
    """What was sealed for this user and type. Raises Stale."""
    try:
        packed = _signer(model, by).unsign(text, max_age=GOOD_FOR)
    except BadSignature:
        raise Stale(_("This preview is too old, or it is not one of yours: choose the file again.")) from None
    leaves_out_faulty, rows = json.loads(lzma.decompress(b64_decode(packed.encode())))
    return Plan([Planned(*row) for row in rows], leaves_out_faulty)


def _signer(model: type[models.Model], user) -> TimestampSigner:
    return TimestampSigner(salt=f"exchange:{model._meta.label_lower}:{user.pk}")


class Importer:
    """Writes what was planned, a transaction for each record; what does not hold any more is left out and told."""

    def __init__(self, model: type[models.Model], *, by, note: str, may_add: bool, may_change: Callable) -> None:
        self.model, self.by, self.note = model, by, note
        self.may_add, self.may_change = may_add, may_change
        self.is_reference = not issubclass(model, PublishableModel)

    def run(self, plan: Plan) -> Report:
        report = Report()
        for number, planned in enumerate(plan.records):
            try:
                report.counts[self.bring_in(planned)] += 1
            except (ContentError, ValidationError) as refusal:
                sentences = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
                report.left_out.append(f"{planned.key}: {' '.join(sentences)}")
            except PermissionDenied as refusal:
                report.left_out.append(f"{planned.key}: {refusal}")
            except OperationalError as error:
                if not is_locked(error):
                    raise
                sentence = _(
                    "%(n)s records, from “%(key)s” on: someone else is writing. Choose the file again in a minute."
                )
                report.left_out.append(sentence % {"n": len(plan.records) - number, "key": planned.key})
                break
            except DatabaseError as refusal:
                report.left_out.append(f"{planned.key}: {_('The database refuses it: %s') % refusal}")
        return report

    def bring_in(self, planned: Planned) -> Outcome:
        """Write one record; gives what became of it. Raises what says in words why it cannot be written."""
        with transaction.atomic():
            if planned.pk is None:
                return self.add(planned)
            # Kept from others until it is written.
            record = self.model._base_manager.select_for_update().order_by("pk").filter(pk=planned.pk).first()
            if record is None or digest_of(content_of(record)) != planned.based_on:
                raise ValidationError(
                    _("it has changed since the preview. Choose the file again to see how it stands.")
                )
            if getattr(record, "status", None) == Status.WITHDRAWN:
                raise ValidationError(_("it has been withdrawn since the preview."))
            if not self.may_change(record):
                raise PermissionDenied(_("you may not change it."))
            if getattr(record, "is_public", False):
                return self.propose(record, planned)
            self.write(record, planned, ChangeAction.CHANGED)
            return Outcome.CHANGED

    def add(self, planned: Planned) -> Outcome:
        if not self.may_add:
            raise PermissionDenied(_("you may not add it."))
        if any(existing_records(self.model, [planned.key])):
            raise ValidationError(_("it has been added since the preview. Choose the file again to see how it stands."))
        self.write(self.model(), planned, ChangeAction.PUBLISHED)
        return Outcome.NEW

    def propose(self, record: PublishableModel, planned: Planned) -> Outcome:
        if any(proposal.content == planned.content for proposal in open_for(record)):
            return Outcome.WAITING
        propose(record, planned.content, by=self.by, note=self.note)
        return Outcome.PROPOSED

    def write(self, record: models.Model, planned: Planned, action: str) -> None:
        """Make the record what was planned, in one revision; ``action`` is for reference data, which goes public."""
        if self.is_reference:
            apply_content(record, planned.content)
            workflow.change_reference(record, by=self.by, action=action, note=self.note)
            return
        old_key = record.key
        with workflow.one_revision(by=self.by, note=self.note, of=record) as changes:
            apply_content(record, planned.content)
            if planned.pk is not None:
                draft_renamed(record, old_key, by=self.by, changes=changes)
