import csv
import io
import re
import struct

import pytest
from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from kzafrica.bars import BarRow, bar_chart
from kzafrica.columns import Period, column_chart
from kzafrica.lettering import BOLD, REGULAR, face, wrapped
from kzafrica.pictures import SHOWN_WIDTH, WIDTH, Picture, chart_answer, csv_of, downloads_at, png_of, svg_of
from kzafrica.quantities import PALETTE, Standing
from tests.charts.charts import BOTH, PERIODS, TURNOVER, quantity

KAZAKH = "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя"
FRENCH = "ÀàÂâÆæÇçÉéÈèÊêËëÎîÏïÔôŒœÙùÛûÜüŸÿ"
SIGNS = "0123456789.,:;–—−‘’“”«»…%№₸€×\xa0\u202f"


def columns():
    return column_chart(
        [
            Period(2022, (quantity("591300000.25"), quantity(0)), quantity("591300000.25", Standing.DERIVED)),
            Period(2024, (quantity(684500000, Standing.PROVISIONAL), quantity(98500000, Standing.ESTIMATED))),
        ],
        series=BOTH,
        unit="USD",
    )


def bars():
    rows = [BarRow("=1+1", (quantity("31.4"),), "2603"), BarRow("Шай", (quantity("0.4", Standing.DERIVED),), "0902")]
    return bar_chart(rows, series=TURNOVER, unit="percent", label_name="Good")


def picture_of(chart, title: str = "Trade with Kenya") -> Picture:
    return Picture(chart, title, "Million US dollars, customs statistics", "Source: Comtrade. CC BY 4.0")


def component(chart, kind: str, id: str) -> str:
    context = {
        "chart": chart,
        "id": id,
        "title": "Trade",
        "sentence": "It grew.",
        "downloads": downloads_at("/trade/a"),
    }
    return render_to_string(f"components/{kind}_chart.html", context)


class TestFont:
    @pytest.mark.parametrize("path", [REGULAR, BOLD], ids=lambda path: path.stem)
    def test_has_the_letters_of_every_language_of_the_site(self, path):
        letters = face(path)

        assert [letter for letter in KAZAKH + FRENCH + SIGNS if not letters.has(letter)] == []

    @pytest.mark.parametrize("letter", "ӘғҚңӨұҮһІéŒ₸−")
    def test_a_letter_is_drawn_and_not_the_box_of_a_missing_one(self, letter):
        def drawn(text: str) -> bytes:
            return png_of(
                '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
                f'<text x="4" y="30" font-family="Noto Sans" font-size="30">{text}</text></svg>'
            )

        assert drawn(letter) not in {drawn("\U0001f600"), drawn(" ")}

    def test_comes_with_its_licence_and_stays_small(self):
        assert "SIL OPEN FONT LICENSE" in (REGULAR.parent / "OFL.txt").read_text()
        assert all(path.stat().st_size < 200_000 for path in (REGULAR, BOLD))

    @given(st.text(), st.integers(20, 400), st.none() | st.integers(1, 3))
    def test_wrapped_lines_fit(self, text, width, most):
        lines = wrapped(text, width, 13, most=most)

        assert all(face().width(line, 13) <= width for line in lines)
        assert len(lines) <= (most or len(lines))


@pytest.mark.parametrize("chart", [columns(), bars()], ids=["columns", "bars"])
class TestPicture:
    def test_needs_no_style_no_script_and_nothing_from_elsewhere(self, chart):
        svg = svg_of(picture_of(chart))

        assert svg.startswith("<svg ")
        assert not re.search(r"style|<script|\son\w+=|href|@import", svg)
        assert set(re.findall(r"https?://[^\"'< ]+", svg)) == {"http://www.w3.org/2000/svg"}

    def test_every_shape_has_its_colour_and_every_pattern_is_there(self, chart):
        svg = svg_of(picture_of(chart))

        assert set(re.findall(r"#[0-9a-f]{6}", svg)) <= {*PALETTE.values(), "#00a3c0"}
        assert set(re.findall(r"url\(#([\w-]+)\)", svg)) == set(re.findall(r'<pattern id="([\w-]+)"', svg))

    def test_png_is_as_wide_as_promised(self, chart):
        png = png_of(svg_of(picture_of(chart)))

        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">LL", png[16:24]) == (SHOWN_WIDTH, picture_of(chart).shown_height)

    def test_words_stand_below_each_other_and_within_the_picture(self, chart):
        picture = picture_of(chart, "A long title that goes on and on " * 5)

        lines = [*picture.titles, *picture.subtitles]
        ys = [line.y for line in lines] + [picture.chart_y, picture.rule_y, *(line.y for line in picture.footers)]
        assert ys == sorted(set(ys))
        assert ys[-1] < picture.height
        assert all(0 <= mark.words.x < WIDTH for mark in picture.marks)


