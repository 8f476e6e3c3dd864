"""The years and orders about which the sources of the dataset disagree, or say less than the record."""


def citations_of(client, address: str, field: str) -> list[tuple]:
    rows = client.get(address).json()["citations"]
    return [(row["as_printed"], row["stated"], bool(row["reason"])) for row in rows if row["field"] == field]


def test_relations_with_rwanda_are_not_dated_while_two_sources_name_2016(dataset, client):
    listed, page = client.get("/relations/"), client.get("/relations/kaz-rwa/")

    assert "other sources state <strong>2016</strong>" in listed.content.decode()
    assert "other sources state <strong>2016</strong>" in page.content.decode()
    assert "The source counts relations from the accreditation of an ambassador" in page.content.decode()
    assert client.get("/api/v1/relations/kaz-rwa/").json()["established"] is None
    assert citations_of(client, "/api/v1/relations/kaz-rwa/", "established") == [("2016", "2016", True)] * 2


def test_a_month_that_holds_the_day_supports_it(dataset, client):
    """September 2011 says less than 5 September 2011, and nothing else: no reader is told that sources disagree."""
    page = client.get("/relations/kaz-eth/").content.decode()

    assert "September 5, 2011" in page
    assert "September 2011" in page
    assert "badge-differs" not in page
    assert citations_of(client, "/api/v1/relations/kaz-eth/", "established") == [
        ("September 5, 2011", "", False),
        ("September 2011", "", False),
    ]


def test_the_order_of_tshisekedi_has_its_class_its_grounds_and_the_paper_that_does_not_name_it(dataset, client):
    address = "/awards/order-of-dostyk-tshisekedi-2025/"
    page, document = client.get(address).content.decode(), client.get(f"/api/v1{address}").json()

    assert (document["order_class"], len(document["grounds"])) == ("I", 3)
    for text in ("Friendship between the two nations", "Congo Actu", "highest civic distinction", "not named"):
        assert text in page
    assert citations_of(client, f"/api/v1{address}", "order") == [
        ("la plus haute distinction civique", "highest civic distinction for foreign heads of state, not named", True)
    ]
