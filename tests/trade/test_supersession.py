"""Which rows readers see: the newest release of a source for each reporter, period and edition, the older readable."""

from datetime import date

import pytest

from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Source
from tests.factories import make_source
from tests.trade import BACI_COLUMNS, Refused, baci_row, latest, load, loaded, publish, sums, table
from trade.models import Slice, TradeFlow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]


@pytest.fixture
def older(write):
    """Two years of Kazakhstan's exports, released in January."""
    return loaded(write({"value": "100"}, {"year": 2023, "value": "50"}), released_on="2025-01-10", slug="older")


def current() -> list[tuple]:
    rows = Slice.objects.current().select_related("release").order_by("year", "release__slug")
    return [(part.release.slug, part.year) for part in rows]


def test_a_newer_release_replaces_its_reporter_year_and_edition_alone(older, write):
    said = load(write({"value": "110"}), released_on="2025-02-10", slug="newer")

    assert "  Kazakhstan 2024 H6: 1 rows, in place of 1 rows of older" in said
    assert current() == [("older", 2023), ("older", 2024)]
    publish(latest())
    assert current() == [("older", 2023), ("newer", 2024)]
    assert sums("year") == {("X", 2023): "50", ("X", 2024): "110"}


def test_the_replaced_rows_stay_readable_by_their_release(older, write, flows):
    loaded(write({"value": "110"}), released_on="2025-02-10")

    assert [row["value"]["value"] for row in flows(year="2024")] == ["110"]
    (row,) = flows(year="2024", release="older")
    assert (row["value"]["value"], row["is_current"]) == ("100", False)


def test_an_older_release_that_is_loaded_later_stays_behind(older, write):
    said = load(write({"value": "90"}), released_on="2024-12-10", slug="oldest", publish=True)

    assert "  Kazakhstan 2024 H6: 1 rows, behind 1 rows of older, which is newer and stays current" in said
    assert current() == [("older", 2023), ("older", 2024)]


def test_of_two_releases_of_one_day_the_later_loaded_counts(older, write):
    loaded(write({"value": "110"}), released_on="2025-01-10", slug="newer")

    assert current() == [("older", 2023), ("newer", 2024)]


@pytest.mark.parametrize(
    "cells", [{"classificationCode": "H5"}, {"reporterCode": "404"}, {"year": 2022}, {"month": 5}], ids=str
)
def test_another_edition_reporter_or_period_replaces_nothing(older, write, cells):
    loaded(write(cells), released_on="2025-02-10", slug="newer")

    assert {("older", 2023), ("older", 2024)} < set(current())
    assert len(current()) == 3


def test_two_sources_beside_each_other_never_replace_each_other(older, write):
    make_source(title="Committee", slug="committee")

    loaded(write({"value": "120"}), source="committee", released_on="2025-02-10", slug="of-the-committee")

    assert set(current()) == {("older", 2023), ("older", 2024), ("of-the-committee", 2024)}


def test_reconciled_rows_replace_none_as_reported(older, tmp_path):
    make_source(title="BACI", slug="baci")
    path = tmp_path / "baci.csv"
    path.write_text(table([baci_row(t="2024", i="398", j="710")], BACI_COLUMNS))

    loaded(path, source="baci", edition="H6", released_on="2025-02-10")

    assert {("older", 2023), ("older", 2024)} < set(current())


def test_withdrawing_makes_the_older_current_again(older, write, editor):
    newer = loaded(write({"value": "110"}), released_on="2025-02-10")

    workflow.withdraw(newer, by=editor, note="The office took it back")

    assert current() == [("older", 2023), ("older", 2024)]
    assert sums("year") == {("X", 2023): "50", ("X", 2024): "100"}


def test_another_day_of_release_settles_anew(older, write, editor, second_editor):
    newer = loaded(write({"value": "110"}), released_on="2025-02-10", slug="newer")
    content = content_of(newer)
    newer.released_on = date(2024, 12, 1)
    changed = content_of(newer)
    assert content != changed

    proposal = proposals.propose(type(newer).objects.get(pk=newer.pk), changed, by=editor)
    proposals.apply_proposal(proposal, by=second_editor)

    assert current() == [("older", 2023), ("older", 2024)]


def test_a_draft_replaces_nothing_and_shows_nothing(older, write, flows):
    load(write({"value": "110"}), released_on="2025-02-10")

    assert [row["value"]["value"] for row in flows(year="2024")] == ["100"]


class TestPublishing:
    def test_takes_two_people_and_brings_the_source_along(self, write, contributor, editor):
        make_source(slug="new", status=Status.DRAFT)
        load(write({}), source="new", by=contributor.username)
        release = latest()
        assert workflow.people_who_touched(release) == {contributor.pk}
        workflow.submit(release, by=contributor)

        workflow.publish(release, by=editor)

        assert release.is_public
        assert Source.objects.get(slug="new").is_public
        assert sums() == {"X": "100"}

    def test_is_refused_to_the_one_who_loaded_and_submitted(self, write, editor):
        load(write({}), by=editor.username)
        release = latest()
        workflow.submit(release, by=editor)

        with pytest.raises(workflow.NotAllowed, match="two people"):
            workflow.publish(release, by=editor)


class TestTheSameFile:
    def test_twice_is_refused_whatever_its_name(self, write):
        load(write({}, name="a.csv"), slug="first")

        with pytest.raises(Refused) as refused:
            load(write({}, name="b.csv"))

        assert refused.value.faults == ["b.csv: this very file was loaded already, as first (draft)."]

    def test_twice_in_one_load_is_refused(self, write):
        with pytest.raises(Refused, match="this is the same file as a"):
            load(write({}, name="a.csv"), write({}, name="b.csv"))

    def test_can_be_loaded_again_once_its_draft_is_deleted(self, write):
        path = write({})
        load(path)
        latest().delete()
        assert not TradeFlow.objects.exists()

        load(path)

        assert TradeFlow.objects.count() == 1

    def test_cannot_while_a_withdrawn_release_keeps_it(self, write, editor):
        path = write({})
        workflow.withdraw(loaded(path, slug="first"), by=editor, note="Wrong")

        with pytest.raises(Refused, match=r"as first \(withdrawn\)"):
            load(path)
