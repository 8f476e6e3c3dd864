from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from kzafrica.editions.building import RecordKeepsMoving, build_edition


class Command(BaseCommand):
    help = "Make the download edition of the whole public record, if anything public has changed since the last one."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--force", action="store_true", help="make it even if nothing public has changed")

    def handle(self, *, force: bool, **options) -> None:
        try:
            edition, is_new = build_edition(force=force)
        except RecordKeepsMoving as reason:
            raise CommandError(f"{reason} No edition was made; try again later.") from None
        except ImproperlyConfigured as reason:
            raise CommandError(f"No edition was made. {reason}") from None
        if is_new:
            parquet = "" if edition.has_parquet else " Without Parquet: pyarrow is not installed."
            self.stdout.write(
                f"{edition.file_name}: {edition.size_bytes} bytes, SHA-256 {edition.sha256}, "
                f"content revision {edition.content_revision}.{parquet}"
            )
        else:
            self.stdout.write(
                f"Nothing public has changed since {edition.file_name}, content revision {edition.content_revision}"
                f"{', which was withdrawn: --force makes it anew' if edition.is_withdrawn else ''}."
            )
