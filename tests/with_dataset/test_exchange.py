"""The files of the whole initial dataset, read back, change nothing."""

import pytest

from tests.exchange import ENDINGS, exported, previewed, sentences_of
from tests.factories import MAKERS

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.model_name)
def test_the_file_of_a_record_type_changes_nothing(dataset, model, ending):
    if not model.objects.exists():
        pytest.skip("The dataset has no such records.")

    preview = previewed(model, exported(model, ending), ending)

    assert sentences_of(preview) == []
    assert {entry.outcome.value for entry in preview.entries} == {"same"}
    assert len(preview.entries) == model.objects.count()
