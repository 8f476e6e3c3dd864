"""Drafts and proposed changes out of written documents, by the rules of forms; nothing here reaches readers.

A key writes as its user and leaves its mark: in the history of the draft, in the note of the proposal. What is written
is read by ``apply_content``, as files and proposals are, so that a rule is told once.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, models
from django.utils.translation import gettext as _

from kzafrica.delivery.models import ApiKey
from kzafrica.editorial import workflow
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.changing import draft_renamed
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import ContentError, content_of, with_content
from kzafrica.editorial.models import Redirect
from kzafrica.editorial.proposals import open_for, propose
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.versions import public_changes
from kzafrica.transliteration import slug_of
from kzafrica.workshop.exchange.previewing import undone, with_line_ends_of
from kzafrica.workshop.inlines import title_field
from kzafrica.workshop.said import twins_of
from kzafrica.writing.choices import ContributionKind
from kzafrica.writing.letters import OF_AMENDMENTS, Letter, read_change, read_draft
from kzafrica.writing.members import shape_of
from kzafrica.writing.models import Contribution
from kzafrica.writing.places import faults_in_document
from kzafrica.writing.refusals import Refusal, of_faults, of_member


def make_draft(model: type[PublishableModel], document: dict, *, key: ApiKey) -> Contribution:
    """A new draft, in review where the document says so. Raises Refusal."""
    user = key.writes_as
    _require_permission(model, "add", user)
    letter = read_draft(model, document)
    if not letter.content.get("slug"):
        letter.content["slug"] = free_slug(model, letter.content)
        letter.lacks_id = not letter.content["slug"]
    record = model()
    with refused(letter), workflow.one_revision(by=user, note=mark_of(key), of=record):
        apply_content(record, letter.content)
        _refuse_twins(record, letter)
        if letter.is_submitted:
            _submit(record, key)
    return Contribution.objects.create(kind=ContributionKind.DRAFT, record=record, title=str(record)[:400], **_by(key))


def amend_draft(record: PublishableModel, document: dict, *, key: ApiKey) -> None:
    """Change a draft where the document says something, and submit it where it says so. Raises Refusal."""
    _require_permission(type(record), "change", key.writes_as)
    workflow.hold(record)
    if record.status != Status.DRAFT:
        sentence = _("“%(record)s” is no draft any more (%(status)s): only a draft can be amended.")
        raise Refusal(409, sentence % {"record": record, "status": record.get_status_display()})
    old = content_of(record)
    letter = read_change(type(record), document, old, also=OF_AMENDMENTS)
    _refuse_other_version(letter, draft_version(record))
    content = with_line_ends_of(old, old | letter.content)
    old_key = record.key
    with refused(letter), workflow.one_revision(by=key.writes_as, note=mark_of(key), of=record) as changes:
        apply_content(record, content)
        draft_renamed(record, old_key, by=key.writes_as, changes=changes)
        if letter.is_submitted:
            _refuse_twins(record, letter)
            _submit(record, key)


def make_proposal(record: PublishableModel, document: dict, *, key: ApiKey) -> Contribution:
    """A proposed change to a public record, on the record as it is now. Raises Refusal."""
    model, user = type(record), key.writes_as
    _require_permission(model, "change", user)
    workflow.hold(record)
    if not record.is_public:
        raise Refusal(404, _("There is nothing at this address."))
    old = content_of(record)
    letter = read_change(model, document, old)
    _refuse_other_version(letter, public_version(record))
    with refused(letter):
        content = _tried(record, with_line_ends_of(old, old | letter.content))
        note = " ".join(filter(None, (mark_of(key), letter.note)))
        if any(proposal.content == content for proposal in open_for(record)):
            raise Refusal(409, _("The same change has been proposed already and waits for a second person."))
        proposal = propose(record, content, by=user, note=note, based_on=old)
    if proposal is None:
        raise Refusal(409, _("The record says all of this already: there is nothing to propose."))
    return Contribution.objects.create(
        kind=ContributionKind.PROPOSAL, record=record, title=str(record)[:400], proposal=proposal, **_by(key)
    )


def mark_of(key: ApiKey) -> str:
    """What the history of a record and the note of a proposal say of how it came."""
    return _("By API, with the key %(key)s… of %(owner)s.") % {"key": key.prefix, "owner": key.owner}


def _by(key: ApiKey) -> dict:
    return {"key": key, "key_prefix": key.prefix, "by": key.writes_as}


def public_version(record: PublishableModel) -> str:
    """The number of the version that readers see, as ``/api/v1/versions/`` has it."""
    change = public_changes(record).first()
    return str(change.number) if change else ""


def draft_version(record: PublishableModel) -> str:
    revision = workflow.latest_revision_of(record)
    return str(revision.pk) if revision else ""


def _require_permission(model: type[models.Model], action: str, user) -> None:
    if not user.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}"):
        sentence = _("The account as which this key writes may not write records of this kind (%s).")
        raise Refusal(403, sentence % model._meta.verbose_name)


def _submit(record: PublishableModel, key: ApiKey) -> None:
    try:
        workflow.submit(record, by=key.writes_as, note=mark_of(key))
    except ValidationError as error:
        raise of_member(400, "citations", " ".join(error.messages)) from None


def _refuse_other_version(letter: Letter, present: str) -> None:
    if letter.base_version and letter.base_version != present:
        details = {"base": letter.base_version[:20], "present": present}
        sentence = _(
            "The record has changed: its version is %(present)s, not %(base)s. Read it again, then send the change."
        )
        raise of_member(409, "base_version", sentence % details, version=present)


def _refuse_twins(record: PublishableModel, letter: Letter) -> None:
    """Whoever has looked sends the document again, with those to keep it beside."""
    desk = admin.site.get_model_admin(type(record))
    found = twins_of(desk.twins, type(record), content_of(record), other_than=record.pk)
    twins = [twin for twin in desk.described(found) if twin.key not in letter.keep_beside]
    if twins:
        sentence = _(
            "Nothing is saved: this may be the same as what is there already. Look at it; if it is another, send the "
            "document again and name those records in keep_beside."
        )
        named = [{"record": twin.key, "title": twin.title, "status": twin.status} for twin in twins]
        raise of_member(409, "keep_beside", sentence, may_be_same=named)


def _tried(record: PublishableModel, content: dict) -> dict:
    """The content as the record would keep it; every rule is asked, and nothing stays."""
    model = type(record)
    with undone():
        tried = model._base_manager.get(pk=record.pk)
        apply_content(tried, content)
        return content_of(with_content(model._base_manager.filter(pk=record.pk)).get())


def free_slug(model: type[PublishableModel], content: dict) -> str:
    """From the title in English, with a number behind it where that is taken; empty where there are no words."""
    made = slug = slug_of(content.get(title_field(model), ""), 100)
    number = 1
    while made and (model.objects.filter(slug=made).exists() or Redirect.objects.of(model, made).exists()):
        number += 1
        made = f"{slug}-{number}"
    return made


@contextmanager
def refused(letter: Letter) -> Iterator[None]:
    """Make refusals of records into those of documents."""
    try:
        yield
    except ContentError as error:
        raise of_faults(faults_in_document(shape_of(letter.model), error.faults, letter)) from None
    except ValidationError as error:
        raise Refusal(400, " ".join(error.messages)) from None
    except workflow.NotAllowed as error:
        raise Refusal(403, str(error)) from None
    except OperationalError:
        raise
    except DatabaseError as error:
        raise Refusal(409, _("The database refuses it: %s") % error) from None
