"""What a preview says of each record, and that it writes nothing."""

import pytest
from django.contrib.contenttypes.models import ContentType

from events.models import Event
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Redirect, Source
from kzafrica.reference.models import Bloc, Commodity, Country
from kzafrica.statements.models import Figure
from kzafrica.workshop.exchange import previewing
from kzafrica.workshop.exchange.tables import Unreadable
from tests.exchange import csv_of, exported, imported, outcomes_of, previewed, sentences_of
from tests.factories import (
    make_bloc,
    make_commodity,
    make_country,
    make_event,
    make_figure,
    make_person,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db
NEW = {"title_en": "Visit to Kinshasa", "kind": "meeting", "level": "minister"}


def changes_of(preview) -> list[tuple[str, str, str]]:
    return [(change.label, change.old, change.new) for entry in preview.entries for change in entry.changes]


class TestOutcomes:
    def test_an_unknown_key_would_make_a_draft(self):
        preview = previewed(Event, csv_of({"record": "kinshasa", **NEW}))

        assert outcomes_of(preview) == {"kinshasa": "new"}
        assert preview.entries[0].title == "Visit to Kinshasa"
        assert not Event.objects.exists()

    def test_a_draft_would_change_in_the_field_that_differs(self):
        make_event(slug="visit", status=Status.DRAFT, venue="Hall")

        preview = previewed(Event, csv_of({"record": "visit", "venue": "Palace"}))

        assert outcomes_of(preview) == {"visit": "changed"}
        assert changes_of(preview) == [("venue", "Hall", "Palace")]
        assert Event.objects.get().venue == "Hall"

    def test_a_public_record_would_get_a_proposal(self):
        make_event(slug="visit", venue="Hall")

        assert outcomes_of(previewed(Event, csv_of({"record": "visit", "venue": "Palace"}))) == {"visit": "proposed"}

    def test_a_proposal_that_waits_is_not_made_twice(self, contributor):
        make_event(slug="visit", venue="Hall")
        file = csv_of({"record": "visit", "venue": "Palace"})
        imported(Event, previewed(Event, file), by=contributor)

        assert outcomes_of(previewed(Event, file)) == {"visit": "waiting"}

    def test_a_withdrawn_record_is_refused(self):
        make_event(slug="visit", title="Visit", status=Status.WITHDRAWN)

        preview = previewed(Event, csv_of({"record": "visit", "venue": "Palace"}))

        assert outcomes_of(preview) == {"visit": "faulty"}
        assert "“Visit” is withdrawn and cannot be changed: submit it for review again" in sentences_of(preview)[0]

    def test_a_record_is_found_by_the_key_it_once_had(self):
        make_event(slug="new-name", status=Status.DRAFT)
        Redirect.objects.create(record_type="events.event", old_key="old-name", target_key="new-name")

        preview = previewed(Event, csv_of({"record": "old-name", "venue": "Palace"}))

        assert outcomes_of(preview) == {"old-name": "changed"}
        assert preview.entries[0].known_as == "new-name"
        assert preview.entries[0].content["slug"] == "new-name"

    def test_two_keys_of_one_record_are_refused(self):
        make_event(slug="new-name", status=Status.DRAFT)
        Redirect.objects.create(record_type="events.event", old_key="old-name", target_key="new-name")

        preview = previewed(Event, csv_of({"record": "new-name", "venue": "a"}, {"record": "old-name", "venue": "b"}))

        assert outcomes_of(preview) == {"new-name": "changed", "old-name": "faulty"}
        assert "are the same record: keep one" in sentences_of(preview)[0]

    def test_line_ends_that_a_spreadsheet_changed_are_no_change(self):
        make_event(slug="visit", summary="One\r\nTwo")

        assert outcomes_of(previewed(Event, csv_of({"record": "visit", "summary_en": "One\nTwo"}))) == {"visit": "same"}

    @pytest.mark.parametrize(("yes", "no"), [("TRUE", "FALSE"), ("ИСТИНА", "ЛОЖЬ"), ("vrai", "faux")])
    def test_a_yes_as_a_spreadsheet_writes_it_is_no_change(self, yes, no):
        make_figure(is_headline=True)
        make_figure(is_headline=False)
        file = exported(Figure, "csv").decode().replace(",true,", f",{yes},").replace(",false,", f",{no},")

        assert set(outcomes_of(previewed(Figure, file.encode())).values()) == {"same"}

    def test_a_blank_behind_a_key_a_word_or_an_address_is_no_change(self):
        cites = [{"source": make_source(slug="decree"), "field": "date"}]
        make_event(slug="visit", date="2025-09-10", citations=cites)
        make_source(slug="story", url="https://news.example/a")
        for model, words in ((Event, ("visit", "date", "decree", "meeting")), (Source, ("https://news.example/a",))):
            file = exported(model, "csv").decode()
            header, *lines = file.splitlines(keepends=True)
            for word in words:
                lines = [line.replace(f",{word},", f",{word} ,") for line in lines]

            preview = previewed(model, "".join([header, *lines]).encode())

            assert sentences_of(preview) == []
            assert set(outcomes_of(preview).values()) == {"same"}

    def test_blanks_behind_a_text_are_no_change_and_can_be_taken_away(self):
        make_event(slug="visit", summary="One")
        make_event(slug="call", summary="Two ")
        rows = [{"record": "visit", "summary_en": "One \n"}, {"record": "call", "summary_en": "Two"}]

        assert outcomes_of(previewed(Event, csv_of(*rows))) == {"visit": "same", "call": "proposed"}

    def test_new_records_may_name_each_other_in_any_order(self, contributor):
        rows = [{"record": "session", **NEW, "parent": "forum"}, {"record": "forum", **NEW}]

        preview = previewed(Event, csv_of(*rows))
        report = imported(Event, preview, by=contributor)

        assert outcomes_of(preview) == {"session": "new", "forum": "new"}
        assert report.left_out == []
        assert Event.objects.get(slug="session").parent.slug == "forum"

    def test_what_names_a_faulty_record_of_the_file_is_faulty(self):
        rows = [{"record": "session", **NEW, "parent": "forum"}, {"record": "forum", **NEW, "date": "soon"}]

        assert outcomes_of(previewed(Event, csv_of(*rows))) == {"session": "faulty", "forum": "faulty"}

    def test_nothing_is_written(self):
        make_event(slug="visit", participations=[{"country": make_country("COD")}])
        file = exported(Event, "csv").replace(b"Event 1", b"Visit") + b"kinshasa,,Visit to Kinshasa\r\n"
        before = content_of(Event.objects.get()), workflow.content_revision(), ContentType.objects.count()

        previewed(Event, file)

        assert (content_of(Event.objects.get()), workflow.content_revision(), ContentType.objects.count()) == before


class TestWhatIsLeftAlone:
    @pytest.fixture
    def event(self):
        parts = [{"country": make_country("COD"), "capacity": "guest"}, {"country": make_country("KAZ")}]
        return make_event(
            slug="visit", status=Status.DRAFT, venue="Hall", participations=parts, themes=[make_theme("Aid")]
        )

    def test_columns_that_are_not_in_the_file(self, event):
        (entry,) = previewed(Event, csv_of({"record": "visit", "title_en": "Visit"})).entries

        assert [change.new for change in entry.changes] == ["Visit"]
        assert entry.content == content_of(event) | {"title_en": "Visit"}

    def test_an_empty_cell_empties_its_field(self, event):
        preview = previewed(Event, csv_of({"record": "visit", "venue": "", "themes": ""}))

        assert changes_of(preview) == [("venue", "Hall", ""), ("themes", "aid", "")]

    def test_parts_where_the_file_has_none(self, event):
        preview = previewed(Event, csv_of({"record": "visit", "part": "", "venue": "Palace"}))

        assert changes_of(preview) == [("venue", "Hall", "Palace")]

    def test_a_part_without_a_line_would_be_taken_out(self, event):
        file = exported(Event, "csv")
        lines = [line for line in file.splitlines(keepends=True) if b",participations 1," not in line]

        preview = previewed(Event, b"".join(lines))

        assert preview.entries[0].changes == preview.entries[0].taken_out
        (change,) = preview.entries[0].taken_out
        assert "COD" in change.old
        assert "guest" in change.old

    def test_a_column_of_parts_that_is_missing_would_lose_what_stands_there(self, event):
        row = {"record": "visit", "part": "participations 1", "country": "COD"}

        preview = previewed(Event, csv_of({"record": "visit"}, row))

        assert "no column “capacity”, in which its parts say something" in " ".join(sentences_of(preview))

    def test_lines_may_stand_in_any_order(self, event):
        header, *lines = exported(Event, "csv").splitlines(keepends=True)

        assert outcomes_of(previewed(Event, b"".join([header, *reversed(lines)]))) == {"visit": "same"}


class TestFaults:
    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ({"date": "10.09.2025"}, "2 date: "),
            ({"kind": "picnic"}, "2 kind: “picnic” is not one of state_visit"),
            ({"host": "CDO"}, "2 host: There is no country “CDO”. Did you mean “COD”?"),
            ({"themes": "aid mininng"}, "2 themes: There is no theme “mininng”. Did you mean “mining”?"),
            ({"record": "Not a Key"}, "2 record: "),
            ({"title_en": ""}, "2 title_en: "),
            ({"source": "decree"}, "2 source: Nothing belongs here: the line is of “record”, and the column is for"),
            ({"venue": "a\\u0000b"}, "2 venue: The cell holds a character that cannot be kept"),
        ],
    )
    def test_each_is_said_with_its_line_and_column(self, row, said):
        make_country("COD")
        make_theme("Aid")
        make_theme("Mining")

        preview = previewed(Event, csv_of({"record": "kinshasa", **NEW, **row}))

        assert any(sentence.startswith(said) for sentence in sentences_of(preview)), sentences_of(preview)
        assert preview.to_import() == []

    def test_a_key_without_its_zeros_makes_no_second_record(self):
        make_bloc(code="002")

        preview = previewed(Bloc, exported(Bloc, "csv").replace(b"002", b"2"))

        assert "There is no “2” but “002”: a spreadsheet has taken its zeros away." in sentences_of(preview)[0]
        assert preview.to_import() == []

    @pytest.mark.parametrize("value", ["7.83E+11", "7,83E+11", "1e5"])
    def test_a_number_that_a_spreadsheet_has_shortened(self, value):
        make_figure(value="783123456789")

        preview = previewed(Figure, exported(Figure, "csv").replace(b",783123456789,", f',"{value}",'.encode(), 1))

        assert f"2 value: “{value}” is a number that a spreadsheet has shortened" in sentences_of(preview)[0]
        assert preview.to_import() == []

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ([{"record": "", "title_en": "x"}], "3 record: The line does not say which record it is of"),
            ([{"record": "k", "part": "participants 1"}], "3 part: There is no “participants” here: “record” has"),
            ([{"record": "k", "part": "participations"}], "3 part: “participations” does not say which part this is"),
            (
                [{"record": "k", "part": "citations 1 outcomes 1"}],
                "3 part: There is no “outcomes”: “citations” has no parts",
            ),
            ([{"record": "k", "part": "outcomes 1 citations 1"}], "3 part: There is no line for “outcomes 1”"),
            ([{"record": "k", "part": "more 3"}], "3 part: The line goes on with one that is not there: “more 2”."),
            ([{"record": "k"}], "3 part: This line is of the record itself, and so is line 2"),
            ([{"record": "x", "part": "citations 1"}], "3 part: No line is of the record itself"),
            (
                [{"record": "k", "part": "citations 1", "source": "decree"}, {"record": "k", "part": "citations 1"}],
                "4 part: This line is of “citations 1”, and so is line 3",
            ),
            ([{"record": "k", "part": "citations 1", "source": "dekree"}], "3 source: There is no source “dekree”."),
            ([{"record": "k", "part": "participations 1", "person": "no"}], "3 person: There is no person “no”."),
        ],
    )
    def test_of_parts_too(self, rows, said):
        make_source(slug="decree")
        make_person(slug="aigerim")
        columns = ["record", "part", *NEW, "source", "person"]

        preview = previewed(Event, csv_of({"record": "k", **NEW}, *rows, columns=columns))

        assert any(said in sentence for sentence in sentences_of(preview)), sentences_of(preview)

    def test_only_the_faultless_would_be_imported(self):
        preview = previewed(Event, csv_of({"record": "a", **NEW}, {"record": "b", **NEW, "kind": "picnic"}))

        assert [entry.key for entry in preview.to_import()] == ["a"]

    def test_after_many_faults_the_rest_is_not_looked_at(self, monkeypatch):
        monkeypatch.setattr(previewing, "MOST_FAULTY", 1)

        preview = previewed(Event, csv_of(*({"record": key, **NEW, "kind": "picnic"} for key in "ab")))

        assert "Not looked at, since 1 records have faults already" in sentences_of(preview)[-1]

    def test_too_many_records_are_refused(self, monkeypatch):
        monkeypatch.setattr(previewing, "MOST_RECORDS", 1)

        with pytest.raises(Unreadable, match="more than 1 records: divide it"):
            previewed(Event, csv_of({"record": "a"}, {"record": "b"}))

    def test_too_many_changes_are_refused(self, monkeypatch):
        monkeypatch.setattr(previewing, "MOST_CHANGED_LINES", 1)

        with pytest.raises(Unreadable, match="would make or change 2 records, in 2 lines"):
            previewed(Event, csv_of({"record": "a", **NEW}, {"record": "b", **NEW}))

    def test_a_key_that_two_records_have_is_refused(self):
        make_commodity("2503", edition="H6")
        make_commodity("2503", edition="H5")

        preview = previewed(Commodity, csv_of({"record": "2503", "description": "Sulphur"}))

        assert "Several records have the key “2503”" in sentences_of(preview)[0]


def test_countries_keep_their_codes():
    make_country("NAM")

    preview = previewed(Country, csv_of({"record": "NAM", "alpha2": "NA", "formal_name": "Republic of Namibia"}))

    assert changes_of(preview) == [("formal name", "", "Republic of Namibia")]
