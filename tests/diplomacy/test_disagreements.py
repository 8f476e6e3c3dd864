"""Relations whose sources name different years, and orders: every statement with its source and its reason."""

import pytest

from tests.factories import make_award, make_country, make_relation, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def rwanda():
    return make_country("RWA", name="Rwanda")


def stated(date: str, publisher: str, reason: str) -> dict:
    source = make_source(publisher=publisher)
    return {"source": source, "field": "established", "stated": date, "as_printed": date, "reason": reason}


@pytest.fixture
def relation(rwanda):
    differing = [
        stated("2016", "Africa-Press", "It counts from the accreditation."),
        stated("2015-07", "IGIHE", "It names no instrument."),
        stated("2016", "New Times", "It repeats the former."),
    ]
    return make_relation(second=rwanda, established="", citations=[{}, *differing])


def test_the_list_shows_the_years_that_sources_state(relation, text_of):
    words = text_of("/relations/")

    assert "not settled Kazakhstan – Rwanda when relations were established is not settled" in words
    assert "other sources state 2016 , July 2015" in words


def test_a_chosen_date_stands_beside_what_others_state(rwanda, text_of):
    differing = stated("2016", "Africa-Press", "It counts from the accreditation.")
    make_relation(second=rwanda, established="2015-07-01", citations=[{"field": "established"}, differing])

    words = text_of("/relations/")

    assert "1 July 2015 Kazakhstan – Rwanda diplomatic relations established" in words
    assert "other sources state 2016" in words


def test_what_differs_on_another_field_is_no_other_date(rwanda, text_of):
    differing = {"source": make_source(), "field": "instrument", "stated": "Protocol", "reason": "A slip."}
    make_relation(second=rwanda, established="2015", citations=[{}, differing])

    assert "other sources state" not in text_of("/relations/")


def test_page_and_api_give_every_statement_with_its_source_and_reason(relation, text_of, client):
    words = text_of(relation.get_absolute_url())
    document = client.get(f"/api/v1/relations/{relation.slug}/").json()

    assert "other sources state 2016 , July 2015" in words
    for publisher, reason in (
        ("Africa-Press", "It counts from the accreditation."),
        ("IGIHE", "It names no instrument."),
        ("New Times", "It repeats the former."),
    ):
        assert publisher in words
        assert reason in words
    assert document["has_conflict"]
    assert [
        (row["source"]["publisher"], row["field"], row["stated"], row["reason"])
        for row in document["citations"]
        if row["differs"]
    ] == [
        ("Africa-Press", "established", "2016", "It counts from the accreditation."),
        ("IGIHE", "established", "2015-07", "It names no instrument."),
        ("New Times", "established", "2016", "It repeats the former."),
    ]


def test_an_order_is_shown_with_class_grounds_and_who_names_it_otherwise(text_of, client):
    differing = {
        "source": make_source(publisher="Congo Actu"),
        "field": "order_class",
        "stated": "II",
        "reason": "Slip.",
    }
    award = make_award(order="Order of Dostyk", order_class="I", grounds="Trade\nPeace", citations=[{}, differing])

    page, row = text_of(award.get_absolute_url()), text_of("/awards/")
    document = client.get(f"/api/v1/awards/{award.slug}/").json()

    assert "Class I sources differ" in page
    assert "For Trade Peace" in page
    for words in (page, row):
        assert "Congo Actu" in words
        assert "Slip." in words
    assert "Order of Dostyk, I" in row
    assert (document["order"], document["order_class"], document["grounds"]) == (
        "Order of Dostyk",
        "I",
        ["Trade", "Peace"],
    )
    assert [(row["field"], row["stated"], row["reason"]) for row in document["citations"] if row["differs"]] == [
        ("order_class", "II", "Slip.")
    ]
