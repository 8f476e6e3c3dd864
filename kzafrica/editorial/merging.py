"""Two records of one thing become one: its citations, history and addresses are those of both."""

from collections.abc import Iterator

import reversion
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.changing import lead_elsewhere, rewrite, tell_of_renaming
from kzafrica.editorial.choices import ChangeAction, ProposalState
from kzafrica.editorial.content import content_fields, content_of
from kzafrica.editorial.links import records_naming
from kzafrica.editorial.models import Change, Correction, ErrorReport, ProposedChange, RecordReference, Source
from kzafrica.editorial.publishable import Citable, PublishableModel, Whole, part_paths
from kzafrica.editorial.references import ReferenceField, reference_to
from kzafrica.editorial.workflow import (
    delete_logged,
    hold,
    hold_content,
    latest_revision_of,
    one_revision,
    record_change,
    require,
    require_writer,
)
from kzafrica.translation import translated_names

# What makes two citations the same statement of a source.
SAME_STATEMENT = ("source", "field", "stated", "locator")


def merged_content(kept: PublishableModel, absorbed: PublishableModel, chosen: dict | None = None) -> dict:
    """What both say, as the plain content of the one that is kept.

    Its own fields win, empty ones are filled from the other; what is ``chosen`` for a field wins over both. Lists of
    keys are united; so are parts, those that say the same once, with the citations of both; and citations, the same
    statement of a source once. A name that is not taken becomes another form of the name, where those are kept.
    """
    content, other = content_of(kept), content_of(absorbed)
    parts = dict(part_paths(type(kept)))
    for name, value in other.items():
        mine = content.get(name, "")
        if name == "citations":
            content[name] = _citations_of_both(mine or [], value)
        elif name in parts:
            content[name] = _parts_of_both(mine or [], value)
        elif isinstance(value, list):
            content[name] = sorted({*(mine or []), *value})
        elif mine == "" and value != kept.key:
            content[name] = value
    content |= chosen or {}
    if "name_forms" in parts:
        content["name_forms"] = _forms_of_both(parts["name_forms"], content, content_of(kept), other)
    return {name: value for name, value in content.items() if value not in ("", [])}


def _forms_of_both(form: type[models.Model], content: dict, *said: dict) -> list[dict]:
    """The other forms of the name in the content, with every name that was said and is not in it."""
    columns, rows = translated_names("name"), content.get("name_forms", [])
    known = {*(content.get(column) for column in columns), *(row["text"] for row in rows)}
    names = dict.fromkeys(one[column] for one in said for column in columns if one.get(column))
    return [*rows, *(form.content_for(name, content.get("name_en", "")) for name in names if name not in known)]


def _citations_of_both(mine: list[dict], others: list[dict]) -> list[dict]:
    said = [[row.get(name, "") for name in SAME_STATEMENT] for row in mine]
    return [*mine, *(row for row in others if [row.get(name, "") for name in SAME_STATEMENT] not in said)]


def _parts_of_both(mine: list[dict], others: list[dict]) -> list[dict]:
    united = [dict(row) for row in mine]
    for row in others:
        bare = {name: value for name, value in row.items() if name != "citations"}
        same = next((own for own in united if {**own, "citations": None} == {**bare, "citations": None}), None)
        if same is None:
            united.append(row)
        elif "citations" in row:
            same["citations"] = _citations_of_both(same.get("citations", []), row["citations"])
    return united


def merge(kept: PublishableModel, absorbed: PublishableModel, content: dict, *, by, note: str = "") -> None:
    """Make two records that readers have never seen one of them, with that content; the other is deleted.

    Its history stays, its address leads to the one that is kept, and what named it names that one. Raises
    ContentError where the content cannot be kept, ValidationError where the two cannot be one.
    """
    require_writer(kept, by)
    model = absorbed._meta
    may_delete = by.has_perm(f"{model.app_label}.delete_{model.model_name}")
    require(may_delete, _("Of two such records one is deleted, which only an editor may do."))
    with transaction.atomic():
        _require_two(kept, absorbed)
        hold_content()
        hold(kept)
        hold(absorbed)
        public = [record for record in (kept, absorbed) if record.published_at]
        require(not public, _("Readers have seen one of these records: a second person has to review the merge."))
        with one_revision(by=by, note=note or _("Merged with “%s”") % absorbed.key, of=kept) as changes:
            apply_content(kept, content)
            _take_over(kept, absorbed, by=by, note=note, changes=changes)


def propose_merge(
    kept: PublishableModel, absorbed: PublishableModel, content: dict, *, by, note: str = ""
) -> ProposedChange:
    """Keep the merge of a public record with another for a second person to review.

    The one that is kept has to be public: its address is where readers are led.
    """
    require_writer(kept, by)
    _require_two(kept, absorbed)
    if not kept.is_public:
        raise ValidationError(_("Keep “%s”, which readers can see, and merge the other one into it.") % absorbed)
    return ProposedChange.objects.create(
        record=kept,
        content=content,
        based_on=content_of(kept),
        absorbs=absorbed.pk,
        proposed_by=by,
        note=note or _("Merge with “%s”") % absorbed.key,
    )


def absorbed_by(proposal: ProposedChange) -> PublishableModel | None:
    """The record that a proposal merges into its own; None if it merges none or that one is gone."""
    return (
        proposal.content_type.get_all_objects_for_this_type(pk=proposal.absorbs).first() if proposal.absorbs else None
    )


