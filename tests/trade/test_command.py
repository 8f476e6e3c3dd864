"""What the command takes, prints and ends with."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from reversion.models import Revision

from kzafrica.editorial import workflow
from kzafrica.editorial.models import Change, Citation, Source
from kzafrica.reference.models import Commodity
from tests.factories import make_release
from tests.trade import FILES, Refused, latest, load, sums
from trade import loading
from trade.models import FlowSummary, Release, ReleaseFile, Slice, TradeFlow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]
EVERYTHING = (Release, ReleaseFile, Slice, TradeFlow, FlowSummary, Citation, Commodity, Source, Change, Revision)


def test_it_says_what_it_did_and_where_to_go_on(write):
    said = load(write({}, {"flowCode": "DX"}))

    assert said == [
        "2 rows read, 1 kept.",
        "  left out: 1 of a flow that imports or exports contain",
        "  Kazakhstan 2024 H6: 1 rows",
        f"In draft; submit it for review at /admin/trade/release/{latest().pk}/change/",
    ]


def test_a_dry_run_says_the_same_and_writes_nothing_at_all():
    counts = {model: model.objects.count() for model in EVERYTHING}
    sources = list(Source.objects.values())

    said = load("unknown_codes.csv", dry_run=True)

    assert "5 rows read, 5 kept." in said
    assert "  title not known: 3 codes that HS 2022 does not have: 85 (H5), 8548 (H5), 854810 (H5)" in said
    assert said[-1] == "Dry run: nothing was written."
    assert {model: model.objects.count() for model in EVERYTHING} == counts
    assert list(Source.objects.values()) == sources


def test_a_dry_run_refuses_what_a_load_refuses(write):
    with pytest.raises(Refused) as refused:
        load(write({}, {}), dry_run=True)

    assert refused.value.sentence == "1 fault; nothing was written."


def test_several_files_make_one_release_with_a_line_for_each_row(write, flows):
    load(write({}, name="a.csv"), write({"partnerCode": "404"}, name="b.csv"), publish=True)

    release = latest()
    assert [(file.name, file.first_line, file.row_count) for file in release.files.all()] == [
        ("a.csv", 0, 1),
        ("b.csv", 2, 1),
    ]
    assert [row["line"] for row in flows(partner="404")] == [4]
    assert release.slices.get().row_count == 2


def test_the_release_cites_its_source_for_the_file(write):
    load(write({}, name="a.csv"), title="Trade of 2024", slug="trade-2024", released_on="2025-03-05")

    release = latest()
    assert (release.title, release.slug, str(release.released_on)) == ("Trade of 2024", "trade-2024", "2025-03-05")
    assert [(citation.source.slug, citation.locator) for citation in release.citations.all()] == [("comtrade", "a.csv")]


def test_without_a_title_it_is_named_for_its_source_and_years(write):
    load(write({}, {"year": 2022}))

    assert latest().title == "UN Comtrade, 2022–2024"
    assert latest().slug.startswith("comtrade-2022-2024-")


def test_the_history_says_who_loaded_it(write, editor):
    load(write({}, name="a.csv"), by=editor.username)

    revision = workflow.latest_revision_of(latest())
    assert (revision.user, revision.comment) == (editor, "Loaded from a.csv")


def test_an_address_that_is_taken_is_a_fault(write):
    load(write({}), slug="taken")

    with pytest.raises(Refused) as refused:
        load(write({"value": "7"}), slug="taken")

    assert refused.value.faults == ["the release: slug: Release with this Address within the site already exists."]


def test_a_title_that_is_too_long_is_a_fault(write):
    with pytest.raises(Refused, match="the release: title: Ensure this value has at most 200 characters"):
        load(write({}), title="x" * 201)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"source": "comtrad"}, "There is no source comtrad. Did you mean comtrade?"),
        ({"source": "zzz"}, "There is no source zzz. Add it in the admin first."),
        ({"by": "nobody"}, "There is no user nobody."),
    ],
)
def test_what_is_not_there_is_said(write, said, sentence):
    with pytest.raises(Refused) as refused:
        load(write({}), **said)

    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--released-on", "5.3.2025", "“5.3.2025” is not a day: write it as 2025-03-05"),
        ("--locale", "qq", "“qq” is not a locale of CLDR, such as en or fr"),
        ("--locale", "!", "“!” is not a locale of CLDR, such as en or fr"),
        ("--edition", "H9", "invalid choice: 'H9'"),
    ],
)
def test_an_option_that_cannot_be_read_is_explained(write, option, value, sentence):
    with pytest.raises(CommandError) as refused:
        call_command("load_trade_release", str(write({})), "--source", "comtrade", option, value)

    assert sentence in str(refused.value)


@pytest.mark.parametrize("locale", ["kk", "ru", "fr", "pt_BR", "de_CH"])
def test_locales_have_marks_of_their_own(write, locale):
    group, decimal = {"pt_BR": (".", ","), "de_CH": ("’", ".")}.get(locale, ("\u00a0", ","))
    value = f"1{group}234{group}567{decimal}25"

    load(write({"primaryValue": value, "fobvalue": ""}), locale=locale, publish=True)

    assert sums() == {"X": "1234567.25"}


def test_two_who_load_one_file_at_once_keep_one(write, monkeypatch):
    path = write({}, name="a.csv")
    check = loading._Read.check

    def be_overtaken(read):
        check(read)
        ReleaseFile.objects.create(
            release=make_release(slug="theirs"),
            name="b.csv",
            checksum=read.files[0].checksum,
            size_bytes=1,
            row_count=1,
        )

    monkeypatch.setattr(loading._Read, "check", be_overtaken)

    with pytest.raises(Refused) as refused:
        load(path)

    assert refused.value.faults == ["a.csv: this very file was loaded already, as theirs (published)."]


def test_no_temporary_table_is_left(write):
    load(write({}))
    with pytest.raises(Refused):
        load(write({"cmdCode": "x"}))

    with connection.cursor() as cursor:
        assert not {name for name in connection.introspection.table_names(cursor) if name.startswith("staged")}


@pytest.mark.one_database
def test_the_command_line_ends_with_one_after_a_fault(shell):
    ended = shell("load_trade_release", str(FILES / "tabs.csv"), "--source", "none")

    assert ended.returncode == 1
    assert ended.stderr == "CommandError: There is no source none. Add it in the admin first.\n"
