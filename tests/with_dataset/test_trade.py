"""Trade, investment and routes with the whole dataset: verdicts with reasons, sums, claims, amounts, talks."""

import pytest

from kzafrica.statements.comparisons import compare
from kzafrica.statements.models import Figure
from trade.models import Project, Route

ARTICLE = "astana-times-2025-09-africa-foreign-policy-agenda"


def test_every_number_of_the_article_has_a_verdict_and_where_it_cannot_be_checked_a_reason(dataset):
    figures = Figure.objects.published().stated().filter(citations__source__slug=ARTICLE).distinct().for_list()

    results = compare(figures)

    assert len(results) == figures.count() >= 16
    assert all(bool(result.comparisons) != bool(result.reason) for result in results.values())


def test_the_shares_of_the_article_fall_short_of_a_hundred_and_the_page_says_so(dataset, text_of):
    page = text_of("/trade/")

    assert "The 4 shares named add up to 96.29 %" in page
    assert "The source does not name the other 3.71 %." in page
    assert "The 5 shares named add up to 56.7 %" in page


def test_the_claim_of_steady_growth_stands_beside_a_fall_and_a_rise(dataset, text_of):
    page = text_of("/trade/")
    claim = page[page.index("Since 2022 turnover with Africa has been growing steadily again.") :][:700]

    for words in ("Holds in part", "-31.97 %", "15.1 %", "-21.7 %"):
        assert words in claim


def test_rand_stay_rand(dataset, text_of):
    page = text_of("/figures/balance-zaf-kaz-2010/")

    assert "101 million ZAR − 36 million ZAR = 65 million ZAR" in page
    assert "USD" not in page


@pytest.mark.parametrize("route", ["bandar-abbas-gateway", "port-of-bissau", "port-of-lome", "port-of-pointe-noire"])
def test_a_route_leads_to_the_talks_behind_it(dataset, text_of, route):
    assert "The talks behind it" in text_of(Route.objects.get(slug=route).get_absolute_url())


def test_only_the_projects_with_a_stated_amount_show_one(dataset, text_of):
    page = text_of("/trade/projects/")

    assert page.count("amount not stated") == Project.objects.published().count() - 2
    assert "33 million USD" in page
    assert "25 million USD" in page
