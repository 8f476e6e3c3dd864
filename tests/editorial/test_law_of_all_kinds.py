"""Whatever editors do to records of any kind: each earlier state is rebuilt, and what is kept holds together."""

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.editorial.desks import Desk
from tests.editorial.worlds_at_work import faults_of_the_world, make_world
from tests.undoing import undone

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

which, other = st.integers(0, 60), st.integers(0, 5)
ways = st.sampled_from(["copy", "drop", "words", "add", "cite", "cut", "turn"])
deeds = st.one_of(
    st.tuples(st.just("change"), which, ways, other, st.integers(0, 20)),
    st.tuples(st.just("change_at_once"), which, ways, other, st.integers(0, 20)),
    st.tuples(st.just("decide"), other),
    st.tuples(st.just("write"), which),
    st.tuples(st.just("publish"), which),
    st.tuples(st.just("withdraw"), which),
    st.tuples(st.just("delete"), which),
    st.tuples(st.just("restore"), other),
    st.tuples(st.just("rename"), which),
    st.tuples(st.just("rename_back"), which, other),
    st.tuples(st.just("rename_reference"), other),
    st.tuples(st.just("revert"), which, other),
    st.tuples(st.just("merge"), which, other),
)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(done=st.lists(st.tuples(deeds, st.booleans()), min_size=6, max_size=16))
def test_states_are_rebuilt_and_the_world_holds_together(db, done):
    with undone():
        make_world()
        desk = Desk()
        for deed, is_decided_at_once in done:
            if desk.do(*deed):
                event(deed[0])
            if is_decided_at_once:
                desk.do("decide", -1)

        assert list(desk.not_rebuilt()) == []
        assert list(faults_of_the_world()) == []


def test_the_world_holds_together_before_anybody_works_on_it():
    make_world()

    assert list(faults_of_the_world()) == []
