"""A number in a text is the one of today, marked where it is not the one that was published."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzafrica.analysis.live import LiveNumber, Number, Published, Quantity
from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.content import content_of
from kzafrica.statements.models import Figure
from tests.factories import make_article, make_country, make_derived_figure, make_figure, make_mission

ADDRESS = "/analysis/trade/"
DOCUMENT = "/api/v1/articles/trade/"

MILLION = Decimal(10) ** 6
AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)
QUANTITIES = st.one_of(
    st.builds(
        Quantity,
        unit=st.sampled_from(["USD", "percent", "count"]),
        value=AMOUNTS,
        qualifier=st.sampled_from(["exact", "about", "at_least", "at_most"]),
    ),
    st.builds(
        lambda low, more: Quantity("USD", low=low, high=low + more, qualifier="range"),
        AMOUNTS,
        st.decimals(min_value=1, max_value=10**6, places=0),
    ),
)


@pytest.fixture
def turnover(db) -> Figure:
    return make_figure(slug="turnover-2024", title="Turnover, 2024", printed="$783 million")


@pytest.fixture
def change(contributor, editor):
    """A change of a public record, by two people."""

    def apply(record, *, reason: str = "", **fields) -> None:
        record.refresh_from_db()
        proposal = proposals.propose(record, content_of(record) | fields, by=contributor)
        proposals.apply_proposal(proposal, by=editor, reason=reason)

    return apply


@pytest.fixture
def figures(client):
    def read(document: str = DOCUMENT) -> list[dict]:
        return client.get(document).json()["figures"]

    return read


@example(
    Quantity("USD", low=MILLION, high=MILLION + 1, qualifier="range"),
    Quantity("USD", low=MILLION, high=MILLION + 2, qualifier="range"),
)
@given(QUANTITIES, QUANTITIES)
def test_a_number_has_moved_exactly_where_it_is_another_and_then_says_so_in_two_different_numbers(before, after):
    published = Published.from_plain(Published(before, Published.from_plain(DAY).on).as_plain())
    number = LiveNumber(Number("figure/x", "X", "/figures/x/", after, None), published)

    assert number.has_moved == (before != after)
    assert bool(number.movement) == number.has_moved
    if number.has_moved and (before.unit, before.qualifier) == (after.unit, after.qualifier):
        assert number.was != number.is_now


DAY = {"on": "2026-11-26", "unit": "count", "value": "1", "low": None, "high": None, "qualifier": "exact"}


def test_a_number_that_nobody_changed_has_not_moved(turnover, text_of, figures):
    make_article(slug="trade", body="It was {{figure/turnover-2024}}.")

    (figure,) = figures()
    assert figure["ref"] == "figure/turnover-2024"
    assert figure["moved"] is False
    assert figure["as_published"]["value"] == figure["now"]["value"] == "783000000"
    assert figure["period"]["edtf"] == "2024"
    page = text_of(ADDRESS)
    assert "It was 783 million USD ." in page
    assert "moved since publication" not in page


def test_a_number_that_moved_says_what_it_was_and_what_it_is(turnover, change, text_of, figures):
    make_article(slug="trade", body="It was {{figure/turnover-2024}}.")

    change(turnover, value="790000000", printed="$790 million")

    page = text_of(ADDRESS)
    assert "It was 790 million USD" in page
    assert "was 783 million USD when this was published on" in page
    assert "is 790 million USD now" in page
    (figure,) = figures()
    assert figure["moved"] is True
    assert figure["as_published"]["value"] == "783000000"
    assert figure["now"]["text"] == "790 million USD"


def test_a_move_too_small_for_words_is_told_with_every_digit(turnover, change, text_of):
    make_article(slug="trade", body="It was {{figure/turnover-2024}}.")

    change(turnover, value="783000001", printed="$783,000,001")

    assert "was 783,000,000 USD when this was published" in text_of(ADDRESS)


def test_a_derived_number_moves_with_what_it_is_computed_from(change, figures):
    derived = make_derived_figure(slug="turnover-2023")
    make_article(slug="trade", body="It was {{figure/turnover-2023}}.")

    change(derived.inputs.first().figure, value="900000000", printed="$900 million")

    (figure,) = figures()
    assert figure["moved"] is True
    assert figure["is_derived"] is True
    assert Decimal(figure["as_published"]["value"]) < Decimal(figure["now"]["value"])


def test_what_was_published_stays_when_the_article_changes(turnover, change, figures):
    article = make_article(slug="trade", body="It was {{figure/turnover-2024}}.")
    exports = make_figure(slug="exports-2024", measure="exports", value="5")
    change(turnover, value="790000000", printed="$790 million")

    change(article, body_en="It was {{figure/turnover-2024}}, of which {{figure/exports-2024}}.")
    change(exports, value="6", printed="6")

    assert {row["ref"]: row["as_published"]["value"] for row in figures()} == {
        "figure/turnover-2024": "783000000",
        "figure/exports-2024": "5",
    }


def test_what_a_text_names_no_more_is_kept_no_more(turnover, change):
    article = make_article(slug="trade", body="It was {{figure/turnover-2024}}.")

    change(article, body_en="It was much.")

    article.refresh_from_db()
    assert article.numbers_as_published == {}


def test_an_article_that_comes_back_is_published_anew(turnover, change, editor, contributor, second_editor, figures):
    article = make_article(slug="trade", body="It was {{figure/turnover-2024}}.")
    workflow.withdraw(article, by=editor, note="To be looked at")
    change(turnover, value="790000000", printed="$790 million")

    workflow.submit(article, by=contributor)
    workflow.publish(article, by=second_editor)

    (figure,) = figures()
    assert figure["as_published"]["value"] == "790000000"


def test_a_disputed_number_is_marked_and_its_mark_leads_to_the_list_below(turnover, client):
    make_figure(slug="other", value="1", reliability="disputed")
    make_article(slug="trade", body="One says {{figure/other}}.")

    page = client.get(ADDRESS).content.decode()

    assert 'href="#number.figure.other"' in page
    assert 'id="number.figure.other"' in page


def test_numbers_and_dates_speak_the_language_of_the_reader(turnover, client):
    make_article(
        slug="trade",
        body="It was {{figure/turnover-2024}}.",
        body_ru="Было {{figure/turnover-2024 period}}: {{figure/turnover-2024}}.",
    )

    page = client.get("/ru" + ADDRESS).content.decode()

    assert "783 миллиона USD" in page.replace("\xa0", " ")
    assert 'href="/ru/figures/turnover-2024/"' in page


def test_the_network_of_a_day_is_counted(db, client, figures):
    make_mission(receiving=make_country("KEN"), milestones=[{"kind": "opened", "date": "2014-05-01"}])
    make_article(slug="trade", body="There were {{network/KAZ/2013-01-01}}, then {{network/KAZ/2015-01-01}}.")

    before, after = figures()
    assert (before["now"]["value"], after["now"]["value"]) == ("0", "1")
    assert client.get(after["html_url"]).status_code == 200


def test_the_number_of_queries_does_not_grow_with_what_articles_name(turnover, queries_of):
    def write(count: int) -> None:
        for number in range(count):
            total = Figure.objects.count()
            figure = make_figure(
                slug=f"exports-{total}", measure="exports", period=f"19{total:02}", value=str(total + 1)
            )
            make_article(slug=f"article-{total}-{number}", body=f"It was {{{{figure/{figure.slug}}}}}.")

    write(2)
    make_article(slug="trade", body="It was {{figure/turnover-2024}}.")
    few = queries_of("/api/v1/articles/"), queries_of(ADDRESS)
    write(4)
    article = make_article(
        slug="more", body=" ".join(f"{{{{figure/{slug}}}}}" for slug in Figure.objects.values_list("slug", flat=True))
    )

    assert (queries_of("/api/v1/articles/"), queries_of(article.get_absolute_url())) == few
