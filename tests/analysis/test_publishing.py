"""An article goes before readers only with what they can follow, whichever way it goes."""

import pytest
from django.core.exceptions import ValidationError

from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.merging import merged_content, propose_merge
from tests.factories import make_article, make_derived_figure, make_figure, make_source

TURNOVER = "{{figure/turnover-2024}}"


@pytest.fixture
def turnover(db):
    return make_figure(slug="turnover-2024", title="Turnover, 2024")


@pytest.fixture
def newspaper(db):
    source = make_source(slug="times-2025", title="Africa on the agenda")
    make_figure(slug="exports-2024", measure="exports", citations=[source])
    source.refresh_from_db()
    assert source.is_public
    return source


def refusal_of(body: str, **fields) -> str:
    with pytest.raises(ValidationError) as refusal:
        make_article(body=body, **fields)
    return " ".join(refusal.value.messages)


def test_an_article_with_its_numbers_and_sources_in_place_is_published(turnover, newspaper):
    article = make_article(body=f"It was {TURNOVER}.[^1]\n\n[^1]: source/times-2025, paragraph 4.")

    assert article.is_public


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("{{figure/turnover-2042}}", "there is no figure “turnover-2042”. Did you mean “turnover-2024”?"),
        ("{{figur/turnover-2024}}", "no live numbers of the kind “figur”. Did you mean “figure”?"),
        ("{{figure/turnover-2024 perod}}", "nothing is known by the word “perod”"),
        ("{{turnover}}", "“{{turnover}}” names no number"),
        ("{{network/KZA/2025-09-14}}", "there is no country “KZA”. Did you mean “KAZ”?"),
        ("{{network/KAZ/2025-02-30}}", "“2025-02-30” is not a day that has come"),
        ("{{network/KAZ/2999-01-01}}", "“2999-01-01” is not a day that has come"),
        ("Words.[^1]", "Footnote [^1] has no text"),
        ("Words.\n\n[^1]: More.", "nothing leads to it"),
        ("Words.[^1]\n\n[^1]: One.\n[^1]: Two.", "has two texts"),
        (
            "Words.[^1]\n\n[^1]: source/tims-2025",
            "In footnote 1: there is no source “tims-2025”. Did you mean “times-2025”?",
        ),
    ],
)
def test_what_is_not_there_is_named_with_the_nearest_that_is(turnover, newspaper, written, sentence):
    refusal = refusal_of(f"It was {written}")

    assert sentence in refusal
    assert refusal.startswith("Body")


def test_a_text_in_another_language_is_looked_at_too(turnover):
    refusal = refusal_of("Fine.", body_ru="Это {{figure/turnover-2042}}.")

    assert "Russian" in refusal
    assert "turnover-2042" in refusal


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_a_figure_that_readers_do_not_see_keeps_the_article_from_them(turnover, status):
    make_figure(slug="turnover-2025", period="2025", status=status)

    assert "{{figure/turnover-2025}}" in refusal_of("It is {{figure/turnover-2025}}.")


def test_a_derived_figure_without_a_number_keeps_the_article_from_readers(turnover):
    share = make_figure(slug="none", measure="imports", value="0", printed="0")
    make_derived_figure(
        [(turnover, "value"), (share, "earlier")], slug="growth", formula="growth", measure="growth", unit="percent"
    )

    assert "cannot be computed" in refusal_of("It grew by {{figure/growth}}.")


def test_a_source_that_readers_do_not_see_comes_with_the_article_only_if_it_is_cited_for_it(db):
    source = make_source(slug="decree-17", status=Status.DRAFT)
    body = "Words.[^1]\n\n[^1]: source/decree-17."

    assert "Cite it for the article too" in refusal_of(body)

    assert make_article(body=body, citations=[source]).is_public
    source.refresh_from_db()
    assert source.is_public


def test_a_withdrawn_source_keeps_the_article_from_readers(db):
    make_source(slug="decree-17", status=Status.WITHDRAWN)

    assert "is withdrawn" in refusal_of("Words.[^1]\n\n[^1]: source/decree-17.")


def test_footnotes_that_cite_sources_are_support_enough(newspaper):
    article = make_article(body="Words.[^1]\n\n[^1]: source/times-2025.", citations=False)

    assert article.is_public


def test_an_article_without_any_source_is_refused(db):
    assert "without a citation" in refusal_of("Words.[^1]\n\n[^1]: Our own opinion.", citations=False)


@pytest.fixture
def public_article(turnover, newspaper):
    return make_article(body=f"It was {TURNOVER}.[^1]\n\n[^1]: source/times-2025.")


def test_a_change_of_a_public_article_is_looked_at_when_it_is_applied(public_article, contributor, editor):
    content = content_of(public_article) | {"body_en": "It was {{figure/turnover-2042}}."}
    proposal = proposals.propose(public_article, content, by=contributor)

    with pytest.raises(ValidationError, match="turnover-2042"):
        proposals.apply_proposal(proposal, by=editor)

    public_article.refresh_from_db()
    assert TURNOVER in public_article.body_en


def test_nothing_that_a_public_article_names_can_be_withdrawn(public_article, turnover, newspaper, editor):
    for record in (turnover, newspaper):
        with pytest.raises(ValidationError, match=str(public_article)):
            workflow.withdraw(record, by=editor, note="Wrong")


def test_what_an_article_only_quotes_can_be_withdrawn(turnover, editor):
    make_article(body=f"Write `{TURNOVER}` for it.")

    workflow.withdraw(turnover, by=editor, note="Wrong")

    assert not turnover.is_public


def test_a_renamed_figure_is_followed_in_every_text_that_names_it(public_article, turnover, contributor, editor):
    content = content_of(turnover) | {"slug": "turnover-africa-2024"}
    proposals.apply_proposal(proposals.propose(turnover, content, by=contributor), by=editor)

    public_article.refresh_from_db()
    assert "{{figure/turnover-africa-2024}}" in public_article.body_en
    assert list(public_article.numbers_as_published) == ["figure/turnover-africa-2024"]


def test_a_renamed_source_is_followed_in_footnotes(public_article, newspaper, contributor, editor):
    content = content_of(newspaper) | {"slug": "astana-times-2025"}
    proposals.apply_proposal(proposals.propose(newspaper, content, by=contributor), by=editor)

    public_article.refresh_from_db()
    assert "source/astana-times-2025." in public_article.body_en


def test_two_figures_merged_into_one_are_one_in_texts(public_article, turnover, contributor, editor):
    kept = make_figure(slug="turnover-kept", title="Turnover kept")
    proposal = propose_merge(kept, turnover, merged_content(kept, turnover), by=contributor)
    proposals.apply_proposal(proposal, by=editor)

    public_article.refresh_from_db()
    assert "{{figure/turnover-kept}}" in public_article.body_en
