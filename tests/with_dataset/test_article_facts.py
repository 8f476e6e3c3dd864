"""Every fact of the article, and most of those of other documents, can be read on its page and in its API document."""

import pytest

from tests.with_dataset.expectations import (
    Expectation,
    expectations,
    missing_from_document,
    missing_from_page,
)

pytestmark = pytest.mark.one_database

ARTICLE = expectations("article.csv")
OTHERS = expectations("other_documents.csv")


@pytest.fixture(scope="package")
def answers() -> dict[str, str]:
    """What the site has answered so far: many facts stand on one page, which is opened once."""
    return {}


@pytest.fixture
def answer(answers, client, dataset):
    def get(address: str):
        if address not in answers:
            answers[address] = client.get(address)
        response = answers[address]
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        return response

    return get


def test_every_fact_of_the_article_has_one_expectation():
    assert [expected.fact for expected in ARTICLE] == [str(number) for number in range(1, 94)]


@pytest.mark.parametrize("expected", ARTICLE + OTHERS, ids=str)
def test_fact_stands_on_its_page_with_value_date_and_source(answer, expected: Expectation):
    page = answer(expected.page).content.decode()

    assert missing_from_page(page, expected.page_has) == [], expected.page


@pytest.mark.parametrize("expected", ARTICLE + OTHERS, ids=str)
def test_fact_stands_in_its_api_document_with_value_date_and_source(answer, expected: Expectation):
    document = answer(expected.api).json()

    assert missing_from_document(document, expected.api_has) == [], expected.api
