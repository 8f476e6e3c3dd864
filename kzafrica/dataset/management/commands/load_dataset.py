from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from kzafrica.dataset.loading import DATA_DIR, load_dataset


class Command(BaseCommand):
    help = "Load the initial dataset: checked first, nothing written on a fault, no editor's change overwritten."

    def add_arguments(self, parser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=DATA_DIR, help="a dataset directory")
        parser.add_argument("--dry-run", action="store_true", help="check and report, write nothing")

    def handle(self, *, directory: Path, dry_run: bool, verbosity: int, **options) -> None:
        if not directory.is_dir():
            raise CommandError(f"{directory} is not a directory: give the folder that holds reference/ and records/.")
        progress = partial(
            tqdm, desc="Loading the dataset", unit=" records", disable=verbosity == 0, file=self.stderr._out
        )
        report = load_dataset(directory, dry_run=dry_run, progress=progress)
        if report.faults:
            for fault in report.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(report.faults)} faults; nothing was written.")
        for sentence in report.kept:
            self.stdout.write(self.style.WARNING(sentence))
        counts = {"created": report.created, "changed": report.changed, "unchanged": report.unchanged}
        summary = ", ".join(f"{counter.total()} {word}" for word, counter in counts.items())
        self.stdout.write(f"Dataset: {summary}, {len(report.kept)} left alone.{' Dry run.' if dry_run else ''}")
