"""An earlier state of a record becomes its present one again, as a new version; and deleted records come back."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kzafrica.editorial import proposals
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import ChangeAction
from kzafrica.editorial.content import content_of
from kzafrica.editorial.history import State, latest_state
from kzafrica.editorial.models import ProposedChange
from kzafrica.editorial.present_keys import with_present_keys
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.workflow import (
    change_reference,
    hold,
    one_revision,
    record_change,
    require,
    require_publisher,
    require_writer,
)


def revert(record: models.Model, state: State, *, by, note: str = "") -> ProposedChange | None:
    """Make a record what it was. A public one gets a proposal, which is given back; reference data changes at once.

    Its status stays what it is. Raises ContentError where the state cannot be kept any more (a key it names is gone),
    ValidationError where nothing would change.
    """
    require_writer(record, by)
    note = note or _("Back to the version of %s") % moment_of(state)
    with transaction.atomic():
        hold(record)
        current = content_of(record)
        # Its address stays: the one it had leads here.
        content = with_present_keys(type(record), state.content)
        content |= {name: current[name] for name in record.natural_key_fields if name in current}
        if current == content:
            raise ValidationError(_("The record is what it was then: nothing would change."))
        if isinstance(record, PublishableModel) and record.is_public:
            return proposals.propose(record, content, by=by, note=note)
        if not isinstance(record, PublishableModel):
            require_publisher(by)
        with one_revision(by=by, note=note, of=record):
            apply_content(record, content)
            if not isinstance(record, PublishableModel):
                change_reference(record, by=by)
    return None


def restore(model: type[PublishableModel], pk: int, *, by, note: str = "") -> PublishableModel:
    """Bring a deleted record back as a draft, under its number, so that its history goes on.

    Raises ContentError where it cannot be kept any more, for instance since its address leads elsewhere.
    """
    require(by.has_perm(f"{model._meta.app_label}.add_{model._meta.model_name}"), _("You may not add such records."))
    state = latest_state(model, pk)
    if state is None or model._base_manager.filter(pk=pk).exists():
        raise ValidationError(_("No deleted record has this number."))
    if getattr(model, "comes_with_file", False):
        raise ValidationError(_("The rows that came with “%s” are gone with it: load its file again.") % state.title)
    record = model(pk=pk)
    has_workflow = issubclass(model, PublishableModel)
    if not has_workflow:
        require_publisher(by)
    with one_revision(by=by, note=note or _("Restored"), of=record) as changes:
        apply_content(record, state.content)
        if not has_workflow:
            changes.append(record_change(record, ChangeAction.PUBLISHED, by=by))
    return record


def moment_of(state: State) -> str:
    """When a state began, as editors read it."""
    return date_format(localtime(state.revision.date_created), "Y-m-d H:i")
