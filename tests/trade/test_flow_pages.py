"""The list of rows of trade statistics as people read it."""

import re

import pytest

from tests.factories import make_commodity
from tests.trade.worlds import area, fill, make_world
from trade.models import Slice

pytestmark = pytest.mark.django_db
LIST = "/trade/flows/"


@pytest.fixture
def world():
    return make_world()


def lines_on(text: str) -> int:
    return len(re.findall(r"(?<!Release, )\bline \d", text))


def test_a_list_without_rows_says_that_none_are_public(text_of):
    assert "No release of trade rows is public yet." in text_of(LIST)


def test_a_row_shows_all_that_its_file_gives(text_of, world):
    text = text_of(f"{LIST}?partner=NAM&release=comtrade-new")

    for words in ("2023", "Kazakhstan", "Import", "Namibia", "09", "H6", "10 CIF", "9.5 FOB", "Comtrade, new"):
        assert words in text


def test_missing_is_said_and_zero_is_zero(client, world):
    page = client.get(f"{LIST}?partner=KEN&year=2023").content.decode()

    missing_value, zero_value = re.findall(r'<td class="number">.*?Value, USD</span>\s*(.*?)</td>', page, re.S)
    assert "missing" in missing_value
    assert '<span class="amount">0</span>' in zero_value


def test_estimates_are_marked_in_words(text_of, world):
    assert "estimated" in text_of(f"{LIST}?partner=KEN&hs=0902&year=2023")
    assert "estimated" not in text_of(f"{LIST}?partner=KEN&hs=090230")


def test_goods_have_the_title_of_their_edition_or_of_the_present_one(text_of, world):
    make_commodity("0902", edition="H5", description="Tea as it was called")

    assert "Tea as it was called" in text_of(f"{LIST}?year=2024")
    assert "Tea, whether or not flavoured" in text_of(f"{LIST}?partner=KEN&year=2023")


def test_the_page_says_what_it_searched_and_what_must_not_be_added(text_of, world):
    text = text_of(LIST)

    assert "2 releases searched" in text
    assert "Never add up rows of different levels" in text
    assert "1 release searched" in text_of(f"{LIST}?source=baci")


def test_filters_are_told_in_words(text_of, world):
    text = text_of(f"{LIST}?reporter=KAZ&flow=X&level=6")

    for words in ("Reporter: Kazakhstan", "Flow: Export", "Level, below the code: Subheadings"):
        assert words in text


def test_replaced_rows_stand_only_under_their_release(text_of, world):
    assert "Comtrade, old" not in text_of(LIST)

    text = text_of(f"{LIST}?release=comtrade-old")
    assert lines_on(text) == 2
    assert "replaced" in text


def test_rows_of_a_draft_are_nowhere(client, text_of, world):
    assert "666" not in text_of(LIST)
    assert client.get(f"{LIST}?release=draft").status_code == 400


def test_nothing_that_fits_is_said_so(text_of, world):
    assert "No row fits." in text_of(f"{LIST}?year=1999")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("parner=KEN", "Did you mean “partner”?"),
        ("partner=KEX", "Did you mean “KEN”?"),
        ("limit=3", "There is no parameter “limit”."),
        ("page=2", "There is no parameter “page”."),
        ("hs=9", "Write an HS code"),
        ("cursor=garbage", "This cursor is not one of ours"),
        ("cursor=eyJ2YWx1ZXMiOlstMSwyLCJYIiwiIl0sImJhY2t3YXJkIjpmYWxzZX0", "This cursor is not one of ours"),
        ("flow=X&flow=M", "is given more than once"),
    ],
)
def test_what_cannot_be_read_answers_400_with_the_form(client, text_of, world, query, sentence):
    text = text_of(f"{LIST}?{query}", status=400)

    assert sentence in text
    assert lines_on(text) == 0
    assert 'class="filter-form"' in client.get(f"{LIST}?{query}").content.decode()


def test_tracking_is_forgiven(text_of, world):
    assert lines_on(text_of(f"{LIST}?utm_source=mail&year=2024")) == 1


class TestPages:
    @pytest.fixture(autouse=True)
    def rows(self, world):
        part = Slice.objects.get(release=world["new"], year=2024)
        fill(part, [{"partner": area("NAM"), "hs": f"{number:06}", "value_usd": number} for number in range(120)])

    def links(self, client, address: str) -> dict[str, str]:
        page = client.get(address).content.decode()
        return {
            relation: LIST + query.replace("&amp;", "&")
            for relation, query in re.findall(r'<a rel="(prev|next)" href="([^"]+)"', page)
        }

    def goods(self, client, address: str) -> list[str]:
        return re.findall(r'<span class="commodity-code">(\d{6})<', client.get(address).content.decode())

    def test_next_leads_through_every_row_once_and_previous_back(self, client):
        address, pages = f"{LIST}?partner=NAM&year=2024", []
        while address:
            pages.append(self.goods(client, address))
            last, address = address, self.links(client, address).get("next")

        assert [len(page) for page in pages] == [50, 50, 20]
        assert [code for page in pages for code in page] == [f"{number:06}" for number in range(120)]
        before = self.links(client, last)["prev"]
        assert self.goods(client, before) == pages[1]
        assert self.goods(client, self.links(client, before)["prev"]) == pages[0]

    def test_the_page_has_no_numbers(self, text_of):
        assert "Page 1" not in text_of(LIST)

    def test_it_costs_as_many_queries_with_one_row_as_with_fifty(self, queries_of):
        assert queries_of(f"{LIST}?partner=NAM&hs=000001") == queries_of(f"{LIST}?partner=NAM&year=2024")
