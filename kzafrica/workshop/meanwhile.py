"""Two people at one record: what one saved while the form of the other was open."""

import re
from dataclasses import dataclass, field

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from reversion.models import Revision, Version

from kzafrica.editorial import history
from kzafrica.editorial.change_words import FieldChange, changes_in_words
from kzafrica.editorial.content import content_of
from kzafrica.editorial.workflow import latest_revision_of

VERSION_FIELD = "_version"
# What a key of a row may be; more digits than this no database keeps.
NUMBER = re.compile(r"[0-9]{1,18}")
MOST_ROWS = 1000


@dataclass(frozen=True)
class Meanwhile:
    """What happened to a record since a form of it was opened: by whom, and what is different now."""

    revisions: list[Revision]
    changes: list[FieldChange] = field(default_factory=list)

    @property
    def who(self) -> str:
        names = dict.fromkeys(str(revision.user) for revision in self.revisions if revision.user)
        return ", ".join(names) or _("somebody")

    @property
    def sentence(self) -> str:
        return _(
            "Nothing is saved yet: %(who)s changed this record after you had opened it. Look through what changed "
            "below. What you typed is still here, and saving again keeps it."
        ) % {"who": self.who}


def version_of(record: models.Model | None) -> int:
    """The version that a form shows: the number of the last revision; 0 where there is none."""
    revision = latest_revision_of(record) if record is not None else None
    return revision.pk if revision else 0


def changed_meanwhile(record: models.Model, post: QueryDict, name: str = VERSION_FIELD) -> Meanwhile | None:
    """What others saved since the form that is being sent was opened; None if nothing.

    ``name`` is where the form carries the version that it shows. Call inside the transaction that saves, with the
    record held.
    """
    seen = post.get(name, "")
    if not NUMBER.fullmatch(seen) or int(seen) == version_of(record):
        return None
    later = Version.objects.get_for_object(record).filter(revision_id__gt=int(seen)).select_related("revision__user")
    revisions = [version.revision for version in later]
    if not revisions:
        return None
    before = history.state_in(type(record), record.pk, int(seen))
    old = before.content if before else {}
    return Meanwhile(revisions, changes_in_words(type(record), old, content_of(record)) if before else [])


def rows_that_are_there(post: QueryDict, formsets: list[tuple[str, type[models.Model]]]) -> QueryDict:
    """The form as it was sent, in which rows that others have taken out meanwhile are new ones.

    Otherwise Django would refuse them for ever: it looks for them by their number. ``formsets`` are the prefixes of the
    inlines with the model of their rows.
    """
    sent = post.copy()
    for prefix, model in formsets:
        total = sent.get(f"{prefix}-TOTAL_FORMS", "")
        if not NUMBER.fullmatch(total) or int(total) > MOST_ROWS:
            continue
        rows = [_row(sent, prefix, index) for index in range(int(total))]
        numbers = {row["id"] for row in rows if NUMBER.fullmatch(row.get("id", ""))}
        there = {str(pk) for pk in model._base_manager.filter(pk__in=numbers).values_list("pk", flat=True)}
        old = [row for row in rows if row.get("id") in there]
        new = [{**row, "id": ""} for row in rows if row.get("id") not in there]
        for name in [name for name in sent if name.startswith(f"{prefix}-") and name.split("-")[-2].isdecimal()]:
            del sent[name]
        for index, row in enumerate([*old, *new]):
            for name, value in row.items():
                sent[f"{prefix}-{index}-{name}"] = value
        sent[f"{prefix}-INITIAL_FORMS"] = str(len(old))
    return sent


def _row(sent: QueryDict, prefix: str, index: int) -> dict[str, str]:
    begin = f"{prefix}-{index}-"
    return {name.removeprefix(begin): sent[name] for name in sent if name.startswith(begin)}
