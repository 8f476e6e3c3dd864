"""How an edition is taken from readers: its row says when and why, and the storage lets go of its file."""

import logging

from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kzafrica.editions.models import STORAGE, WITHDRAW_PERMISSION, Edition
from kzafrica.editorial.workflow import NotAllowed, one_revision

logger = logging.getLogger(__name__)


def withdraw(edition: Edition, *, by, reason: str) -> None:
    """Take an edition from readers for good, in one transaction with its revision; the file goes once that stands.

    Raises NotAllowed for who is no administrator, ValidationError without a reason, for one that is longer than 400
    characters, and for an edition that is withdrawn already.
    """
    if not by.has_perm(WITHDRAW_PERMISSION):
        raise NotAllowed(_("Only an administrator withdraws editions."))
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError(_("Say why the edition is withdrawn, for readers."))
    with one_revision(by=by, note=reason):
        # Of two who withdraw at once the second finds it done.
        held = Edition.objects.select_for_update().get(pk=edition.pk)
        if held.is_withdrawn:
            raise ValidationError(_("“%s” is withdrawn already.") % held)
        held.withdrawn_at, held.withdrawn_by, held.withdrawal_reason = timezone.now(), by, reason
        held.full_clean()
        held.save()
        transaction.on_commit(lambda: remove_file(held))
    edition.refresh_from_db()


def remove_file(edition: Edition) -> bool:
    """Whether the storage has no file of a withdrawn edition any more. Where it fails, the next build tries again."""
    storage = storages[STORAGE]
    try:
        # A storage may say nothing of a file that it did not have.
        storage.delete(edition.path)
    except Exception:
        logger.exception("The storage keeps %s of %s, which is withdrawn.", edition.path, edition.name)
        return False
    return True


def remove_files_left() -> None:
    """The files of withdrawn editions that a storage failed to remove before."""
    storage = storages[STORAGE]
    for edition in Edition.objects.exclude(withdrawn_at=None):
        if storage.exists(edition.path):
            remove_file(edition)
