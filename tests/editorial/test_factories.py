"""The ground that the other tests stand on: every factory makes a record that an editor could have made."""

import pytest

from kzafrica.editorial.choices import Status
from kzafrica.editorial.publishable import PublishableModel
from tests.factories import MAKERS, make_citation, make_country, make_derived_figure, make_record, make_user

pytestmark = pytest.mark.django_db
RECORD_TYPES = [model for model in MAKERS if issubclass(model, PublishableModel)]


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.model_name)
def test_what_a_factory_makes_is_valid(model):
    record = make_record(model)

    record.full_clean()


@pytest.mark.parametrize("model", RECORD_TYPES, ids=lambda model: model._meta.model_name)
@pytest.mark.parametrize("status", Status)
def test_a_record_is_made_in_any_status(model, status):
    record = make_record(model, status=status)

    record.refresh_from_db()
    assert record.status == status


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.model_name)
def test_a_factory_can_be_called_many_times(model):
    for _time in range(3):
        make_record(model)


def test_a_derived_figure_rests_on_its_inputs():
    figure = make_derived_figure()

    figure.full_clean()
    assert [row.role for row in figure.inputs.all()] == ["value", "growth"]


def test_states_without_a_code_are_different_states():
    assert len({make_country().m49 for _time in range(150)}) == 150


def test_an_editor_may_publish_and_a_contributor_may_not():
    editor, contributor = make_user("editor"), make_user("contributor")

    assert editor.has_perm("editorial.publish_records")
    assert not contributor.has_perm("editorial.publish_records")
    assert contributor.has_perm("events.change_event")


def test_a_citation_that_differs_gives_a_reason():
    make_citation(make_country_event(), stated="2023", field="date").full_clean()


def make_country_event():
    return make_record(next(model for model in RECORD_TYPES if model._meta.model_name == "event"))