@trials(max_examples=20, deadline=None)
@given(PERIODS, st.text(max_size=80))
def test_any_chart_under_any_title_becomes_a_picture(periods, title):
    chart = column_chart(periods, series=BOTH, unit="USD")

    # The rasteriser refuses what is not well-formed XML.
    assert png_of(svg_of(picture_of(chart, title))).startswith(b"\x89PNG")


class TestCsv:
    @given(PERIODS)
    def test_gives_every_value_back(self, periods):
        chart = column_chart(periods, series=BOTH, unit="USD")

        rows = list(csv.DictReader(io.StringIO(csv_of(chart))))

        assert [int(row["year"]) for row in rows] == [period.year for period in chart.periods]
        for row, period in zip(rows, chart.periods, strict=True):
            for code, value in zip(("exports", "imports"), period.values, strict=True):
                assert row[f"{code}_usd"] == ("" if value is None else format(value.amount, "f"))
                assert row[f"{code}_standing"] == ("" if value is None else value.standing)

    def test_has_one_form_of_heads_for_machines(self):
        assert csv_of(columns()).splitlines()[0] == (
            "year,exports_usd,exports_standing,imports_usd,imports_standing,balance_usd,balance_standing,note"
        )
        assert csv_of(bars()).splitlines()[0] == "code,label,is_rest,turnover_percent,turnover_standing,note"

    def test_words_are_no_formulas_and_negative_numbers_stay_numbers(self):
        chart = column_chart(
            [Period(2023, (quantity(1), quantity(3)), quantity("-2.50", Standing.DERIVED), "@now")],
            series=BOTH,
            unit="USD",
        )

        assert csv_of(bars()).splitlines()[1].startswith("2603,'=1+1,")
        assert csv_of(chart).splitlines()[1] == "2023,1,final,3,final,-2.50,derived,'@now"

    def test_no_number_is_written_with_an_exponent(self):
        chart = column_chart([Period(2023, (quantity("6.8E+8"),))], series=TURNOVER, unit="USD")

        assert "2023,680000000,final," in csv_of(chart)


class TestAnswer:
    @pytest.mark.parametrize(
        ("form", "content_type"),
        [("svg", "image/svg+xml"), ("png", "image/png"), ("csv", "text/csv; charset=utf-8")],
    )
    def test_is_a_file_with_a_name(self, form, content_type):
        answer = chart_answer(picture_of(columns()), form, "Trade with Kenya 2024")

        assert answer["Content-Type"] == content_type
        assert answer["Content-Disposition"] == f'attachment; filename="trade-with-kenya-2024.{form}"'
        assert not answer.has_header("Cache-Control")

    @pytest.mark.parametrize(("chart", "form"), [(columns(), "pdf"), (None, "svg")])
    def test_is_404_without_chart_or_form(self, chart, form):
        with pytest.raises(Http404):
            chart_answer(chart and picture_of(chart), form, "trade")


class TestComponent:
    def test_two_charts_on_a_page_share_no_id(self):
        html = component(columns(), "column", "one") + component(columns(), "column", "two")
        html += component(bars(), "bar", "three")

        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(set(ids)) == len(ids)
        assert set(re.findall(r"url\(#([\w-]+)\)", html)) <= set(ids)
        assert {name for names in re.findall(r'aria-labelledby="([^"]+)"', html) for name in names.split()} <= set(ids)

    def test_the_table_says_what_is_provisional_and_what_is_missing(self):
        html = component(columns(), "column", "one")

        assert '684,500,000 <span class="chart-standing">provisional</span>' in html
        assert '<td class="number no-data">no data</td>' in html
        assert '<a href="/trade/a.png" download>PNG<span class="visually-hidden"> of Trade</span></a>' in html

    def test_twenty_five_years_stay_light(self):
        periods = [
            Period(
                year,
                (quantity(year * 654321, Standing.PROVISIONAL), quantity(year * 123456)),
                quantity(year * 530865, Standing.DERIVED),
            )
            for year in range(2001, 2026)
        ]
        chart = column_chart(periods, series=BOTH, unit="USD")

        assert len(component(chart, "column", "long").encode()) < 15_000


def test_the_palette_is_that_of_the_tokens():
    light = (settings.BASE_DIR / "kzafrica/static/kzafrica/css/tokens.css").read_text().split("@media", 1)[0]

    tokens = dict(re.findall(r"--([\w-]+): (#\w+);", light))
    assert {name: tokens[name] for name in PALETTE} == PALETTE
