from reversion.models import Revision, Version

from kzafrica.dataset.loading import load_dataset
from kzafrica.editorial.models import Change, ProposedChange
from kzafrica.editorial.workflow import SYSTEM_USER_NAME, content_revision


def test_dataset_loads_without_a_fault_and_leaves_nothing_aside(dataset):
    assert dataset.faults == []
    assert dataset.kept == []


def test_loading_a_second_time_changes_nothing(dataset):
    before = content_revision(), Revision.objects.count(), Version.objects.count(), Change.objects.count()

    report = load_dataset()

    assert (report.created.total(), report.changed.total(), report.kept, report.faults) == (0, 0, [], [])
    assert (content_revision(), Revision.objects.count(), Version.objects.count(), Change.objects.count()) == before
    assert not ProposedChange.objects.exists()


def test_dry_run_changes_nothing(dataset):
    before = content_revision(), Revision.objects.count()

    load_dataset(dry_run=True)

    assert (content_revision(), Revision.objects.count()) == before


def test_every_revision_and_public_change_is_by_the_initial_dataset_alone(dataset):
    assert set(Revision.objects.values_list("user__username", flat=True)) == {SYSTEM_USER_NAME}
    assert set(Change.objects.values_list("by_name", flat=True)) == {SYSTEM_USER_NAME}


def test_the_initial_dataset_cannot_sign_in(dataset, django_user_model):
    (user,) = django_user_model.objects.filter(username=SYSTEM_USER_NAME)

    assert not user.is_active
    assert not user.has_usable_password()
    assert not user.is_staff
    assert not user.is_superuser
