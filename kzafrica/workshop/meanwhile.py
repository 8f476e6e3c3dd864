"""Two people at one record: what one saved while the form of the other was open."""

import re
from dataclasses import dataclass, field

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from reversion.models import Revision, Version

from kzafrica.editorial import history
from kzafrica.editorial.change_words import FieldChange
from kzafrica.editorial.content import content_of
from kzafrica.editorial.naming import Names
from kzafrica.editorial.workflow import latest_revision_of

VERSION_FIELD = "_version"
# What a key of a row may be; more digits than this no database keeps.
NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Meanwhile:
    """What happened to a record since a form of it was opened: by whom, and what is different now.

    ``seen`` is the version that the form showed, ``now`` the one that is there.
    """

    seen: int
    now: int
    revisions: list[Revision]
    changes: list[FieldChange] = field(default_factory=list)

    @property
    def who(self) -> str:
        names = dict.fromkeys(str(revision.user) for revision in self.revisions if revision.user)
        return ", ".join(names) or _("somebody")

    @property
    def sentence(self) -> str:
        return _(
            "Nothing is saved yet: %(who)s changed this record after you had opened it. Look through what changed. "
            "What you typed is still here, and saving again keeps it."
        ) % {"who": self.who}


def version_of(record: models.Model | None) -> int:
    """The version that a form shows: the number of the last revision; 0 where there is none."""
    revision = latest_revision_of(record) if record is not None else None
    return revision.pk if revision else 0


def version_sent(post: QueryDict, name: str = VERSION_FIELD) -> int | None:
    """The version that the form which is being sent showed; None if it does not say."""
    seen = post.get(name, "")
    return int(seen) if NUMBER.fullmatch(seen) else None


def changed_meanwhile(record: models.Model, post: QueryDict, name: str = VERSION_FIELD) -> Meanwhile | None:
    """What others saved since the form that is being sent was opened; None if nothing.

    ``name`` is where the form carries the version that it shows. Call inside the transaction that saves, with the
    record held.
    """
    seen, now = version_sent(post, name), version_of(record)
    if seen is None or seen == now:
        return None
    later = Version.objects.get_for_object(record).filter(revision_id__gt=seen).select_related("revision__user")
    revisions = [version.revision for version in later]
    if not revisions:
        return None
    before = history.state_in(type(record), record.pk, seen)
    if before is None:
        return Meanwhile(seen, now, revisions)
    model, old, new = type(record), before.content, content_of(record)
    names = Names([(model, old), (model, new)], are_hidden_named=True)
    return Meanwhile(seen, now, revisions, names.changes(model, old, new))
