"""One English word, two meanings: each has a label of its own in the other languages."""

import pytest
from django.contrib import admin
from django.utils.translation import gettext, override

from kzafrica.editorial.models import ErrorReport
from kzafrica.statements.choices import Qualifier
from kzafrica.statements.compact import CLAIM
from kzafrica.workshop.compact import Listed
from tests.factories import make_claim, make_figure


@pytest.mark.parametrize(
    "label",
    [
        Qualifier.ABOUT.label,
        next(entry.label for entry in CLAIM.essential if isinstance(entry, Listed)),
        admin.site.get_model_admin(ErrorReport).about.short_description,
    ],
)
def test_what_is_about_something_is_not_about_this_site(label):
    with override("ru"):
        assert str(label) != gettext("About")


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_claim, lambda: make_figure(qualifier="about")])
def test_nor_is_it_on_the_page_of_the_record(client, make):
    record = make()
    with override("ru"):
        page = client.get(record.get_absolute_url()).content.decode()

    assert '<html lang="ru"' in page
    assert "<dt>О проекте</dt>" not in page
    assert "(о проекте)" not in page
