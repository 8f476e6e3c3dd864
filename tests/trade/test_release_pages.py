"""Releases of trade statistics as people read them."""

import pytest

from kzafrica.editorial import workflow
from tests.factories import make_release, make_slice
from tests.trade.worlds import area, make_world
from trade import release_views

pytestmark = pytest.mark.django_db
LIST = "/trade/releases/"


@pytest.fixture
def world():
    return make_world()


def test_the_list_shows_public_releases_with_what_they_hold(text_of, world):
    text = text_of(LIST)

    for words in ("3 releases", "Comtrade, new", "5 rows", "1 reporter", "2023–2024", "H5, H6", "replaced"):
        assert words in text
    assert "Not reviewed" not in text


def test_the_list_is_filtered_by_perspective_and_source(text_of, world):
    assert "Comtrade, new" not in text_of(f"{LIST}?perspective=reconciled")
    assert "No release fits." in text_of(f"{LIST}?q=nothing")
    assert "Did you mean “reconciled”?" in text_of(f"{LIST}?perspective=recon", status=400)


def test_a_release_shows_its_files_with_checksum_and_layout(text_of, world):
    file = world["new"].files.get()

    text = text_of("/trade/releases/comtrade-new/")

    for words in (file.name, file.checksum, "UN Comtrade, table of the website (CSV)", "Terms of the United Nations"):
        assert words in text


def test_a_release_says_which_of_its_slices_are_replaced_and_by_what(client, text_of, world):
    text = text_of("/trade/releases/comtrade-old/")

    assert "replaced by Comtrade, new" in text
    assert "/trade/releases/comtrade-new/" in client.get("/trade/releases/comtrade-old/").content.decode()
    assert "replaced by" not in text_of("/trade/releases/comtrade-new/")


def test_a_release_leads_to_its_rows(client, world):
    page = client.get("/trade/releases/comtrade-old/").content.decode()

    assert "/trade/flows/?release=comtrade-old" in page
    assert client.get("/trade/flows/?release=comtrade-old").status_code == 200


def test_more_slices_than_are_shown_are_counted(text_of, world, monkeypatch):
    monkeypatch.setattr(release_views, "SLICES_SHOWN", 1)

    assert "1 more is in the JSON document" in text_of("/trade/releases/comtrade-new/")


def test_a_draft_has_no_page_and_a_withdrawn_release_says_so(client, world):
    workflow.withdraw(world["reconciled"], by=workflow.system_user(), note="Loaded by mistake")

    assert client.get("/trade/releases/draft/").status_code == 404
    assert client.get("/trade/releases/baci-2023/").status_code == 410


def test_pages_cost_as_many_queries_with_many_slices_as_with_one(queries_of, world):
    counts = [queries_of(address) for address in (LIST, "/trade/releases/comtrade-new/")]

    for year in range(1990, 2000):
        make_slice(release=world["new"], reporter=area("KEN"), year=year)
        make_release(title=f"Comtrade {year}")

    assert [queries_of(address) for address in (LIST, "/trade/releases/comtrade-new/")] == counts


def test_the_overview_leads_to_rows_and_releases(client):
    page = client.get("/trade/").content.decode()

    assert 'href="/trade/flows/"' in page
    assert 'href="/trade/releases/"' in page
