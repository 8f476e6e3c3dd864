import struct
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzafrica.dates import ImpreciseDate
from kzafrica.lettering import face
from kzafrica.linked_data import Description
from kzafrica.share_images import HEIGHT, MARGIN, WIDTH, Card
from tests.factories import make_country, make_event

WORDS = st.text(st.sampled_from("iMщҚәқңөүұһі–W 1,."), min_size=1, max_size=120)
COUNTS = st.lists(st.tuples(st.integers(1, 10**6).map(str), WORDS), max_size=5).map(tuple)


@settings(max_examples=30, deadline=None)
@given(WORDS, WORDS, WORDS | st.just(""), st.lists(WORDS, max_size=3), COUNTS)
def test_no_words_leave_the_picture_or_lie_over_each_other(title, kind, number, sides, counts):
    said = Description(
        title,
        kind,
        "",
        {},
        ImpreciseDate.parse("2025-09-10"),
        place=title,
        sides=tuple(sides),
        number=number,
        counts=counts,
    )

    texts = Card(said, f"https://kz-africa.example/{'x' * 120}/").texts

    for text in texts:
        assert text.x >= MARGIN
        assert text.x + face(text.path).width(text.words, text.size) <= WIDTH - MARGIN
        assert text.size <= text.y <= HEIGHT - MARGIN // 4
    # Of two lines the lower begins where the letters of the upper one end, but for what hangs below its line.
    lines = sorted({text.y: text.size for text in texts if text.x == MARGIN}.items())
    assert all(low - size >= high for (high, _size), (low, size) in pairwise(lines))


@pytest.mark.django_db
class TestAnswer:
    @pytest.mark.parametrize("language", ["", "/kk", "/ru"])
    def test_is_a_picture_of_the_size_that_the_page_says(self, client, language):
        event = make_event(title="Мемлекеттік сапар", date="2025-05")

        answer = client.get(f"{language}{event.get_absolute_url()}share.png")

        assert answer["Content-Type"] == "image/png"
        assert struct.unpack(">II", answer.content[16:24]) == (1200, 630)
        assert answer["ETag"]

    def test_changes_with_the_record(self, client):
        event = make_event(title="First")
        address = f"{event.get_absolute_url()}share.png"
        before = client.get(address).content

        event.title_en = "Second"
        event.save()

        assert client.get(address).content != before

    def test_of_the_site_and_of_a_pair(self, client):
        make_country("KAZ"), make_country("COD")

        for address in ("/share.png", "/countries/cod/share.png"):
            assert client.get(address)["Content-Type"] == "image/png"
