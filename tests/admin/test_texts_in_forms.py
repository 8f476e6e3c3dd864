"""Texts that are too long or have signs nobody can show are refused in words; nothing else that was typed is lost."""

import re
from decimal import Decimal

import pytest

from events.models import Event
from kzafrica.analysis.models import Article
from kzafrica.analysis.rendering import article_html
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Citation, ProposedChange
from kzafrica.statements.models import Figure
from kzafrica.workshop.texts import LONGEST_BODY, LONGEST_TEXT
from tests.admin import CITATIONS, FilledForm, address_of, take, words_of
from tests.factories import make_event, make_figure


class TestTooLong:
    def test_a_text_says_how_long_it_is_and_comes_back_cut(self, new_event):
        answer = new_event.send(summary_en="a" * LONGEST_TEXT + "bcd")

        assert answer.status_code == 200
        assert "This text has 20003 characters, and 20000 are allowed." in words_of(answer)
        assert answer.context["adminform"].form["summary_en"].value() == "a" * LONGEST_TEXT
        assert not Event.objects.exists()

    def test_everything_else_is_kept(self, new_event):
        answer = new_event.send(summary_en="a" * (LONGEST_TEXT + 1), venue="Akorda")

        form = answer.context["adminform"].form
        assert form["venue"].value() == "Akorda"
        assert form["title_en"].value() == "Visit to Kinshasa"
        rows = {inline.formset.prefix: inline.formset for inline in answer.context["inline_admin_formsets"]}
        assert rows[CITATIONS].forms[0]["field"].value() == "date"

    def test_what_is_left_can_be_saved(self, new_event):
        answer = new_event.send(summary_en="a" * (LONGEST_TEXT + 1))
        left = answer.context["adminform"].form["summary_en"].value()

        assert new_event.send(summary_en=left).status_code == 302
        assert len(Event.objects.get().summary_en) == LONGEST_TEXT

    def test_a_line_has_the_limit_of_its_column(self, new_event):
        answer = new_event.send(title_en="Visit " + "a" * 200)

        assert "This text has 206 characters, and 200 are allowed." in words_of(answer)
        assert len(answer.context["adminform"].form["title_en"].value()) == 200

    def test_so_have_those_of_a_citation(self, new_event):
        answer = new_event.send(**{f"{CITATIONS}-0-locator": "p" * 81, f"{CITATIONS}-0-note": "n" * 20_001})

        words = words_of(answer)
        assert "This text has 81 characters, and 80 are allowed." in words
        assert "This text has 20001 characters, and 20000 are allowed." in words
        assert not Citation.objects.exists()

    def test_the_browser_cuts_nothing_without_a_word(self, writing):
        page = writing.get(address_of("add", Event)).content.decode()

        assert "maxlength" not in page

    def test_an_article_may_be_long(self, writing):
        form = FilledForm(writing, address_of("add", Article))

        answer = form.send(body_en="a" * (LONGEST_BODY + 1), standfirst_en="b" * LONGEST_TEXT)

        words = words_of(answer)
        assert f"This text has {LONGEST_BODY + 1} characters, and {LONGEST_BODY} are allowed." in words
        assert f"{LONGEST_TEXT} are allowed" not in words

    def test_a_public_record_gets_no_such_proposal(self, writing, public_event):
        form = FilledForm(writing, address_of("change", public_event))

        assert form.send(summary_en="a" * (LONGEST_TEXT + 1)).status_code == 200
        assert not ProposedChange.objects.exists()


class TestSignsThatCannotBeShown:
    @pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85"])
    @pytest.mark.parametrize("field", ["title_en", "summary_en", "venue", "date", f"{CITATIONS}-0-as_printed"])
    def test_are_named_and_taken_out(self, new_event, field, sign):
        answer = new_event.send(**{field: f"2025{sign}-09"})

        assert answer.status_code == 200
        assert sign not in answer.content.decode()
        assert not Event.objects.exists()
        if field != "date":
            assert f"(U+{ord(sign):04X}, at place 5)" in words_of(answer)

    def test_lines_and_tabs_stay(self, new_event):
        assert new_event.send(summary_en="One\r\n\tTwo").status_code == 302
        assert "\tTwo" in Event.objects.get().summary_en

    def test_none_gets_through_the_search(self, writing):
        make_event(status=Status.DRAFT)

        assert writing.get(address_of("changelist", Event), {"q": "\x00"}).status_code == 200

    @pytest.mark.parametrize(
        "field", ["slug", "kind", "host", "themes", f"{CITATIONS}-0-source", f"{CITATIONS}-0-field"]
    )
    def test_none_gets_through_what_is_chosen(self, new_event, field):
        assert new_event.send(**{field: "\x00"}).status_code == 200
        assert not Event.objects.exists()


