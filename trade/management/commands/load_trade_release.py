from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from tqdm import tqdm

from kzafrica.editorial import workflow
from kzafrica.editorial.models import Source
from kzafrica.filtering import nearest
from trade.comtrade import EDITIONS
from trade.load_report import LoadReport
from trade.loading import Options, load_release
from trade.models import Release
from trade.parsing import known_locale


class Command(BaseCommand):
    help = (
        "Load files of trade rows (UN Comtrade CSV, JSON, bulk or legacy; BACI) into one release in draft: "
        "checked first, nothing written on a fault, no file loaded twice."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV or JSON, plain or gzip")
        parser.add_argument("--source", required=True, help="slug of the source that the files come from")
        parser.add_argument("--dry-run", action="store_true", help="check and report, write nothing")
        parser.add_argument("--title", default="", help="what the release is called")
        parser.add_argument("--slug", default="", help="its address")
        parser.add_argument("--released-on", type=day, help="when the statistical office released it, YYYY-MM-DD")
        parser.add_argument("--edition", default="", choices=EDITIONS, help="HS edition of a BACI file")
        parser.add_argument(
            "--locale", default="", type=locale, help="whose number marks the files use, such as en or fr"
        )
        parser.add_argument("--by", default="", help="user name of who loads, for the history")
        parser.add_argument("--publish", action="store_true", help="bring it before readers at once, without a review")

    def handle(self, *, files: list[Path], dry_run: bool, publish: bool, verbosity: int, **said) -> None:
        source = self.source_of(said["source"])
        by = self.user_of(said["by"])
        told = ("title", "slug", "released_on", "edition", "locale")
        options = Options(source=source, **{name: said[name] for name in told})
        with tqdm(desc="Loading rows", unit=" rows", disable=verbosity == 0, file=self.stderr._out) as bar:
            report = load_release(
                [(path, path.name) for path in files], options, by=by, dry_run=dry_run, advance=bar.update
            )
        if report.fault_count:
            for line in report.fault_lines:
                self.stderr.write(line)
            faults = "1 fault" if report.fault_count == 1 else f"{report.fault_count} faults"
            raise CommandError(f"{faults}; nothing was written.")
        self.tell(report)
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")
        elif publish:
            workflow.publish(report.release, by=workflow.system_user(), note="Published from the command line")
            self.stdout.write(f"Published: {report.release.get_absolute_url()}")
        else:
            self.stdout.write(f"In draft; submit it for review at {address_of(report.release)}")

    def tell(self, report: LoadReport) -> None:
        self.stdout.write(f"{report.row_count} rows read, {report.stored_count} kept.")
        for reason, count in report.left_out.items():
            self.stdout.write(f"  left out: {count} {reason}")
        for part in report.slices:
            self.stdout.write(f"  {part}")
        if report.rounded:
            self.stdout.write(f"  {report.rounded} numbers rounded to four decimal places")
        if report.untitled:
            shown = ", ".join(report.untitled[:20]) + (" …" if len(report.untitled) > 20 else "")
            self.stdout.write(f"  title not known: {len(report.untitled)} codes that HS 2022 does not have: {shown}")
        for note in report.notes:
            self.stdout.write(self.style.WARNING(f"  {note}"))

    def source_of(self, slug: str) -> Source:
        source = Source.objects.filter(slug=slug).first()
        if source is None:
            near = nearest(slug, Source.objects.values_list("slug", flat=True))
            hint = f" Did you mean {near}?" if near else " Add it in the admin first."
            raise CommandError(f"There is no source {slug}.{hint}")
        return source

    def user_of(self, name: str):
        if not name:
            return None
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no user {name}.")
        return user


def address_of(release: Release) -> str:
    return reverse("admin:trade_release_change", args=[release.pk])


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day: write it as 2025-03-05.") from None


def locale(text: str) -> str:
    try:
        return known_locale(text) if text else ""
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
