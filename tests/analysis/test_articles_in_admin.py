"""What the desk tells whoever writes an article."""

import pytest

from kzafrica.analysis.models import Article
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import ProposedChange
from kzafrica.workshop.preview import preview_address
from tests.admin import FilledForm, address_of, take, words_of
from tests.factories import make_article, make_figure, make_source

BODY = "It was {{figure/turnover-2024}}, not {{figure/turnover-2042}}.[^1]\n\n[^1]: source/decree-17."


@pytest.fixture
def turnover(db):
    return make_figure(slug="turnover-2024", title="Turnover, 2024", citations=[make_source(slug="decree-17")])


def told_after(form: FilledForm, **fields) -> str:
    answer = form.send(**fields)
    assert answer.status_code == 302, words_of(answer)
    return words_of(form.client.get(answer["Location"]))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
def test_saving_tells_what_was_understood_and_what_would_be_refused(turnover, writing, status):
    article = make_article(status=status)

    told = told_after(FilledForm(writing, address_of("change", article)), body_en=BODY)

    assert "1 live number (Turnover, 2024: 783 million USD); 1 citation in footnotes" in told
    assert "there is no figure “turnover-2042”. Did you mean “turnover-2024”?" in told
    assert ProposedChange.objects.exists() == (status == Status.PUBLISHED)


def test_the_help_beside_the_text_shows_how_numbers_and_footnotes_are_written(writing):
    page = words_of(writing.get(address_of("add", Article)))

    assert "{{figure/turnover-kaz-africa-2024}}" in page
    assert "[^1]: source/" in page


def test_a_preview_shows_numbers_in_their_place_and_unknown_names_as_they_are_written(turnover, client, text_of):
    draft = make_article(status=Status.DRAFT, body=BODY)

    page = text_of(preview_address(draft))

    assert "It was 783 million USD , not {{figure/turnover-2042}}" in page


def test_a_refusal_to_publish_names_what_is_wrong(turnover, reviewing):
    article = make_article(status=Status.IN_REVIEW, body=BODY)

    answer = take(reviewing, "publish", article)

    assert "turnover-2042" in words_of(answer)
    article.refresh_from_db()
    assert not article.is_public


def test_a_preview_does_not_tell_a_number_that_is_not_public(db, text_of):
    make_figure(slug="secret", value="424242", status=Status.DRAFT)
    draft = make_article(status=Status.DRAFT, body="It was {{figure/secret}}.")

    assert "424,242" not in text_of(preview_address(draft))