def absorb(proposal: ProposedChange, content: dict, *, by, note: str, is_unreviewed: bool) -> Change:
    """Carry out a reviewed merge. Call inside a transaction."""
    kept, absorbed = proposal.record, absorbed_by(proposal)
    if absorbed is None:
        raise ValidationError(_("The record that was to be merged is not there any more: reject the proposal."))
    hold(absorbed)
    latest = latest_revision_of(absorbed)
    require(
        latest is None or latest.date_created <= proposal.proposed_at,
        _("“%s” has changed since this was proposed: reject it and propose again.") % absorbed,
    )
    with one_revision(by=by, note=note, of=kept) as changes:
        # Before what it said is written into the other: readers meet each statement once.
        change = rewrite(kept, content, by=by, note=note, is_unreviewed=is_unreviewed, changes=changes)
        _take_over(kept, absorbed, by=by, note=note, changes=changes)
    return change


def _require_two(kept: PublishableModel, absorbed: PublishableModel) -> None:
    if type(kept) is not type(absorbed) or kept.pk == absorbed.pk:
        raise ValidationError(_("Two different records of one kind can be merged, and no others."))
    if kept.comes_with_file:
        sentence = _("The rows that came with “%s” would be lost: withdraw the one that is not to be used.")
        raise ValidationError(sentence % absorbed)


def _take_over(kept: PublishableModel, absorbed: PublishableModel, *, by, note: str, changes: list[Change]) -> None:
    """Let everything that leads to one record lead to the other, and delete it."""
    naming = records_naming(absorbed)
    if kept in naming:
        raise ValidationError(
            _("“%(kept)s” names “%(absorbed)s”: take that out first, since they are to be one.")
            % {"kept": kept, "absorbed": absorbed}
        )
    renamed = {record: _rename_within(record, kept, absorbed) for record in naming}
    for record, rows in renamed.items():
        if faults := [fault for row in rows for fault in _faults_of(row)]:
            details = {"record": record, "kept": kept, "faults": " ".join(dict.fromkeys(faults))}
            raise ValidationError(
                _("“%(record)s” would name “%(kept)s”, and cannot: %(faults)s Change it first.") % details
            )
    _take_over_papers(kept, absorbed, by=by)
    old_key = absorbed.key
    if absorbed.published_at:
        told = f"{old_key} → {kept.key}"
        changes.append(record_change(absorbed, ChangeAction.MERGED, by=by, note=told, other_key=kept.key))
    reversion.add_to_revision(absorbed)
    delete_logged(absorbed, by=by, note=note)
    before = len(changes)
    lead_elsewhere(kept, old_key, by=by, changes=changes)
    told = {(change.record_type, change.record_key) for change in changes[before:]}
    for record in naming:
        if (record._meta.label_lower, record.key) not in told:
            tell_of_renaming(record, kept, by=by, changes=changes)


def _rename_within(record: models.Model, kept: PublishableModel, absorbed: PublishableModel) -> list[models.Model]:
    """Let a record that names the one, itself, in a part or as a source, name the other; gives the rows that do."""
    try:
        with transaction.atomic():
            return [row for row in rows_of(record) if _rename_in(row, kept, absorbed)]
    except IntegrityError:
        raise ValidationError(
            _("“%(record)s” names both records, and may name each only once: change it first.") % {"record": record}
        ) from None


def _faults_of(row: models.Model) -> list[str]:
    """What its own rules say against a row that names another record now."""
    row = type(row)._base_manager.get(pk=row.pk)
    faults = [sentence for _field, sentence in row.faults_below()] if isinstance(row, Whole) else []
    try:
        row.clean()
    except ValidationError as error:
        faults += error.messages
    return faults


def _rename_in(row: models.Model, kept: PublishableModel, absorbed: PublishableModel) -> bool:
    """Whether a key, a list or a reference of the row named the one, and names the other now."""
    rows, renamed = type(row)._base_manager.filter(pk=row.pk), 0
    for field in content_fields(type(row)):
        # Sources are cited and not referred to.
        if isinstance(field, ReferenceField) and hasattr(kept, "reference_kind"):
            named = rows.filter(**{field.name: reference_to(absorbed)})
            renamed += named.update(**{field.name: reference_to(kept)})
        if not field.is_relation or field.related_model is not type(kept):
            continue
        if field.many_to_many:
            related = getattr(row, field.name)
            if absorbed in related.all():
                related.remove(absorbed)
                related.add(kept)
                renamed += 1
        elif getattr(row, field.attname) == absorbed.pk:
            renamed += rows.update(**{field.name: kept})
    if isinstance(kept, Source) and isinstance(row, Citable):
        row.citations.filter(source=absorbed).update(source=kept)
    return bool(renamed)


def rows_of(record: models.Model) -> Iterator[models.Model]:
    """A record and its parts at every depth."""
    yield record
    for name in getattr(record, "part_names", ()):
        for part in getattr(record, name).all():
            yield from rows_of(part)


def _take_over_papers(kept: PublishableModel, absorbed: PublishableModel, *, by) -> None:
    """What editors and readers have written about the one is about the other; open proposals for it are closed."""
    papers = {"content_type": ContentType.objects.get_for_model(kept), "object_id": absorbed.pk}
    ErrorReport.objects.filter(**papers).update(object_id=kept.pk)
    Correction.objects.filter(**papers).update(object_id=kept.pk)
    for paper in RecordReference.__subclasses__():
        # Layers above say so of papers of their own.
        if getattr(paper, "follows_merges", False):
            paper.objects.filter(**papers).update(object_id=kept.pk)
    ProposedChange.objects.filter(**papers, state=ProposalState.OPEN).update(
        state=ProposalState.REJECTED,
        decided_by=by,
        decided_at=timezone.now(),
        decision_note=_("Merged into “%s”.") % kept.key,
    )
