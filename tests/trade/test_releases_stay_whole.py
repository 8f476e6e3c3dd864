"""A release is not parted from its rows by what the workshop does to records of other kinds."""

import pytest
from django.core.exceptions import ValidationError

from kzafrica.editorial import merging, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.reverting import restore
from tests.factories import make_release, make_slice, make_trade_flow
from trade.models import Release, TradeFlow

pytestmark = pytest.mark.django_db


def release_with_row(slug, **fields):
    release = make_release(slug=slug, **fields)
    make_trade_flow(slice=make_slice(release=release))
    return release


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
@pytest.mark.parametrize("merge", [merging.merge, merging.propose_merge])
def test_two_are_not_merged(editor, status, merge):
    one, other = release_with_row("one", status=status), release_with_row("other", status=status)

    with pytest.raises(ValidationError, match=r"rows that came with “.*” would be lost"):
        merge(one, other, content_of(one), by=editor)

    assert (Release.objects.count(), TradeFlow.objects.count()) == (2, 2)


def test_one_that_was_deleted_comes_back_with_its_file_alone(editor):
    release = release_with_row("one", status=Status.DRAFT)
    number = release.pk
    workflow.delete_draft(release, by=editor)

    with pytest.raises(ValidationError, match="load its file again"):
        restore(Release, number, by=editor)

    assert not Release.objects.exists()
