import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.template.loader import render_to_string

from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.models import Citation
from kzafrica.styleguide import LEAST_FOR_MARKS, LEAST_FOR_TEXT, MARKS_ON, TEXT_ON, contrast, palette
from tests.factories import make_event, make_source

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
PARTIALS = [path for path in TEMPLATES if path.parent.name == "components"]
# Colours of the admin that follow the choice of light or dark in its head.
STYLES = sorted((settings.BASE_DIR / "kzafrica" / "static" / "kzafrica" / "css").glob("*.css"))


def name_of(path: Path) -> str:
    return path.name


def date_html(edtf: str | None, **context) -> str:
    date = ImpreciseDate.parse(edtf) if edtf else None
    return render_to_string("components/date.html", {"date": date, **context})


def test_a_certain_day_is_a_time_for_machines():
    assert date_html("2025-09-10") == '<time datetime="2025-09-10">10 September 2025</time>'


@pytest.mark.parametrize(
    "edtf", ["2025-09-10~", "2025-09-10?", "2025-09", "2023-10~/2023-12~", "2025-09-09/2025-09-10"]
)
def test_no_other_date_pretends_to_be_a_certain_day(edtf):
    html = date_html(edtf, code=True)

    assert "<time" not in html
    assert f'<code class="date-code">{edtf}</code>' in html


def test_a_missing_date_says_so():
    assert "date not known" in date_html(None)


@pytest.mark.parametrize("path", PARTIALS, ids=name_of)
def test_partials_open_with_their_signature(path):
    assert path.read_text().startswith(f"{{# components/{path.name}  ")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
class TestTemplate:
    def test_includes_with_only(self, path):
        includes = re.findall(r"{% include [^%]*%}", path.read_text())

        assert [include for include in includes if not include.endswith("only %}")] == []

    def test_has_nothing_that_the_content_policy_forbids(self, path):
        # A block of data is not executed, and no policy is asked about it.
        text = path.read_text().replace('<script type="application/ld+json">', "")

        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", text)


@pytest.mark.parametrize("path", [path for path in STYLES if path.name not in {"tokens.css", "print.css"}], ids=name_of)
def test_only_tokens_hold_colours(path):
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", path.read_text()) == []


@pytest.mark.parametrize("path", [path for path in STYLES if path.name not in {"tokens.css", "print.css"}], ids=name_of)
def test_only_tokens_hold_sizes(path):
    rules = re.sub(r"@media[^{]*{|@supports[^{]*{|/\*.*?\*/", "", path.read_text(), flags=re.S)

    assert re.findall(r"(?<![\w.-])(?!0\b)[\d.]+(?:rem|px|pt)\b", rules) == []


@pytest.mark.django_db
def test_every_sheet_of_readers_is_in_the_one_file_that_pages_link(client):
    (bundle,) = settings.STYLE_BUNDLES
    of_others = {"admin", "admin_forms", "desk", "doors", "exchange", "story", "embed", "api_docs"}

    served = Path(find(bundle)).read_text()

    assert f"/static/{bundle}".encode() in client.get("/about/").content
    for sheet in STYLES:
        assert (sheet.read_text() in served) is (sheet.stem not in of_others), sheet.name


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_every_token_used_is_defined(path):
    # Styles of the desk stand on the variables of Django's admin, which has themes of its own.
    of_admin = [Path(find(f"admin/css/{name}.css")) for name in ("base", "dark_mode")]
    written = "\n".join(style.read_text() for style in [*STYLES, *of_admin])
    known = set(re.findall(r"^\s*(--[\w-]+):", written, flags=re.M))

    assert set(re.findall(r"var\((--[\w-]+)", path.read_text())) - known == set()


# --- Contrast (WCAG 2.2, 1.4.3 and 1.4.11)


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT_ON, LEAST_FOR_TEXT), (MARKS_ON, LEAST_FOR_MARKS)], ids=["text", "marks"]
)
def test_contrast_is_enough_to_read(pairs, least, is_dark):
    colours = palette(is_dark)

    weak = {
        f"{front} on {ground}": round(contrast(colours[front], colours[ground]), 2)
        for ground, fronts in pairs.items()
        for front in fronts
        if contrast(colours[front], colours[ground]) < least
    }

    assert weak == {}


@pytest.mark.django_db
class TestSaidBy:
    def line_of(self, agreeing: int, differing: int) -> str:
        paper = [make_source(publisher=f"Paper {number}") for number in range(agreeing)]
        other = [make_source(publisher=f"Herald {number}") for number in range(differing)]
        citations = [Citation(source=source) for source in paper]
        citations += [Citation(source=source, field="date", stated="2023", reason="Older.") for source in other]
        html = render_to_string("components/said_by.html", {"citations": citations})
        return " ".join(re.sub("<[^>]+>", "", html).split())

    def test_a_few_sources_are_all_named(self):
        line = self.line_of(4, 3)

        assert line == "Said by Paper 0, Paper 1, Paper 2, Paper 3 Otherwise: Herald 0, Herald 1, Herald 2"

    def test_of_many_the_first_are_named_and_the_others_counted(self):
        line = self.line_of(5, 9)

        assert line == (
            "Said by Paper 0, Paper 1, Paper 2, Paper 3 and 1 more Otherwise: Herald 0, Herald 1, Herald 2 and 6 more"
        )

    def test_the_page_of_the_record_names_all_of_them(self, client):
        event = make_event(citations=[make_source(publisher=f"Paper {number}") for number in range(9)])

        page = client.get(event.get_absolute_url()).content.decode()

        assert all(f"Paper {number}" in page for number in range(9))