class TestMarkdown:
    @pytest.mark.parametrize(
        "written",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            '<a href="javascript:alert(1)">here</a>',
            "[here](javascript:alert(1))",
            "[here](JaVaScRiPt:alert(1))",
            "[here](data:text/html;base64,PHNjcmlwdD4=)",
            "![picture](data:image/svg+xml;base64,PHN2Zz4=)",
            '<p style="position:fixed">over everything</p>',
            "<style>body{display:none}</style>",
            "<iframe src=https://example.org></iframe>",
            "<svg onload=alert(1)>",
            '[here](https://example.org "onmouseover=alert(1)")',
            '<form action="/admin/logout/"><button>press</button></form>',
            "[ref]: javascript:alert(1)\n\n[ref]",
            "<javascript:alert(1)>",
            "`<script>`",
            "| a |\n|---|\n| <b onclick=x>y</b> |",
        ],
    )
    def test_nothing_of_it_becomes_markup_that_acts(self, written):
        html = article_html(f"Before.\n\n{written}\n\nAfter.")

        tags = "".join(part.partition(">")[0] + ">" for part in html.split("<")[1:])
        for danger in (
            "script>",
            "img",
            "style",
            "iframe",
            "svg",
            "form",
            "onerror",
            "onload",
            "onclick",
            "javascript:",
            "data:",
        ):
            assert danger not in tags.lower().replace('title="onmouseover=alert(1)"', "")
        assert "Before." in html
        assert "After." in html

    def test_what_is_harmless_stays(self):
        html = article_html("## Head\n\n*Text* with [a link](https://example.org) and\n\n- a list")

        assert '<h2 id="head">Head</h2>' in html
        assert "<em>Text</em>" in html
        assert 'href="https://example.org"' in html
        assert "<li>a list</li>" in html


class TestNotes:
    """What is written beside a step or a decision, outside of any form of Django's."""

    def test_a_sign_that_cannot_be_shown_is_left_out_of_a_note_on_a_step(self, reviewing):
        event = make_event(status=Status.IN_REVIEW)

        answer = take(reviewing, "return", event, "The date\x00 is missing")

        assert answer.status_code == 302
        assert "The date is missing" in words_of(reviewing.get(address_of("history", event)))

    def test_nor_does_one_stop_a_proposal(self, writing, public_event):
        form = FilledForm(writing, address_of("change", public_event))

        form.send(venue="Akorda", _note="As\x00 printed")

        assert ProposedChange.objects.get().note == "As printed"


class TestNumbers:
    """A browser's input of numbers makes 12345 of 1234,5 and tells nobody: numbers come as they are typed."""

    @pytest.fixture
    def form(self, writing):
        return FilledForm(writing, address_of("change", make_figure(status=Status.DRAFT, value="1500")))

    def test_an_input_takes_any_text(self, form):
        page = form.client.get(form.address).content.decode()

        assert re.search(r'<input type="text" name="value" value="1500" inputmode="decimal"', page)

    @pytest.mark.parametrize("typed", ["1234567.5", "1 234 567.5", "1\u00a0234\u202f567.5"])
    def test_blanks_may_part_thousands(self, form, typed):
        form.send(value=typed)

        assert Figure.objects.get().value == Decimal("1234567.5")

    @pytest.mark.parametrize("typed", ["1234,5", "1,234,567", "1.234,5", "1.5 million", "1 23"])
    def test_what_may_mean_two_things_is_refused_in_words_and_kept(self, form, typed):
        answer = form.send(value=typed)

        assert f"“{typed}” is not a number: write digits with a decimal point" in words_of(answer)
        assert answer.context["adminform"].form["value"].value() == typed
        assert Figure.objects.get().value == 1500
