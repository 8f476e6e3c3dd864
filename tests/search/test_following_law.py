"""After any series of what editors do, the index that followed them equals one made from nothing."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from kzafrica.editorial import workflow
from kzafrica.reference.models import Country, Person
from kzafrica.search.index import catch_up, rebuild
from tests.editorial.said_events import make_world
from tests.editorial.test_history_law import REFUSED, Desk, contents, deeds
from tests.search.indexes import content_of_index
from tests.undoing import undone

pytestmark = pytest.mark.django_db

words = st.sampled_from(["Astana", "Congo", "Кения", "Tshisekedi"])
of_reference = st.tuples(st.sampled_from([Country, Person]), st.integers(0, 3), words)
looks = st.just(("look",))


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    written=st.lists(contents, min_size=2, max_size=3),
    done=st.lists(st.one_of(deeds, deeds, of_reference, looks), min_size=5, max_size=14),
)
def test_index_that_followed_equals_one_made_from_nothing(monkeypatch, contributor, editor, written, done):
    with undone():
        make_world(monkeypatch)
        desk = Desk(contributor, editor)
        catch_up()

        for deed in [*(("write", content) for content in written), *done]:
            if deed[0] == "look":
                catch_up()
            elif isinstance(deed[0], str):
                desk.do(*deed)
            else:
                rename(*deed, by=editor)

        catch_up()
        followed = content_of_index()
        rebuild()
        assert followed == content_of_index()


def rename(model, index: int, name: str, *, by) -> None:
    rows = list(model.objects.order_by("pk"))
    if rows:
        row = rows[index % len(rows)]
        row.name_en = name
        with suppress(*REFUSED):
            workflow.change_reference(row, by=by)
            event(f"rename {model.__name__}")
